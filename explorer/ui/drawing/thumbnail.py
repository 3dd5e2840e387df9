"""Paint a network in little into a rectangle."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explorer.drawing.places import Shape
from explorer.drawing.thumbnail import Box, Line, thumbnail
from explorer.graph.architecture import Architecture
from explorer.ui.drawing.camera import Camera, qt_path
from explorer.ui.drawing.shapes import paint_delay
from explorer.ui.drawing.sheet import clamp, pen
from explorer.ui.look import theme as themes
from explorer.ui.look.theme import Theme

LARGEST = 0.21
"""Most pixels a unit: a small network is not drawn larger than its neighbours."""
NARROWEST = 0.4
"""How much narrower than high a unit is at most: a wide cell is squeezed, not shrunk."""


def paint_thumbnail(painter: QPainter, room: QRectF, architecture: Architecture) -> None:
    """Paint the folded drawing as large as `room` allows, in its middle."""
    theme, little = themes.current(), thumbnail(architecture)
    bounds = little.bounds
    sy = min(LARGEST, room.height() / bounds.height)
    sx = min(sy, room.width() / bounds.width)
    sy = min(sy, sx / NARROWEST)
    middle = room.center()
    camera = Camera(sx, sy, middle.x() - bounds.cx * sx, middle.y() - bounds.cy * sy)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for line in little.lines:
        _line(painter, line, camera, theme)
    for box in little.boxes:
        _box(painter, box, camera, theme)
    painter.restore()


def _line(painter: QPainter, line: Line, camera: Camera, theme: Theme) -> None:
    colour = theme.forward.line if line.fed_back else theme.parameter.line
    themes.draw_with(painter, pen(colour, 1.0), None)
    painter.drawPath(qt_path(camera.pixels(line.path)))
    if line.delay is not None:
        paint_delay(painter, camera.point(line.delay), theme.text, clamp(14 * camera.scale, 3.0, 5.0))


def _box(painter: QPainter, box: Box, camera: Camera, theme: Theme) -> None:
    rect = camera.rect(box.rect)
    role = {Shape.LOSS: theme.loss, Shape.TARGET: theme.target, Shape.BARS: theme.forward}.get(box.shape)
    outline = QPen(role.line if role else theme.text, 1.0)
    outline.setStyle(Qt.PenStyle.DotLine if box.last_only else Qt.PenStyle.SolidLine)
    themes.draw_with(painter, outline, theme.parameter.line if box.state else role.soft if role else theme.surface)
    if box.shape in (Shape.LOSS, Shape.TARGET):
        side = min(rect.width(), rect.height())
        painter.drawEllipse(QPointF(rect.center()), side / 2, side / 2)
    else:
        radius = min(2.5, rect.height() / 3)
        painter.drawRoundedRect(rect, radius, radius)
