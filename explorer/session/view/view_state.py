"""Work out what the drawing shows at a cursor: what is known, what is computed now and from what, what is picked out.

`view_state` is a pure function to plain frozen data.
"""

from functools import cached_property

from msgspec import Struct

from explorer.architectures import architectures
from explorer.graph.analyse.events import Event, Kind
from explorer.graph.equation import Equation, Role
from explorer.graph.unfold import Edge, Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.view.timetable import Highlight, Timetable, timetable
from explorer.session.viewing import OtherNetwork, Selection, View
from explorer.wording import listed


class VertexView(Struct, frozen=True):
    """How one node is shown. `value_read` and `gradient_read`: it is an operand of the current event."""

    value: bool
    gradient: bool
    current: bool
    value_read: bool
    gradient_read: bool
    dimmed: bool
    selected: bool
    hovered: bool
    edited: bool
    """It was changed by hand."""
    held: bool
    """It is held by hand, as a whole or some of its units."""
    on_path: bool
    """The path of a gradient leads through it."""
    apart: bool
    """Its numbers differ from those in the graph beside."""
    says_other: bool
    """It is an output that names another symbol there."""

    @property
    def operand(self) -> bool:
        return self.value_read or self.gradient_read


class EdgeView(Struct, frozen=True):
    """How one edge is shown. `backward`: a gradient has come back over it; `cut`: its gradient ended here.

    `forward_now` and `backward_now` say that the current event uses it; `lit`, that it is a copy of the parameter
    picked out; `on_path`, that the path of a gradient leads over it.
    """

    carried: bool
    forward_now: bool
    backward: bool
    backward_now: bool
    cut: bool
    lit: bool
    dimmed: bool
    on_path: bool
    apart: bool
    """The graph beside has it not, or its gradient goes on in one of both alone."""


class Apart(Struct, frozen=True):
    """What differs from the graph beside, which is of `other`, if there is one.

    `says_other`: outputs that name another symbol there.
    """

    other: Shown | None = None
    vertices: frozenset[Vertex] = frozenset()
    says_other: frozenset[Vertex] = frozenset()
    edges: frozenset[Edge] = frozenset()

    @property
    def columns(self) -> set[int]:
        """The columns in which something differs."""
        ends = {vertex.t for edge in self.edges for vertex in (edge.source, edge.target)}
        return ends | {vertex.t for vertex in self.vertices}


class ViewState(Struct, frozen=True, dict=True):
    """What the graph shows of a `view`. `timetable` holds the graph drawn; two are equal only of the same numbers."""

    shown: Shown
    timetable: Timetable
    view: View
    hover: Selection
    event: Event | None
    caption: str
    current: Vertex | None
    """The drawn vertex that the current event computes; where it is not drawn, the one that stands for it."""
    values: frozenset[Vertex]
    gradients: frozenset[Vertex]
    """The vertices, drawn or not, whose values and whose gradients the current equation reads."""
    forward_now: frozenset[Edge]
    backward_now: frozenset[Edge]
    path: Highlight | None
    """What lights up of the path from a loss back to a state, with all else dimmed; None: no path is looked at."""
    apart: Apart = Apart()

    @property
    def cursor(self) -> int:
        return self.view.cursor

    @property
    def selection(self) -> Selection:
        return self.view.selection

    @property
    def beside(self) -> bool:
        """Whether the folded graph is drawn beside this one, if this is not folded too."""
        return shows_both(self.shown, self.view) and self.view.fold < 1.0

    @property
    def column(self) -> int | None:
        """The step of the current event."""
        return None if self.event is None else self.event.t

    @property
    def front(self) -> int:
        """The step that the folded drawing shows: where a path begins, else that of the latest event at a step."""
        output = self.timetable.graph.network.output
        if self.path is not None and output is not None:
            losses = [vertex.t for vertex in self.path.vertices if vertex.name == output.loss]
            if losses:
                return losses[0]
        events = self.shown.events
        latest = next((t for i in range(self.cursor, 0, -1) if (t := events[i - 1].t) is not None), 1)
        return min(max(latest, 1), self.shown.trace.last)

    @property
    def picked_parameter(self) -> str | None:
        """The parameter whose copies light up: the one under the pointer, else the selected one."""
        return next((p for p in (self.hover, self.selection) if isinstance(p, str)), None)

    def value_known(self, vertex: Vertex) -> bool:
        return self.timetable.value_at.get(vertex, self.cursor + 1) <= self.cursor

    def gradient_known(self, vertex: Vertex) -> bool:
        return self.timetable.gradient_at.get(vertex, self.cursor + 1) <= self.cursor

    def vertex(self, vertex: Vertex) -> VertexView:
        """How a drawn vertex is shown, or the tag of one that is not."""
        current = vertex == self.current
        value_read, gradient_read = vertex in self._read[0], vertex in self._read[1]
        on_path = self.path is not None and vertex in self.path.vertices
        return VertexView(
            value=self.value_known(vertex),
            gradient=self.gradient_known(vertex),
            current=current,
            value_read=value_read,
            gradient_read=gradient_read,
            dimmed=not on_path if self.path else self.dims and not (current or value_read or gradient_read),
            selected=vertex == self._selected,
            hovered=vertex == self.hover,
            edited=bool(self.edits_of(vertex)),
            held=any(one in self.shown.edited.held for one in self.edits_of(vertex)),
            on_path=on_path,
            apart=vertex in self.apart.vertices,
            says_other=vertex in self.apart.says_other,
        )

    def edits_of(self, vertex: Vertex) -> tuple[Vertex, ...]:
        """What was changed by hand of all that a drawn vertex shows: itself, or what is inside a closed cell."""
        return self._edited.get(vertex, ())

    @property
    def edited_places(self) -> tuple[Vertex, ...]:
        """The drawn vertices at which something was changed by hand."""
        return tuple(self._edited)

    @cached_property
    def _edited(self) -> dict[Vertex, tuple[Vertex, ...]]:
        found: dict[Vertex, tuple[Vertex, ...]] = {}
        for vertex in sorted(self.shown.edited.vertices):
            # Initial states have places of their own, and what waits for test time has none yet.
            here = vertex.t >= 1 and vertex in self.timetable.value_at
            place = self.timetable.stands_for(vertex) if here else vertex
            found[place] = (*found.get(place, ()), vertex)
        return found

    def edited_parameter(self, name: str) -> bool:
        """Whether entries of a parameter were changed by hand."""
        return name in self.shown.edited.entries

    def carries(self, edge: Edge) -> bool:
        """Whether a value has come over an edge."""
        return self.value_known(edge.source) and self.value_known(edge.target)

    def edge(self, edge: Edge) -> EdgeView:
        forward, backward = edge in self.forward_now, edge in self.backward_now
        lit = edge.weight is not None and edge.weight == self.picked_parameter
        on_path = self.path is not None and edge in self.path.edges
        return EdgeView(
            carried=self.carries(edge),
            forward_now=forward,
            backward=self.timetable.backward_at.get(edge, self.cursor + 1) <= self.cursor,
            backward_now=backward,
            cut=self.timetable.cut_at.get(edge, self.cursor + 1) <= self.cursor,
            lit=lit,
            dimmed=not (on_path or lit) if self.path else self.dims and not (forward or backward or lit),
            on_path=on_path,
            apart=edge in self.apart.edges,
        )

    def goes_on(self, old: "ViewState") -> bool:
        """Whether this is the same drawing as before, with the same numbers and colours."""
        same = self.shown is old.shown and self.timetable is old.timetable
        return same and self.apart.other is old.apart.other

    @property
    def dims(self) -> bool:
        """Whether all but the current computation, or but the path of a gradient, is dimmed."""
        return self.path is not None or (self.view.slow_motion and self.event is not None)

    @property
    def columns_now(self) -> frozenset[int]:
        """The columns in which the current event and its operands stand."""
        vertices = {*self._read[0], *self._read[1]} | ({self.current} if self.current else set())
        edges = {v for e in (*self.forward_now, *self.backward_now) for v in (e.source, e.target)}
        columns = {vertex.t for vertex in vertices | edges}
        return frozenset(columns if self.column is None else columns | {self.column})

    @cached_property
    def _selected(self) -> Vertex | None:
        """What shows the node that is selected."""
        return self.timetable.stands_for(self.selection) if isinstance(self.selection, Vertex) else None

    @cached_property
    def _read(self) -> tuple[frozenset[Vertex], frozenset[Vertex]]:
        """The operands as they are drawn."""
        stands_for = self.timetable.stands_for
        return frozenset(map(stands_for, self.values)), frozenset(map(stands_for, self.gradients))


def shows_both(shown: Shown, view: View) -> bool:
    """Whether the folded graph is wanted beside the unfolded one; it gives way to a companion."""
    if view.companion is not None:
        return False
    return shown.architecture.circuit if view.beside is None else view.beside


def has_cells(shown: Shown, view: View) -> bool:
    """Whether there are cells to open, in this graph or in that of another network beside it."""
    beside = architectures().get(view.companion.network) if isinstance(view.companion, OtherNetwork) else None
    return bool(shown.architecture.cells or (beside and beside.cells))


def view_state(shown: Shown, view: View, hover: Selection = None) -> ViewState:
    """What the graph shows after `view.cursor` events, 0 … len(shown.events), of which the last is the current one.

    A path that is not in the sequence lights nothing up. `hover` is what is under the pointer.
    """
    cursor, table = view.cursor, timetable(shown, view.show_a, closed=not view.open_cells)
    event = shown.events[cursor - 1] if cursor else None
    equation = shown.equation(event) if event else None
    factors = [factor for term in equation.terms for factor in term.factors] if equation else []
    vertex, kind = (event.vertex, event.kind) if event else (None, None)
    return ViewState(
        shown=shown,
        timetable=table,
        view=view,
        hover=hover,
        event=event,
        caption=_caption(shown, cursor, equation),
        current=table.stands_for(vertex) if vertex else None,
        # ŷ − 1_y is a gradient too, but is read off the value of ŷ.
        values=frozenset(f.vertex for f in factors if f.vertex and f.role is not Role.GRADIENT),
        gradients=frozenset(f.vertex for f in factors if f.vertex and f.role is Role.GRADIENT),
        forward_now=frozenset(table.forward_edges(vertex) if vertex and kind is Kind.VALUE else ()),
        backward_now=frozenset(table.gradient_edges(vertex) if vertex and kind is Kind.GRADIENT else ()),
        path=table.path(*view.path) if view.path else None,
    )


def _caption(shown: Shown, cursor: int, equation: Equation | None) -> str:
    count, batch = len(shown.events), shown.trace.mini_batch
    if equation is None and batch is not None:
        first = (
            tr("one sequence")
            if batch.size == 1
            else tr("{batch} sequences, of which the first is shown", batch=batch.size)
        )
        return tr(
            "Iteration {iteration:,} takes a mini-batch of {first}: {count} events to come.",
            iteration=batch.iteration,
            first=first,
            count=count,
        )
    if equation is None:
        signature = shown.architecture.signature
        given = [tr("the inputs")] * bool(signature.inputs) + [tr("the targets")] * (signature.target is not None)
        before = tr("{given} are given, ", given=listed(given)) if given else ""
        return tr("{count} events to come: {before}nothing is computed yet.", count=count, before=before)
    if batch is None:
        return tr("Event {cursor} of {count} · {caption}", cursor=cursor, count=count, caption=equation.caption)
    of = "" if batch.size == 1 else tr(", sequence 1 of {batch}", batch=batch.size)
    return tr(
        "Iteration {iteration:,}{of} · {cursor} of {count} · {caption}",
        iteration=batch.iteration,
        of=of,
        cursor=cursor,
        count=count,
        caption=equation.caption,
    )
