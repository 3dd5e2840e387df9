"""Paint the legend of the colour maps: what the colours of values and of gradients stand for, with their limits."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt

from explorer.graph.notation import plain
from explorer.session.layout import Shape
from explorer.ui import fonts
from explorer.ui.colour import DivergingMap
from explorer.ui.numbers import figures
from explorer.ui.scene import Scene
from explorer.ui.sheet import Sheet, faded, pen, text_width
from explorer.ui.strips import image

HEIGHT = 24.0
_BAR, _GAP = 84.0, 24.0


def paint_legend(sheet: Sheet, scene: Scene, right: float, bottom: float) -> None:
    """One line that ends at `right` and stands on `bottom`, in pixels."""
    maps = [("value", _value_limits(scene), sheet.theme.value)]
    if gradients_known(scene):
        maps.append(("gradient", _limit(scene.scales.gradient), sheet.theme.gradient))
    font, small = fonts.number_font(11), fonts.ui_font(11)
    widths = [text_width(name, small) + 8 + _BAR + 8 + text_width(limits, font) for name, limits, _ in maps]
    x = right - sum(widths) - _GAP * (len(maps) - 1)
    sheet.pill(QRectF(x - 10, bottom - HEIGHT, right - x + 20, HEIGHT), faded(sheet.theme.surface, 0.9))
    for (name, limits, map), width in zip(maps, widths, strict=True):
        _scale(sheet, x, bottom - HEIGHT / 2, name, limits, map)
        x += width + _GAP


def gradients_known(scene: Scene) -> bool:
    """Whether any gradient is shown."""
    return any(at <= scene.view.cursor for at in scene.view.timetable.gradient_at.values())


def _scale(sheet: Sheet, left: float, y: float, name: str, limits: str, map: DivergingMap) -> None:
    theme, font, small = sheet.theme, fonts.number_font(11), fonts.ui_font(11)
    sheet.text(left, y, name, small, theme.muted, align=0.0)
    bar = QRectF(left + text_width(name, small) + 8, y - 5, _BAR, 10)
    ramp = map.rgba(np.linspace(-1.0, 1.0, 65), 1.0)
    sheet.painter.drawImage(bar, image(ramp, 1, len(ramp)))
    sheet.painter.setPen(pen(theme.grid, 1.0))
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
    sheet.painter.drawRect(bar)
    sheet.painter.setPen(pen(theme.surface, 1.3))
    sheet.painter.drawLine(QPointF(bar.left() + 5, y), QPointF(bar.left() + 11, y))
    sheet.painter.drawLine(QPointF(bar.right() - 11, y), QPointF(bar.right() - 5, y))
    sheet.painter.drawLine(QPointF(bar.right() - 8, y - 3), QPointF(bar.right() - 8, y + 3))
    sheet.text(bar.right() + 8, y, limits, font, theme.muted, align=0.0)


def _value_limits(scene: Scene) -> str:
    """The limits of the drawn vectors, those with the same limit together."""
    grouped: dict[str, list[str]] = {}
    for name, place in scene.geometry.places.items():
        if place.shape in (Shape.VECTOR, Shape.INPUT):
            limit = _limit(scene.scales.values[name])
            grouped.setdefault(limit, []).append(plain(scene.shown.network.node(name).symbol))
    if len(grouped) == 1:
        return next(iter(grouped))
    return "   ".join(f"{', '.join(names)} {limit}" for limit, names in grouped.items())


def _limit(limit: float) -> str:
    return f"±{limit:g}" if 1e-2 <= limit < 1e4 else f"±{figures(limit, 2)}"
