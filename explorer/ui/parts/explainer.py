"""Show one card of explanation at a time in a window, beside what it explains, until the pointer leaves both."""

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtWidgets import QWidget

from explorer.session.explaining import Explanation
from explorer.ui.parts.beside import beside
from explorer.ui.parts.explanation_card import ExplanationCard

LEAVING_MS = 300
"""How long the way from a thing to its card may take."""
EDGE = 6
"""Pixels left free along the window's edges."""


class Explainer(QObject):
    """Belongs to a window, over which its card lies."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.card = ExplanationCard(window)
        self._leaving = QTimer(self, singleShot=True, interval=LEAVING_MS)
        self._leaving.timeout.connect(self.card.hide)
        self.card.entered.connect(self._leaving.stop)
        self.card.left.connect(self._leaving.start)

    def show(self, explanation: Explanation, around: QWidget, thing: QRect, details: str = "") -> bool:
        """Show it beside a rectangle of a widget in the window; `details` is HTML that stands below.

        In a window without room for it beside the thing, such as a small dialog, it is not shown: returns whether.
        """
        self._leaving.stop()
        self.card.set_explanation(explanation, details)
        here = QRect(around.mapTo(self._window, thing.topLeft()), thing.size())
        room = self._window.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        self.card.move(beside(here, self.card.size(), room))
        if not room.contains(self.card.geometry()) or self.card.geometry().intersects(here):
            self.hide()
            return False
        self.card.show()
        self.card.raise_()
        return True

    def leave(self) -> None:
        """Let it go, unless the pointer comes to the card."""
        if self.card.isVisible():
            self._leaving.start()

    def hide(self) -> None:
        """Let it go at once."""
        self._leaving.stop()
        self.card.hide()
