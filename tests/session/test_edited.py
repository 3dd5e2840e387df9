"""What has been changed by hand is known, so that it can be marked; many changes at once are one undo step."""

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.graph.unfold import Vertex
from explorer.session.document import Document
from explorer.session.edits import InitialEdit, InputEdit, TargetEdit, WeightEdit
from explorer.session.session import Session
from tests.settings import FOUR


@pytest.fixture(params=FOUR)
def session(request: pytest.FixtureRequest) -> Session:
    """A session on each architecture, with a task it can learn."""
    started = Session()
    started.change(architecture=request.param)
    return started


def initial(session: Session) -> str:
    """A node that is read before the first step."""
    return next(iter(session.shown.trace.initial))


def test_nothing_is_marked_in_a_fresh_document(session: Session) -> None:
    found = session.shown.edited
    assert not found.vertices and not found.entries


def test_every_kind_of_edit_is_marked_where_it_is_drawn(session: Session) -> None:
    T = session.document.length
    session.edit(InputEdit(2, 0))
    session.edit(TargetEdit(T, 1))
    session.edit(InitialEdit(initial(session), 0, 0.5))
    session.edit(WeightEdit("W", (1, 0), 2.0))
    session.edit(WeightEdit("W", (0, 1), 3.0))
    session.edit(WeightEdit("b", (2,), 4.0))
    found = session.shown.edited
    assert found.vertices == {Vertex("x", 2), Vertex("y", T), Vertex(initial(session), 0)}
    assert found.entries == {"W": {(1, 0), (0, 1)}, "b": {(2,)}}
    assert found.vertices <= {*session.shown.graph.vertices, *session.shown.graph.boundary}


def test_marks_go_with_undo_and_with_taking_edits_back(session: Session) -> None:
    session.edit(InputEdit(1, 0))
    session.edit(WeightEdit("U", (0, 0), 1.0))
    session.undo()
    assert session.shown.edited.entries == {}
    session.reset_edits()
    assert session.shown.edited.vertices == frozenset()


def test_many_edits_are_one_undo_step(session: Session) -> None:
    before = session.shown.trace.parameters["W"].copy()
    session.edit(WeightEdit("W", (0, 0), 9.0))
    session.edit_all([WeightEdit("W", (i, j), float(10 * i + j)) for i in range(2) for j in range(2)])
    assert session.shown.trace.parameters["W"][:2, :2].tolist() == [[0, 1], [10, 11]]
    session.undo()
    assert session.shown.trace.parameters["W"][0, 0] == 9.0
    session.undo()
    np.testing.assert_array_equal(session.shown.trace.parameters["W"], before)
    assert not session.can_undo or session.document.edits == ()


def test_of_two_edits_of_one_place_the_later_stands(session: Session) -> None:
    session.edit_all([WeightEdit("c", (0,), 1.0), WeightEdit("c", (0,), 2.0)])
    assert session.document.edits == (WeightEdit("c", (0,), 2.0),)


def test_one_bad_edit_among_many_leaves_everything_as_it_was(session: Session) -> None:
    document, shown = session.document, session.shown
    with pytest.raises(ExplorerError, match="An entry of W cannot be nan"):
        session.edit_all([WeightEdit("W", (0, 0), 1.0), WeightEdit("W", (0, 1), float("nan"))])
    assert session.document == document and session.shown is shown


def test_no_edits_are_no_undo_step() -> None:
    session = Session(Document())
    session.edit_all([])
    assert not session.can_undo
