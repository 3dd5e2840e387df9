"""What stood in a place before it was edited can be told, unless the weights come from elsewhere."""

import numpy as np
import pytest

from explorer.architectures import architectures
from explorer.graph.unfold import Vertex
from explorer.session.document import show
from explorer.session.edits import InitialEdit, InputEdit, TargetEdit, WeightEdit
from explorer.session.originals import original_entry, original_value
from explorer.session.session import Session


@pytest.fixture(params=list(architectures()))
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


def test_of_weights_from_elsewhere_the_original_is_not_at_hand(session: Session) -> None:
    session.edit(WeightEdit("U", (1, 0), 2.0))
    theta = {name: array + 0.1 for name, array in session.shown.trace.parameters.items()}
    assert original_entry(show(session.document, theta), "U", (1, 0)) is None
