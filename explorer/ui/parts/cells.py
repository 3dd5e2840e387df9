"""Paint numbers as coloured cells: vectors as heat strips, matrices as heat maps, and the legend that explains both.

Zero has the surface's colour and both signs reach equally far. Sign has a mark besides its colour: a minus in
each negative cell that is large enough, and where cells are larger still, the figures themselves.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPen

from explorer.ui.look import theme as themes
from explorer.ui.look.colour import STEPS
from explorer.ui.look.diverging import DivergingMap
from explorer.ui.look.theme import MapName, Theme
from explorer.ui.parts.pictures import picture
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import Side, paint_number, paint_text, screen_scale

_MARKED = 6.5  # smallest side, in px on the screen, of a cell that gets a sign mark
_LEGIBLE = 7.5  # smallest type, in px on the screen
_RULED = 3.5  # narrowest cell, in px on the screen, with lines between


def paint_cells(
    painter: QPainter,
    rect: QRectF,
    values: ArrayLike,
    limit: float,
    map: MapName = "value",
    *,
    digits: int = 3,
    theme: Theme | None = None,
) -> None:
    """Fill `rect` with the cells of a vector (n,), laid out in a row, or of a matrix (rows, columns).

    `limit` is the magnitude of the darkest colour, see `symmetric_limit`. Signs, and figures rounded to `digits`,
    appear by themselves once the cells are large enough on the screen. NaN is crossed out. Empty arrays paint
    nothing.
    """
    theme = theme or themes.current()
    v = np.atleast_2d(np.asarray(values, float))
    if v.size == 0 or rect.isEmpty():
        return
    diverging = theme.map(map)
    steps = diverging.steps(v, limit)
    _fill(painter, rect, steps, diverging)
    rows, columns = v.shape
    width, height = rect.width() / columns, rect.height() / rows
    scale = screen_scale(painter)
    painter.save()
    if min(width, height) * scale >= _RULED:
        painter.setPen(QPen(theme.grid, 0.7))
        painter.drawLines(_rules(rect, rows, columns))
    # Close to the rules above and below before there are no figures at all.
    tall = max(0.62 * height * scale, min(0.78 * height * scale, _LEGIBLE))
    type_size = min(tall, scale * width / (0.62 * (digits + 2.6)))
    if type_size >= _LEGIBLE:
        _figures(painter, rect, v, diverging.dark_ink[steps], min(type_size, 13) / scale, digits)
    elif min(width, height) * scale >= _MARKED:
        _marks(painter, rect, v, diverging.dark_ink[steps], min(width, height))
    themes.draw_with(painter, QPen(theme.grid, 0.7), None)
    painter.drawRect(rect)
    painter.restore()


def cell_at(rect: QRectF, shape: tuple[int, int], point: QPointF) -> tuple[int, int] | None:
    """The (row, column) of the cell under a point, for hover and click; None beside the cells."""
    if not rect.contains(point) or rect.isEmpty():
        return None
    row = int((point.y() - rect.top()) / rect.height() * shape[0])
    column = int((point.x() - rect.left()) / rect.width() * shape[1])
    return min(row, shape[0] - 1), min(column, shape[1] - 1)


def paint_legend(painter: QPainter, rect: QRectF, limit: float, map: MapName = "value") -> None:
    """Explain a map: its colours from −limit to limit over the figures −limit, 0 and limit. Wants 120 × 26 px."""
    theme = themes.current()
    bar = QRectF(rect.left(), rect.top(), rect.width(), max(6.0, rect.height() - 16))
    _fill(painter, bar, np.arange(2 * STEPS + 1)[None], theme.map(map))
    painter.save()
    themes.draw_with(painter, QPen(theme.grid, 0.7), None)
    painter.drawRect(bar)
    painter.drawLine(QLineF(bar.center().x(), bar.top(), bar.center().x(), bar.bottom() + 3))
    painter.restore()
    below = QRectF(rect.left(), bar.bottom() + 2, rect.width(), rect.bottom() - bar.bottom() - 2)
    sides: tuple[Side, ...] = ("left", "centre", "right")
    for value, side in zip((-limit, 0.0, limit), sides, strict=True):
        paint_text(painter, below, figures(value, 2), 11, theme.muted, side)


def _fill(painter: QPainter, rect: QRectF, steps: NDArray[np.intp], diverging: DivergingMap) -> None:
    """One small image, enlarged without smoothing; where the picture is to stay a drawing, one rectangle a cell."""
    rows, columns = steps.shape
    if painter.paintEngine().type() in (QPaintEngine.Type.Raster, QPaintEngine.Type.OpenGL2):
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(rect, picture(diverging.table[steps]))
        painter.restore()
        return
    width, height = rect.width() / columns, rect.height() / rows
    colours = _qcolours(diverging)
    for row in range(rows):
        for column in range(columns):
            cell = QRectF(rect.left() + column * width, rect.top() + row * height, width, height)
            painter.fillRect(cell, colours[steps[row, column]])


@lru_cache(maxsize=8)
def _qcolours(diverging: DivergingMap) -> list[QColor]:
    return [QColor(*map(int, colour)) for colour in diverging.table]


def _rules(rect: QRectF, rows: int, columns: int) -> list[QLineF]:
    """The lines between the cells."""
    across = [rect.top() + rect.height() * i / rows for i in range(1, rows)]
    down = [rect.left() + rect.width() * i / columns for i in range(1, columns)]
    return [QLineF(rect.left(), y, rect.right(), y) for y in across] + [
        QLineF(x, rect.top(), x, rect.bottom()) for x in down
    ]


def _inks() -> tuple[QColor, QColor]:
    return QColor(255, 255, 255), QColor(0, 0, 0)


def _marks(painter: QPainter, rect: QRectF, v: NDArray[np.float64], dark: NDArray[np.bool_], side: float) -> None:
    """A minus in each negative cell, a cross in each that is not a number."""
    rows, columns = v.shape
    width, height = rect.width() / columns, rect.height() / rows
    reach = 0.2 * side
    on_dark: list[QLineF] = []
    on_light: list[QLineF] = []
    for index, (value, light) in enumerate(zip(v.ravel().tolist(), dark.ravel().tolist(), strict=True)):
        if value >= 0:
            continue
        row, column = divmod(index, columns)
        x, y = rect.left() + (column + 0.5) * width, rect.top() + (row + 0.5) * height
        lines = on_light if light else on_dark
        if value < 0:
            lines.append(QLineF(x - reach, y, x + reach, y))
        else:
            lines.append(QLineF(x - reach, y - reach, x + reach, y + reach))
            lines.append(QLineF(x - reach, y + reach, x + reach, y - reach))
    for ink, lines in zip(_inks(), (on_dark, on_light), strict=True):
        if lines:
            width = max(0.9, side * 0.09)
            painter.setPen(QPen(themes.faded(ink, 0.62), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLines(lines)


def _figures(
    painter: QPainter, rect: QRectF, v: NDArray[np.float64], dark: NDArray[np.bool_], size: float, digits: int
) -> None:
    rows, columns = v.shape
    width, height = rect.width() / columns, rect.height() / rows
    white, black = _inks()
    for row, (numbers, inks) in enumerate(zip(v.tolist(), dark.tolist(), strict=True)):
        for column, (number, ink) in enumerate(zip(numbers, inks, strict=True)):
            cell = QRectF(rect.left() + column * width, rect.top() + row * height, width, height)
            paint_number(painter, cell, number, size, black if ink else white, "centre", digits)
