"""Lock-step: all runs get on together, each ends alone, and what is reported is complete."""

import time
from typing import TypeVar

import numpy as np
import pytest

from explorer.architectures import architectures
from explorer.training import loop
from explorer.training.loop import LockStep, train
from explorer.training.messages import Diverged, Evaluated, Finished, Message, Points, Rate, Standing
from explorer.training.run import Run
from explorer.training.thinned import most_snapshots, stride_at
from tests.settings import FOUR
from tests.training.small import kept_weights, settings, steps
from tests.training.test_run import EXPLODING

M = TypeVar("M")


def trained(*runs: Run, slice_seconds: float = 0.01) -> list[Message]:
    return [message for messages in train(runs, slice_seconds) for message in messages]


def of_run(messages: list[Message], kind: type[M], run: int) -> list[M]:
    return [message for message in messages if isinstance(message, kind) and message.run == run]


def curve(messages: list[Message], run: int = 0) -> tuple[np.ndarray, np.ndarray]:
    points = of_run(messages, Points, run)
    return (
        np.concatenate([part.iterations for part in points]),
        np.concatenate([part.training_loss for part in points]),
    )


def test_what_runs_have_to_go_on_with_is_reported_once_where_they_wait_and_at_their_end() -> None:
    lockstep = LockStep([Run(settings()), Run(settings(iterations=8))])
    lockstep.advance(10.0, until_round=5)
    waiting = lockstep.standing()
    assert [(one.run, one.iteration, one.moments.updates) for one in waiting] == [(0, 5, 5), (1, 5, 5)]
    assert lockstep.standing() == []
    ended = lockstep.advance(10.0, until_round=9)
    assert [(one.run, one.iteration) for one in ended if isinstance(one, Standing)] == [(1, 8)]


def test_every_loss_is_reported_once_in_order() -> None:
    runs = [Run(settings(feedback=feedback)) for feedback in ("teacher_forcing", "free_running")]
    messages = trained(*runs, slice_seconds=0.001)
    for index, run in enumerate(runs):
        iterations, losses = curve(messages, index)
        assert np.array_equal(iterations, np.arange(1, 61))
        assert losses.tolist() == steps(Run(run.settings), 60)
        assert [m.iteration for m in of_run(messages, Finished, index)] == [60]


def test_how_training_is_sliced_changes_no_number() -> None:
    fine = trained(Run(settings(feedback="mixed_sample")), slice_seconds=0.0)
    coarse = trained(Run(settings(feedback="mixed_sample")), slice_seconds=10.0)
    assert np.array_equal(curve(fine), curve(coarse))
    judged = [[m.evaluation.closed_loop.loss for m in of_run(ms, Evaluated, 0)] for ms in (fine, coarse)]
    assert judged[0] == judged[1]


def test_runs_are_judged_at_the_start_when_due_and_at_the_end() -> None:
    messages = trained(Run(settings(iterations=50, evaluate_every=20)))
    assert [m.iteration for m in of_run(messages, Evaluated, 0)] == [0, 20, 40, 50]


def test_runs_that_are_never_to_be_judged_are_not() -> None:
    assert of_run(trained(Run(settings(evaluate_every=0))), Evaluated, 0) == []


def test_no_run_gets_ahead_of_another() -> None:
    runs = [Run(settings(feedback=f, length=n)) for f, n in (("teacher_forcing", 3), ("free_running", 12))]
    for _ in train(runs, slice_seconds=0.0):
        assert 0 <= runs[0].iteration - runs[1].iteration <= 1


def test_numpy_may_raise_at_every_overflow_and_the_run_that_diverges_says_what_to_do() -> None:
    """Nobody else's np.seterr turns divergence into a fault of the program."""
    with np.errstate(all="raise"):
        messages = trained(Run(settings(**EXPLODING)), Run(settings()))
    (diverged,) = of_run(messages, Diverged, 0)
    assert " diverged: after " in diverged.divergence.sentence
    assert diverged.divergence.remedy.startswith("Clip ")
    assert [m.iteration for m in of_run(messages, Finished, 1)] == [60]


@pytest.mark.parametrize("architecture", FOUR)
def test_one_step_and_one_hidden_unit_can_be_trained(architecture: str) -> None:
    feedback = "free_running" if architectures()[architecture].takes_feedback else None
    task = "majority" if architecture == "sequence_to_one" else "running_parity"
    chosen = settings(architecture=architecture, task=task, feedback=feedback, hidden=1, length=1, batch=1)
    messages = trained(Run(chosen))
    assert np.isfinite(curve(messages)[1]).all()
    assert of_run(messages, Finished, 0)[0].iteration == 60


def test_a_clock_that_jumps_back_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wall clocks are set, by people and by programs; steady ones are not. See test_package for all modules."""
    monkeypatch.setattr(time, "time", iter(range(10**9, 0, -3600)).__next__)
    messages = trained(Run(settings()), slice_seconds=0.001)
    assert len(curve(messages)[0]) == 60
    assert all(m.iterations_per_second > 0 and min(m.by_run) > 0 for m in messages if isinstance(m, Rate))


def test_a_run_that_diverges_stops_alone() -> None:
    good, bad = Run(settings(architecture="hidden_to_hidden", feedback=None)), Run(settings(**EXPLODING))
    messages = trained(bad, good, slice_seconds=10.0)
    (diverged,) = of_run(messages, Diverged, 0)
    assert diverged.kept == bad.iteration < 60
    assert of_run(messages, Finished, 0) == []
    assert of_run(messages, Diverged, 1) == []
    assert good.iteration == 60
    iterations, losses = curve(messages, 0)
    assert np.array_equal(iterations, np.arange(1, diverged.divergence.iteration + 1))
    assert np.isfinite(losses).all()
    *_, (iteration, theta) = kept_weights(messages).items()
    assert iteration == diverged.kept and np.array_equal(theta, bad.theta)


def test_a_run_stops_once_its_loss_is_low_enough() -> None:
    run = Run(settings(iterations=5000, stop_below=0.1, hidden=8))
    messages = trained(run)
    (finished,) = of_run(messages, Finished, 0)
    losses = curve(messages)[1]
    assert finished.below
    assert finished.iteration == len(losses) < 5000
    assert losses[-1] < 0.1 <= losses[:-1].min()


def test_snapshots_are_the_weights_of_their_iterations() -> None:
    run = Run(settings(iterations=40, hidden=2, length=2))
    messages = trained(run)
    twin = Run(run.settings)
    thetas = {0: twin.theta.copy()}
    for iteration in range(1, 41):
        steps(twin, 1)
        thetas[iteration] = twin.theta.copy()
    found = kept_weights(messages)
    assert [*found] == list(range(41))
    assert all(np.array_equal(theta, thetas[iteration]) for iteration, theta in found.items())


def test_snapshots_become_rare() -> None:
    run = Run(settings(iterations=2000, hidden=1, length=2, batch=1, evaluate_every=301))
    most = most_snapshots(run.theta.nbytes)
    found = [*kept_weights(trained(run))]
    assert found == [i for i in range(2001) if i % stride_at(i, most) == 0]


def test_training_can_go_on_round_by_round() -> None:
    runs = [Run(settings(feedback=feedback)) for feedback in ("teacher_forcing", "free_running")]
    lockstep = LockStep(runs)
    lockstep.advance(seconds=10.0, until_round=3)
    assert [run.iteration for run in runs] == [3, 3]
    lockstep.advance(seconds=0.0)
    assert lockstep.whole_rounds == 4
    lockstep.advance(seconds=10.0, until_round=lockstep.whole_rounds)
    assert [run.iteration for run in runs] == [4, 4]


def test_the_rate_is_reported_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "_RATE_SECONDS", 0.0)
    messages = trained(Run(settings()), slice_seconds=0.0)
    rates = [message for message in messages if isinstance(message, Rate)]
    assert len(rates) == 60
    assert all(rate.iterations_per_second > 0 and rate.by_run[0] > 0 for rate in rates)


def test_the_rate_at_the_end_is_of_everything() -> None:
    alone, beside = settings(feedback="free_running"), (settings(seed=1), settings(seed=2))
    messages = trained(*map(Run, (alone, *beside)))
    rate = messages[-1]
    assert isinstance(rate, Rate)
    assert 0 < rate.iterations_per_second < min(rate.by_run)
    assert sum(1 / own for own in rate.by_run) < 1 / rate.iterations_per_second
