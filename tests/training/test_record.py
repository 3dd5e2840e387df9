"""A record holds the curves of one run, and how it diverged."""

import numpy as np

from explorer.training.loop import train
from explorer.training.messages import Points
from explorer.training.record import Measure, Record
from explorer.training.run import Run
from tests.training.small import settings, steps
from tests.training.test_run import EXPLODING


def recorded(run: Run) -> Record:
    record = Record("run")
    for messages in train([run]):
        for message in messages:
            record.take(message)
    return record


def test_a_record_tells_the_whole_story() -> None:
    run = Run(settings())
    record = recorded(run)
    assert [record.training.at(i) for i in range(1, 61)] == steps(Run(settings()), 60)
    assert record.curve(Measure.OPEN_LOSS)[0].tolist() == [0, 20, 40, 60]
    judged = run.evaluate()
    assert {measure: record.latest(measure) for measure in Measure} == {
        Measure.OPEN_LOSS: judged.open_loop.loss,
        Measure.CLOSED_LOSS: judged.closed_loop.loss,
        Measure.OPEN_SCORE: judged.open_loop.score,
        Measure.CLOSED_SCORE: judged.closed_loop.score,
        Measure.OPEN_SEQUENCES: judged.open_loop.sequence_accuracy,
        Measure.CLOSED_SEQUENCES: judged.closed_loop.sequence_accuracy,
    }
    assert record.divergence is None


def test_a_record_of_a_diverged_run_says_so() -> None:
    record = recorded(Run(settings(**EXPLODING)))
    assert record.divergence is not None
    assert len(record.training) == record.divergence.iteration


def test_what_came_after_an_iteration_can_be_forgotten() -> None:
    record = recorded(Run(settings()))
    record.cut(45)
    assert record.curve(Measure.OPEN_LOSS)[0].tolist() == [0, 20, 40]
    assert [record.training.at(i) for i in range(1, 61)] == [*steps(Run(settings()), 45), *[None] * 15]


def test_points_may_come_in_any_portions() -> None:
    record = Record("run")
    for start in range(1, 5001, 500):
        numbers = np.arange(start, start + 500)
        record.take(Points(0, numbers, numbers / 4))
    assert [record.training.at(i) for i in range(1, 5001)] == (np.arange(1, 5001) / 4).tolist()
