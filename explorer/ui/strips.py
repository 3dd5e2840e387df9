"""Paint vectors: as a heat strip, with numbers close up, or as a bar chart of probabilities."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage

from explorer.graph.operations import Array
from explorer.session.layout import cells
from explorer.ui import fonts
from explorer.ui.colour import DivergingMap
from explorer.ui.numbers import figures, visible
from explorer.ui.sheet import SMALLEST_TEXT, Sheet, clamp, pen, text_width

NUMBERS_WIDTH, NUMBERS_HEIGHT = 30.0, 11.0
"""A cell of so many pixels shows its number."""
MARK_WIDTH = 4.5
"""A cell of so many pixels shows whether it is negative."""
CELLS_AT_MOST = 96


def strip(sheet: Sheet, rect: QRectF, values: Array, limit: float, map: DivergingMap, upright: bool = False) -> None:
    """A heat strip of a vector; `upright` stacks the units. A bar in a cell says that it is negative."""
    n = len(values)
    rows, columns = (n, 1) if upright else cells(n)
    steps = map.steps(values, limit)
    width, height = rect.width() / columns, rect.height() / rows
    painter = sheet.painter
    if not sheet.outlines and (n > CELLS_AT_MOST or width < 2.0 or height < 1.5):
        painter.drawImage(rect, image(map.table[steps], rows, columns))
        return
    for i in range(n):
        row, column = divmod(i, columns)
        painter.fillRect(
            QRectF(rect.x() + column * width, rect.y() + row * height, width, height), _colour(map, int(steps[i]))
        )
    if min(width, height) >= 3.0:
        _grid(sheet, rect, n, rows, columns)
    if width >= NUMBERS_WIDTH and height >= NUMBERS_HEIGHT:
        _numbers(sheet, rect, values, map, steps, columns, width, height)
    elif width >= MARK_WIDTH and height >= MARK_WIDTH:
        _marks(sheet, rect, values, map, steps, columns, width, height)


def image(colours: Array, rows: int, columns: int) -> QImage:
    """RGBA colours (n, 4) filled row by row into an image of one pixel a unit."""
    pixels = np.zeros((rows * columns, 4), np.uint8)
    pixels[: len(colours)] = colours
    # A copy, because the image does not keep the array alive.
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()


def _colour(map: DivergingMap, step: int) -> QColor:
    red, green, blue, _ = map.table[step]
    return QColor(int(red), int(green), int(blue))


def _ink(map: DivergingMap, step: int) -> QColor:
    return QColor(0, 0, 0, 200) if map.dark_ink[step] else QColor(255, 255, 255, 230)


def _grid(sheet: Sheet, rect: QRectF, n: int, rows: int, columns: int) -> None:
    painter = sheet.painter
    painter.setPen(pen(sheet.theme.grid, 0.7))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)
    width, height = rect.width() / columns, rect.height() / rows
    for i in range(1, columns):
        x = rect.x() + i * width
        painter.drawLine(QPointF(x, rect.y()), QPointF(x, rect.bottom()))
    for i in range(1, rows):
        y = rect.y() + i * height
        painter.drawLine(QPointF(rect.x(), y), QPointF(rect.right(), y))


def _marks(
    sheet: Sheet, rect: QRectF, values: Array, map: DivergingMap, steps: Array, columns: int, width: float, height: float
) -> None:
    half = clamp(width * 0.22, 1.2, 4.0)
    for i in np.flatnonzero(values < 0):
        row, column = divmod(int(i), columns)
        x, y = rect.x() + (column + 0.5) * width, rect.y() + (row + 0.5) * height
        sheet.painter.setPen(pen(_ink(map, int(steps[i])), 1.1))
        sheet.painter.drawLine(QPointF(x - half, y), QPointF(x + half, y))


def _numbers(
    sheet: Sheet, rect: QRectF, values: Array, map: DivergingMap, steps: Array, columns: int, width: float, height: float
) -> None:
    font = fonts.number_font(round(clamp(min(width / 3.6, height * 0.6), SMALLEST_TEXT, 18.0)))
    room = width - 3.0
    for i, value in enumerate(values):
        row, column = divmod(i, columns)
        x, y = rect.x() + (column + 0.5) * width, rect.y() + (row + 0.5) * height
        texts = (figures(float(value), digits) for digits in (3, 2, 1))
        said = next((text for text in texts if text_width(text, font) <= room), "")
        # What is too small to be written is at least seen to have an order of magnitude.
        said = said or ("~10" + figures(float(value), 1).partition("×10")[2])
        sheet.text(x, y, said, font, _ink(map, int(steps[i])))


def bars(sheet: Sheet, rect: QRectF, values: Array, symbols: tuple[str, ...], target: int | None) -> None:
    """Probabilities as bars over symbols; the base of the target's bar is green, and its symbol too, where there is room."""
    theme, painter = sheet.theme, sheet.painter
    n = len(values)
    step = min(rect.width() / n, rect.height() * 0.62)
    left = rect.right() - step * n
    size = clamp(step * 0.62, 0.0, min(rect.height() * 0.2, 22.0))
    named = size >= SMALLEST_TEXT - 1
    base = rect.bottom() - (size * 1.35 if named else 2.0)
    height = base - rect.y()
    width = step * (0.72 if step > 4 else 1.0)
    number_font = fonts.number_font(round(clamp(step * 0.26, 1.0, 14.0)))
    for i, value in enumerate(values):
        x = left + (i + 0.5) * step
        share = float(value) if value == value else 0.0  # a NaN has no height
        bar = QRectF(x - width / 2, base - height * share, width, height * share)
        painter.fillRect(bar, theme.forward.line)
        is_target = i == target
        foot = QRectF(x - width / 2, base, width, max(1.0, min(3.0, step * 0.2)) if is_target else 1.0)
        painter.fillRect(foot, theme.target.line if is_target else theme.strong_border)
        if named:
            font = fonts.ui_font(round(size), 700 if is_target else 400)
            colour = theme.target.text if is_target else theme.muted
            sheet.text(x, rect.bottom() - size * 0.45, visible(symbols[i]), font, colour)
        if step * 0.26 >= SMALLEST_TEXT:
            inside = height * share > step * 0.5
            y = bar.y() + step * 0.22 if inside else bar.y() - step * 0.2
            sheet.text(x, y, figures(float(value), 3), number_font, theme.surface if inside else theme.text)
