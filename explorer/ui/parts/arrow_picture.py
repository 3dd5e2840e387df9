"""Let the arrow keys move through a picture that was clicked, or that Tab leads to, and frame it meanwhile."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen

from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect
from explorer.ui.parts.painted import Painted, Size
from explorer.ui.parts.ways import ARROWS


class ArrowPicture(Painted):
    """A subclass says in `go` what an arrow does, and paints with `paint_focus` last."""

    def __init__(self, least: Size, usual: Size) -> None:
        super().__init__(least, usual)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def go(self, right: int, up: int) -> None:
        """Move by one to a side, up or down."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = ARROWS.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
        else:
            self.go(move[1], -move[0])

    def paint_focus(self, painter: QPainter) -> None:
        """Frame the picture if it has the keyboard."""
        if self.hasFocus():
            painter.setClipping(False)
            themes.draw_with(painter, QPen(themes.current().forward.line, 1), None)
            painter.drawRect(own_rect(self).adjusted(0.5, 0.5, -0.5, -0.5))
