"""Examples are written out with what a node is at each of their steps, and a symbol leads to its step in the graph."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import architectures
from explorer.errors import ExplorerError
from explorer.graph.analyse.copies import drained
from explorer.graph.unfold import Vertex
from explorer.session.commands import COMMANDS
from explorer.session.document import show
from explorer.session.edits import InputEdit
from explorer.session.session import Session
from explorer.session.states.units import UnitsSeen, looking_into, nodes_with_units, wanted
from explorer.session.viewing import SeenUnits, View
from explorer.tasks import task_ids
from explorer.training.settings import TaskSettings
from tests.each import each
from tests.settings import a_document


def seen(session: Session, **units: object) -> UnitsSeen:
    view = View(seen_units=SeenUnits(**units))  # type: ignore[arg-type]
    return drained(looking_into(session.shown, wanted(session.shown, view)))


def go_to_step(session: Session, node: str, t: int, example: int | None) -> None:
    COMMANDS["go_to_step"].run(session, {"node": node, "t": t, "example": example})


def assert_written_as_shown(session: Session) -> None:
    """What is written of an example is what the graph has once one has gone there."""
    for node in nodes_with_units(session.shown.network):
        found = seen(session, node=node)
        assert [line.shown for line in found.lines].count(True) == 1
        assert sorted(found.order) == list(range(len(found.shares)))
        share = found.shares[np.isfinite(found.shares)]
        assert ((share >= 0) & (share <= 1)).all()
    line = next(line for line in found.lines if not line.shown)
    go_to_step(session, node, found.first + len(line.values) - 1, line.number)
    assert session.document.example == line.number
    assert session.selection == Vertex(node, found.first + len(line.values) - 1)
    np.testing.assert_allclose(session.shown.trace.values[node][:, 0], line.values, atol=1e-12)
    now = next(line for line in seen(session, node=node).lines if line.shown)
    assert (now.number, now.read, now.known) == (line.number, line.read, line.known)


@each("id", architectures())
def test_in_every_network_the_written_values_are_those_of_the_graph(id: str) -> None:
    session = Session()
    session.change(architecture=id)
    if session.shown.network.inputs or session.shown.network.output is not None:
        assert_written_as_shown(session)
    else:
        assert len({line.values.tobytes() for line in seen(session).lines}) >= 1, "nothing comes in to tell them apart"


@pytest.mark.parametrize("task", task_ids())
def test_on_every_task_too(task: str) -> None:
    session = Session()
    session.change(task=TaskSettings(task))
    if len(seen(session).lines) > 1:
        assert_written_as_shown(session)


def test_going_elsewhere_is_one_step_for_undo_and_takes_the_edits_of_the_sequence_with_it() -> None:
    document = a_document("hidden_to_hidden", length=5, hidden=3, feedback=None, edits=(InputEdit(2, 0),))
    session = Session(document)
    (line,) = (line for line in seen(session).lines if line.shown)
    assert (line.values == session.shown.trace.values["h"][:, 0]).all(), "with the edits"
    go_to_step(session, "h", 4, None)
    assert session.document == document and session.event is not None and session.event.vertex == Vertex("h", 4)
    go_to_step(session, "h", 2, 3)
    assert session.document == replace(document, example=3, edits=())
    session.undo()
    assert session.document == document
    session.type_sequence("10101")
    go_to_step(session, "h", 1, 0)
    assert session.document.typed == "" and session.shown.trace.loss == show(replace(document, edits=())).trace.loss
    for node, t in (("nobody", 1), ("h", 6)):
        with pytest.raises(ExplorerError, match=rf"There is no {node}\({t}\) here to go to"):
            go_to_step(session, node, t, 7)
    assert session.document.example == 0


def test_the_best_unit_is_seen_until_another_is_chosen() -> None:
    found = seen(Session(a_document("hidden_to_hidden", length=6, hidden=4, feedback=None)), fact="read")
    assert found.fact is not None and found.fact.title == "Symbol read"
    assert found.unit(None) == found.order[0] == int(np.nanargmax(found.shares))
    assert found.unit(2) == 2 and found.unit(99) == found.order[0]
