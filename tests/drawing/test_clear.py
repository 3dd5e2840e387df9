"""No network's drawing has anything on, or anything through, what is not its own: unfolded, folded, half-way boxes."""

from itertools import product

import pytest

from explorer.architectures import architectures
from explorer.drawing.drawn_graph import Geometry
from explorer.drawing.layout import layout
from explorer.drawing.steps import every, shortened
from explorer.graph.architecture import Architecture
from explorer.graph.drawn import drawn
from explorer.graph.feedback import FEEDBACKS, TEACHER_FORCING, connect
from explorer.graph.unfold import unfold
from tests.oracles.declarations import DYNAMICAL_SYSTEM, EVERY_DECLARATION, FED_GATE, RECURSIVE, WITHOUT_OUTPUT
from tests.oracles.drawing_check import boxes_apart, faults

NETWORKS = (*architectures().values(), *EVERY_DECLARATION, DYNAMICAL_SYSTEM, FED_GATE, WITHOUT_OUTPUT, RECURSIVE)
SIZES = {"n_x": 2, "n_h": 3, "n_y": 2, "n_v": 2, "n_z": 2, "T_x": 4}
LENGTHS = (1, 3, 30)


def drawings(architecture: Architecture, T: int, about: int | None = None) -> list[Geometry]:
    """The drawing of every feedback, with optional nodes and without, cells open and closed.

    With `about`, the middle is left out, and so are optional nodes, which stand there as in short sequences.
    """
    feedbacks = list(FEEDBACKS.values()) if architecture.takes_feedback else [None]
    if T != 3:
        feedbacks = [TEACHER_FORCING] if architecture.takes_feedback else [None]
    found = []
    closed = (False, True) if architecture.cells else (False,)
    for feedback, optional, shut in product(feedbacks, (False, True) if about is None else (False,), closed):
        mask = tuple(t % 2 == 0 for t in range(T)) if feedback and feedback.mixed else None
        graph = drawn(unfold(connect(architecture, feedback), T, mask, SIZES), optional, shut)
        found.append(layout(graph, SIZES, steps=every(T) if about is None else shortened(T, about)))
    return found


every_network = pytest.mark.parametrize("network", NETWORKS, ids=[network.id for network in NETWORKS])


@every_network
def test_nothing_lies_on_or_runs_through_anything_else(network: Architecture) -> None:
    found = set[tuple[int, str]]()
    for T in LENGTHS:
        for unfolded in drawings(network, T, about=T // 2 if T > 12 else None):
            found |= {(T, fault) for fault in faults(unfolded)}
        for unfolded in drawings(network, T) if T <= 3 else ():  # more steps fold into the same
            found |= {(T, fault) for fault in faults(unfolded.at(1.0, front=min(2, T)))}
    assert not found, "move a box by row or shift, or mend the route:\n" + "\n".join(
        f"T = {T}: {f}" for T, f in sorted(found)
    )


@every_network
def test_what_stays_lies_apart_while_the_rest_folds_into_it(network: Architecture) -> None:
    for unfolded in drawings(network, 4):
        assert not boxes_apart(unfolded.at(0.5, front=2))
