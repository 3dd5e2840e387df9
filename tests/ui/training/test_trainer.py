"""The window looks for what the training processes report: at once for their answer to a click, then as curves grow."""

import numpy as np
from pytestqt.qtbot import QtBot

from explorer.session.runs.run_book import RunBook
from explorer.session.training_plan import plan_runs
from explorer.training.messages import Message, Points
from explorer.ui.training.trainer import FIRST_POLL_MS, POLL_MS, Trainer
from tests.settings import a_plan, a_problem


class Answering:
    """Workers that answer every command with one loss, when they are polled for the third time."""

    alive = True

    def __init__(self) -> None:
        self._polls = 0

    def send(self, command: object) -> None:
        self._polls = 0

    def poll(self) -> list[Message]:
        self._polls += 1
        return [Points(0, np.array([1]), np.array([0.7]))] if self._polls == 3 else []


def test_the_first_answer_is_looked_for_more_often_than_what_follows(qtbot: QtBot) -> None:
    trainer = Trainer(RunBook())
    trainer.__dict__["worker"] = Answering()
    for _ in range(2):
        trainer.start(plan_runs(a_problem(), a_plan()))
        every = []
        for _ in range(4):
            every.append(trainer._timer.interval())
            trainer.poll()
        assert every == [FIRST_POLL_MS, FIRST_POLL_MS, FIRST_POLL_MS, POLL_MS]
    trainer._timer.stop()
