"""How far a drawing reaches to the left and to the right: boxes, lines, and the names beside loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.drawing.labels import BESIDE_DELAY
from explorer.drawing.names import OFF, name_width

if TYPE_CHECKING:  # a drawing asks for its bounds when it is asked for them
    from explorer.drawing.drawn_graph import Geometry

LINE = 1.0
"""Half of what a line is wide."""


def unfolded_sides(geometry: Geometry) -> tuple[float, float]:
    """The left and the right side while unfolded; only what stands first and last in a segment can be outermost."""
    lines, borders = geometry.lines, geometry.borders
    vertices = [*geometry.lone, *(vertex for index in borders for vertex in geometry.vertices_at(index))]
    rects = [*lines.outside.values(), *map(lines.box_apart, vertices)]
    edges = [edge for index in (None, *borders) for edge in geometry.edges_into(index)]
    xs = [point.x for edge in edges for point in lines.unfolded(edge).points]
    return (
        min(min(rect.x for rect in rects), min(xs, default=0.0) - LINE),
        max(max(rect.right for rect in rects), max(xs, default=0.0) + LINE),
    )


def folded_sides(geometry: Geometry) -> tuple[float, float]:
    """The left and the right side once folded."""
    lines = geometry.lines
    rects = [lines.box_together(vertex.name) for vertex in geometry.front_vertices]
    xs = list[float]()
    for c in lines.lanes.folded.routes:
        found = [point.x for point in lines.folded(c).points]
        looped = c.lag and not c.shared
        beside = OFF + BESIDE_DELAY + name_width(geometry.written[c]) if looped else LINE
        xs += [min(found) - beside, max(found) + beside]
    return min([rect.x for rect in rects] + xs), max([rect.right for rect in rects] + xs)
