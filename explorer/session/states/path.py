"""Place the sequence that is shown in a plane of its states, and frame what is seen there."""

from itertools import pairwise

import numpy as np

from explorer.graph.arrays import Array
from explorer.session.document import Shown
from explorer.session.states.plane import Plane

FLATTEST = 1 / 3
"""The height of the frame is at least this share of its width, and the other way round."""


def path_of(shown: Shown, state: str, plane: Plane) -> dict[int, Array]:
    """The place of each step of the sequence that is shown, in the order in which they are computed."""
    return {t: plane.project(shown.trace.value(state, t)) for t in _order(shown, state)}


def links_of(shown: Shown, state: str) -> tuple[tuple[int, int], ...]:
    """From which step to which something is handed on: along the sequence, or from children to their parent."""
    tree = shown.trace.network.tree
    if shown.network.node(state).span.tree and tree is not None:
        return tuple(tree.parents.items())
    return tuple(pairwise(_order(shown, state)))


def _order(shown: Shown, state: str) -> range:
    """The steps of a state as they are computed, after the one that is there from the start, if one is read."""
    last = shown.trace.steps(state)[-1]
    if state in shown.trace.final:
        return range(last + 1, 0, -1)
    return range(0 if state in shown.trace.initial else 1, last + 1)


def framed(places: Array) -> tuple[Array, Array]:
    """The middle and the half sides of a frame round places (N, 2).

    The sides are rounded up to steps of a fifth, lest a picture grows and shrinks at each update.
    """
    known = places[np.isfinite(places).all(1)]
    if not len(known):
        return np.zeros(2), np.ones(2)
    low, high = known.min(0), known.max(0)
    half = np.maximum(1.12 * (high - low) / 2, 1e-6)
    half = 2.0 ** (np.ceil(4 * np.log2(half)) / 4)
    return (low + high) / 2, np.maximum(half, FLATTEST * half.max())
