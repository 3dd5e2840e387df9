"""Outputs that are bits or numbers: trained, judged and followed by what their kind of output says; loss weights."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.graph.batch import Batch
from explorer.graph.metric import BITS_RIGHT, MEAN_SQUARED_ERROR
from explorer.tasks import _tasks
from explorer.tasks.running_parity import RunningParity
from explorer.training.example import follow
from explorer.training.randomness import EVALUATION, generator
from explorer.training.run import Run
from tests.training.small import settings, steps

NUMBERS, BITS = ("output_to_hidden", "damped_pendulum"), ("hidden_to_hidden", "temporal_xor")


def trained(architecture: str, task: str, **changes: object) -> Run:
    feedback = "teacher_forcing" if architecture == "output_to_hidden" else None
    run = Run(settings(architecture=architecture, task=task, feedback=feedback, **changes))
    steps(run, 20)
    return run


def logits(run: Run, batch: Batch, own: bool = False) -> np.ndarray:
    """Figs. 10.3 and 10.4 step by step, (T, B, n_y); numbers are fed back as they are."""
    p, x = run.parameters, batch.inputs["x"]
    read, o = np.zeros((x.shape[1], p["W"].shape[1])), []
    for t, row in enumerate(x):
        h = np.tanh(p["b"] + read @ p["W"].T + row @ p["U"].T)
        o.append(p["c"] + h @ p["V"].T)
        read = h if run.feedback is None else o[-1] if own else batch.y[t]
    return np.array(o)


def held_out(run: Run) -> Batch:
    return run.task.batch(generator(0, EVALUATION), 6, 16)


@pytest.mark.parametrize("own", [False, True])
def test_numbers_are_judged_by_their_mean_squared_error(own: bool) -> None:
    run = trained(*NUMBERS)
    batch, found = held_out(run), run.evaluate()
    squares = np.square(logits(run, batch, own) - batch.y)
    judged = found.closed_loop if own else found.open_loop
    assert run.task.kind.metric is MEAN_SQUARED_ERROR
    assert judged.score == pytest.approx(squares.mean(), rel=1e-10)
    assert judged.loss == pytest.approx(squares.sum(2).mean() / 2, rel=1e-10)
    np.testing.assert_allclose(judged.error_by_step, squares.mean((1, 2)), rtol=1e-10)
    near = (np.sqrt(squares) <= run.task.tolerance(6)).all((0, 2)).mean()
    assert judged.sequence_accuracy == near


def test_bits_are_judged_one_by_one() -> None:
    run = trained(*BITS)
    batch, judged = held_out(run), run.evaluate().open_loop
    right = (logits(run, batch) > 0) == (batch.y == 1)
    assert run.task.kind.metric is BITS_RIGHT
    assert judged.score == right.mean() and judged.sequence_accuracy == right.all((0, 2)).mean()
    np.testing.assert_allclose(judged.error_by_step, 1 - right.mean((1, 2)), atol=1e-15)


def test_numbers_that_overflow_are_infinitely_wrong_never_nan() -> None:
    run = trained(*NUMBERS, activation="identity", length=30)
    run.theta[:] = 1e200
    judged = run.evaluate().closed_loop
    assert judged.score == judged.loss == np.inf
    assert not np.isnan(judged.error_by_step).any() and judged.sequence_accuracy == 0


def test_a_wrong_number_put_in_is_followed() -> None:
    run = trained(*NUMBERS)
    batch = run.task.batch(np.random.default_rng(1), 6, 1)
    found = follow(run.settings, run.theta, batch, 6, np.random.default_rng(2), (2, batch.y[1, 0] + 1.0))
    np.testing.assert_allclose(found.closed_loop, logits(run, batch, own=True)[:, 0], rtol=1e-12)
    y = logits(run, batch, own=True)
    p, x = run.parameters, batch.inputs["x"]
    h = np.tanh(p["b"] + (batch.y[1] + 1.0) @ p["W"].T + x[2] @ p["U"].T)
    np.testing.assert_allclose(found.injection.outputs[:2], y[:2, 0], rtol=1e-12)
    np.testing.assert_allclose(found.injection.outputs[2], (p["c"] + h @ p["V"].T)[0], rtol=1e-12)


class LateParity(RunningParity):
    """Running parity of which the first half does not count, and the last step counts three times."""

    id = "late_parity"
    weighted = True

    def encode(self, drawn: np.ndarray) -> Batch:
        batch = super().encode(drawn)
        weights = np.ones(batch.y.shape)
        weights[: len(weights) // 2], weights[-1] = 0.0, 3.0
        return replace(batch, loss_weights=weights)


@pytest.mark.parametrize("truncate", [None, (2, 6)])
def test_loss_weights_count_in_training_and_in_judging(
    monkeypatch: pytest.MonkeyPatch, truncate: tuple[int, int] | None
) -> None:
    monkeypatch.setitem(_tasks(), "late_parity", LateParity)
    run = Run(settings(task="late_parity", architecture="hidden_to_hidden", feedback=None, truncate=truncate))
    plain = Run(settings(architecture="hidden_to_hidden", feedback=None, optimizer="sgd"))
    np.copyto(plain.program.memory.theta, plain.theta)
    plain.program.load(next(plain._batches)[1])
    with np.errstate(all="ignore"):
        plain.program.forward()
    losses = plain.program.loss_per_step.mean(1)
    assert steps(run, 1) == pytest.approx([losses[3:] @ [1, 1, 3] / 5], rel=1e-12)
    gradient = run.program.memory.theta_gradient.copy()
    by_hand = Run(settings(task="late_parity", architecture="hidden_to_hidden", feedback=None)).program
    by_hand.memory.theta[:] = plain.theta
    by_hand.load(LateParity().encode(plain.program.memory.steps_of("x").argmax(2)))
    by_hand.forward()
    by_hand.backward()
    np.testing.assert_allclose(gradient, by_hand.memory.theta_gradient, rtol=0, atol=1e-13)
    judged, apart = run.evaluate().open_loop, Run(settings(architecture="hidden_to_hidden", feedback=None))
    apart.theta[:] = run.theta
    unweighted = apart.evaluate().open_loop
    assert judged.loss == pytest.approx(unweighted.loss_by_step[3:] @ [1, 1, 3] / 5, rel=1e-12)
    assert judged.score == pytest.approx((1 - unweighted.error_by_step[3:]) @ [1, 1, 3] / 5, rel=1e-12)
    np.testing.assert_allclose(judged.loss_by_step, [0, 0, 0, *unweighted.loss_by_step[3:]], rtol=1e-12)
