"""Writing: step by step it is what the whole unfolded network would have said."""

from itertools import islice, product

import numpy as np
import pytest

from explorer.architectures import architectures, get_architecture
from explorer.errors import ExplorerError
from explorer.graph.batch import Batch
from explorer.graph.compute.program import Program
from explorer.graph.feedback import (
    FEEDBACKS,
    FREE_RUNNING,
    TEACHER_FORCING,
    connect,
)
from explorer.graph.own_signal import OWN_SIGNALS
from explorer.tasks import get_task
from explorer.training import generate
from explorer.training.evaluation import outputs
from explorer.training.generate import Writer, chosen
from explorer.training.matching import handing_over, untrainable
from explorer.training.meaning import reads_later_steps
from explorer.training.run import Run
from tests.each import each
from tests.oracles.declarations import BIDIRECTIONAL
from tests.settings import FOUR
from tests.training.small import settings, steps

TEXT = "one two "
READING = [id for id, network in architectures().items() if untrainable(network, get_task("next_symbol")) is None]
WRITERS = [id for id in READING if not reads_later_steps(get_architecture(id))]
KINDS = [
    (id, feedback, own_output)
    for id in WRITERS
    for feedback, own_output in (
        product([*FEEDBACKS][: None if id in FOUR else 2], OWN_SIGNALS)
        if get_architecture(id).takes_feedback
        else [(None, "test")]
    )
]


def trained(architecture: str, feedback: str | None, updates: int = 150, **more: object) -> Run:
    run = Run(
        settings(
            architecture=architecture,
            feedback=feedback,
            task="next_symbol",
            task_options={"text": TEXT},
            hidden=12,
            length=12,
            **more,
        )
    )
    steps(run, updates)
    return run


def test_all_networks_that_can_write_do() -> None:
    assert {"autoregressive", "deep_stacked", "echo_state", "gru", "leaky", "lstm", "skip_in_time"} < {*WRITERS}
    assert {*READING} - {*WRITERS} == {"bidirectional"}


@each(("architecture", "feedback", "own_output"), KINDS)
def test_greedy_writing_is_what_the_unfolded_network_says(
    architecture: str, feedback: str | None, own_output: str
) -> None:
    run = trained(architecture, feedback, updates=30, own_output=own_output)
    writer = Writer(run.settings, run.theta)
    rng = np.random.default_rng(0)
    for prompt in ("one t", "w"):  # the second finds no trace of the first
        text = prompt + "".join(islice(writer.write(prompt, rng), 20))
        symbols = np.array([run.task.step_index(character) for character in text])
        soft = feedback and own_output in ("yhat", "o")
        network = connect(run.architecture, FREE_RUNNING[own_output] if soft else feedback and TEACHER_FORCING)
        whole = Program(network, run.program.sizes, len(text) - 1, 1)
        whole.memory.theta[:] = run.theta
        batch = Batch({"x": np.eye(run.task.n_x)[symbols[:-1], None]}, symbols[1:, None])
        whole.load(handing_over(run.architecture, run.task)(batch))
        whole.forward()
        said = outputs(whole)[len(prompt) - 1 :, 0]
        assert np.array_equal(said, symbols[len(prompt) :]), "the state is carried beyond the T of training"


@pytest.mark.parametrize("feedback", ["teacher_forcing", "free_running", "mixed_argmax"])
def test_a_network_that_knows_its_text_writes_it(feedback: str) -> None:
    run = trained("hidden_and_output", feedback, updates=600)
    written = "".join(islice(Writer(run.settings, run.theta).write("one", np.random.default_rng(0)), 21))
    assert written == " two one two one two "


def test_the_temperature_decides_how_bold_the_writing_is() -> None:
    run = trained("hidden_to_hidden", None)
    writer = Writer(run.settings, run.theta)

    def written(temperature: float, seed: int) -> str:
        return "".join(islice(writer.write("one", np.random.default_rng(seed), temperature), 60))

    assert written(0.0, 1) == written(0.0, 2) == written(1e-6, 3)
    assert written(5.0, 1) != written(5.0, 2)
    assert written(5.0, 1) == written(5.0, 1)


def test_each_step_can_be_left_alone_the_prompt_s_too() -> None:
    run = trained("hidden_to_hidden", None, updates=30)
    writer = Writer(run.settings, run.theta)
    steps = list(islice(writer.steps("one t", np.random.default_rng(0)), 10))
    assert steps[:4] == [""] * 4
    assert steps[4:] == list(islice(writer.write("one t", np.random.default_rng(0)), 6))


def test_a_writer_goes_on_with_the_weights_it_is_given() -> None:
    run, other = trained("hidden_to_hidden", None, updates=10), trained("hidden_to_hidden", None, updates=300)
    writer = Writer(run.settings, run.theta)
    writer.take(other.theta)
    written = "".join(islice(writer.write("one", np.random.default_rng(0)), 20))
    assert written == "".join(islice(Writer(other.settings, other.theta).write("one", np.random.default_rng(0)), 20))


def test_symbols_are_drawn_as_often_as_the_softmax_says() -> None:
    logits, rng = np.array([2.0, 0.0, -1.0]), np.random.default_rng(6)
    for temperature in (0.5, 2.0):
        drawn = np.bincount([chosen(logits, temperature, rng) for _ in range(4000)], minlength=3) / 4000
        expected = np.exp(logits / temperature) / np.exp(logits / temperature).sum()
        np.testing.assert_allclose(drawn, expected, atol=0.03)


def test_the_smallest_temperature_leaves_the_largest_logit_alone() -> None:
    assert chosen(np.array([1.0, 2.0, -3.0]), 1e-320, np.random.default_rng(0)) == 1


def test_logits_that_overflowed_still_choose_a_symbol() -> None:
    assert chosen(np.array([0.0, np.inf, 1.0]), 1.0, np.random.default_rng(0)) == 1


@pytest.mark.parametrize(
    ("prompt", "temperature", "sentence"),
    [
        ("", 0.0, "The prompt is empty"),
        ("xyz", 0.0, "There is no input symbol of 'Next symbol' called 'x'"),
        ("one", -1.0, "The temperature is -1.0"),
        ("one", float("nan"), "The temperature is nan"),
    ],
)
def test_what_cannot_be_written_on_from_is_refused(prompt: str, temperature: float, sentence: str) -> None:
    run = trained("hidden_to_hidden", None, updates=1)
    with pytest.raises(ExplorerError, match=sentence):
        Writer(run.settings, run.theta).write(prompt, np.random.default_rng(0), temperature)


def test_a_network_that_reads_what_is_not_written_yet_cannot_write(monkeypatch: pytest.MonkeyPatch) -> None:
    run = trained("hidden_to_hidden", None, updates=1)
    monkeypatch.setattr(generate, "architecture_of", lambda _: BIDIRECTIONAL)
    with pytest.raises(ExplorerError, match="reads later steps, which are not written yet"):
        Writer(run.settings, run.theta)


def test_only_a_network_that_learns_a_text_writes() -> None:
    run = Run(settings())
    with pytest.raises(ExplorerError, match="'Running parity' cannot write; train it on 'Next symbol'"):
        Writer(run.settings, run.theta)
