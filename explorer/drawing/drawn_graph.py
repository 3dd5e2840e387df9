"""Ask where everything of a drawing is, unfolded, folded or anywhere in between: `Geometry`, which `layout` makes.

Folding moves every column's nodes into one, so that each keeps its identity. Rectangles and paths are worked out when
they are asked for.
"""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from explorer.drawing.bounds import folded_sides, unfolded_sides
from explorer.drawing.columns import Columns
from explorer.drawing.connections import Connection
from explorer.drawing.dots import dots
from explorer.drawing.geometry import Path, Point, Rect, mixed_paths, mixed_rects
from explorer.drawing.labels import Spot, above
from explorer.drawing.mixed_loops import other_ways
from explorer.drawing.named import Key, folded_spots, key_of, unfolded_spots
from explorer.drawing.tags import share_clear, tag
from explorer.graph.cells import inside_cells
from explorer.graph.unfold import Edge, Vertex
from explorer.grouping import by_key


class Label(Struct, frozen=True):
    """The name of a parameter beside an edge: a point on the edge, and the direction in which the name stands off.

    It stands off further where it is beside a delay's square.
    """

    text: str
    """The TeX of the parameter."""
    at: Point
    side: Point
    other_side: float
    """On which side of the edge, seen along it, the name does not stand: −1 left, 1 right."""
    room: float
    """How many times as wide as here the name may be where time is squeezed."""
    beside_delay: bool = False


class _Kept(Struct):
    """What is the same at every fold, once it has been asked for."""

    incoming: Mapping[int | None, tuple[Edge, ...]] | None = None
    last: dict[str, int] | None = None
    unfolded_spots: tuple[Mapping[Key, Spot], Mapping[Key, float]] | None = None
    folded_spots: tuple[Mapping[Key, Spot], Mapping[Key, float]] | None = None
    sides: tuple[tuple[float, float], tuple[float, float]] | None = None
    tag_shares: dict[tuple[Edge, int], float] = {}


class Geometry(Columns, frozen=True, eq=False, kw_only=True, dict=True):
    """Where everything is, unfolded, folded or in between."""

    symbols: Mapping[str, str]
    """The TeX of the parameters."""
    mixed: frozenset[str | None]
    """The parameters through which a mixed feedback is read."""
    written: Mapping[Connection, str]
    """The TeX beside the edges of each connection, "" for none."""
    _kept: _Kept = field(default_factory=_Kept)

    def at(self, fold: float, front: int, squeeze: float = 1.0) -> "Geometry":
        """The same drawing, folded as far as this."""
        return replace(self, fold=fold, front=front, squeeze=squeeze)

    @property
    def ellipses(self) -> tuple[Point, ...]:
        """The middles of "⋯" for each node, and beside "t = …", of each column that stands for steps left out."""
        return dots(self)

    # Vertices and edges.

    def node(self, vertex: Vertex) -> Rect:
        """The box of a vertex of the drawn graph, or of a state before the first step."""
        apart, gathered = self.lines.box_apart(vertex), self.gathered
        return apart if gathered == 0 else mixed_rects(apart, self.lines.box_together(vertex.name), gathered)

    def vertices_at(self, index: int) -> tuple[Vertex, ...]:
        """The drawn vertices of a step."""
        segment, t = self.arrangement.at(index)
        places = self.places.values() if self.steps.drawn(index) else ()
        standing = (p for p in places if p.segment == segment.name)
        last = self._last
        return tuple(Vertex(p.name, t) for p in standing if t == last[p.name] or (t < last[p.name] and not p.last_only))

    @property
    def _last(self) -> Mapping[str, int]:
        """The last step of each node."""
        if self._kept.last is None:
            self._kept.last = {}
            for vertex in self.graph.vertices:
                self._kept.last[vertex.name] = max(vertex.t, self._kept.last.get(vertex.name, 0))
        return self._kept.last

    @cached_property
    def lone(self) -> tuple[Vertex, ...]:
        """What stands in no step's column: a context, an input without time."""
        return tuple(vertex for vertex in self.graph.vertices if self.places[vertex.name].lone)

    @cached_property
    def open_cells(self) -> Mapping[str, tuple[str, ...]]:
        """The open cells, each with the names of all that is drawn in it."""
        found: dict[str, tuple[str, ...]] = {}
        for name, cell in inside_cells(self.graph.network).items():
            if name in self.places:
                found[cell] = (*found.get(cell, (cell,)), name)
        return found

    @property
    def ghosts(self) -> tuple[Vertex, ...]:
        """The states outside 1 … T that are read, drawn small beside their reader."""
        return tuple(self.lines.outside)

    @property
    def _incoming(self) -> Mapping[int | None, tuple[Edge, ...]]:
        if self._kept.incoming is None:
            found = by_key(self.graph.edges, lambda edge: self.index(edge.target))
            self._kept.incoming = {index: tuple(dict.fromkeys(edges)) for index, edges in found.items()}
        return self._kept.incoming

    def edges_into(self, index: int | None) -> tuple[Edge, ...]:
        """The edges whose target is at a step, or, for None, stands alone."""
        return self._incoming.get(index, ())

    def wide(self, edge: Edge) -> bool:
        """Whether an edge leads further than from one column into the next."""
        return self._is_wide(self.lines.known.of(edge))

    def _is_wide(self, c: Connection) -> bool:
        apart = self.places[c.source].segment != self.places[c.target].segment
        return c.shared or abs(c.lag) > 1 or apart or (self.tree and c.lag != 0)

    def wide_edges(self, first: int, last: int) -> list[Edge]:
        """The edges that lead further than into the next column and may pass over any of these columns."""
        if not self._furthest:
            return []
        columns = dict.fromkeys((None, *self.borders, *range(first, last + self._furthest + 1)))
        return [edge for index in columns for edge in self.edges_into(index) if self.wide(edge)]

    @cached_property
    def _furthest(self) -> int:
        """How many columns any edge spans; 0 if none is wide."""
        return max((max(1, abs(c.lag)) for c in self.lines.lanes.unfolded.routes if self._is_wide(c)), default=0)

    @cached_property
    def borders(self) -> tuple[int, ...]:
        """The first and the last column of each segment; of a tree all."""
        if self.tree:
            return tuple(range(1, self.steps.T + 1))
        return tuple(i for s in self.arrangement.segments for i in (s.before + 1, s.before + s.steps.T))

    def symbol(self, parameter: str) -> str:
        """The TeX of a parameter."""
        return self.symbols.get(parameter, parameter)

    def delayed(self, edge: Edge) -> bool:
        """Whether an edge leads from another step: time passes along it, or in a tree, it comes from a child."""
        c = self.lines.known.of(edge)
        return c.lag != 0 and not c.shared

    def steps_of(self, edge: Edge) -> int:
        """Over how many steps an edge leads."""
        return self.lines.known.of(edge).lag

    @cached_property
    def front_vertices(self) -> tuple[Vertex, ...]:
        """The vertices that the folded drawing shows: those of its step, or of their last if they have none so late."""
        alone, last = {vertex.name: vertex for vertex in self.lone}, self._last
        return tuple(
            alone[p.name] if p.lone else Vertex(p.name, last[p.name] if p.last_only else min(self.front, last[p.name]))
            for p in self.places.values()
        )

    @cached_property
    def front_edges(self) -> tuple[Edge, ...]:
        """The edges into what the folded drawing shows."""
        shown = set(self.front_vertices)
        columns = dict.fromkeys(self.index(vertex) for vertex in self.front_vertices)
        edges = tuple(edge for index in columns for edge in self.edges_into(index) if edge.target in shown)
        if self.tree:  # no step has both an input and children, but the folded drawing shows where they would come from
            there = set(self.lines.known.gathered(edges))
            others = {c: e for e in self.graph.edges if (c := self.lines.known.of(e)) not in there}
            edges += tuple(others.values())
        return edges

    @cached_property
    def alternatives(self) -> tuple[tuple[Edge, Path], ...]:
        """The edges that a mixed feedback could take, but does not into the folded step, with their ways.

        While the drawing folds, each leaves the way of the edge that is taken for its own.
        """
        return tuple(
            (other, mixed_paths(self.lines.unfolded(edge), self._led_folded(other), self.gathered))
            for edge in self.front_edges
            for other in self._other_ways(edge)
        )

    def _other_ways(self, edge: Edge) -> tuple[Edge, ...]:
        mixed = edge.weight in self.mixed
        return other_ways(self.graph.network, edge, self.places) if mixed else ()

    # Along edges.

    def path(self, edge: Edge) -> Path:
        """The way of an edge from the rim of its source to the rim of its target."""
        unfolded = self.lines.unfolded(edge)
        return unfolded if self.fold == 0 else mixed_paths(unfolded, self._led_folded(edge), self.gathered)

    def label(self, edge: Edge) -> Label | None:
        """Where the edge's parameter is named."""
        c, key = self.lines.known.of(edge), key_of(self, edge)
        text = self.written[c]
        if not text or (self.wide(edge) and not self._drawn(edge.target)):
            return None
        spots, room = self._folded_spots if self.fold > 0.5 else self._unfolded_spots
        # An initial signal that has no step to pass through is led as what takes its place later.
        if key not in spots:
            key = next(k for k in spots if (k[0].target, k[0].weight) == (c.target, c.weight))
        spot = spots[key]
        path = self.path(edge)
        at, (dx, dy) = spot.on(path), spot.heading(path)
        side = spot.side
        if self.fold <= 0.5 and self.lines.lanes.unfolded.routes[c].slanting:
            side = above(dx, dy, right=c.lag > 0)
        other_side = -1.0 if side.y * dx - side.x * dy > 0 else 1.0
        beside_delay = self.fold > 0.5 and self.delayed(edge) and not self.tree
        return Label(text, at, side, other_side, room[key], beside_delay)

    def on_one_line(self, edge: Edge) -> tuple[Edge, ...]:
        """The edges that lead along the same line, itself included."""
        near = self.edges_into(self.index(edge.target))
        return tuple(e for e in near if (e.source, e.target) == (edge.source, edge.target))

    def gradient_side(self, edge: Edge) -> float:
        """On which side of an edge, seen along it, its gradient comes back: −1 left, 1 right, where no name stands."""
        label = self.label(edge)
        if label is None and not self.wide(edge):
            label = next(filter(None, map(self.label, self.on_one_line(edge))), None)  # of several, one has a name
        return -1.0 if label is None else label.other_side

    @property
    def _unfolded_spots(self) -> tuple[Mapping[Key, Spot], Mapping[Key, float]]:
        if self._kept.unfolded_spots is None:
            self._kept.unfolded_spots = unfolded_spots(self.at(0.0, 1))
        return self._kept.unfolded_spots

    @property
    def _folded_spots(self) -> tuple[Mapping[Key, Spot], Mapping[Key, float]]:
        if self._kept.folded_spots is None:
            self._kept.folded_spots = folded_spots(self.at(1.0, self.front))
        return self._kept.folded_spots

    def _drawn(self, vertex: Vertex) -> bool:
        index = self.index(vertex)
        return index is None or vertex in self.lines.outside or self.steps.drawn(index)

    def tag(self, edge: Edge, name: str) -> Rect:
        """The small box on an edge for an undrawn node that it passes through: an arg-max, a draw, a switch."""
        tags, apart = self.tagged(edge), self._tag_share(edge, folded=False)
        share = apart + (self._tag_share(edge, folded=True) - apart) * self.gathered if self.gathered else apart
        return tag(self.path(edge), share, tags.index(name), len(tags))

    def _tag_share(self, edge: Edge, folded: bool) -> float:
        key = edge, self.front if folded else 0
        if key not in self._kept.tag_shares:
            led = self._led_folded if folded else self.lines.unfolded
            near = self.front_edges if folded else self.edges_into(self.index(edge.target))
            others = [led(o) for o in near if (o.target.name, o.weight) != (edge.target.name, edge.weight)]
            self._kept.tag_shares[key] = share_clear(led(edge), len(self.tagged(edge)), others)
        return self._kept.tag_shares[key]

    def _led_folded(self, edge: Edge) -> Path:
        return self.lines.folded(self.lines.known.of(edge))

    def tagged(self, edge: Edge) -> tuple[str, ...]:
        """The undrawn nodes on the way of an edge that get a small box."""
        return tuple(name for name in edge.through if self.graph.network.node(name).row is None)

    def delay(self, edge: Edge) -> Point | None:
        """Where the folded drawing has its square: the delay on an edge that crosses time, as none of a tree does."""
        if self.tree or not self.delayed(edge):
            return None
        return self.delay_on(edge, self.path(edge))

    def delay_on(self, edge: Edge, path: Path) -> Point:
        """Where the square is on the way of an alternative."""
        return path.along(self.lines.delay_share(self.lines.known.of(edge)))

    # Bounds.

    @cached_property
    def bounds(self) -> Rect:
        """Everything, with no margin."""
        if self._kept.sides is None:
            self._kept.sides = unfolded_sides(self), folded_sides(self)
        share, sides = self.gathered, zip(*self._kept.sides, strict=True)
        left, right = (p + (q - p) * share for p, q in sides)
        # A tree folds down to where its leaves stand.
        above = share * max((max(s.lifts, default=0.0) for s in self.arrangement.segments), default=0.0)
        return Rect(left, above, right - left, self.height - above)
