"""Place the drawn graph: a box for every node, a path for every edge, unfolded, folded or anywhere in between.

There is no layout algorithm: a node stands in the column of its step, see `steps`, and in its declared row. Units are
abstract; a view scales them. Folding moves every column's nodes into one, so that each keeps its identity.
"""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from explorer.drawing import edge_paths
from explorer.drawing.geometry import Path, Point, Rect, centred, mixed_paths, mixed_rects
from explorer.drawing.mixed_loops import mixed_weights, other_ways
from explorer.drawing.places import CHANNEL, Place, Shape, biases, extent, shape_of, states_outside
from explorer.drawing.steps import Steps, every, kept
from explorer.graph.declaration import Sizes, dimension
from explorer.graph.unfold import Edge, Graph, Vertex

ROW_GAP = 36.0
SHORTEST_PITCH = 128.0
TAG = (28.0, 15.0)
NAME = 24.0
"""Width kept free for a parameter's name."""
TWIN = 36.0
"""How far beyond the one loop of a mixed feedback the other runs."""
AXIS = 32.0
"""Height below the lowest row for "t = 1", "t = 2", …"""


class Label(Struct, frozen=True):
    """The name of a parameter beside an edge: a point on the edge, and the direction in which the name stands off."""

    text: str
    at: Point
    side: Point


class Geometry(Struct, frozen=True, eq=False, dict=True):
    """Where everything is: made by `layout`. Rectangles and paths are worked out when asked for."""

    graph: Graph
    """Without what stands in steps that are left out; edges from there and to there are kept."""
    steps: Steps
    places: Mapping[str, Place]
    incoming: Mapping[int, tuple[Edge, ...]]
    """The edges by the step of their target."""
    outside: Mapping[Vertex, Rect]
    """The boxes of the states before the first and after the last step that are read, while unfolded."""
    pitch: float
    height: float
    fold: float
    front: int
    """The step that the folded column shows."""
    squeeze: float = 1.0
    """How much narrower boxes are shown in the whole unfolded drawing than in the folded one."""
    _paths: dict[Edge, Path] = field(default_factory=dict)
    """Unfolded paths that have been asked for; the same at every fold."""

    def at(self, fold: float, front: int, squeeze: float = 1.0) -> "Geometry":
        """The same drawing, folded as far as this."""
        return replace(self, fold=fold, front=front, squeeze=squeeze)

    @property
    def gathered(self) -> float:
        """How far the columns have come, as a share of their way: ahead of `fold` where boxes grow on it.

        On the screen, where a unit grows in step with `fold`, both then move evenly.
        """
        return self.fold / (self.fold + (1 - self.fold) * self.squeeze)

    @property
    def spacing(self) -> float:
        """The distance of two neighbouring columns."""
        return self.pitch * (1 - self.gathered)

    def x(self, t: int) -> float:
        """The middle of column t."""
        return self.steps.column(t) * self.spacing + self._folded_x * self.gathered

    @property
    def _last_x(self) -> float:
        return self.steps.column(self.graph.T) * self.pitch

    @property
    def _folded_x(self) -> float:
        return self._last_x / 2

    def node(self, vertex: Vertex) -> Rect:
        """The box of a vertex of the drawn graph, or of a state before the first step."""
        if vertex in self.outside:
            return mixed_rects(self.outside[vertex], self._folded(vertex), self.gathered)
        return self.places[vertex.name].rect.moved(self.x(vertex.t))

    def path(self, edge: Edge) -> Path:
        """The way of an edge from the rim of its source to the rim of its target."""
        unfolded = self._unfolded_path(edge)
        return unfolded if self.fold == 0 else mixed_paths(unfolded, self._folded_path(edge), self.gathered)

    def label(self, edge: Edge) -> Label | None:
        """Where the edge's parameter is named."""
        if edge.weight is None:
            return None
        path = self.path(edge)
        a, b = path.along(0.4), path.along(0.6)
        if edge.lag == 0:
            side = Point(1, 0) if abs(b.y - a.y) > abs(b.x - a.x) else Point(0, -1)
            return Label(edge.weight, path.along(0.5), side)
        if self.fold > 0.5:
            return Label(edge.weight, path.along(0.5), Point(1, 0))
        if edge.source in self.outside:
            level = path.start.y == path.end.y
            return Label(edge.weight, path.along(0.42), Point(0, -1) if level else Point(1, 0))
        if abs(b.y - a.y) < abs(b.x - a.x):
            # Below the edge where feedback edges come down from above.
            return Label(edge.weight, path.along(0.45), Point(0, 1) if self._fed_back else Point(0, -1))
        return Label(edge.weight, self._in_gap(path), Point(-1, 0))

    def _in_gap(self, path: Path) -> Point:
        """Where a path from another row crosses the gap before its target's row: there it is clear of boxes."""
        side = -1 if path.start.y < path.end.y else 1
        row = next(place.rect for place in self.places.values() if place.rect.y < path.end.y < place.rect.bottom)
        gap = (row.y if side < 0 else row.bottom) + side * ROW_GAP / 2
        return min((path.along(i / 40) for i in range(12, 36)), key=lambda point: abs(point.y - gap))

    def tag(self, edge: Edge, name: str) -> Rect:
        """The small box on an edge for an undrawn node that it passes through: an arg-max, a draw, a switch."""
        tags = self.tagged(edge)
        share = 0.3 + 0.2 * (tags.index(name) - (len(tags) - 1) / 2)
        return centred(*self.path(edge).along(share), *TAG)

    def tagged(self, edge: Edge) -> tuple[str, ...]:
        """The undrawn nodes on the way of an edge that get a small box."""
        return tuple(name for name in edge.through if self.graph.network.node(name).row is None)

    def delay(self, edge: Edge) -> Point | None:
        """Where the folded drawing has its square: the delay by one step, on an edge that crosses time."""
        return self.path(edge).along(0.5) if edge.lag else None

    def column(self, t: int) -> Rect:
        """The whole strip of step t, with the channel on its right side split between neighbours."""
        return Rect(self.x(t) - self.spacing / 2, 0.0, self.spacing, self.height)

    def time_label(self, t: int) -> Point:
        """The middle of "t = …"."""
        return Point(self.x(t), self.height - AXIS * 0.4)

    @property
    def ellipses(self) -> tuple[Point, ...]:
        """The middles of "⋯" for each node, and beside "t = …", of each column that stands for steps left out."""
        drawn = (place for place in self.places.values() if not place.last_only and place.shape is not Shape.TARGET)
        middles = [*(Point(place.rect.cx, place.rect.cy) for place in drawn), Point(0.0, self.time_label(1).y)]
        lefts = (self.x(self.steps.within(column)[0]) for column in self.steps.gaps)
        return tuple(Point(x + middle.x, middle.y) for x in lefts for middle in middles)

    @cached_property
    def bounds(self) -> Rect:
        """Everything, with no margin."""
        share, sides = self.gathered, zip(self._unfolded_sides, self._folded_sides, strict=True)
        left, right = (p + (q - p) * share for p, q in sides)
        return Rect(left, 0.0, right - left, self.height)

    @cached_property
    def _column_sides(self) -> tuple[float, float]:
        """The outermost of a column's boxes, and of its edges around them, from its middle."""
        boxes = [place.rect for place in self.places.values()]
        within = [self._folded_path(edge) for edge in self._last_edges if not edge.lag]
        around = [point.x - self._folded_x for path in within for point in path.points]
        return min([box.x for box in boxes] + around), max([box.right for box in boxes] + around)

    @property
    def _unfolded_sides(self) -> tuple[float, float]:
        left, right = self._column_sides
        right += self._last_x
        ghosts = self.outside.values()
        return min([left] + [ghost.x for ghost in ghosts]), max([right] + [ghost.right for ghost in ghosts])

    @property
    def _folded_sides(self) -> tuple[float, float]:
        left, right = (self._folded_x + side for side in self._column_sides)
        ways = [way for edge in self._last_edges if edge.lag for way in (edge, *self._other_ways(edge))]
        # Beside a loop stands its parameter's name.
        loops = [point.x for way in ways for point in self._folded_path(way).points]
        return min([left] + [x - NAME for x in loops]), max([right] + [x + NAME for x in loops])

    @property
    def _last_edges(self) -> tuple[Edge, ...]:
        """The edges into the last step, which has one of each kind."""
        return self.edges_into(self.graph.T)

    def vertices_at(self, t: int) -> tuple[Vertex, ...]:
        """The drawn vertices of step t."""
        last = t == self.graph.T
        drawn = self.places.items() if self.steps.drawn(t) else ()
        return tuple(Vertex(name, t) for name, place in drawn if last or not place.last_only)

    def edges_into(self, t: int) -> tuple[Edge, ...]:
        """The edges whose target is at step t."""
        return self.incoming.get(t, ())

    @cached_property
    def front_vertices(self) -> tuple[Vertex, ...]:
        """The vertices that the folded drawing shows: those of its step, and the nodes of the last step alone."""
        T = self.graph.T
        return tuple(Vertex(name, T if place.last_only else self.front) for name, place in self.places.items())

    @cached_property
    def front_edges(self) -> tuple[Edge, ...]:
        """The edges into what the folded drawing shows."""
        shown = set(self.front_vertices)
        columns = {vertex.t for vertex in shown}
        return tuple(edge for t in sorted(columns) for edge in self.edges_into(t) if edge.target in shown)

    @cached_property
    def alternatives(self) -> tuple[tuple[Edge, Path], ...]:
        """The edges that a mixed feedback could take, but does not into the folded step, with their ways.

        While the drawing folds, each leaves the way of the edge that is taken for its own.
        """
        return tuple(
            (other, mixed_paths(self._unfolded_path(edge), self._folded_path(other), self.gathered))
            for edge in self.front_edges
            for other in self._other_ways(edge)
        )

    def _other_ways(self, edge: Edge) -> tuple[Edge, ...]:
        return other_ways(self.graph.network, edge, self.places) if edge.weight in self._mixed_weights else ()

    @property
    def ghosts(self) -> tuple[Vertex, ...]:
        """The states outside 1 … T that are read, drawn small beside their reader."""
        return tuple(self.outside)

    def _folded(self, vertex: Vertex) -> Rect:
        return self.places[vertex.name].rect.moved(self._folded_x)

    def _unfolded_path(self, edge: Edge) -> Path:
        if edge not in self._paths:
            self._paths[edge] = self._led(edge)
        return self._paths[edge]

    def _led(self, edge: Edge) -> Path:
        source, target = (
            self.outside.get(v) or self.places[v.name].rect.moved(self.steps.column(v.t) * self.pitch)
            for v in (edge.source, edge.target)
        )
        if edge.lag == 0:
            return edge_paths.within_column(source, target, self._obstacles(edge, source, target))
        if edge.source in self.outside:
            # However far back it lies, it is drawn beside its reader.
            return edge_paths.across_columns(source, target, 1 if edge.lag > 0 else -1, CHANNEL, round_source=False)
        return edge_paths.across_columns(source, target, edge.lag, CHANNEL, round_source=self._round(edge))

    def _folded_path(self, edge: Edge) -> Path:
        source, target = self._folded(edge.source), self._folded(edge.target)
        if edge.lag == 0:
            return edge_paths.within_column(source, target, self._obstacles(edge, source, target))
        return edge_paths.loop(source, target, self._loop_reach(edge), edge.lag, round_source=self._round(edge))

    def _round(self, edge: Edge) -> bool:
        return self.places[edge.source.name].shape in (Shape.TARGET, Shape.LOSS)

    def _obstacles(self, edge: Edge, source: Rect, target: Rect) -> bool:
        """Whether another box of the column stands between the two."""
        low, high = sorted((source.cy, target.cy))
        return any(
            low < place.rect.cy < high and abs(place.rect.cx) < place.rect.width / 2
            for name, place in self.places.items()
            if name not in (edge.source.name, edge.target.name)
        )

    def _loop_reach(self, edge: Edge) -> float:
        """How far right of the column's boxes a loop runs: loops that span more rows run further out."""
        span = abs(self.places[edge.source.name].rect.cy - self.places[edge.target.name].rect.cy)
        widest = max(place.rect.right for place in self.places.values() if place.shape is not Shape.TARGET)
        # Of a mixed feedback's two loops the target's is the outer one.
        further = TWIN if self._mixed_weights and self.places[edge.source.name].shape is Shape.TARGET else 0.0
        return self._folded_x + widest + (34.0 if span < 1.0 else 62.0 if self._self_loops else 44.0) + further

    @cached_property
    def _mixed_weights(self) -> frozenset[str | None]:
        return mixed_weights(self.graph.network, self._last_edges)

    @cached_property
    def _fed_back(self) -> bool:
        """Whether edges come down the channels between columns."""
        lagged = [edge for edge in self._last_edges if edge.lag]
        return self._self_loops and any(edge.source.name != edge.target.name for edge in lagged)

    @cached_property
    def _self_loops(self) -> bool:
        return any(edge.lag and edge.source.name == edge.target.name for edge in self._last_edges)


def layout(graph: Graph, sizes: Sizes, fold: float = 0.0, front: int = 1, steps: Steps | None = None) -> Geometry:
    """The geometry of a drawn graph; `fold` runs from 0, unfolded, to 1, folded into what step `front` holds.

    All steps are drawn, unless `steps` leaves some out.
    """
    steps = steps or every(graph.T)
    graph = kept(graph, steps)
    names = {vertex.name for vertex in graph.vertices}
    nodes = [node for node in graph.network.nodes if node.name in names]
    shapes = {node.name: shape_of(graph.network, node) for node in nodes}
    extents = {node.name: extent(shapes[node.name], dimension(node.size, sizes)) for node in nodes}
    rows = sorted({node.row for node in nodes if node.row is not None}, reverse=True)
    middle, top = {}, 14.0  # room for labels above the top row
    for row in rows:
        height = max(extents[node.name][1] for node in nodes if node.row == row)
        middle[row] = top + height / 2
        top += height + ROW_GAP
    places = {}
    for node in nodes:
        assert node.row is not None
        rect = centred(node.shift * SHORTEST_PITCH, middle[node.row], *extents[node.name])
        added = biases(graph.network, node, names)
        places[node.name] = Place(node.name, shapes[node.name], rect, added, node.last_only)
    # A target stands in the channel, where only its own edge runs.
    boxes = [place.rect for place in places.values() if place.shape is not Shape.TARGET]
    pitch = max(SHORTEST_PITCH, max(box.right for box in boxes) - min(box.x for box in boxes) + CHANNEL)
    incoming: dict[int, list[Edge]] = {}
    for edge in graph.edges:
        incoming.setdefault(edge.target.t, []).append(edge)
    by_step = {t: tuple(edges) for t, edges in incoming.items()}
    outside = states_outside(graph, places, steps.column(graph.T) * pitch)
    return Geometry(graph, steps, places, by_step, outside, pitch, top - ROW_GAP + AXIS, fold, front)
