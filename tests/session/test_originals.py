"""What stood in a place before it was edited can be told, and what was computed there."""

import numpy as np
import pytest

from explorer.graph.unfold import Vertex
from explorer.session.document import show
from explorer.session.edits import InitialEdit, InputEdit, TargetEdit, WeightEdit
from explorer.session.originals import computed_before, original_entry, original_value
from explorer.session.session import Session
from tests.settings import FOUR


@pytest.fixture(params=FOUR)
def session(request: pytest.FixtureRequest) -> Session:
    started = Session()
    started.change(architecture=request.param)
    return started


def test_inputs_targets_and_initial_states_are_remembered(session: Session) -> None:
    T, before = session.document.length, session.shown.trace
    name = next(iter(before.initial))
    session.edit(InputEdit(2, 0))
    session.edit(InputEdit(3, 1))
    ruled = session.shown.trace.value("y", T)  # the target follows from the inputs as they are now
    session.edit(TargetEdit(T, 1 - int(ruled.argmax())))
    session.edit(InitialEdit(name, 1, 0.5))
    for vertex in (Vertex("x", 2), Vertex("x", 3), Vertex(name, 0)):
        np.testing.assert_array_equal(
            original_value(session.shown, vertex), before.value(vertex.name, vertex.t), strict=True
        )
    np.testing.assert_array_equal(original_value(session.shown, Vertex("y", T)), ruled, strict=True)
    assert not np.array_equal(session.shown.trace.value("y", T), ruled)


def test_entries_of_parameters_are_those_of_the_seed(session: Session) -> None:
    before = session.shown.trace.parameters
    session.edit(WeightEdit("U", (1, 0), 2.0))
    session.edit(WeightEdit("c", (1,), 3.0))
    assert original_entry(session.shown, "U", (1, 0)) == before["U"][1, 0] != 2.0
    assert original_entry(session.shown, "c", (1,)) == before["c"][1]


def test_entries_of_weights_from_elsewhere_are_those_that_came(session: Session) -> None:
    session.edit(WeightEdit("U", (1, 0), 2.0))
    theta = {name: array + 0.1 for name, array in session.shown.trace.parameters.items()}
    assert original_entry(show(session.document, theta), "U", (1, 0)) == theta["U"][1, 0] == pytest.approx(2.1)


@pytest.mark.parametrize("elsewhere", [False, True], ids=["of the seed", "from elsewhere"])
def test_what_was_computed_without_any_edit_is_remembered(session: Session, elsewhere: bool) -> None:
    theta = {name: array + 0.1 for name, array in session.shown.trace.parameters.items()} if elsewhere else None
    before = show(session.document, theta).trace
    session.edit_all((WeightEdit("V", (1, 0), 2.0), InputEdit(2, 0), InputEdit(3, 1)))
    shown, T = show(session.document, theta), session.document.length
    for vertex in (Vertex("yhat", T), Vertex("L", T)):
        np.testing.assert_array_equal(computed_before(shown, vertex), before.value(vertex.name, T), strict=True)
    np.testing.assert_array_equal(computed_before(shown, None), [before.loss])


def test_what_edits_leave_alone_was_nothing_else(session: Session) -> None:
    assert computed_before(session.shown, None) is None
    session.edit(WeightEdit("V", (1, 0), 2.0))
    assert computed_before(session.shown, Vertex("h", 1)) is None
