"""Sequences of several lengths are trained on and judged, those of one length together."""

import numpy as np
import pytest

from explorer.data.data_set import encoded
from explorer.data.reading import read_data
from explorer.graph.compute.program import Program
from explorer.graph.feedback import TEACHER_FORCING
from explorer.training.problem import connected, sizes_of
from explorer.training.run import Run
from explorer.training.settings import NetworkSettings, RunSettings, TaskSettings, TrainingSettings

LINES = "ab -> 12\nba -> 21\nabb -> 122\nbaa -> 211\nbab -> 212\nabab -> 1212"


def a_run(text: str, architecture: str = "hidden_to_hidden", feedback: str | None = None, **training: object) -> Run:
    task = TaskSettings("own_data", {"data": encoded(read_data(text).data), "share": 50})
    settings = TrainingSettings(optimizer="sgd", learning_rate=0.5, iterations=100, **training)
    return Run(
        RunSettings(network=NetworkSettings(architecture, 3), task=task, length=3, feedback=feedback, training=settings)
    )


@pytest.mark.parametrize("truncate", [None, (1, 2)])
def test_each_update_follows_the_gradient_of_sequences_of_one_length(truncate: tuple[int, int] | None) -> None:
    run = a_run(LINES, truncate=truncate)
    lengths = set()
    stream = run._batches
    for _ in range(30):
        T, batch = next(stream)
        run._batches = iter([(T, batch)])
        lengths.add(T)
        by_hand = Program(connected(run.settings, None), sizes_of(run.settings, T), T, batch.y.shape[1])
        by_hand.memory.theta[:] = before = run.theta.copy()
        by_hand.load(batch)
        by_hand.forward()
        by_hand.backward()
        assert run.step() == pytest.approx(by_hand.loss / T, rel=1e-12)
        if truncate is None:
            np.testing.assert_allclose(run.theta, before - 0.5 * by_hand.memory.theta_gradient, rtol=0, atol=1e-13)
    assert len(lengths) > 1


@pytest.mark.parametrize(("architecture", "feedback"), [("hidden_to_hidden", None), ("output_to_hidden", "mixed_yhat")])
def test_what_is_held_out_is_judged_step_by_step_over_all_lengths(architecture: str, feedback: str | None) -> None:
    run = a_run(LINES, architecture, feedback)
    for _ in range(5):
        run.step()
    judged = run.evaluate().open_loop
    mode = None if feedback is None else TEACHER_FORCING
    losses, right = [], []
    for T, batch in run.task.held_out(np.random.default_rng(0), 3, 100):
        for b in range(batch.y.shape[1]):
            program = Program(connected(run.settings, mode), sizes_of(run.settings, T), T, 1)
            program.memory.theta[:] = run.theta
            program.load(batch.sequences(b, b + 1))
            program.forward()
            losses.append(program.loss_per_step[:, 0])
            right.append((program.memory.steps_of("o")[:, 0].argmax(1) == batch.y[:, b]).all())
    assert judged.loss == pytest.approx(np.concatenate(losses).mean(), rel=1e-12)
    assert judged.sequence_accuracy == pytest.approx(np.mean(right))
    by_step = [np.mean([loss[t] for loss in losses if len(loss) > t]) for t in range(max(map(len, losses)))]
    np.testing.assert_allclose(judged.loss_by_step, by_step, rtol=1e-12)


def test_one_target_after_sequences_of_several_lengths_is_learnt() -> None:
    run = a_run("a b -> x\nb a a -> y\na a b b -> x\nb b -> y", "sequence_to_one")
    with np.errstate(all="ignore"):
        losses = [run.step() for _ in range(100)]
    assert losses[-1] < 0.3 < losses[0]
    assert len(run.evaluate().open_loop.loss_by_step) == 1
