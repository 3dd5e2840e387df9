"""Paint the legend of the colour maps: what the colours of values and of gradients stand for, with their limits."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from explorer.drawing.places import Shape
from explorer.graph.plain import plain
from explorer.language import tr
from explorer.ui.drawing.scene import Scene
from explorer.ui.drawing.sheet import Sheet, clamp, pen, text_width
from explorer.ui.look.diverging import DivergingMap
from explorer.ui.look.theme import MapName, draw_with, faded
from explorer.ui.parts.pictures import picture
from explorer.ui.typography.numbers import figures

MAPS: tuple[MapName, ...] = ("value", "gradient")
TITLES: dict[MapName, str] = {"value": tr("value"), "gradient": tr("gradient")}
HEIGHT = 24.0
_BAR, _SHORTEST, _GAP, _SIZE = 84.0, 34.0, 24.0, 11.0


def paint_legend(
    sheet: Sheet, scene: Scene, left: float, right: float, bottom: float, shown: Collection[MapName] = MAPS
) -> None:
    """One line that ends at `right` and stands on `bottom`, in pixels; where `left` is near, it says less."""
    known = {"gradient": _limit(scene.scales.gradient)} if gradients_known(scene) else {}
    maps = _said(shown, {"value": _value_limits(scene), **known})
    if not maps:
        return
    room = right - left - _width(maps)
    if room < _SHORTEST * len(maps):
        maps = _said(shown, {"value": _span(scene), **known})
        room = right - left - _width(maps)
    bar = clamp(room / len(maps), _SHORTEST, _BAR)
    widths = [width + bar for width in map(_text, maps)]
    x = right - sum(widths) - _GAP * (len(maps) - 1)
    lower = HEIGHT - 2  # clear of the numbers of steps above
    if not scene.transparent:
        sheet.pill(QRectF(x - 10, bottom - lower, right - x + 20, lower), faded(sheet.theme.surface, 0.9))
    for (name, limits), width in zip(maps, widths, strict=True):
        _scale(sheet, x, bottom - HEIGHT / 2, bar, name, limits)
        x += width + _GAP


def _said(shown: Collection[MapName], limits: Mapping[str, str]) -> list[tuple[MapName, str]]:
    return [(name, limits[name]) for name in MAPS if name in shown and name in limits]


def _text(colours: tuple[MapName, str]) -> float:
    """How wide what is written beside a bar is, and what is left free."""
    name, limits = colours
    return text_width(TITLES[name], _SIZE) + text_width(limits, _SIZE) + 16


def _width(maps: Sequence[tuple[MapName, str]]) -> float:
    """How wide all is but the bars."""
    return sum(map(_text, maps)) + _GAP * (len(maps) - 1)


def gradients_known(scene: Scene) -> bool:
    """Whether any gradient is shown."""
    return scene.view.timetable.first_gradient <= scene.view.cursor


def _scale(sheet: Sheet, left: float, y: float, length: float, name: MapName, limits: str) -> None:
    theme = sheet.theme
    sheet.text(left, y, TITLES[name], _SIZE, theme.muted, "left")
    bar = QRectF(left + text_width(TITLES[name], _SIZE) + 8, y - 5, length, 10)
    sheet.painter.drawImage(bar, _colours(theme.map(name)))
    draw_with(sheet.painter, pen(theme.grid, 1.0), None)
    sheet.painter.drawRect(bar)
    sheet.painter.setPen(pen(theme.surface, 1.3))
    minus, plus = bar.left() + 8, bar.right() - 8
    sheet.painter.drawLine(QPointF(minus - 3, y), QPointF(minus + 3, y))
    sheet.painter.drawLine(QPointF(plus - 3, y), QPointF(plus + 3, y))
    sheet.painter.drawLine(QPointF(plus, y - 3), QPointF(plus, y + 3))
    sheet.text(bar.right() + 8, y, limits, _SIZE, theme.muted, "left")


@lru_cache(maxsize=8)
def _colours(diverging: DivergingMap) -> QImage:
    return picture(diverging.rgba(np.linspace(-1.0, 1.0, 85)[None], 1.0))


def _value_limits(scene: Scene) -> str:
    """The limits of the drawn vectors, those with the same limit together; of probabilities, if bars stop below 1."""
    grouped: dict[str, list[str]] = {}
    for name, place in scene.geometry.places.items():
        limit = scene.scales.values[name]
        if place.shape in (Shape.VECTOR, Shape.INPUT):
            grouped.setdefault(_limit(limit), []).append(plain(scene.shown.network.node(name).symbol))
        elif place.shape is Shape.BARS and limit < 1.0:
            grouped.setdefault(tr("up to {limit:g}", limit=limit), []).append(
                plain(scene.shown.network.node(name).symbol)
            )
    if len(grouped) == 1:
        return next(iter(grouped))
    return "   ".join(f"{', '.join(names)} {limit}" for limit, names in grouped.items())


def _span(scene: Scene) -> str:
    """The least and the largest limit of the drawn vectors, for want of room."""
    places = scene.geometry.places.items()
    limits = [scene.scales.values[name] for name, p in places if p.shape in (Shape.VECTOR, Shape.INPUT)]
    least, most = map(_limit, (min(limits), max(limits)))
    return least if least == most else tr("{least} to {most}", least=least, most=most)


def _limit(limit: float) -> str:
    return f"±{limit:g}" if 1e-2 <= limit < 1e4 else f"±{figures(limit, 2)}"
