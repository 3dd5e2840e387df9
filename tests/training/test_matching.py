"""What a network takes and gives is matched with what a task gives and asks for; what does not go is one sentence."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.graph.architecture import Architecture
from explorer.graph.compute.program import Program
from explorer.graph.declaration import EVERY, ONCE, Given, Linear, Node, Ref, Span, Sum
from explorer.graph.feedback import TEACHER_FORCING, connect
from explorer.tasks import Task, get_task, task_ids
from explorer.tasks.delayed_echo import DelayedEcho
from explorer.tasks.running_parity import RunningParity
from explorer.training.matching import clash, for_task, handing_over, matched_sizes, mismatch, signals_of, untrainable
from tests.oracles.declarations import (
    AUTOREGRESSIVE,
    DYNAMICAL_SYSTEM,
    TWO_SEGMENTS,
    VECTOR_TO_SEQUENCE,
    X,
    hidden,
    net,
    output,
)


class Once(DelayedEcho):
    """A task as somebody might add it, that gives one symbol for the whole sequence."""

    input_span: Span = ONCE


class TwoLengths(DelayedEcho):
    """And one whose input is a sequence of its own, twice as long."""

    input_span: Span = Span("T_in")

    def lengths(self, T: int) -> dict[str, int]:
        return {"T_in": 2 * T}


TWO_INPUTS = net(
    "two_inputs",
    X,
    Node("z", "n_z", Given(), "z"),
    hidden("h", Sum((Linear("U", Ref("x")), Linear("Z", Ref("z")), Linear("W", Ref("h", 1))))),
    *output(Linear("V", Ref("h"))),
)


@pytest.mark.parametrize(
    ("network", "task"),
    [(AUTOREGRESSIVE, get_task("next_symbol")), (VECTOR_TO_SEQUENCE, Once()), (TWO_SEGMENTS, TwoLengths())],
    ids=["own past as input", "one input", "two lengths"],
)
def test_what_is_given_as_it_is_taken_goes_together(network: Architecture, task: Task) -> None:
    assert mismatch(network, task) is None
    assert set(signals_of(network, task)) == {*network.inputs, network.target}


@pytest.mark.parametrize("network", ["hidden_to_hidden", "output_to_hidden", "sequence_to_one", "hidden_and_output"])
@pytest.mark.parametrize("id", task_ids())
def test_the_four_take_every_task_with_inputs_at_each_step_and_outputs_where_they_give_them(
    network: str, id: str
) -> None:
    task, asked = get_task(id), get_architecture(network)
    together = task.input_span == EVERY and asked.one_output == task.one_output
    assert (mismatch(asked, task) is None) == together


@pytest.mark.parametrize(
    ("network", "task", "sentence"),
    [
        (
            get_architecture("output_to_hidden"),
            get_task("majority"),
            "'Majority' asks for one output after the last step, but 'Output → hidden' gives one at every step; choose "
            "Sequence → one, LSTM → one or Recursive tree for 'Majority', or 'Running parity', 'Delayed echo', "
            "'Binary addition' or others for Output → hidden.",
        ),
        (
            get_architecture("sequence_to_one"),
            get_task("next_symbol"),
            "'Next symbol' asks for an output at every step, but 'Sequence → one' gives only one, after the last step; "
            "choose Hidden → hidden, Output → hidden, Autoregressive or others for 'Next symbol', or 'First-symbol "
            "recall', 'Majority', 'Adding problem' or others for Sequence → one.",
        ),
        (
            AUTOREGRESSIVE,
            get_task("running_parity"),
            "'Running parity' cannot be learned without its input, which tells more than the previous targets do, but "
            "'Autoregressive' takes no input; choose Hidden → hidden, Output → hidden, Hidden + output or others for "
            "'Running parity', or 'Next symbol', ",
        ),
        (
            VECTOR_TO_SEQUENCE,
            get_task("running_parity"),
            "'Running parity' gives an input at every step, but 'Vector → sequence' takes it once for the whole "
            "sequence; choose Hidden → hidden, Output → hidden, Hidden + output or others for 'Running parity', or "
            "'Tune from its name' for Vector → sequence.",
        ),
        (TWO_SEGMENTS, Once(), "'Delayed echo' gives an input once for the whole sequence, but 'Encoder–decoder' takes "
            "it over a sequence of its own; choose Vector → sequence for 'Delayed echo', or 'Reversing a string' or "
            "'Number words' for Encoder–decoder."),
        (TWO_INPUTS, get_task("running_parity"), "'two_inputs' takes an input z at every step, which 'Running parity' "
            "does not give; choose Hidden → hidden, Output → hidden, Hidden + output or others for 'Running parity'."),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_said_with_what_to_choose_instead(
    network: Architecture, task: Task, sentence: str
) -> None:
    found = mismatch(network, task)
    assert found == untrainable(network, task) and str(found).startswith(sentence)


def test_a_task_says_in_a_few_words_what_it_needs() -> None:
    found = clash(get_architecture("output_to_hidden"), get_task("majority"))
    assert found is not None and found.needs == "needs a network with one output"


def test_without_an_output_there_is_nothing_to_train_and_all_can_be_shown() -> None:
    assert mismatch(DYNAMICAL_SYSTEM, get_task("majority")) is None
    assert "has no output, so there is no loss" in str(untrainable(DYNAMICAL_SYSTEM, get_task("majority")))


def test_sizes_follow_from_the_task_and_lengths_of_segments_from_that_of_the_sequence() -> None:
    echo = DelayedEcho(symbols=5)
    assert matched_sizes(get_architecture("hidden_to_hidden"), echo, hidden=7, T=9) == {"n_x": 5, "n_h": 7, "n_y": 6}
    assert matched_sizes(AUTOREGRESSIVE, get_task("next_symbol"), hidden=2, T=9) == {"n_h": 2, "n_y": 4}
    two = matched_sizes(TWO_SEGMENTS, TwoLengths(), hidden=7, T=9)
    assert two == {"n_x": 2, "n_h": 7, "n_y": 3, "T_x": 18}


class Ones(RunningParity):
    """A task with a single output unit."""

    output_symbols = ("1",)


def test_a_softmax_of_one_unit_is_refused() -> None:
    assert "A softmax of one unit is always 1" in str(mismatch(get_architecture("hidden_to_hidden"), Ones()))


@pytest.mark.parametrize(
    ("task", "output"), [("running_parity", "softmax"), ("damped_pendulum", "linear"), ("temporal_xor", "sigmoid")]
)
def test_the_targets_decide_the_output(task: str, output: str) -> None:
    network = for_task(get_architecture("output_to_hidden"), get_task(task))
    assert network.output is not None and network.output.kind.id == output
    assert [p.name for p in network.parameters] == [p.name for p in get_architecture("output_to_hidden").parameters]
    assert for_task(DYNAMICAL_SYSTEM, get_task(task)) is DYNAMICAL_SYSTEM


NAMED_OTHERWISE = net(
    "named_otherwise",
    Node("v", "n_v", Given(), "v"),
    hidden("h", Sum((Linear("U", Ref("v")), Linear("W", Ref("h", 1))))),
    *output(Linear("V", Ref("h"))),
)


@pytest.mark.parametrize("id", [id for id in task_ids() if get_task(id).inputs_are_previous_targets])
def test_a_network_without_input_is_told_the_first_of_it_and_then_computes_what_one_with_it_does(id: str) -> None:
    task = get_task(id)
    batch = task.batch(np.random.default_rng(0), 6, 3)
    told, read = (for_task(get_architecture(id), task) for id in ("autoregressive", "hidden_to_hidden"))
    losses = []
    for network in (told, read):
        sizes = matched_sizes(network, task, hidden=4, T=6)
        program = Program(connect(network, TEACHER_FORCING if network is told else None), sizes, 6, 3)
        program.memory.theta[:] = np.random.default_rng(1).normal(size=program.memory.theta.size)
        program.load(handing_over(network, task)(batch))
        program.forward()
        losses.append(program.loss_per_step)
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-12)
    given = handing_over(told, task)(replace(batch, initial={"y": np.zeros((3, task.n_y))}))
    assert not given.initial["y"].any(), "what is given otherwise stays"
    assert handing_over(get_architecture("hidden_and_output"), task)(batch) is batch, "it reads all of x itself"


def test_the_only_input_is_taken_whatever_it_is_called() -> None:
    echo = DelayedEcho(symbols=5)
    assert mismatch(NAMED_OTHERWISE, echo) is None
    assert matched_sizes(NAMED_OTHERWISE, echo, hidden=7, T=9) == {"n_v": 5, "n_h": 7, "n_y": 6}
    batch = echo.batch(np.random.default_rng(0), 9, 2)
    taken = handing_over(NAMED_OTHERWISE, echo)(batch)
    assert taken.inputs["v"] is batch.inputs["x"] and taken.symbols["v"] is batch.symbols["x"] and taken.y is batch.y
    assert handing_over(get_architecture("hidden_to_hidden"), echo)(batch) is batch
