"""Say what stood in a place before it was edited by hand, and what was computed there."""

from functools import lru_cache

import numpy as np
from msgspec.structs import replace

from explorer.graph.arrays import Array, Index
from explorer.graph.output import Target
from explorer.graph.unfold import Vertex
from explorer.session.document import Shown, seeded_parameters, show
from explorer.session.edited import edited
from explorer.session.edits import Edit


def original_value(shown: Shown, vertex: Vertex) -> Array:
    """The value (n,) of an input, target or initial state without the edits of it.

    Other edits stay: the target that follows from an edited input is the one to go back to.
    """
    return _without(shown, vertex).trace.value(vertex.name, vertex.t)


def original_entry(shown: Shown, name: str, index: Index) -> float:
    """An entry of a parameter before it was edited."""
    before = shown.theta
    if before is None:
        before = seeded_parameters(shown.document, shown.architecture, shown.sizes)
    return float(before[name][index])


def computed_before(shown: Shown, vertex: Vertex | None) -> Array | None:
    """What was computed without any edit by hand: a node's value (n,), or for None the total loss (1,).

    None if there are no edits, or if they change nothing here.
    """
    if not shown.document.edits:
        return None
    now, before = (_computed(one, vertex) for one in (shown, _without(shown, None)))
    return None if np.array_equal(now, before, equal_nan=True) else before


def answers_changed(shown: Shown) -> tuple[int, ...]:
    """The steps at which the network answers otherwise with the edits by hand: another symbol, or a bit turned over."""
    output = shown.network.output
    if output is None or not shown.document.edits or output.kind.target is Target.NUMBERS:
        return ()
    now, before = (one.trace.values[output.prediction][:, 0] for one in (shown, _without(shown, None)))
    if output.kind.target is Target.SYMBOLS:
        apart = now.argmax(1) != before.argmax(1)
    else:
        apart = ((now > 0.5) != (before > 0.5)).any(1)
    return tuple(t for t, other in zip(shown.trace.steps(output.prediction), apart, strict=True) if other)


def _computed(shown: Shown, vertex: Vertex | None) -> Array:
    return np.array([shown.trace.loss]) if vertex is None else shown.trace.value(vertex.name, vertex.t)


@lru_cache(maxsize=1)
def _without(shown: Shown, vertex: Vertex | None) -> Shown:
    """What is shown without the edits of a vertex, or without any; the last is kept, for it is asked for again."""
    document, others = shown.document, list[Edit]()
    if vertex is not None:
        others = [e for e in document.edits if vertex not in edited(document, (e,)).vertices]
    return show(replace(document, edits=tuple(others)), shown.theta)
