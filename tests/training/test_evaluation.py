"""Judging: both modes on one held-out batch, numbers that agree with one another."""

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.graph.feedback import FEEDBACKS
from explorer.training.evaluation import state_distance
from explorer.training.run import Run
from tests.oracles.examples import computed
from tests.training.small import settings, steps


@pytest.mark.parametrize("feedback", FEEDBACKS)
def test_the_numbers_by_step_add_up_to_the_whole(feedback: str) -> None:
    run = Run(settings(feedback=feedback))
    steps(run, 20)
    found = run.evaluate()
    for judged in (found.open_loop, found.closed_loop):
        assert judged.loss_by_step.shape == judged.error_by_step.shape == (6,)
        assert judged.loss == pytest.approx(judged.loss_by_step.mean())
        assert judged.score == pytest.approx(1 - judged.error_by_step.mean())
        assert judged.sequence_accuracy <= 1 - judged.error_by_step.max() + 1e-12


def test_states_are_apart_by_the_norm_of_their_difference_on_the_mean_of_all_sequences() -> None:
    one, other, third = (computed(get_architecture("hidden_to_hidden"), seed=seed) for seed in range(3))
    h = [np.concatenate([first.memory.steps_of("h") for first in pair], 1) for pair in ((one, third), (other, other))]
    wanted = np.linalg.norm(h[0] - h[1], axis=2).mean(1)
    np.testing.assert_allclose(state_distance([one, third], [other, other]), wanted, rtol=1e-14)
    short, shorter = (computed(get_architecture("hidden_to_hidden"), T=2, seed=seed) for seed in range(2))
    of_long = state_distance([one], [other])
    mixed = state_distance([one, short], [other, shorter])
    np.testing.assert_allclose(mixed[:2], (of_long[:2] + state_distance([short], [shorter])) / 2, rtol=1e-14)
    np.testing.assert_allclose(mixed[2:], of_long[2:], rtol=1e-14, err_msg="of those alone that are so long")


def test_judging_changes_nothing_and_repeats_itself() -> None:
    judged, alone = Run(settings(feedback="mixed_sample")), Run(settings(feedback="mixed_sample"))
    losses = []
    for _ in range(10):
        first, second = judged.evaluate(), judged.evaluate()
        assert first.closed_loop.loss == second.closed_loop.loss
        losses += steps(judged, 1)
    assert losses == steps(alone, 10)


def test_runs_that_share_the_arrays_of_their_judging_are_judged_each_on_its_own_sequences() -> None:
    together = [Run(settings(seed=seed)) for seed in (0, 1)]
    for run in together:
        run.evaluate()
    assert together[0]._judge._programs == together[1]._judge._programs
    found = [run.evaluate().closed_loop.loss for run in together]
    del together
    assert found == [Run(settings(seed=seed)).evaluate().closed_loop.loss for seed in (0, 1)]


def test_both_modes_agree_up_to_the_first_step_that_reads_feedback() -> None:
    run = Run(settings())
    found = run.evaluate()
    assert found.open_loop.loss_by_step[0] == pytest.approx(found.closed_loop.loss_by_step[0])
    assert found.state_distance.shape == (6,)
    assert found.state_distance[0] == 0.0
    assert (found.state_distance[1:] > 0).all()


def test_a_net_that_knows_the_task_does_as_well_on_its_own() -> None:
    run = Run(settings(hidden=8))
    steps(run, 200)
    found = run.evaluate()
    assert found.open_loop.score == found.closed_loop.sequence_accuracy == 1.0
    np.testing.assert_allclose(found.state_distance, 0.0, atol=1e-12)


@pytest.mark.parametrize(
    ("architecture", "task", "steps_judged"),
    [("hidden_to_hidden", "running_parity", 6), ("sequence_to_one", "majority", 1)],
)
def test_without_output_feedback_there_is_one_mode(architecture: str, task: str, steps_judged: int) -> None:
    found = Run(settings(architecture=architecture, task=task, feedback=None)).evaluate()
    assert found.open_loop is found.closed_loop
    assert found.state_distance is None
    assert found.open_loop.loss_by_step.shape == (steps_judged,)


@pytest.mark.parametrize("trained", ["teacher_forcing", "free_running_yhat", "mixed_o"])
@pytest.mark.parametrize("own_output", ["argmax", "yhat", "o"])
def test_losses_are_of_the_held_out_batch_fed_as_said_whatever_the_training(trained: str, own_output: str) -> None:
    run = Run(settings(feedback=trained, own_output=own_output, hidden=3))
    steps(run, 5)
    _agrees_with_a_plain_loop(run, own_output)


def test_fed_its_own_arg_max_a_net_that_is_always_right_is_judged_as_fed_the_targets() -> None:
    run = Run(settings(hidden=8))
    steps(run, 200)
    found = run.evaluate()
    assert found.open_loop.sequence_accuracy == 1.0 and found.closed_loop is not found.open_loop
    assert not found.state_distance.any()
    _agrees_with_a_plain_loop(run, "argmax")


def test_a_loss_that_overflows_is_infinite_never_nan() -> None:
    run = Run(settings(architecture="hidden_to_hidden", feedback=None, activation="identity", length=30))
    run.theta[:] = 1e200
    judged = run.evaluate().open_loop
    assert judged.loss == np.inf
    assert not np.isnan(judged.loss_by_step).any()


def _agrees_with_a_plain_loop(run: Run, own_output: str) -> None:
    """Over fig. 10.4 with the batch that it is judged on."""
    p = run.parameters
    (batch,) = run._judge._batches
    x, y = batch.inputs["x"], batch.y
    for own in (False, True):
        fed, losses = np.zeros((16, 2)), []
        for t in range(6):
            h = np.tanh(p["b"] + fed @ p["W"].T + x[t] @ p["U"].T)
            o = p["c"] + h @ p["V"].T
            losses.append((np.log(np.exp(o).sum(1)) - o[np.arange(16), y[t]]).mean())
            fed = _output(o, own_output) if own else np.eye(2)[y[t]]
        judged = run.evaluate().closed_loop if own else run.evaluate().open_loop
        np.testing.assert_allclose(judged.loss_by_step, losses, rtol=1e-10)


def _output(o: np.ndarray, kind: str) -> np.ndarray:
    """What a network with these logits (B, n_y) is fed of its own."""
    if kind == "argmax":
        return np.eye(o.shape[1])[o.argmax(1)]
    return np.exp(o) / np.exp(o).sum(1, keepdims=True) if kind == "yhat" else o
