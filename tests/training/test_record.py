"""A record holds all that was reported of one run, in bounded memory."""

import numpy as np

from explorer.training.loop import train
from explorer.training.messages import Evaluated, Evaluation, Judged, Points
from explorer.training.record import Column, Record
from explorer.training.run import Run
from tests.training.small import settings, steps
from tests.training.test_run import EXPLODING


def recorded(run: Run) -> Record:
    record = Record("run", run.settings.evaluate_every)
    for messages in train([run]):
        for message in messages:
            record.take(message)
    return record


def test_a_record_tells_the_whole_story() -> None:
    run = Run(settings())
    record = recorded(run)
    assert record.training_loss[:, 0].tolist() == list(range(1, 61))
    assert record.training_loss[:, 1].tolist() == steps(Run(settings()), 60)
    assert record.judged[:, 0].tolist() == [0, 20, 40, 60]
    judged = run.evaluate()
    assert record.judged[-1, 1:].tolist() == [
        judged.open_loop.loss,
        judged.closed_loop.loss,
        judged.open_loop.accuracy,
        judged.closed_loop.accuracy,
    ]
    assert record.snapshots.at(60)[0] == 60
    assert np.array_equal(record.snapshots.at(60)[1], run.theta)
    assert record.finished.iteration == 60
    assert record.diverged is None


def test_a_record_of_a_diverged_run_says_so() -> None:
    record = recorded(Run(settings(**EXPLODING)))
    assert record.diverged is not None
    assert record.finished is None


def test_evaluations_in_full_are_thinned_but_their_numbers_are_not() -> None:
    record = Record("run", evaluate_every=25)
    judged = Judged(0.5, 0.75, 0.25, np.zeros(4), np.zeros(4))
    for iteration in range(0, 25 * 9000, 25):
        record.take(Evaluated(0, iteration, Evaluation(judged, judged, None)))
    assert len(record.judged) == 9000
    assert 1000 < len(record.evaluations) <= 2001


def test_points_may_come_in_any_portions() -> None:
    record = Record("run")
    for start in range(0, 5000, 500):
        numbers = np.arange(start, start + 500)
        record.take(Points(0, numbers, numbers / 4))
    assert np.array_equal(record.training_loss, np.column_stack((np.arange(5000), np.arange(5000) / 4)))


def test_a_column_takes_more_rows_than_it_could_double_to() -> None:
    column = Column(2)
    rows = np.arange(2000.0).reshape(1000, 2)
    column.extend(rows)
    column.extend(rows[:0])
    column.extend(rows)
    assert np.array_equal(column.rows, np.concatenate((rows, rows)))
