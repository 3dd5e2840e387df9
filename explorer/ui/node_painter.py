"""Paint one node at full detail: its box, its name, its value and, once known, its gradient."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor

from explorer.graph.unfold import Vertex
from explorer.session.layout import Place, Shape
from explorer.session.view_state import VertexView
from explorer.ui import fonts
from explorer.ui.numbers import figures, visible
from explorer.ui.scene import Scene
from explorer.ui.sheet import SMALLEST_TEXT, Sheet, clamp, faded, pen, text_width
from explorer.ui.strips import bars, strip

DIMMED = 0.25
"""Opacity of what slow motion leaves in the background."""


def paint_node(sheet: Sheet, scene: Scene, vertex: Vertex, alpha: float = 1.0) -> None:
    """Paint a drawn vertex of the steps 1 … T."""
    place, view = scene.geometry.places[vertex.name], scene.view.vertex(vertex)
    rect = sheet.camera.rect(scene.geometry.node(vertex))
    sheet.painter.setOpacity(alpha * (DIMMED if view.dimmed else 1.0))
    round_ = place.shape in (Shape.LOSS, Shape.TARGET)
    if round_:
        side = min(rect.width(), rect.height())
        centre = rect.center()
        rect = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
    _box(sheet, scene, vertex, view, rect, round_)
    if round_:
        _circle_content(sheet, scene, vertex, place, view, rect)
    else:
        _box_content(sheet, scene, vertex, place, view, rect)
    sheet.painter.setOpacity(1.0)


def paint_ghost(sheet: Sheet, scene: Scene, vertex: Vertex, alpha: float = 1.0) -> None:
    """Paint a state before the first step: small, dashed."""
    theme, view = sheet.theme, scene.view.vertex(vertex)
    rect = sheet.camera.rect(scene.geometry.node(vertex))
    original = scene.original(vertex)
    picked = view.selected or view.hovered or scene.view.selection == original or scene.view.hover == original
    sheet.painter.setOpacity(alpha * (DIMMED if view.dimmed else 1.0))
    border = scene.theme.forward.line if view.operand else theme.text if picked else theme.strong_border
    sheet.painter.setPen(pen(border, 1.8 if view.operand or picked else 1.2, dashed=not view.operand))
    sheet.painter.setBrush(theme.forward.soft if view.operand else theme.surface)
    radius = clamp(7 * sheet.camera.scale, 2.0, 9.0)
    sheet.painter.drawRoundedRect(rect, radius, radius)
    size = _label_size(sheet, scene, vertex, rect.width() - 6)
    if size:
        sheet.label(rect.center().x(), rect.y() + size * 1.15, scene.symbol(vertex), scene.step(vertex), size,
                    theme.muted, align=0.5)  # fmt: skip
    bar = rect.adjusted(rect.width() * 0.14, (size or 0) * 1.5 + 2, -rect.width() * 0.14, -rect.height() * 0.12)
    if bar.height() > 2:
        strip(sheet, bar, scene.value(vertex), scene.scales.values[vertex.name], theme.value)
    sheet.painter.setOpacity(1.0)


def _box(sheet: Sheet, scene: Scene, vertex: Vertex, view: VertexView, rect: QRectF, round_: bool) -> None:
    theme, painter, role, accent = sheet.theme, sheet.painter, scene.role(vertex), scene.accent
    scale = clamp(sheet.camera.scale, 0.6, 1.5)
    border, fill, width = theme.strong_border, theme.surface, 1.1
    if view.value:
        border, width = role.line, 1.5
    if view.value_read:
        border, fill, width = role.line, theme.forward.soft if role is theme.forward else role.soft, 2.0
    if view.gradient_read:
        border, fill, width = theme.backward.line, theme.backward.soft, 2.0
    if view.current:
        border, fill, width = accent.line, accent.soft, 2.6
    if view.current:
        _shape(sheet, rect.adjusted(-4, -4, 4, 4), round_, faded(accent.line, 0.35), None, 3.0 * scale)
    if view.selected or view.hovered:
        ring = faded(theme.text, 0.85 if view.selected else 0.35)
        _shape(sheet, rect.adjusted(-4, -4, 4, 4), round_, ring, None, 1.6)
    _shape(sheet, rect, round_, border, fill, width * scale)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _shape(sheet: Sheet, rect: QRectF, round_: bool, border: QColor, fill: QColor | None, width: float) -> None:
    sheet.painter.setPen(pen(border, width))
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    if round_:
        sheet.painter.drawEllipse(rect)
    else:
        radius = clamp(8 * sheet.camera.scale, 2.0, 12.0)
        sheet.painter.drawRoundedRect(rect, radius, radius)


def _label_size(sheet: Sheet, scene: Scene, vertex: Vertex, room: float, largest: float = 16.0) -> float:
    """The size of a node's name that its box has room for; 0 if it would be too small to read."""
    size = clamp(largest * sheet.camera.scale, 11.5, 30.0)
    width = sheet.label_width(scene.symbol(vertex), scene.step(vertex), size)
    size *= min(1.0, room / width)
    return size if size >= SMALLEST_TEXT else 0.0


def _box_content(
    sheet: Sheet, scene: Scene, vertex: Vertex, place: Place, view: VertexView, rect: QRectF
) -> None:
    theme, scale = sheet.theme, sheet.camera.scale
    pad = clamp(rect.width() * 0.09, 3.0, 16.0)
    ink = theme.text if view.value else theme.muted
    size = _label_size(sheet, scene, vertex, rect.width() - 2 * pad)
    symbol_only = place.shape is Shape.INPUT and scene.squeezed(sheet.camera.sx)
    if size and not symbol_only:
        sheet.label(rect.x() + pad, rect.y() + size * 1.22, scene.symbol(vertex), scene.step(vertex), size, ink)
    header = size * 1.62 if size else pad
    body = QRectF(rect.x() + pad, rect.y() + header, rect.width() - 2 * pad, rect.height() - header - pad * 0.9)
    right = rect.right() - pad
    if place.shape is Shape.INPUT and size:
        said = visible(scene.shown.task.describe_input(scene.value(vertex)))
        font = fonts.ui_font(round(size * 0.9), 600)
        if text_width(said, font) <= rect.width() * (0.8 if symbol_only else 0.4):
            sheet.text(right, rect.y() + size * 0.92, said, font, theme.parameter.text, align=1.0)
    elif place.biases and size and rect.width() > 60 * max(1.0, size / 16):
        _bias(sheet, scene, place, right, rect.y() + size * 1.22, size * 0.82)
    if not view.value:
        return
    value = scene.value(vertex)
    gradient = scene.shown.trace.gradient(vertex.name, vertex.t) if view.gradient else None
    if place.shape is Shape.BARS:
        area = QRectF(body.x(), rect.y() + pad * 0.8, body.width(), rect.bottom() - pad * 0.7 - rect.y() - pad * 0.8)
        if len(value) > 3:
            area = body
        elif size:
            label = sheet.label_width(scene.symbol(vertex), scene.step(vertex), size) + 3
            area.setLeft(area.left() + min(label, area.width() * 0.5))
        if gradient is not None:
            cut = area.height() * 0.3
            below = QRectF(body.x(), area.bottom() - cut, body.width(), cut)
            strip(sheet, below, gradient, scene.scales.gradient, theme.gradient)
            area.setBottom(area.bottom() - cut - 3)
        bars(sheet, area, value, scene.shown.task.output_symbols, scene.target_entry(vertex.t))
        return
    if gradient is None:
        strip(sheet, body, value, scene.scales.values[vertex.name], theme.value)
        return
    gap = clamp(2.5 * scale, 1.5, 6.0)
    half = (body.height() - gap) / 2
    strip(sheet, QRectF(body.x(), body.y(), body.width(), half), value, scene.scales.values[vertex.name], theme.value)
    strip(sheet, QRectF(body.x(), body.y() + half + gap, body.width(), half), gradient, scene.scales.gradient,
          theme.gradient)  # fmt: skip


def _bias(sheet: Sheet, scene: Scene, place: Place, right: float, baseline: float, size: float) -> None:
    """The biases that are added here, written small at the right of the name."""
    lit = scene.view.picked_parameter in place.biases
    x = right
    for name in reversed(place.biases):
        width = sheet.label(x, baseline, rf"+{name}", "", size, sheet.theme.text if lit else sheet.theme.muted, align=1.0)
        if lit:
            sheet.painter.setPen(pen(sheet.theme.text, 1.4))
            sheet.painter.drawLine(QPointF(x - width, baseline + 3), QPointF(x, baseline + 3))
        x -= width + 3


def _circle_content(
    sheet: Sheet, scene: Scene, vertex: Vertex, place: Place, view: VertexView, rect: QRectF
) -> None:
    theme, centre = sheet.theme, rect.center()
    if place.shape is Shape.TARGET:
        entry = scene.target_entry(vertex.t)
        said = visible(scene.shown.task.output_symbols[entry]) if entry is not None else ""
        size = clamp(rect.width() * 0.52, 0.0, 34.0)
        if size >= SMALLEST_TEXT - 1.5:
            sheet.text(centre.x(), centre.y(), said, fonts.ui_font(round(size), 700), theme.target.text)
    elif view.value:
        size = clamp(rect.width() * 0.3, SMALLEST_TEXT, 22.0)
        roomy = rect.width() >= 3.0 * SMALLEST_TEXT
        number = figures(float(scene.value(vertex)[0]), 3 if roomy else 2)
        size = min(size, size * rect.width() * 0.92 / text_width(number, fonts.number_font(round(size), 500)))
        if size >= SMALLEST_TEXT - 2:
            both = view.gradient and roomy
            y = centre.y() - (size * 0.42 if both else 0.0)
            sheet.text(centre.x(), y, number, fonts.number_font(round(size), 500), theme.text)
            if both:
                one = figures(float(scene.shown.trace.gradient(vertex.name, vertex.t)[0]), 3)
                note = fonts.number_font(round(size * 0.84), 600)
                sheet.text(centre.x(), centre.y() + size * 0.72, f"∇ {one}", note, theme.backward.text)
    named = clamp(13.5 * sheet.camera.scale, 10.5, 24.0)
    if scene.squeezed(sheet.camera.sx):
        return
    ink = theme.text if view.value else theme.muted
    if place.shape is Shape.LOSS and not view.value:
        sheet.label(centre.x(), centre.y() + named * 0.35, scene.symbol(vertex), scene.step(vertex), named, ink, align=0.5)
        return
    x, align = (rect.x() - 2, 1.0) if place.shape is Shape.LOSS else (centre.x(), 0.5)
    y = rect.y() + named * 0.35 if place.shape is Shape.LOSS else rect.y() - named * 0.3
    sheet.label(x, y, scene.symbol(vertex), scene.step(vertex), named,
                theme.target.text if place.shape is Shape.TARGET else ink, align=align)  # fmt: skip
