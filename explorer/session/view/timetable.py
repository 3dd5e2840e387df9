"""Say after how many events each value, each gradient and each backward arrow of the drawing is there."""

from collections import deque
from functools import cached_property

import numpy as np
from msgspec import Struct, field

from explorer.graph.analyse.events import Event, Kind
from explorer.graph.analyse.gradient_flow import GradientFlow
from explorer.graph.arrays import Array
from explorer.graph.cells import inside_cells
from explorer.graph.drawn import drawn
from explorer.graph.operations.base import DATA
from explorer.graph.schedule import sources
from explorer.graph.unfold import Edge, Graph, Vertex
from explorer.session.document import Shown
from explorer.session.reach.path import path_edges


class Highlight(Struct, frozen=True):
    """A part of the drawing that lights up."""

    vertices: frozenset[Vertex] = frozenset()
    edges: frozenset[Edge] = frozenset()


class Timetable(Struct, frozen=True, eq=False, dict=True):
    """What is drawn of the `whole` graph, and the cursor from which on each part of it is known, whatever the numbers.

    `value_at` and `gradient_at` also hold the vertices that are not drawn; those that never get one are absent.
    `backward_at` says when a gradient has come back over an edge, `cut_at` when it turned out that none does.
    """

    whole: Graph
    events: tuple[Event, ...]
    graph: Graph
    closed: bool
    _steps: dict[tuple[str, bool], Array] = field(default_factory=dict)
    _paths: dict[tuple[int, int, str], Highlight | None] = field(default_factory=dict)

    @cached_property
    def columns(self) -> frozenset[int]:
        """All that things are drawn in, with those at either end; a tree has more than its sequence has steps."""
        return frozenset(range(self.graph.T + 2)) | {vertex.t for vertex in self.graph.vertices}

    @cached_property
    def value_at(self) -> dict[Vertex, int]:
        found = dict.fromkeys(self.graph.boundary, 0) | dict.fromkeys(self.whole.boundary, 0)
        found |= {v: 0 for v in self.whole.vertices if self.whole.node(v).given}
        return found | self._events_of(Kind.VALUE)

    @cached_property
    def gradient_at(self) -> dict[Vertex, int]:
        return self._events_of(Kind.GRADIENT)

    @cached_property
    def first_gradient(self) -> int:
        """The cursor from which on any gradient is known, one after the last where none ever is."""
        return min(self.gradient_at.values(), default=len(self.events) + 1)

    @cached_property
    def backward_at(self) -> dict[Edge, int]:
        found: dict[Edge, int] = {}
        for vertex, at in self.gradient_at.items():
            for edge in self._back[vertex]:
                found.setdefault(edge, at)
        return found

    @cached_property
    def cut_at(self) -> dict[Edge, int]:
        """Edges of fed-back signals that let no gradient through: targets, arg-max, samples (fig. 10.6)."""
        found = {}
        for edge in self.graph.edges:
            if edge.lag and edge.stop not in (None, DATA) and edge.source.t >= 1:
                passed = [e.target for e in self.graph.leads_along(edge)]
                known = [self.gradient_at[v] for v in passed if v in self.gradient_at]
                if known:
                    found[edge] = max(known)
        return found

    @cached_property
    def cell_of(self) -> dict[str, str]:
        """The cell of each node that is inside a closed one."""
        return inside_cells(self.graph.network) if self.closed else {}

    @cached_property
    def together(self) -> dict[str, tuple[str, ...]]:
        """Of each weight drawn, those on one line with it, itself included: the gates' of a closed cell."""
        lines: dict[tuple[Vertex, Vertex], dict[str, None]] = {}
        for edge in self.graph.edges:
            if edge.weight is not None:
                lines.setdefault((edge.source, edge.target), {})[edge.weight] = None
        found: dict[str, dict[str, None]] = {}
        for line in lines.values():
            for weight in line:
                found.setdefault(weight, {}).update(line)
        return {weight: tuple(others) for weight, others in found.items()}

    def path(self, k: int, t: int, state: str | None = None) -> Highlight | None:
        """All that a gradient passes on its ways from L(k) back to step t of a state, as far as it gets.

        None where there is none, not even one that is cut. If no state is named it is the one that the output reads.
        """
        key = k, t, state or self.graph.network.state
        if key not in self._paths:
            edges = path_edges(self.graph, self.cell_of.get(key[2], key[2]), k, t)
            vertices = frozenset(v for edge in edges for v in (edge.source, edge.target))
            self._paths[key] = Highlight(vertices, edges) if edges else None
        return self._paths[key]

    def steps_of(self, name: str, gradient: bool = False) -> Array:
        """The cursors from which on the values, or the gradients, of a drawn node are known at each of its steps, (T,).

        T is the length of its own sequence, of which there may be two.
        """
        if (name, gradient) not in self._steps:
            at = self.gradient_at if gradient else self.value_at
            never = len(self.events) + 1
            last = max(vertex.t for vertex in self.whole.vertices if vertex.name == name)
            self._steps[name, gradient] = np.array([at.get(Vertex(name, t), never) for t in range(1, last + 1)])
        return self._steps[name, gradient]

    def host(self, vertex: Vertex) -> Vertex:
        """The drawn vertex that stands for this one: itself, or whom it belongs to where it is not drawn.

        What is inside a closed cell belongs to that; a pre-activation to the state computed from it at its step; a
        fed-back signal to what it is made of.
        """
        if vertex in self._drawn:
            return vertex
        if vertex.name in self.cell_of:
            return Vertex(self.cell_of[vertex.name], vertex.t)
        node, whole = self.graph.node(vertex), self.whole
        if node.row is None:
            before_first = vertex.t < 1
            return self.host(Vertex(sources(node)[0].name, vertex.t) if before_first else whole.into[vertex][0].source)
        return self.host(next(edge.target for edge in whole.out_of[vertex] if edge.target.t == vertex.t))

    def stands_for(self, vertex: Vertex) -> Vertex:
        """What shows this vertex: itself if it has a box, or a tag on an edge; else its host."""
        return vertex if vertex in self._tags else self.host(vertex)

    def edges_of(self, vertex: Vertex) -> tuple[Edge, ...]:
        """The drawn edges that start or end at a drawn vertex or at the host of one that is not."""
        host = self.host(vertex)
        return (*self.graph.into.get(host, ()), *self.graph.out_of.get(host, ()))

    def cuts_of(self, vertex: Vertex) -> tuple[Edge, ...]:
        """The edges found to be cut with the gradient of this vertex."""
        return tuple(edge for edge in self.graph.into.get(self.host(vertex), ()) if edge in self.cut_at)

    def forward_edges(self, vertex: Vertex) -> tuple[Edge, ...]:
        """The drawn edges over which the operands of this vertex arrive, but those that are drawn in the same place."""
        into = self.whole.into.get(vertex, ())
        return tuple(dict.fromkeys(leading for edge in into for leading in self._leading.get(edge, ())))

    def gradient_edges(self, vertex: Vertex) -> tuple[Edge, ...]:
        """The drawn edges over which the gradient of this vertex comes back, once or over one drawn node between."""
        return tuple(self._back.get(vertex, ()))

    @cached_property
    def _back(self) -> dict[Vertex, dict[Edge, None]]:
        """Of each vertex with a gradient the drawn edges over which it comes back; in one pass, as T may be 1,000."""
        whole, flow = self.whole, self.whole.once(GradientFlow)
        found: dict[Vertex, dict[Edge, None]] = {vertex: {} for vertex in self.gradient_at}
        for edge, leading in self._leading.items():
            if edge.source in found and flow.over(edge):
                found[edge.source].update(dict.fromkeys(leading))
        output = whole.network.output
        if output is not None:  # what a softmax and its loss are made of together
            for loss in (vertex for vertex in whole.vertices if vertex.name == output.loss):
                logits = Vertex(output.logits, loss.t)
                found[logits].update(dict.fromkeys(self._way(self.host(logits), self.host(loss))))
        return found

    @cached_property
    def _leading(self) -> dict[Edge, list[Edge]]:
        """The drawn edges that lead along each edge of the whole graph that has not both its ends drawn as one."""
        found: dict[Edge, list[Edge]] = {}
        for leading in self.graph.edges:
            for edge in self.graph.leads_along(leading):
                if self.stands_for(edge.source) != self.stands_for(edge.target):
                    found.setdefault(edge, []).append(leading)
        return found

    def _way(self, source: Vertex, target: Vertex) -> list[Edge]:
        direct = [edge for edge in self.graph.out_of.get(source, ()) if edge.target == target]
        if direct or source == target:
            return direct
        return [
            edge
            for first in self.graph.out_of.get(source, ())
            for second in self.graph.out_of.get(first.target, ())
            if second.target == target
            for edge in (first, second)
        ]

    def _events_of(self, kind: Kind) -> dict[Vertex, int]:
        return {e.vertex: i for i, e in enumerate(self.events, 1) if e.kind is kind and e.vertex is not None}

    @cached_property
    def _drawn(self) -> frozenset[Vertex]:
        return frozenset(self.graph.vertices) | frozenset(self.graph.boundary)

    @cached_property
    def _tags(self) -> frozenset[Vertex]:
        rows = {node.name: node.row for node in self.graph.network.nodes}
        return frozenset(
            Vertex(name, edge.source.t) for edge in self.graph.edges for name in edge.through if rows[name] is None
        )


_recent: deque[Timetable] = deque(maxlen=4)


def timetable(shown: Shown, optional: bool = False, closed: bool = False) -> Timetable:
    """The timetable of what is shown, with the optional nodes drawn or not, and its cells open or closed.

    The latest few are kept: the same one comes back while only numbers change.
    """
    closed = closed and bool(shown.architecture.cells)
    graph = drawn(shown.graph, optional, closed)
    for known in _recent:
        if known.graph is graph and known.events == shown.events:
            return known
    made = Timetable(shown.graph, shown.events, graph, closed)
    _recent.append(made)
    return made
