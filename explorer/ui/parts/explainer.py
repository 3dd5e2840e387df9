"""Show one card of explanation at a time in a window, beside what it explains, until the pointer leaves both."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from explorer.session.explaining import Explanation
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.beside import beside

if TYPE_CHECKING:
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
        self._around: QWidget | None = None
        """What the thing that is explained stands on, while the card is there."""
        self._leaving = QTimer(self, singleShot=True, interval=LEAVING_MS)
        self._leaving.timeout.connect(self.hide)
        scaled(self.hide)  # at another size of the text, what it stands beside is elsewhere

    @cached_property
    def card(self) -> "ExplanationCard":
        """The card, made when it is first shown."""
        from explorer.ui.parts.explanation_card import ExplanationCard

        card = ExplanationCard(self._window)
        card.entered.connect(self._leaving.stop)
        card.left.connect(self._leaving.start)
        return card

    @property
    def _shown(self) -> bool:
        return "card" in vars(self) and self.card.isVisible()

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
        self._watch(around)
        self.card.show()
        self.card.raise_()
        return True

    def leave(self) -> None:
        """Let it go, unless the pointer comes to the card."""
        if self._shown:
            self._leaving.start()

    def hide(self) -> None:
        """Let it go at once."""
        self._leaving.stop()
        self._watch(None)
        if self._shown:
            self.card.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:  # what stands on it is elsewhere now
            self.hide()
        return False

    def _watch(self, around: QWidget | None) -> None:
        if self._around is not None and isValid(self._around):
            self._around.removeEventFilter(self)
        self._around = around
        if around is not None:
            around.installEventFilter(self)
