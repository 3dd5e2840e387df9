"""Paint many columns at once: as blocks without names, and far out as heat maps of whole rows over time."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from explorer.drawing.places import Place, Shape
from explorer.graph.arrays import Array
from explorer.graph.output import Target
from explorer.graph.unfold import Vertex
from explorer.grouping import by_key
from explorer.ui.drawing.apart_marks import paint_below, paint_marker, paint_unequal
from explorer.ui.drawing.edit_marks import paint_pen
from explorer.ui.drawing.scene import Scene
from explorer.ui.drawing.sheet import DIMMED, SMALLEST_TEXT, Sheet, clamp, label_width, pen
from explorer.ui.drawing.strips import paint_upright
from explorer.ui.look.theme import draw_with, faded
from explorer.ui.parts.pictures import Colours, picture

GAP = 2.0
HEAD = 1.35 * SMALLEST_TEXT
"""Height in px that a letter takes in a block, which is at least twice as high then."""
ROOM = 26.0
"""Pixels for the names of a row beside it; those of several are smaller."""
Mask = NDArray[np.bool_]


def paint_rows(sheet: Sheet, scene: Scene, first: int, last: int) -> None:
    """The rows over the columns first … last, both included: unit by unit from top to bottom, step by step along."""
    camera, geometry = sheet.camera, scene.geometry
    for segment in geometry.arrangement.segments:
        start, end = max(first - segment.before, 1), min(last - segment.before, segment.steps.T)
        if start > end:
            continue
        left = camera.x(geometry.column(segment.before + start).x)
        right = camera.x(geometry.column(segment.before + end).right)
        for place in geometry.places.values():
            if place.segment != segment.name or place.shape is Shape.TARGET:
                continue
            if place.last_only and end < segment.steps.T:
                continue
            band = _share(
                QRectF(left, camera.y(place.rect.y), right - left, place.rect.height * camera.sy), scene, place
            )
            if place.last_only:
                band.setLeft(camera.x(geometry.column(segment.before + end).x))
            begin = end if place.last_only else start
            (_losses if place.shape is Shape.LOSS else _row)(sheet, scene, place, band, begin, end)
    for vertex in geometry.lone:
        paint_block(sheet, scene, vertex)
    for vertex in scene.view.edited_places:
        index = geometry.index(vertex)
        if vertex.name in geometry.places and index is not None and first <= index <= last:
            # Below its row; a target's, which has none of its own here, below that of the loss beside it.
            row = geometry.places[vertex.name].rect
            held = scene.view.vertex(vertex).held
            paint_pen(sheet, camera.x(geometry.x(index)), camera.y(row.bottom) + 4.0, held)
    for vertex in scene.view.apart.says_other:
        index = geometry.index(vertex)
        if index is not None and first <= index <= last:
            node = camera.rect(geometry.node(vertex))
            left = camera.x(geometry.x(index) - geometry.pitch / 2)
            paint_below(sheet, QRectF(left, node.bottom(), geometry.pitch * camera.sx, 4.0))


def _share(band: QRectF, scene: Scene, place: Place) -> QRectF:
    """What a node gets of the height of its row, in which several may stand side by side."""
    places = [p for p in scene.geometry.places.values() if (p.row, p.segment) == (place.row, place.segment)]
    beside = sorted((p for p in places if p.shape is not Shape.TARGET), key=lambda p: p.rect.x)
    height = (band.height() - GAP * (len(beside) - 1)) / len(beside)
    return QRectF(band.x(), band.y() + beside.index(place) * (height + GAP), band.width(), height)


def paint_path(sheet: Sheet, scene: Scene) -> None:
    """The path of a gradient over the rows, from middle to middle of what it leads through."""
    if scene.view.path is None:
        return
    sheet.painter.setPen(pen(sheet.theme.backward.line, 2.0))
    middles = {v: sheet.camera.rect(scene.geometry.node(v)).center() for v in scene.view.path.vertices}
    for edge in scene.view.path.edges:
        sheet.painter.drawLine(middles[edge.source], middles[edge.target])


def _row(sheet: Sheet, scene: Scene, place: Place, band: QRectF, first: int, last: int) -> None:
    theme, trace, name = sheet.theme, scene.shown.trace, place.name
    known = _known(scene, name, first, last, gradient=False)
    received = _known(scene, name, first, last, gradient=True)
    split = bool(received.any())
    upper = QRectF(band)
    if split:
        upper.setHeight(band.height() / 2 - GAP / 2)
    values = _steps(scene, trace.values[name], name, first, last)
    if place.shape is Shape.BARS:
        line = theme.forward.line
        colours = np.empty((*values.shape, 4), np.uint8)
        colours[..., :3] = line.red(), line.green(), line.blue()
        colours[..., 3] = np.nan_to_num(np.clip(values / scene.scales.values[name], 0.0, 1.0)) * 255
    else:
        colours = theme.value.rgba(values, scene.scales.values[name])
    _heat(sheet, upper, colours, known)
    if split:
        lower = QRectF(band.x(), band.y() + band.height() / 2 + GAP / 2, band.width(), band.height() / 2 - GAP / 2)
        gradients = _steps(scene, trace.gradients[name], name, first, last)
        _heat(sheet, lower, theme.gradient.rgba(gradients, scene.scales.gradient), received)
    draw_with(sheet.painter, pen(theme.border, 1.0), None)
    sheet.painter.drawRect(band)
    if place.shape is Shape.BARS:
        _targets(sheet, scene, upper, first, last, values.shape[1])


def _targets(sheet: Sheet, scene: Scene, band: QRectF, first: int, last: int, n: int) -> None:
    """A dot on each target's own unit of the prediction, where there is room for one."""
    count = last - first + 1
    width, height = band.width() / count, band.height() / n
    radius = min(width * 0.3, height * 0.3, 3.5)
    if radius < 1.2:
        return
    draw_with(sheet.painter, pen(sheet.theme.surface, 1.0), sheet.theme.target.line)
    for i, t in enumerate(range(first, last + 1)):
        for entry in scene.target_entries(t):
            centre = QPointF(band.x() + (i + 0.5) * width, band.y() + (entry + 0.5) * height)
            sheet.painter.drawEllipse(centre, radius, radius)


def _heat(sheet: Sheet, rect: QRectF, colours: Colours, known: Mask) -> None:
    """Colours (steps, n, 4) with time along; steps that are not known yet stay empty."""
    pixels = np.array(colours.swapaxes(0, 1))
    pixels[:, ~known, 3] = 0
    smooth = rect.width() < 2 * len(colours)
    if smooth:
        # Steps may run into each other where there are more than pixels, units must not.
        pixels = pixels.repeat(max(1, round(rect.height() / len(pixels))), axis=0)
    sheet.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    sheet.painter.drawImage(rect, picture(pixels))
    sheet.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)


def _losses(sheet: Sheet, scene: Scene, place: Place, band: QRectF, first: int, last: int) -> None:
    """The losses as bars, the largest as high as the row."""
    values = _steps(scene, scene.shown.trace.values[place.name], place.name, first, last)[:, 0]
    known = _known(scene, place.name, first, last, gradient=False)
    heights = np.nan_to_num(np.clip(values / scene.scales.loss, 0.0, 1.0)) * band.height() * known
    bars = min(len(heights), max(1, round(band.width())))
    # A pixel that stands for several steps shows the largest loss among them.
    heights = np.maximum.reduceat(heights, np.arange(bars) * len(heights) // bars)
    width = band.width() / bars
    painter = sheet.painter
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    draw_with(painter, None, sheet.theme.loss.line)
    columns = enumerate(heights.tolist())
    painter.drawRects([QRectF(band.left() + i * width, band.bottom() - h, width, h) for i, h in columns])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen(sheet.theme.border, 1.0))
    painter.drawLine(band.bottomLeft(), band.bottomRight())


def paint_block(sheet: Sheet, scene: Scene, vertex: Vertex) -> None:
    """One node as a block: its units from top to bottom, the gradient below the value."""
    place, view = scene.geometry.places[vertex.name], scene.view.vertex(vertex)
    theme, trace = sheet.theme, scene.shown.trace
    rect = sheet.camera.rect(scene.geometry.node(vertex))
    sheet.painter.setOpacity(DIMMED if view.dimmed else 1.0)
    border = scene.role(vertex).line if view.value else theme.border
    width = 1.1
    if view.operand or view.on_path:
        border, width = (theme.backward if view.gradient_read or view.on_path else theme.forward).line, 2.0
    if view.current or view.selected or view.hovered:
        border, width = scene.accent.line if view.current else theme.text, 2.4
    if place.shape is Shape.TARGET and scene.shown.signals[vertex.name].kind is not Target.NUMBERS:
        size = clamp(rect.width() * 1.1, 9.0, 15.0)
        # As far as the loss of the next column, which is to the left of its middle no more than this is to the right.
        index = scene.geometry.index(vertex)
        aside = 0.0 if index is None else rect.left() - sheet.camera.x(scene.geometry.x(index))
        room = scene.geometry.pitch * sheet.camera.sx - 2 * aside
        sheet.word(rect, scene.said(vertex), size, theme.target.text, 600, room)
        if view.edited:
            paint_pen(sheet, rect.center().x() + size * 0.5, rect.center().y() - size * 0.5)
        sheet.painter.setOpacity(1.0)
        return
    if view.says_other:
        paint_marker(sheet, rect)
    sheet.painter.fillRect(rect, theme.surface)
    whole, rect = rect, _below_letter(sheet, scene, vertex, rect, theme.text if view.value else theme.muted)
    if view.value:
        value = scene.value(vertex)
        if place.shape is Shape.LOSS:
            share = clamp(float(value[0]) / scene.scales.loss, 0.0, 1.0) if value[0] == value[0] else 0.0
            level = QRectF(rect.x(), rect.bottom() - rect.height() * share, rect.width(), rect.height() * share)
            sheet.painter.fillRect(level, theme.loss.line)
        else:
            gradient = trace.gradient(vertex.name, vertex.t) if view.gradient else None
            _block_content(sheet, scene, place, rect, value, gradient)
    draw_with(sheet.painter, pen(border, width), None)
    sheet.painter.drawRoundedRect(whole, 2.5, 2.5)
    paint_unequal(sheet, whole, view)
    if view.edited:
        paint_pen(sheet, whole.right(), whole.y(), view.held)
    sheet.painter.setOpacity(1.0)


def _below_letter(sheet: Sheet, scene: Scene, vertex: Vertex, block: QRectF, ink: QColor) -> QRectF:
    """Write in a block what it is, where the name of its row says it of several; returns what is left below."""
    symbol = scene.symbol(vertex)
    narrow = label_width(symbol, "", SMALLEST_TEXT) > block.width() - 2.0
    if vertex.name not in scene.side_by_side or narrow or block.height() < 2 * HEAD:
        return block
    sheet.label(block.center().x(), block.y() + 1.1 * SMALLEST_TEXT, symbol, "", SMALLEST_TEXT, ink, align=0.5)
    return block.adjusted(0.0, HEAD, 0.0, 0.0)


def _block_content(
    sheet: Sheet, scene: Scene, place: Place, rect: QRectF, value: Array, gradient: Array | None
) -> None:
    theme = sheet.theme
    upper = QRectF(rect)
    if gradient is not None:
        upper.setHeight(rect.height() / 2 - GAP / 2)
        lower = QRectF(rect.x(), rect.y() + rect.height() / 2 + GAP / 2, rect.width(), rect.height() / 2 - GAP / 2)
        colours = theme.gradient.rgba(gradient, scene.scales.gradient)
        paint_upright(sheet, lower, colours, place.rows)
    if place.shape is Shape.BARS:
        colours = np.tile(np.array(theme.forward.line.getRgb(), np.uint8), (len(value), 1))
        colours[:, 3] = np.nan_to_num(np.clip(value / scene.scales.values[place.name], 0.0, 1.0)) * 255
    else:
        colours = theme.value.rgba(value, scene.scales.values[place.name])
    paint_upright(sheet, upper, colours, place.rows)


LINE = 0.8
"""What names of rows are apart at least, of the size of their letters."""


def paint_row_names(sheet: Sheet, scene: Scene, left: float, named: bool) -> None:
    """The symbols of the rows at the left edge, for the boxes that have no room for them; if `named`, some have."""
    # Left of everything; at the edge of the view, over the drawing, where that is out of sight.
    start = sheet.camera.x(scene.geometry.bounds.x) - 4.0
    above, written = -np.inf, []
    for height, symbols in sorted(row_names(scene, named).items()):
        y = sheet.camera.y(height)
        symbol, size = _fitting_name(symbols)
        if y - above < LINE * size:
            continue  # it would be written over the name above
        above = y
        if len(symbols) > 2 and 0 < start - left - 2.0 < label_width(symbol, "", size) + 6:
            symbol, size = _fitting_name((f"{symbols[0]}…{symbols[-1]}",))
        width = max(24.0, label_width(symbol, "", size) + 6)
        x = max(left + 2.0, start - width)
        sheet.pill(QRectF(x, y - 12, width, 24), faded(sheet.theme.surface, 0.86))
        written.append((x + width / 2, y + 0.3 * size, symbol, size))
    for x, y, symbol, size in written:  # on the ground of all, which reach beyond their own
        sheet.label(x, y, symbol, "", size, sheet.theme.text, align=0.5)


def _fitting_name(symbols: Sequence[str]) -> tuple[str, float]:
    """What is written of a row with these symbols, and its size."""
    symbol = ",".join(symbols)
    return symbol, min(16.0, max(SMALLEST_TEXT + 1.5, 16.0 * ROOM / label_width(symbol, "", 16)))


def row_names(scene: Scene, named: bool) -> dict[float, list[str]]:
    """What stands at each height: the symbol of a row, or those of all that share it, from left to right."""
    shapes = {Shape.LOSS, Shape.INPUT} if named else {*Shape} - {Shape.TARGET}
    drawn = (place for place in scene.geometry.places.values() if place.shape in shapes)
    rows = by_key(drawn, lambda place: round(place.rect.cy, 1))
    node = scene.shown.network.node
    return {
        height: [node(place.name).symbol for place in sorted(places, key=lambda place: place.rect.x)]
        for height, places in rows.items()
    }


def _steps(scene: Scene, array: Array, name: str, first: int, last: int) -> Array:
    """The rows of a node's array for these steps, (steps, n)."""
    if scene.geometry.places[name].last_only:
        return array[:, 0]
    return array[first - 1 : last, 0]


def _known(scene: Scene, name: str, first: int, last: int, gradient: bool) -> Mask:
    """Whether the values, or the gradients, of these steps are there: (steps,)."""
    known: Mask = scene.view.timetable.steps_of(name, gradient)[first - 1 : last] <= scene.view.cursor
    return known
