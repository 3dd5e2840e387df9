"""Paint vectors: as a heat strip, or as bars over symbols where they are probabilities."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from explorer.drawing.places import cells
from explorer.graph.arrays import Array
from explorer.ui.drawing.shapes import paint_bars
from explorer.ui.drawing.sheet import SMALLEST_TEXT, Sheet, clamp
from explorer.ui.look.theme import MapName
from explorer.ui.parts.cells import paint_cells
from explorer.ui.parts.pictures import Colours, picture
from explorer.ui.typography.numbers import figures


def paint_strip(
    sheet: Sheet, rect: QRectF, values: Array, limit: float, map: MapName, digits: int = 3, matrix: int = 0
) -> None:
    """A heat strip of a vector (n,), in several rows if it is long, or of the entries of a matrix of so many rows.

    Close up it has figures of so many digits.
    """
    rows, columns = cells(len(values), matrix)
    height, width = rect.height() / rows, rect.width() / columns
    whole = len(values) // columns
    full = QRectF(rect.x(), rect.y(), rect.width(), height * whole)
    filled = values[: whole * columns].reshape(whole, columns)
    paint_cells(sheet.painter, full, filled, limit, map, digits=digits, theme=sheet.theme)
    rest = values[whole * columns :]
    last = QRectF(rect.x(), full.bottom(), width * len(rest), height)
    paint_cells(sheet.painter, last, rest, limit, map, digits=digits, theme=sheet.theme)


def paint_upright(sheet: Sheet, rect: QRectF, colours: Colours, matrix: int = 0) -> None:
    """A stack of the colours (n, 4), for a vector too narrow to lie; or those of a matrix of so many rows."""
    sheet.painter.drawImage(rect, picture(colours.reshape(matrix or len(colours), -1, 4)))


def paint_probabilities(
    sheet: Sheet, rect: QRectF, values: Array, top: float, labels: Sequence[str], targets: Sequence[int]
) -> None:
    """Bars up to `top` over units, those of the target marked green; close up with their figures."""
    step = min(rect.width() / len(values), rect.height() * 0.6)
    area = QRectF(rect.right() - step * len(values), rect.y(), step * len(values), rect.height())
    theme = sheet.theme
    paint_bars(sheet.painter, area, values, theme.forward.line, top=top, labels=labels, marked=targets, theme=theme)
    size = clamp(step * 0.26, 0.0, 14.0)
    if size < SMALLEST_TEXT:
        return
    floor = area.bottom() - area.height() * 0.2
    for i, value in enumerate(values.tolist()):
        y = max(area.top() - size * 0.2, floor - (floor - area.top()) * value / top - size * 0.9)
        sheet.text(area.left() + (i + 0.5) * step, y, figures(value, 3), size, theme.text)
