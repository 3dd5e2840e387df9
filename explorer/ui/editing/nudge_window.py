"""A small window beside the graph: nudge a weight, and compare the loss with what its gradient foretells."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from explorer.language import tr
from explorer.ui.editing.nudge import NudgePanel
from explorer.ui.look.text_size import sized
from explorer.ui.parts.beside import GAP, kept_within
from explorer.ui.parts.widgets import in_column

MENUS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
"""With these a key is a menu's, such as Ctrl+Z."""


class NudgeWindow(QDialog):
    """Holds the panel; stays open beside the graph, so that both are seen at once. Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self._owner = parent
        self.setWindowTitle(tr("Nudge a weight"))
        self.panel = NudgePanel()
        in_column(None, self.panel, on=self, margins=None)

    def open_beside(self, graph: QWidget) -> None:
        """Open where least of the graph is covered, with the keyboard on δ; if it is open, take the keyboard."""
        if not self.isVisible():
            self.resize(sized(380, 460))  # text may have grown since it was closed
            place = QRect(graph.mapToGlobal(QPoint(0, 0)), graph.size())
            self.move(least_covering(place, self.size(), graph.screen().availableGeometry()))
        self.show()
        self.raise_()
        self.activateWindow()
        self.panel.slider.setFocus()

    def event(self, event: QEvent) -> bool:
        # To Qt this window is part of the one that it belongs to, whose menus a typed 3 or W would reach.
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return super().event(event)
        event.setAccepted(bool(event.text()) and not event.modifiers() & MENUS)
        return event.isAccepted()

    def done(self, result: int) -> None:
        """Close, and give the keyboard back."""
        super().done(result)
        self._owner.activateWindow()


def least_covering(thing: QRect, size: QSize, screen: QRect) -> QPoint:
    """Where a window of this size covers least of a thing: right of it, left, below or above; whole on the screen."""
    across, along = thing.width() + GAP, thing.height() + GAP
    corners = QPoint(across, 0), QPoint(-size.width() - GAP, 0), QPoint(0, along), QPoint(0, -size.height() - GAP)
    places = [kept_within(screen, thing.topLeft() + corner, size) for corner in corners]

    def covered(at: QPoint) -> int:
        common = thing.intersected(QRect(at, size))
        return common.width() * common.height() if common.isValid() else 0

    return min(places, key=covered)
