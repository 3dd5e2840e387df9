"""Compare two graphs on one cursor: `Compared` knows which numbers differ, and which is the first."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.analyse.events import Event, Kind
from explorer.graph.arrays import Array
from explorer.graph.output import Target
from explorer.graph.unfold import Vertex
from explorer.session.companion.matching import Partners, matched, partners
from explorer.session.document import Shown

RELATIVE, ABSOLUTE = 1e-9, 1e-12
"""What two numbers may differ by for rounding alone: by less they are the same."""


class Compared(Struct, frozen=True, eq=False, dict=True):
    """The graph that is worked on, and the one beside it.

    Between two networks only what the task gives and judges is compared: units of their states have nothing in common.
    """

    left: Shown
    right: Shown

    @cached_property
    def partners(self) -> Partners:
        """What on the right belongs to something on the left."""
        return partners(self.left.trace, self.right.trace)

    @cached_property
    def cursors(self) -> tuple[int, ...]:
        """The cursor on the right for each on the left."""
        return matched(self.left.events, self.right.events, self.partners)

    @property
    def one_network(self) -> bool:
        """Whether both are the same network, with other weights or at another time."""
        return self.left.architecture.id == self.right.architecture.id

    @cached_property
    def comparable(self) -> frozenset[str]:
        """The nodes, of one name on both sides, whose numbers are compared."""
        both = frozenset(name for name, other in self.partners.names.items() if name == other)
        if self.one_network:
            return both
        output = self.left.network.output
        judged = {output.prediction, output.loss} if output else set()
        return both & (judged | {node.name for node in self.left.network.nodes if node.given})

    @cached_property
    def values(self) -> frozenset[Vertex]:
        """The nodes on the left whose values differ."""
        return self._apart(self.left.trace.values, self.right.trace.values)

    @cached_property
    def gradients(self) -> frozenset[Vertex]:
        """The nodes on the left whose gradients differ."""
        return self._apart(self.left.trace.gradients, self.right.trace.gradients)

    @cached_property
    def symbols(self) -> frozenset[Vertex]:
        """The outputs that name another symbol, or other bits."""
        output = self.left.network.output
        if output is None or output.prediction not in self.comparable:
            return frozenset()
        found = (v for v in self.values if v.name == output.prediction)
        return frozenset(v for v in found if symbol(self.left, v) != symbol(self.right, self.partners.vertex(v)))

    @property
    def losses_differ(self) -> bool:
        """Whether the losses of the whole sequence do."""
        return not _close(np.array([self.left.trace.loss]), np.array([self.right.trace.loss]))

    @cached_property
    def first(self) -> int | None:
        """The cursor on the left after the first event that leads to another number; None if none does."""
        here = set(self.right.events)
        for cursor, event in enumerate(self.left.events, 1):
            if self.partners.event(event) in here and self._differs(event):
                return cursor
        return None

    def _differs(self, event: Event) -> bool:
        vertex = event.vertex
        match event.kind:
            case Kind.VALUE:
                return vertex in self.values
            case Kind.GRADIENT:
                return vertex in self.gradients
            case Kind.TOTAL_LOSS:
                return self.losses_differ
            case _:
                return False  # follows from what came before

    def _apart(self, left: Mapping[str, Array], right: Mapping[str, Array]) -> frozenset[Vertex]:
        found = set[Vertex]()
        for name in self.comparable & left.keys() & right.keys():
            steps, others = self.left.trace.steps(name), self.right.trace.steps(name)
            shift = self.partners.vertex(Vertex(name, steps.start)).t - steps.start
            start, stop = max(steps.start, others.start - shift), min(steps.stop, others.stop - shift)
            one = left[name][start - steps.start : stop - steps.start, 0]
            other = right[name][start + shift - others.start : stop + shift - others.start, 0]
            if one.shape == other.shape:
                found.update(Vertex(name, start + int(row)) for row in np.flatnonzero(~_close(one, other)))
        return frozenset(found)


def symbol(shown: Shown, vertex: Vertex) -> str:
    """The symbol, or the bits, that an output names; "" where it gives numbers."""
    output, value = shown.network.output, shown.trace.value(vertex.name, vertex.t)
    kind = output.kind.target if output else Target.NUMBERS
    if kind is Target.SYMBOLS:
        labels = shown.labels(shown.network.node(vertex.name).size)
        return labels[int(value.argmax())] if labels else str(int(value.argmax()))
    return "".join("1" if bit > 0.5 else "0" for bit in value) if kind is Target.BITS else ""


def _close(one: Array, other: Array) -> NDArray[np.bool_]:
    """Whether rows (…, n) are the same but for rounding: (…)."""
    return np.asarray(np.isclose(one, other, RELATIVE, ABSOLUTE, equal_nan=True).all(-1))
