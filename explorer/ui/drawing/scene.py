"""Gather what a painter of the graph needs: geometry, view, theme, the limits of the colour maps, and the detail."""

from collections import Counter
from enum import IntEnum
from functools import cached_property
from math import floor, log10

import numpy as np
from msgspec import Struct

from explorer.drawing.drawn_graph import Geometry
from explorer.drawing.layout import COLUMN
from explorer.drawing.places import Shape
from explorer.graph.arrays import Array
from explorer.graph.output import Target
from explorer.graph.unfold import Vertex
from explorer.session.document import Shown
from explorer.session.view.view_state import ViewState
from explorer.ui.drawing.caption import role_of
from explorer.ui.look.colour import symmetric_limit
from explorer.ui.look.theme import Shades, Theme

FAR, BLOCKS, NAMES = 24.0, 44.0, 94.0
"""Below so many pixels a column, rows become heat maps over time; nodes blocks without names; names give way."""


FEW_SYMBOLS = 6
"""With so many, bars of probabilities are read best against the whole of 1."""


class Detail(IntEnum):
    """How much of a node is painted at a zoom."""

    FAR = 0
    BLOCKS = 1
    FULL = 2


class Scales(Struct, frozen=True):
    """The limits of the colour maps: of values by node, of gradients for all, so that vanishing ones are seen to.

    The limit of probabilities is the height of their bars: 1, or less where many symbols share it.
    """

    values: dict[str, float]
    gradient: float
    loss: float

    @staticmethod
    def shared(shown: Shown, other: Shown | None) -> "Scales":
        """Limits by which the colours of one graph can be compared with those of the other beside it."""
        own = Scales.of(shown)
        if other is None:
            return own
        theirs = Scales.of(other)
        values = {name: max(limit, theirs.values.get(name, 0.0)) for name, limit in own.values.items()}
        return Scales(values, max(own.gradient, theirs.gradient), max(own.loss, theirs.loss))

    @staticmethod
    def of(shown: Shown) -> "Scales":
        trace = shown.trace
        values = {
            name: rounded_up(symmetric_limit(array, trace.initial.get(name, 0.0)))
            for name, array in trace.values.items()
        }
        output = shown.network.output
        if output is None:
            return Scales(values, 1.0, 1.0)
        if output.prediction != output.logits and shown.sizes["n_y"] <= FEW_SYMBOLS:
            values[output.prediction] = 1.0
        gradients = [array for name, array in trace.gradients.items() if name != output.loss]
        outside = trace.initial_gradients | trace.final_gradients
        gradients += [array for name, array in outside.items() if name in shown.architecture.states]
        return Scales(values, rounded_up(symmetric_limit(*gradients)), symmetric_limit(trace.values[output.loss]))


class Scene(Struct, frozen=True, dict=True):
    """What is painted. `geometry` is of the graph of `view`; `moving` is how far values have travelled along edges.

    With `transparent` it has no ground, nor have letters one of their own; with `handled` it can be clicked, and shows
    where.
    """

    view: ViewState
    geometry: Geometry
    theme: Theme
    scales: Scales
    moving: float = 1.0
    transparent: bool = False
    handled: bool = True

    @property
    def shown(self) -> Shown:
        return self.view.shown

    @cached_property
    def logits(self) -> str | None:
        """The name of the node that the prediction is made of."""
        return self.shown.network.logits

    @cached_property
    def alike(self) -> object:
        """What the looks of all nodes and edges depend on, whatever the numbers."""
        view = self.view
        return view.timetable, self.shown.task, view.picked_parameter, sorted(self.shown.edited.entries)

    @property
    def accent(self) -> Shades:
        """The colours of the phase of the current event."""
        return self.theme.role(role_of(self.view.event))

    @cached_property
    def side_by_side(self) -> frozenset[str]:
        """The nodes that share their row of boxes with others."""
        boxes = [place for place in self.geometry.places.values() if not place.round]
        row = Counter((place.segment, place.row) for place in boxes)
        return frozenset(place.name for place in boxes if row[place.segment, place.row] > 1)

    @cached_property
    def now(self) -> int | None:
        """Which of all columns the current event is in; None before the first, and where it stands alone or outside."""
        vertex = self.view.event.vertex if self.view.event is not None else None
        return None if vertex in self.shown.graph.boundary else self.nearest

    @property
    def nearest(self) -> int | None:
        """The column that the current event is in or beside."""
        vertex = self.view.event.vertex if self.view.event is not None else None
        if vertex is None:
            return self.view.column
        steps = self.shown.trace.steps(vertex.name)
        return self.geometry.index(Vertex(vertex.name, min(max(vertex.t, steps[0]), steps[-1])))

    def squeezed(self, sx: float) -> bool:
        """Whether columns are too narrow to name what stands in circles."""
        return self._narrowest * sx < NAMES and self.geometry.fold < 0.5 and not self.geometry.tree

    def detail(self, sx: float) -> Detail:
        """What a column of this many pixels a unit has room for."""
        if self.geometry.pitch * sx < FAR and not self.geometry.tree:  # of which there are no rows over time
            return Detail.FAR
        return Detail.BLOCKS if self._narrowest * sx < BLOCKS else Detail.FULL

    @property
    def _narrowest(self) -> float:
        """The width of a column that has one box beside another; where several stand side by side, they count alone."""
        return min(self.geometry.pitch, COLUMN)

    def together(self, weight: str | None) -> tuple[str, ...]:
        """The weights that are drawn on one line with this one, itself included."""
        return () if weight is None else self.view.timetable.together.get(weight, (weight,))

    def value(self, vertex: Vertex) -> Array:
        """The value of a drawn vertex, (n,); of a state before the first step, what is read there."""
        trace = self.shown.trace
        if vertex.t >= 1 or vertex.name in trace.initial:
            return trace.value(vertex.name, vertex.t)
        return trace.value(self.original(vertex).name, vertex.t)

    def said(self, vertex: Vertex) -> str:
        """An input or a target as a person writes it."""
        return self.shown.said(vertex.name, self.value(vertex))

    def loss_weight(self, vertex: Vertex) -> float:
        """w(t), by which the loss of this vertex counts."""
        trace = self.shown.trace
        weights = trace.batch.loss_weights
        return 1.0 if weights is None else float(weights[vertex.t - trace.loss_steps[0], 0])

    def original(self, vertex: Vertex) -> Vertex:
        """The vertex whose initial state is drawn here: an undrawn feedback node has it in its source's place."""
        if vertex in self.shown.graph.boundary or vertex.t >= 1:
            return vertex
        drawn = set(self.view.timetable.graph.boundary)
        hidden = [v for v in self.shown.graph.boundary if v.t == vertex.t and v not in drawn]
        return hidden[0] if hidden else vertex

    def symbol(self, vertex: Vertex) -> str:
        """The TeX of the node."""
        return self.shown.network.node(self.original(vertex).name).symbol

    def step(self, vertex: Vertex) -> str:
        """What is raised beside the symbol: the step, if there is one; folded only τ, for what exists only then."""
        if self.shown.network.node(vertex.name).span.timeless:
            return ""
        place = self.geometry.places.get(vertex.name)
        if self.geometry.fold > 0.5:
            return "τ" if place is not None and place.last_only else ""
        return str(vertex.t)

    def role(self, vertex: Vertex) -> Shades:
        """The colours of a node by its meaning."""
        place = self.geometry.places[vertex.name]
        match place.shape:
            case Shape.LOSS:
                return self.theme.loss
            case Shape.TARGET:
                return self.theme.target
        given = self.shown.network.node(vertex.name).given
        return self.theme.parameter if given else self.theme.forward

    def target_entries(self, t: int) -> tuple[int, ...]:
        """The units of the prediction that should be 1 at step t: that of the symbol, or those of the bits that are."""
        trace, output = self.shown.trace, self.shown.network.output
        if output is None or output.kind.target is Target.NUMBERS or t not in trace.loss_steps:
            return ()
        return tuple(np.flatnonzero(trace.value(output.target, t)).tolist())


_ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def rounded_up(limit: float) -> float:
    """The next number that a legend can name exactly in two figures."""
    limit = max(limit, 1e-300)  # below, powers of ten run out
    power = 10.0 ** floor(log10(limit))
    step = next(step for step in _ROUND if step * power >= limit * (1 - 1e-12))
    return float(f"{step * power:.2g}")
