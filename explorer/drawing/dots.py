"""Say where dots stand for the steps that a drawing leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.drawing.geometry import Point
from explorer.drawing.places import Shape

if TYPE_CHECKING:
    from explorer.drawing.drawn_graph import Geometry


def dots(geometry: Geometry) -> tuple[Point, ...]:
    """The middles of "⋯": in each column that stands for steps left out, for each node, and beside "t = …"."""
    found: list[Point] = []
    for segment in geometry.arrangement.segments:
        places = [place for place in geometry.places.values() if place.segment == segment.name]
        drawn = [place.rect for place in places if not place.last_only and place.shape is not Shape.TARGET]
        middles = [*(Point(rect.cx, rect.cy) for rect in drawn), Point(0.0, geometry.time_label(1).y)]
        lefts = [geometry.x(segment.before + segment.steps.starts[column]) for column in segment.steps.gaps]
        found += [Point(x + middle.x, middle.y) for x in lefts for middle in middles]
    return tuple(found)
