"""Place the states before the first and after the last step that are read: small, beside the first or last column."""

from collections.abc import Mapping, Sequence

from explorer.drawing.geometry import Rect, centred
from explorer.drawing.places import CHANNEL, Place
from explorer.drawing.segments import GHOST, GHOSTS_APART, Segment, reach_of
from explorer.graph.unfold import Graph, Vertex
from explorer.grouping import by_key

STACKED = 10.0
"""Room between one state and the one that stands above it."""


def counted(graph: Graph, places: Mapping[str, Place]) -> tuple[dict[str, int], dict[str, int]]:
    """How many steps before the first and after the last of each segment have states that are read."""
    before = dict.fromkeys((place.segment for place in places.values()), 0)
    after = dict(before)
    last = _last(graph, places)
    for vertex in graph.boundary:
        segment = places[vertex.name].segment
        before[segment] = max(before[segment], 1 - vertex.t)
        after[segment] = max(after[segment], vertex.t - last[segment])
    return before, after


def _last(graph: Graph, places: Mapping[str, Place]) -> dict[str, int]:
    found: dict[str, int] = {}
    for vertex in graph.vertices:
        segment = places[vertex.name].segment
        found[segment] = max(found.get(segment, 1), vertex.t)
    return found


def states_outside(graph: Graph, places: Mapping[str, Place], segments: Sequence[Segment]) -> dict[Vertex, Rect]:
    """In the row of a reader, if it may be in their own; where several would stand there, one above another."""
    boundary = set(graph.boundary)
    readers = by_key((edge for edge in graph.edges if edge.source in boundary), lambda edge: edge.source)
    found: dict[Vertex, Rect] = {}
    levels: dict[tuple[str, str, bool], float] = {}
    width, height = GHOST

    def order(vertex: Vertex) -> tuple[float, int, str]:
        rows = (places[edge.target.name].rect.cy for edge in readers[vertex])
        return min(abs(places[vertex.name].rect.cy - row) for row in rows), abs(vertex.t), vertex.name

    for vertex in sorted(readers, key=order):
        segment = next(s for s in segments if s.name == places[vertex.name].segment)
        read = [places[edge.target.name] for edge in readers[vertex]]
        reach = reach_of([place for place in places.values() if place.segment == segment.name], targets=False)
        beside = next((place for place in read if place.row == places[vertex.name].row), read[0])
        before = vertex.t < 1
        away = CHANNEL + segment.pitch - max(128.0, reach.right - reach.left + CHANNEL)
        steps = -vertex.t if before else vertex.t - segment.steps.T - 1
        away += width / 2 + steps * (width + GHOSTS_APART)
        middle = segment.start + reach.left - away if before else segment.end + reach.right + away
        key = segment.name, vertex.name, before
        if key not in levels:
            levels[key] = _free(beside.rect.cy, [rect for v, rect in found.items() if (v.t < 1) == before], middle)
        found[vertex] = centred(middle, levels[key], width, height)
    return {vertex: found[vertex] for vertex in sorted(found, key=order)}


def _free(y: float, taken: list[Rect], x: float) -> float:
    """The height nearest above a row at which no other state stands."""
    height = GHOST[1] + STACKED
    while any(abs(rect.cy - y) < height - 1 and abs(rect.cx - x) < GHOST[0] for rect in taken):
        y -= height
    return y
