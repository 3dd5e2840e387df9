"""Let the graph follow the run that trains, about ten times a second, and say whose weights it shows."""

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.session.following import follow, followed, start
from explorer.session.weights import in_short

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow

EVERY = 0.1
"""Seconds from one look at the run to the next."""
WHILE_HELD = 0.3
SHARE = 0.25
"""Of the window's time, so much may go into following; where a look takes longer there are fewer."""


class RunFollower(QObject):
    """Shows in the graph what the selected run has learned so far, while it trains and at its end."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._next = 0.0
        training = window.training
        self._turns = training.trainer.turns
        training.running.begun.connect(self._begin)
        training.trainer.progressed.connect(self._soon)
        training.trainer.changed.connect(self._soon)
        training.run_chosen.connect(self._soon)
        training.display.shown.connect(self.show)  # the run that could be followed may have gone

    def show(self) -> None:
        """Say above the graph whose weights it shows."""
        session, weights = self._session, self._session.weights
        header = self._window.header
        header.say_weights(weights.run if weights else "", in_short(session.document, weights))
        now = session.view.follow if session.view.follow or not session.looking else None
        header.set_whose(now, followed(session) is not None or session.looking)

    def _begin(self) -> None:
        start(self._session)
        self._window.training.running.set_beginning(self._session.beginning)

    def _soon(self) -> None:
        if self._session.view.follow:
            self._turns.ask(self._look, after=self._next)

    def _look(self) -> None:
        if self._window.editors.editing or self._window.quiz_card.isVisible():
            self._turns.ask(self._look, after=perf_counter() + WHILE_HELD)  # what a person works on stands still
            self.show()
            return
        begin = perf_counter()
        if follow(self._session):
            self._window.show_weights()
        taken = perf_counter() - begin
        self._next = begin + max(EVERY, taken / SHARE)
