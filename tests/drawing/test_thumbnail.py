"""A network in little is its folded drawing: every drawn node and edge of the declaration, and nothing else."""

import pytest

from explorer.architectures import architectures, get_architecture
from explorer.drawing.thumbnail import Thumbnail, thumbnail
from explorer.graph.architecture import Architecture
from explorer.graph.declaration import FedBack, Ref
from tests.each import each
from tests.oracles.declarations import (
    BIDIRECTIONAL,
    DYNAMICAL_SYSTEM,
    EVERY_DECLARATION,
    LAG_TWO,
    WITHOUT_OUTPUT,
)

TREE = get_architecture("recursive_tree")
EVERY = (*architectures().values(), *EVERY_DECLARATION, DYNAMICAL_SYSTEM, WITHOUT_OUTPUT)
every = each("network", EVERY)
folded = each("network", [n for n in EVERY if n is not TREE])


def delays(drawing: Thumbnail) -> list[bool]:
    """For each edge that crosses time, whether it feeds the output back."""
    return sorted(line.fed_back for line in drawing.lines if line.delay is not None)


@folded
def test_each_drawn_node_has_its_box_and_the_states_are_marked(network: Architecture) -> None:
    drawn = [node for node in network.nodes if node.row is not None and not node.optional]
    boxes = thumbnail(network).boxes
    assert len(boxes) == len(drawn)
    assert sum(box.state for box in boxes) == sum(node.name in network.states for node in drawn)
    assert sum(box.last_only for box in boxes) == sum(node.last_only for node in drawn)


def test_a_tree_is_the_figure_itself_over_four_leaves() -> None:
    drawing = thumbnail(TREE)
    assert len(drawing.boxes) == 4 + 7 + 4 and len(drawing.lines) == 4 + 6 + 4
    assert sum(box.state for box in drawing.boxes) == 7 and sum(box.last_only for box in drawing.boxes) == 4
    assert delays(drawing) == []


@every
def test_everything_lies_within_the_bounds(network: Architecture) -> None:
    drawing = thumbnail(network)
    bounds = drawing.bounds
    assert bounds.width > 0 and bounds.height > 0
    for box in drawing.boxes:
        assert bounds.contains(box.rect.x, box.rect.y) and bounds.contains(box.rect.right, box.rect.bottom)
    for line in drawing.lines:
        assert all(bounds.contains(*point) for point in line.path.sampled())


@every
def test_there_is_a_delay_where_the_declaration_reads_another_step(network: Architecture) -> None:
    sources = [source for node in network.nodes for source in node.operation.sources]
    lagged = [source for source in sources if isinstance(source, FedBack) or (isinstance(source, Ref) and source.lag)]
    assert bool(delays(thumbnail(network))) == bool(lagged)
    assert any(delays(thumbnail(network))) == network.takes_feedback


@pytest.mark.parametrize(
    ("network", "fed_back"),
    [
        (architectures()["hidden_to_hidden"], [False]),
        (architectures()["output_to_hidden"], [True]),
        (architectures()["hidden_and_output"], [False, True]),
        (BIDIRECTIONAL, [False, False]),
        (LAG_TWO, [False, False]),
        (DYNAMICAL_SYSTEM, [False]),
    ],
    ids=["10.3", "10.4", "10.10", "10.11", "two lags", "10.1"],
)
def test_the_loops_are_those_of_the_figure(network: Architecture, fed_back: list[bool]) -> None:
    assert delays(thumbnail(network)) == fed_back
