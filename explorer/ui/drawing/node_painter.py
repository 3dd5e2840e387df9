"""Paint one node at full detail: its box, its name, its value and, once known, its gradient."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from explorer.drawing.places import Shape
from explorer.graph.output import Target
from explorer.graph.unfold import Vertex
from explorer.session.view.view_state import VertexView
from explorer.ui.drawing.apart_marks import paint_marker, paint_unequal
from explorer.ui.drawing.cells import paint_closed_cell, paint_inside
from explorer.ui.drawing.edit_marks import paint_pen
from explorer.ui.drawing.node_content import node_name, paint_content
from explorer.ui.drawing.positions import ABOVE, beside_size
from explorer.ui.drawing.scene import Scene
from explorer.ui.drawing.sheet import DIMMED, SMALLEST_TEXT, Sheet, clamp, label_width, pen, text_width
from explorer.ui.drawing.strips import paint_strip
from explorer.ui.look.theme import draw_with, faded
from explorer.ui.typography.numbers import MINUS, figures

NARROW = 28.0
"""Width in pixels below which a loss gives up its circle."""
CIRCLED = 1.9 * SMALLEST_TEXT
"""Width in pixels from which on a target has its circle, in which a smaller number can be read than without."""
NEXT_TO_NOTHING = 0.01
"""A loss below this takes a power of ten, for which a small circle has no room."""


def paint_vertex(sheet: Sheet, scene: Scene, vertex: Vertex, alpha: float = 1.0) -> None:
    """Paint a drawn vertex of the steps 1 … T."""
    place, view = scene.geometry.places[vertex.name], scene.view.vertex(vertex)
    rect = sheet.camera.rect(scene.geometry.node(vertex))
    sheet.painter.setOpacity(alpha * (DIMMED if view.dimmed else 1.0))
    if place.shape is Shape.LOSS and rect.width() < NARROW:
        # Too narrow for a circle round a number: as high as its row, so that the edges meet it.
        _outline(sheet, scene, vertex, view, rect, round_=False)
        _loss(sheet, scene, vertex, view, rect)
    elif place.shape in (Shape.LOSS, Shape.TARGET):
        side = min(rect.width(), rect.height())
        rect = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
        # A target's circle gives way to its symbol where there is no room for both.
        if place.shape is Shape.LOSS or (rect.width() >= CIRCLED and _goes_in(scene, vertex, rect)):
            _outline(sheet, scene, vertex, view, rect, round_=True)
        if place.shape is Shape.TARGET:
            _target(sheet, scene, vertex, rect)
        else:
            _loss(sheet, scene, vertex, view, rect)
    else:
        paint_closed_cell(sheet, scene, vertex)
        _outline(sheet, scene, vertex, view, rect, round_=False)
        paint_content(sheet, scene, vertex, place, view, rect)
        paint_inside(sheet, scene, vertex)
    paint_unequal(sheet, rect, view, round_=place.shape in (Shape.LOSS, Shape.TARGET))
    if view.edited:
        # On the rim: the corner of a box, the upper right of a circle.
        inset = rect.width() * 0.13 if place.shape is Shape.TARGET else 2.0
        paint_pen(sheet, rect.right() - inset, rect.y() + inset, view.held)
    sheet.painter.setOpacity(1.0)


def paint_ghost(sheet: Sheet, scene: Scene, vertex: Vertex, alpha: float = 1.0) -> None:
    """Paint a state before the first step or after the last: small, dashed."""
    theme, view, original = sheet.theme, scene.view.vertex(vertex), scene.original(vertex)
    rect = sheet.camera.rect(scene.geometry.node(vertex))
    picked = original in (scene.view.selection, scene.view.hover)
    sheet.painter.setOpacity(alpha * (DIMMED if view.dimmed else 1.0))
    now = scene.accent if view.current else theme.forward if view.operand else None
    border = now.line if now else theme.text if picked else theme.strong_border
    draw_with(
        sheet.painter, pen(border, 1.8 if now or picked else 1.2, dashed=not now), now.soft if now else theme.surface
    )
    radius = clamp(7 * sheet.camera.scale, 2.0, 9.0)
    sheet.painter.drawRoundedRect(rect, radius, radius)
    size, step, width = node_name(sheet, scene, vertex, rect.width() - 1)
    if size:
        if width > rect.width() - 2 * radius and not scene.transparent and not now:
            # The frame gives way to a name that would touch it.
            named = QRectF(rect.center().x() - width / 2 - 1, rect.y() + size * 0.2, width + 2, size * 1.2)
            sheet.painter.fillRect(named, theme.surface)
        sheet.label(rect.center().x(), rect.y() + size * 1.18, scene.symbol(vertex), step, size, theme.muted, align=0.5)
    bar = rect.adjusted(rect.width() * 0.14, size * 1.45, -rect.width() * 0.14, -rect.height() * 0.1)
    if view.gradient:
        gap = clamp(2.5 * sheet.camera.scale, 1.5, 6.0)
        below = QRectF(bar.x(), bar.center().y() + gap / 2, bar.width(), (bar.height() - gap) / 2)
        bar.setHeight(below.height())
        if below.height() > 2:
            gradient = scene.shown.trace.gradient(vertex.name, vertex.t)
            paint_strip(sheet, below, gradient, scene.scales.gradient, "gradient")
    if bar.height() > 2:
        paint_strip(sheet, bar, scene.value(vertex), scene.scales.values[vertex.name], "value")
    if scene.view.vertex(original).edited:
        paint_pen(sheet, rect.right() - 2, rect.y() + 2)
    sheet.painter.setOpacity(1.0)


def _outline(sheet: Sheet, scene: Scene, vertex: Vertex, view: VertexView, rect: QRectF, round_: bool) -> None:
    """The box: quiet while nothing is known, in its meaning's colour then; what is computed now, and from what."""
    theme, role, accent = sheet.theme, scene.role(vertex), scene.accent
    if view.says_other:
        paint_marker(sheet, rect, round_)
    scale = clamp(sheet.camera.scale, 0.6, 1.5)
    border, fill, width = theme.strong_border, theme.surface, 1.1
    if view.value:
        border, width = role.line, 1.5
    if view.value_read:
        fill, width = role.soft, 2.0
    if view.gradient_read:
        border, fill, width = theme.backward.line, theme.backward.soft, 2.0
    if view.on_path:
        border, fill, width = theme.backward.line, theme.backward.soft, 2.6
    if view.current and not view.dimmed:
        border, fill, width = accent.line, accent.soft, 2.6
        _shape(sheet, rect.adjusted(-4, -4, 4, 4), round_, faded(accent.line, 0.35), None, 3.0 * scale)
    if view.selected or view.hovered:
        ring = faded(theme.text, 0.85 if view.selected else 0.35)
        _shape(sheet, rect.adjusted(-4, -4, 4, 4), round_, ring, None, 1.6)
    _shape(sheet, rect, round_, border, fill, width * scale)


def _shape(sheet: Sheet, rect: QRectF, round_: bool, border: QColor, fill: QColor | None, width: float) -> None:
    draw_with(sheet.painter, pen(border, width), None if fill is None else fill)
    if round_:
        sheet.painter.drawEllipse(rect)
    else:
        radius = clamp(8 * sheet.camera.scale, 2.0, 12.0)
        sheet.painter.drawRoundedRect(rect, radius, radius)


def _target(sheet: Sheet, scene: Scene, vertex: Vertex, rect: QRectF) -> None:
    """The target in its circle, and its name above."""
    ink, centre, value = sheet.theme.target.text, rect.center(), scene.value(vertex)
    if scene.shown.signals[vertex.name].kind is not Target.NUMBERS:
        sheet.word(rect, scene.said(vertex), _symbol_size(rect), ink, 700, room=1.5 * rect.width())
    else:
        room, full = rect.width() * 0.86, clamp(rect.width() * 0.36, SMALLEST_TEXT, 24.0)
        least = SMALLEST_TEXT - (3 if rect.width() >= CIRCLED else 2)
        said, size = _fitting_target(float(value[0]), room, full, least)
        if len(value) == 1 and size >= least:
            sheet.text(centre.x(), centre.y(), said, size, ink, weight=700)
        else:
            inside = rect.adjusted(*(share * rect.width() for share in (0.15, 0.3, -0.15, -0.3)))
            paint_strip(sheet, inside, value, scene.scales.values[vertex.name], "value")
    if not scene.squeezed(sheet.camera.sx):
        named = beside_size(sheet.camera)
        symbol, step = scene.symbol(vertex), scene.step(vertex)
        width = label_width(symbol, step, named)
        above = QRectF(rect.center().x() - width / 2, rect.y() - named * ABOVE, width, named * 1.2)
        if not scene.transparent:
            sheet.pill(above, faded(sheet.theme.surface, 0.85))  # where the frame of the step is behind
        sheet.label(above.x(), rect.y() - named * 0.3, symbol, step, named, ink)


def _symbol_size(circle: QRectF) -> float:
    return clamp(circle.width() * 0.52, SMALLEST_TEXT, 34.0)


def _goes_in(scene: Scene, target: Vertex, circle: QRectF) -> bool:
    """Whether a circle has room for what is said of a target: numbers are made to fit, words may be too long."""
    number = scene.shown.signals[target.name].kind is Target.NUMBERS
    return number or text_width(scene.said(target), _symbol_size(circle), 700) <= circle.width()


def _fitting(value: float, room: float, full: float, weight: int = 700) -> tuple[str, float]:
    """A number with as many digits as there is room for, and its size; only what is longer with one is smaller."""
    said = [figures(value, 3), figures(value, 2), _shortest(value)]
    text = next((text for text in said if text_width(text, full, weight) <= room), said[-1])
    return text, full * min(1.0, room / text_width(text, full, weight))


def _shortest(value: float) -> str:
    """A number in one figure, to a tenth just below 1, and as a whole number where it would be a power of ten."""
    if 0.95 <= abs(value) < 1:
        return f"{value:.1f}".replace("-", MINUS)
    return f"{value:.0f}".replace("-", MINUS) if 9.5 <= abs(value) < 1000 else figures(value, 1)


def _fitting_target(value: float, room: float, full: float, least: float) -> tuple[str, float]:
    """A target with as many digits as fit, and its size; one below 1 to a tenth, if it were smaller than `least`."""
    text, size = _fitting(value, room, full)
    if size < least and abs(value) < 1:
        text = f"{value:.1f}".replace("-", MINUS) if abs(value) >= 0.05 else "≈ 0"
        size = full * min(1.0, room / text_width(text, full, 700))
    return text, size


def _fitting_loss(value: float, room: float, full: float, least: float) -> tuple[str, float]:
    """A loss with as many digits as fit, and its size as a share of the full one, or that it is next to nothing."""
    text, size = _fitting(value, room, full, weight=500)
    if size / full < least and abs(value) < NEXT_TO_NOTHING:
        return "≈ 0", min(1.0, room / text_width("≈ 0", full, 500))
    return text, size / full


def _loss(sheet: Sheet, scene: Scene, vertex: Vertex, view: VertexView, rect: QRectF) -> None:
    """The loss as a number in its circle, below it ∂L/∂L(t) = 1 once BPTT has begun there; its name beside."""
    theme, centre = sheet.theme, rect.center()
    symbol, step = scene.symbol(vertex), scene.step(vertex)
    named = beside_size(sheet.camera)
    roomy = not scene.squeezed(sheet.camera.sx)
    if roomy:
        _loss_weight(sheet, scene.loss_weight(vertex), rect, 0.8 * named)
    if not view.value:
        if roomy:
            sheet.label(centre.x(), centre.y() + named * 0.35, symbol, step, named, theme.muted, align=0.5)
        return
    full = clamp(rect.width() * 0.3, SMALLEST_TEXT, 22.0)
    two_lines = view.gradient and roomy and rect.height() > 2.6 * SMALLEST_TEXT
    room = rect.width() * (0.82 if two_lines else 0.92)  # a circle is narrower above its middle
    # As large at every step, with as many digits as that allows; only what is longer with one digit is smaller.
    for usual in ("8.88", "8.8") if roomy else ("8.8",):
        widest = text_width(usual, full, 500)
        size = round(full * min(1.0, room / widest))
        if size >= SMALLEST_TEXT:
            break
    number, shrunk = _fitting_loss(float(scene.value(vertex)[0]), 1.02 * widest, full, (SMALLEST_TEXT - 3) / size)
    size = round(size * shrunk)
    if size >= SMALLEST_TEXT - 3:
        y = centre.y() - (size * 0.42 if two_lines else 0.0)
        sheet.text(centre.x(), y, number, size, theme.text, weight=500)
        if two_lines:
            one = figures(float(scene.shown.trace.gradient(vertex.name, vertex.t)[0]), 1)
            sheet.text(centre.x(), centre.y() + size * 0.75, f"∇ {one}", size * 0.84, theme.backward.text, weight=600)
    if roomy:
        sheet.label(rect.x() - 2, rect.y() + named * 0.35, symbol, step, named, theme.text, align=1.0)


def _loss_weight(sheet: Sheet, weight: float, rect: QRectF, size: float) -> None:
    """How often a loss counts, if not once: below its name, where its circle and the one before give way."""
    if weight != 1.0:
        right, y = rect.x() + 0.02 * rect.width(), rect.bottom() - 0.1 * rect.height()
        sheet.text(right, y, f"× {figures(weight, 2)}", size, sheet.theme.loss.text, "right", 500)
