"""States carried from mini-batch to mini-batch of a text: min-char-rnn's scheme, and what has no order is refused."""

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError
from explorer.graph.architecture import Architecture
from explorer.session.training_plan import branch_runs, plan_runs
from explorer.tasks import SymbolTask, get_task, task_ids
from explorer.training.meaning import why_not
from explorer.training.randomness import BATCHES, generator
from explorer.training.run import Run
from explorer.training.settings import RunSettings, TrainingSettings
from tests.oracles.declarations import BIDIRECTIONAL, TWO_SEGMENTS
from tests.settings import a_plan, a_problem
from tests.training.small import settings, steps

TEXT = "the cat sat on the mat. "


def carrying(**changes: object) -> RunSettings:
    """A text read in chunks of four characters, its states carried over."""
    plain = {"task": "next_symbol", "task_options": {"text": TEXT}, "length": 4, "carry_state": True}
    return settings(**(plain | changes))


@pytest.mark.parametrize(
    ("architecture", "feedback"),
    [("hidden_to_hidden", None), ("output_to_hidden", "teacher_forcing"), ("hidden_and_output", "free_running_argmax")],
)
def test_chunks_are_run_as_one_long_sequence(architecture: str, feedback: str | None) -> None:
    """With a learning rate too small to matter, the losses of the chunks are those of the whole text."""
    one = carrying(architecture=architecture, feedback=feedback, optimizer="sgd", learning_rate=1e-12)
    chunks = Run(one)
    losses = steps(chunks, 5)
    whole = Run(carrying(architecture=architecture, feedback=feedback, length=20))
    (long,) = steps(whole, 1)
    assert np.mean(losses) == pytest.approx(long, abs=1e-9)
    apart = steps(Run(carrying(architecture=architecture, feedback=feedback, carry_state=False)), 5)
    assert np.mean(apart) != pytest.approx(long, abs=1e-3)


@pytest.mark.parametrize("truncate", [None, (2, 2)])
def test_it_trains_as_min_char_rnn_does(truncate: tuple[int, int] | None) -> None:
    """Karpathy 2015: the state that a chunk ends with begins the next, and no gradient crosses the border."""
    run = Run(carrying(architecture="hidden_to_hidden", feedback=None, batch=1, optimizer="sgd", truncate=truncate))
    p = {name: array.copy() for name, array in run.parameters.items()}
    text = np.array([run.task.step_index(character) for character in TEXT])
    at = int(generator(0, BATCHES).integers(len(text), size=1)[0])
    past, rate, border = np.zeros(4), run.settings.training.learning_rate, truncate[0] if truncate else 4
    for _ in range(30):
        places = np.arange(at, at + 5) % len(text)
        loss, past = _update(p, text[places[:-1]], text[places[1:]], past, rate, border)
        at += 4
        assert steps(run, 1) == pytest.approx([loss / 4], abs=1e-12)
    for name, array in p.items():
        np.testing.assert_allclose(run.parameters[name], array, rtol=0, atol=1e-12)


def _update(
    p: dict[str, np.ndarray], x: np.ndarray, y: np.ndarray, past: np.ndarray, rate: float, border: int
) -> tuple[float, np.ndarray]:
    """One chunk of min-char-rnn without its clipping; the gradient ends at every border."""
    h, o = [past], []
    for symbol in x:
        h.append(np.tanh(p["b"] + p["W"] @ h[-1] + p["U"][:, symbol]))
        o.append(p["c"] + p["V"] @ h[-1])
    yhat = [np.exp(one) / np.exp(one).sum() for one in o]
    loss = -sum(float(np.log(one[target])) for one, target in zip(yhat, y, strict=True))
    g, later = {name: np.zeros_like(array) for name, array in p.items()}, np.zeros_like(past)
    for t in reversed(range(len(x))):
        do = yhat[t] - np.eye(len(yhat[t]))[y[t]]
        da = (p["V"].T @ do + later) * (1 - h[t + 1] ** 2)
        g["c"] += do
        g["V"] += np.outer(do, h[t + 1])
        g["b"] += da
        g["W"] += np.outer(da, h[t])
        g["U"][:, x[t]] += da
        later = np.zeros_like(past) if t % border == 0 else p["W"].T @ da
    for name, gradient in g.items():
        p[name] -= rate * gradient
    return loss, h[-1]


IN_ORDER = [task for task in map(get_task, task_ids()) if isinstance(task, SymbolTask) and task.in_order]


@pytest.mark.parametrize("task", IN_ORDER, ids=lambda t: t.id)
def test_batches_in_order_go_on_where_the_one_before_ended(task: SymbolTask) -> None:
    stream = task.batches(np.random.default_rng(3), 5, 3, in_order=True)
    (_, before), (_, after) = next(stream), next(stream)
    assert np.array_equal(task.describe_input(after.inputs["x"][0, 0]), task.output_symbols[before.y[-1, 0]])
    assert np.array_equal(after.symbols["x"][0], before.y[-1])


@pytest.mark.parametrize(
    ("architecture", "task", "why"),
    [
        (
            get_architecture("hidden_to_hidden"),
            "running_parity",
            "do not follow each other, so no state can be carried",
        ),
        (
            BIDIRECTIONAL,
            "next_symbol",
            "is not one chain forward in time, so no state can be carried over; begin with zeros.",
        ),
        (TWO_SEGMENTS, "next_symbol", "is not one chain forward in time"),
        (get_architecture("hidden_to_hidden"), "next_symbol", ""),
    ],
)
def test_what_has_no_order_carries_nothing(architecture: Architecture, task: str, why: str) -> None:
    said = why_not("carry_state", architecture, TrainingSettings(), (None,), get_task(task))
    assert why in said and bool(said) == bool(why)


def test_a_run_that_cannot_carry_is_refused_and_a_plan_for_another_task_leaves_it_aside() -> None:
    with pytest.raises(ExplorerError, match="choose 'Next symbol', "):
        Run(settings(carry_state=True))
    plan = a_plan(carry_state=True)
    assert not plan_runs(a_problem(), plan)[0].training.carry_state
    assert plan_runs(a_problem(task="next_symbol"), plan)[0].training.carry_state
    assert not branch_runs(settings(), 10, plan)[0].training.carry_state
