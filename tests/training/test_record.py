"""A record holds the curves of one run, and how it diverged."""

import numpy as np

from explorer.training.loop import train
from explorer.training.messages import Diverged, Evaluated, Points
from explorer.training.record import Record
from explorer.training.run import Run
from tests.training.small import settings, steps
from tests.training.test_run import EXPLODING


def recorded(run: Run) -> Record:
    record = Record("run")
    for messages in train([run]):
        for message in messages:
            if isinstance(message, Points | Evaluated | Diverged):
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
    assert record.diverged is None


def test_a_record_of_a_diverged_run_says_so() -> None:
    record = recorded(Run(settings(**EXPLODING)))
    assert record.diverged is not None
    assert len(record.training_loss) == record.diverged.divergence.iteration


def test_points_may_come_in_any_portions() -> None:
    record = Record("run")
    for start in range(0, 5000, 500):
        numbers = np.arange(start, start + 500)
        record.take(Points(0, numbers, numbers / 4))
    assert np.array_equal(record.training_loss, np.column_stack((np.arange(5000), np.arange(5000) / 4)))
