"""Give what a task knows marks: a colour and a shape for each of a few names, a colour of a scale for numbers."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath, QPolygonF

from explorer.graph.arrays import Array
from explorer.tasks import Fact
from explorer.tasks.facts import UNKNOWN
from explorer.ui.look import theme as themes
from explorer.ui.look.colour import symmetric_limit

SIZE = 2.6
"""Half of the width of a mark, in px."""
_SHADES = 24
"""Colours of a scale that are told apart in a picture of many numbers."""
_SHAPES = (
    ((0.0, -1.25), (1.1, 0.75), (-1.1, 0.75)),
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)),
)
"""Corners of all but the round one."""


def colour_of(place: int) -> QColor:
    """The colour of name number `place`; together with its shape it is another one for twenty names."""
    theme = themes.current()
    inks = (theme.forward.line, theme.backward.line, theme.target.line, theme.loss.line, theme.parameter.line)
    return theme.faint if place == UNKNOWN else inks[place % len(inks)]


def add_mark(path: QPainterPath, place: int, at: QPointF, size: float = SIZE) -> None:
    """Add the mark of name number `place` at a point."""
    shape = place % (len(_SHAPES) + 1) if place >= 0 else 0
    if not shape:
        path.addEllipse(at, size, size)
        return
    path.addPolygon(QPolygonF([at + QPointF(x * size, y * size) for x, y in _SHAPES[shape - 1]]))
    path.closeSubpath()


def marks_of(fact: Fact, places: Array, inside: QRectF) -> list[tuple[QColor, QPainterPath]]:
    """The marks of a fact at places (steps, B, 2) in px, those within a rectangle, one path for each colour."""
    points, values = places.reshape(-1, 2), fact.values.ravel()
    low, high = (inside.left(), inside.top()), (inside.right(), inside.bottom())
    seen = ((points >= low) & (points <= high)).all(1)
    kinds, names = (values, range(UNKNOWN, len(fact.names))) if fact.labelled else _shades(values)
    found = []
    for name in names:
        path = QPainterPath()
        for x, y in np.unique(points[seen & (kinds == name)].round(1), axis=0).tolist():
            add_mark(path, name if fact.labelled else 0, QPointF(x, y))
        if not path.isEmpty():
            found.append((colour_of(name) if fact.labelled else shade_of(fact, name), path))
    return found


def shade_of(fact: Fact, shade: int) -> QColor:
    """The colour of a shade, 0 to `_SHADES`, from the least of the numbers to the largest; −1 of what is unknown."""
    if shade == UNKNOWN:
        return themes.current().faint
    low, high = limits(fact)
    red, green, blue, _ = themes.current().value.rgba(low + (high - low) * shade / _SHADES, _limit(low, high)).tolist()
    return QColor(red, green, blue)


def scale_stops(fact: Fact) -> list[tuple[float, QColor]]:
    """The colours along a scale of the numbers, at shares of its length."""
    return [(shade / _SHADES, shade_of(fact, shade)) for shade in range(_SHADES + 1)]


def limits(fact: Fact) -> tuple[float, float]:
    """The least and the largest of the numbers."""
    known = fact.values[np.isfinite(fact.values)]
    return (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)


def _limit(low: float, high: float) -> float:
    return symmetric_limit(np.array([low, high]))


def _shades(values: Array) -> tuple[Array, range]:
    known = np.isfinite(values)
    low, high = (values[known].min(), values[known].max()) if known.any() else (0.0, 1.0)
    share = (np.where(known, values, low) - low) / ((high - low) or 1.0)
    return np.where(known, np.rint(share * _SHADES), UNKNOWN), range(UNKNOWN, _SHADES + 1)
