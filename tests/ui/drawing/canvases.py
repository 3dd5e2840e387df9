"""Show graphs on a canvas, take pictures of it and handle it."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from explorer.graph.unfold import Vertex
from explorer.session.document import Shown
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.pointing import thing_at
from tests.session.shown import example
from tests.ui.painting import pixels


def showing(canvas: Canvas, shown: Shown, cursor: int | None = None) -> Canvas:
    canvas.set_view(view_state(shown, View(len(shown.events) if cursor is None else cursor)))
    QApplication.processEvents()
    return canvas


def fed(T: int = 4, hidden: int = 3) -> Shown:
    return example("hidden_and_output", "free_running_yhat", T, hidden)


def middle(canvas: Canvas, vertex: Vertex) -> QPoint:
    return canvas.vertex_rect(vertex).center()


def empty_place(canvas: Canvas) -> QPoint:
    """A pixel where there is nothing to point at."""
    assert canvas._scene is not None
    places = (QPoint(x, y) for x in range(20, canvas.width(), 40) for y in range(20, canvas.height() - 60, 40))
    return next(p for p in places if thing_at(canvas._scene, canvas._camera, QPointF(p)) is None)


def look(canvas: Canvas) -> np.ndarray:
    """The picture, once every column is painted as it is now."""
    picture = pixels(canvas.grab().toImage())
    return look(canvas) if canvas.behind else picture


def wheel(canvas: Canvas, at: QPoint, degrees: int, shift: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(at), QPointF(canvas.mapToGlobal(at)), QPoint(), QPoint(0, degrees * 8),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)
