"""Find a spot for the name of each connection's parameter, in the unfolded and in the folded drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from explorer.drawing.connections import Connection
from explorer.drawing.geometry import Path, Rect
from explorer.drawing.labels import BESIDE_DELAY, DOWN, LEFT, RIGHT, UP, Name, Spot, chosen, room, spots
from explorer.drawing.places import Shape
from explorer.drawing.routes import Route, Side
from explorer.drawing.steps import Steps
from explorer.graph.unfold import Edge, Vertex

if TYPE_CHECKING:  # a drawing asks for its names when it is asked for them
    from explorer.drawing.drawn_graph import Geometry

Key = tuple[Connection, bool]
"""A connection, and whether it comes from a state outside, which is drawn beside its reader."""


def unfolded_spots(geometry: Geometry) -> tuple[Mapping[Key, Spot], Mapping[Key, float]]:
    """For the edges of any step, tried where a step has neighbours; and for those from states outside.

    Also how many times as wide, beside squeezed columns, each name may be.
    """
    every: dict[Key, Edge] = {}
    middle = [geometry.index(vertex) for vertex in _middles(geometry)]
    near = [edge for index in (*middle, None, *_tried(geometry)) for edge in geometry.edges_into(index)]
    # Where there is no such edge with both ends drawn, any has to do.
    for edges in (filter(partial(_drawn, geometry), near), near, geometry.graph.edges):
        for edge in edges:
            if _tex(geometry, edge):
                every.setdefault(key_of(geometry, edge), edge)
        if {c for c, _ in every}.issuperset(c for c in geometry.lines.lanes.unfolded.routes if geometry.written[c]):
            break
    named_at = {index for edge in every.values() if (index := geometry.index(edge.target)) is not None}
    columns = sorted(_tried(geometry) | set(filter(geometry.steps.drawn, named_at)))
    edges = [edge for index in (None, *columns) for edge in geometry.edges_into(index)]
    routes = geometry.lines.lanes.unfolded.routes
    fed_back = {
        geometry.places[c.target].segment
        for c, route in routes.items()
        if route.beside is Side.LEFT and geometry.places[c.source].row > geometry.places[c.target].row
    }
    names = {}
    for key, edge in every.items():
        path, route = geometry.path(edge), routes[key[0]]
        wished = _wished(geometry, edge, route, path, geometry.places[edge.target.name].segment in fed_back)
        names[key] = Name(
            _tex(geometry, edge),
            path,
            list(wished),
            first=key[1] if geometry.delayed(edge) and not geometry.wide(edge) else None,
        )
    vertices = [*geometry.ghosts, *geometry.lone, *(v for index in columns for v in geometry.vertices_at(index))]
    over = [path for index in columns for path in geometry.lines.over(index)]
    found = _chosen(geometry, names, vertices, {*edges, *every.values()}, over)
    boxes = [geometry.node(vertex) for vertex in vertices]
    return found, room(names, found, boxes, geometry.pitch)  # type: ignore[arg-type, return-value]


def folded_spots(geometry: Geometry) -> tuple[Mapping[Key, Spot], Mapping[Key, float]]:
    """The same for the edges of the folded drawing; loops are named beside their delay."""
    names = {}
    for edge in geometry.front_edges:
        key = geometry.lines.known.of(edge), False
        if not _tex(geometry, edge) or key in names:
            continue
        path, route = geometry.path(edge), geometry.lines.lanes.folded.routes[key[0]]
        delayed = geometry.delayed(edge)
        first = [Spot(0.5, LEFT if Side.LEFT in (route.beside, route.leaves) else RIGHT)] if delayed else []
        if not delayed and not route.lanes:
            first = [Spot(0.5, RIGHT)]
        parts = route.into is not None or (route.over is not None and route.beside is None)
        tried = list(spots(path, [] if parts else first, from_end=parts))
        names[key] = Name(_tex(geometry, edge), path, tried, BESIDE_DELAY if delayed else 0.0)
    lines = {*geometry.front_edges}
    others = [path for _, path in geometry.alternatives]
    found = _chosen(geometry, names, geometry.front_vertices, lines, others)
    boxes = [geometry.node(vertex) for vertex in geometry.front_vertices]
    return found, room(names, found, boxes, 0.0)  # type: ignore[arg-type, return-value]


def key_of(geometry: Geometry, edge: Edge) -> Key:
    """What lies further back is named near its reader, wherever it comes from."""
    outside = geometry.fold <= 0.5 and edge.source in geometry.lines.outside and not geometry.wide(edge)
    return geometry.lines.known.of(edge), outside


def _tex(geometry: Geometry, edge: Edge) -> str:
    return geometry.written[geometry.lines.known.of(edge)]


def _wished(geometry: Geometry, edge: Edge, route: Route, path: Path, fed_back: bool) -> Iterator[Spot]:
    """What to try for an unfolded edge."""
    if edge.source in geometry.lines.outside:
        level = path.start.y == path.end.y
        parts = route.into is not None or route.over is not None
        yield from spots(path, [] if parts else [Spot(0.42, UP if level else RIGHT)], from_end=parts)
    elif route.level:
        # Below the edge where feedback edges come down from above.
        sides = (DOWN, UP) if fed_back else (UP, DOWN)
        yield from (Spot(share, side) for share in (0.45, 0.55, 0.35, 0.65) for side in sides)
        yield from spots(path)
    elif not route.lanes:
        outside = LEFT if geometry.tree and geometry.lines.known.of(edge).lag > 0 else RIGHT
        yield from spots(path, [Spot(0.5, outside)])
    elif route.into is None and route.over is None:
        yield from spots(path, [Spot(share, side) for share in _in_gap(geometry, edge, path) for side in (LEFT, RIGHT)])
    else:
        yield from spots(path, from_end=True)


def _in_gap(geometry: Geometry, edge: Edge, path: Path) -> list[float]:
    """Where a path from another row crosses the gap before its target's row, from the middle on: clear of boxes."""
    row = geometry.places[edge.target.name].row
    top, bottom = geometry.lines.gaps[row + 1 if path.start.y < path.end.y else row]
    shares = sorted((i / 80 for i in range(16, 76)), key=lambda share: abs(path.along(share).y - (top + bottom) / 2))
    return [share for share in shares if top < path.along(share).y < bottom] or shares[:1]


def _drawn(geometry: Geometry, edge: Edge) -> bool:
    """Whether both ends have boxes."""
    ends = (edge.source, edge.target)
    return all(v in geometry.lines.outside or (i := geometry.index(v)) is None or geometry.steps.drawn(i) for v in ends)


def _middles(geometry: Geometry) -> Iterator[Vertex]:
    """A vertex in the middle of each segment, where its step and both neighbours are drawn if any are."""
    for segment in geometry.arrangement.segments:
        T, steps = segment.steps.T, segment.steps

        def neighbours(t: int, steps: Steps = steps) -> tuple[int, float]:
            near = [s for s in (t - 1, t, t + 1) if 1 <= s <= steps.T and steps.drawn(s)]
            return len(near) if t in near else 0, -abs(t - steps.T / 2)

        best = max(range(1, min(T, 40) + 1), key=neighbours)
        name = next(place.name for place in geometry.places.values() if place.segment == segment.name)
        yield Vertex(name, best)


def _tried(geometry: Geometry) -> set[int]:
    """The columns in which names are tried: of each segment the first two, those about its middle, and the last."""
    found = set()
    for segment, vertex in zip(geometry.arrangement.segments, _middles(geometry), strict=True):
        near = {1, 2, vertex.t - 1, vertex.t, vertex.t + 1, segment.steps.T}
        found |= {segment.before + t for t in near if 1 <= t <= segment.steps.T and segment.steps.drawn(t)}
    return found


def _chosen(
    geometry: Geometry,
    names: Mapping[Key, Name],
    vertices: Iterable[Vertex],
    edges: Iterable[Edge],
    others: Iterable[Path] = (),
) -> Mapping[Key, Spot]:
    lines: dict[object, list[Path]] = {"others": list(others)}
    boxes = [rect for vertex in vertices for rect in _solid(geometry, vertex)]
    for edge in edges:
        lines.setdefault(key_of(geometry, edge), []).append(geometry.path(edge))
        boxes += [geometry.tag(edge, name) for name in geometry.tagged(edge) if edge.source.t >= 1]
        at = geometry.delay(edge) if geometry.fold == 1 else None
        boxes += [Rect(at.x - 5.5, at.y - 5.5, 11, 11)] if at else []
    shift = geometry.pitch if geometry.fold == 0 else 0.0
    return chosen(names, boxes, lines, shift)  # type: ignore[arg-type, return-value]


def _solid(geometry: Geometry, vertex: Vertex) -> list[Rect]:
    """A box, and the name that is written beside a circle."""
    rect, shape = geometry.node(vertex), geometry.places[vertex.name].shape
    if vertex in geometry.lines.outside or shape not in (Shape.LOSS, Shape.TARGET):
        return [rect]
    beside = Rect(rect.x - 30, rect.y - 8, 28, 18) if shape is Shape.LOSS else Rect(rect.cx - 14, rect.y - 18, 28, 16)
    return [rect, beside]
