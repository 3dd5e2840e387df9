"""A state can be held by hand: what follows follows from it, undo and files know of it, and it can be let go."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import architectures
from explorer.errors import ExplorerError
from explorer.export.script.numpy_script import NumpyScript
from explorer.graph.unfold import Vertex
from explorer.session.cases import case_of
from explorer.session.commands import COMMANDS
from explorer.session.document import show
from explorer.session.editable import editable
from explorer.session.edits import HoldEdit
from explorer.session.equations.check import GradientCheck
from explorer.session.files import Opened, open_document, save_document
from explorer.session.originals import computed_before
from explorer.session.session import Session
from explorer.session.share import line_of, shared
from tests.each import each
from tests.refusals import refusal_of
from tests.settings import a_document

START = a_document("hidden_to_hidden", length=4, hidden=3, feedback=None)


def perform(session: Session, id: str, **arguments: object) -> str:
    return COMMANDS[id].run(session, arguments)


def test_what_is_selected_is_held_where_it_is_and_nothing_moves() -> None:
    session = Session(START)
    before = session.shown.trace
    perform(session, "select", thing=Vertex("h", 2))
    assert "h(2) is held as it is" in perform(session, "hold_selected")
    assert session.document.edits == tuple(HoldEdit("h", 2, k, v) for k, v in enumerate(before.value("h", 2).tolist()))
    assert session.shown.trace.loss == before.loss
    assert session.shown.edited.held == {Vertex("h", 2)}
    assert computed_before(session.shown, None) is None, "nothing has changed"
    session.undo()
    assert not session.document.edits


def test_one_unit_is_held_from_a_step_on_and_only_what_follows_changes() -> None:
    session = Session(START)
    before = session.shown.trace
    perform(session, "hold", name="h", t=2, unit=1, value=0.9, onward=True)
    trace = session.shown.trace
    assert trace.values["h"][1:, 0, 1].tolist() == [0.9] * 3
    assert (trace.values["h"][0] == before.values["h"][0]).all()
    assert (trace.values["h"][1, 0, [0, 2]] == before.values["h"][1, 0, [0, 2]]).all(), "the others of this step"
    assert (trace.values["h"][2, 0, [0, 2]] != before.values["h"][2, 0, [0, 2]]).all()
    assert computed_before(session.shown, None) == pytest.approx(before.loss)
    perform(session, "let_go", name="h", t=4)
    assert session.shown.trace.loss == before.loss


def test_no_gradient_goes_back_through_a_held_state_and_it_is_said_why() -> None:
    session = Session(START)
    perform(session, "hold", name="h", t=3)
    shown = session.shown
    assert shown.trace.flow.losses(Vertex("h", 2)) == (2,), "of later losses none comes back"
    assert shown.trace.flow.losses(Vertex("h", 3)) == (3, 4), "what is held has a gradient itself"
    (event,) = (e for e in shown.events if e.vertex == Vertex("h", 2) and e.kind == "gradient")
    (cut,) = shown.equation(event).cuts
    assert cut.reason == "cut by hand: what is held there does not depend on anything before it"
    (event,) = (e for e in shown.events if e.vertex == Vertex("h", 3) and e.kind == "value")
    assert shown.equation(event).caption.startswith("h(3) is held at these numbers by hand")
    check = GradientCheck(shown)
    assert all(check.check(name, (0,) * array.ndim).agrees for name, array in shown.trace.parameters.items())


def test_files_and_lines_keep_it_and_cases_and_programs_refuse_it(tmp_path: Path) -> None:
    document = replace(START, edits=(HoldEdit("h", 2, 0, 0.5, onward=True),))
    save_document(Opened(document), tmp_path / "held.rnnx")
    assert open_document(tmp_path / "held.rnnx").document == document
    assert shared(line_of(document)) == document
    with pytest.raises(ExplorerError, match="let it go first"):
        case_of(show(document))
    with pytest.raises(ExplorerError, match="let go what is held first"):
        NumpyScript(show(document).trace)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (HoldEdit("x", 1, 0, 1.0), "x is given, not computed, so there is nothing to hold: edit it instead."),
        (HoldEdit("yhat", 1, 0, 1.0), "The loss is computed from o, so ŷ cannot be held: hold o."),
        (HoldEdit("L", 1, 0, 1.0), "L is what everything else is judged by: hold a state or an output instead."),
        (HoldEdit("h", 5, 0, 1.0), "h is computed at t = 1 to 4, not at 5; hold it at one of these."),
        (HoldEdit("h", 1, 3, 1.0), "h has 3 units, numbered from 0; there is no 3."),
        (HoldEdit("h", 1, 0, float("nan")), "A unit of h cannot be nan"),
        (HoldEdit("z", 1, 0, 1.0), "There is no node called 'z'"),
    ],
)
def test_what_cannot_be_held_is_said(edit: HoldEdit, said: str) -> None:
    assert refusal_of(show, replace(START, edits=(edit,))).startswith(said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("E", "E is nothing but e at all steps: hold e instead."),
        ("alpha", "α is a softmax, whose units sum to 1: hold s instead."),
    ],
)
def test_a_matrix_that_is_gathered_and_a_softmax_are_held_where_they_come_from(name: str, said: str) -> None:
    document = a_document("attention", "reversal", length=4, edits=(HoldEdit(name, 1, 0, 1.0),))
    assert refusal_of(show, document) == said


def test_a_shorter_sequence_lets_go_what_is_beyond_it_and_says_so() -> None:
    session = Session(replace(START, edits=(HoldEdit("h", 4, 0, 0.5), HoldEdit("h", 1, 0, 0.5, onward=True))))
    assert session.change(length=3) == "There is no place here for what was held of h; undo brings back what went."
    assert [edit.t for edit in session.document.edits if isinstance(edit, HoldEdit)] == [1]


@each("id", architectures())
def test_the_state_of_every_network_can_be_held_in_the_editor_of_its_node(id: str) -> None:
    architecture = architectures()[id]
    session = Session()
    session.change(architecture=id)
    shown = session.shown
    vertex = Vertex(architecture.state, shown.trace.steps(architecture.state)[0])
    state = editable(shown, vertex)
    assert state.holding is not None and not state.holding.edits
    perform(session, "hold", name=vertex.name, t=vertex.t, value=0.25)
    np.testing.assert_array_equal(session.shown.trace.value(vertex.name, vertex.t), 0.25)
    held = editable(session.shown, vertex).holding
    assert held is not None and len(held.edits) == len(session.shown.trace.value(vertex.name, vertex.t))
    perform(session, "let_go")
    assert session.shown.trace.loss == shown.trace.loss
