"""One sequence under the magnifying glass: both loops, and what a wrong symbol does."""

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.graph.feedback import FEEDBACKS
from explorer.training.example import Example, follow
from explorer.training.run import Run
from tests.oracles.typed import typed
from tests.training.small import settings, steps


def followed(run: Run, written: str, inject: tuple[int, int] | None = None) -> Example:
    batch = typed(run.task, written)
    return follow(run.settings, run.theta, batch, len(batch.inputs["x"]), np.random.default_rng(2), inject)


@pytest.fixture(scope="module")
def knowing() -> Run:
    """Has learnt parity from targets."""
    run = Run(settings(hidden=8))
    steps(run, 300)
    return run


def test_a_network_that_knows_is_right_in_both_loops_at_any_length(knowing: Run) -> None:
    found = followed(knowing, "1101001101")
    assert found.targets.tolist() == [1, 0, 0, 1, 1, 1, 0, 1, 1, 0]
    assert np.array_equal(found.open_loop, found.targets)
    assert np.array_equal(found.closed_loop, found.targets)
    assert found.injection is None
    np.testing.assert_allclose(found.state_distance, 0.0, atol=1e-12)


def test_a_wrong_symbol_turns_every_later_parity(knowing: Run) -> None:
    found = followed(knowing, "1101001101", inject=(4, 0))
    assert found.injection.outputs.tolist() == [1, 0, 0, 1, 0, 0, 1, 0, 0, 1]
    assert found.injection.recovered is None


def test_the_symbol_that_it_says_anyway_changes_nothing(knowing: Run) -> None:
    found = followed(knowing, "1101001101", inject=(4, 1))
    assert np.array_equal(found.injection.outputs, found.closed_loop)
    assert found.injection.recovered == 5


def test_a_network_that_reads_the_symbols_recovers() -> None:
    """In "abcd" each symbol says which comes next, so only what is fed back right after can mislead."""
    run = Run(settings(architecture="hidden_and_output", task="next_symbol", task_options={"text": "abcd"}, hidden=8))
    steps(run, 400)
    found = followed(run, "abcdabcdabcda", inject=(3, run.task.step_index("a")))
    assert np.array_equal(found.closed_loop, found.targets)
    assert found.injection.recovered is not None
    assert np.array_equal(
        found.injection.outputs[found.injection.recovered - 1 :],
        found.closed_loop[found.injection.recovered - 1 :],
    )


@pytest.mark.parametrize("feedback", FEEDBACKS)
def test_both_loops_come_from_one_state(feedback: str) -> None:
    run = Run(settings(feedback=feedback, seed=3))
    found = followed(run, "110100110111")
    assert found.state_distance[0] == 0.0
    assert found.state_distance.shape == (12,)


@pytest.mark.parametrize("feedback", [f for f in FEEDBACKS if f != "teacher_forcing"])
def test_any_own_signal_can_be_replaced_by_a_symbol(feedback: str) -> None:
    run = Run(settings(feedback=feedback))
    found = followed(run, "110100", inject=(1, 0))
    assert found.injection.outputs[0] == found.closed_loop[0]


def test_without_output_feedback_there_is_one_loop_and_nothing_to_inject() -> None:
    run = Run(settings(architecture="sequence_to_one", task="majority", feedback=None))
    found = followed(run, "01101")
    assert found.targets.shape == found.closed_loop.shape == (1,)
    assert np.array_equal(found.open_loop, found.closed_loop)
    assert found.state_distance is None
    with pytest.raises(ExplorerError, match="does not feed its output back"):
        followed(run, "01101", inject=(1, 0))


@pytest.mark.parametrize(
    ("inject", "sentence"),
    [
        ((0, 1), "after step 0 of 6 reaches no step; choose one from 1 to 5"),
        ((6, 1), "after step 6 of 6 reaches no step"),
        ((2, 2), "no output symbol 2; choose one from 0 to 1"),
    ],
)
def test_impossible_injections_are_refused(knowing: Run, inject: tuple[int, int], sentence: str) -> None:
    with pytest.raises(ExplorerError, match=sentence):
        followed(knowing, "110100", inject)
