"""A sequence that was typed takes the place of the example."""

from pathlib import Path

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.session.edits import InputEdit, TargetEdit, WeightEdit
from explorer.session.files import open_document, save_document
from explorer.session.session import Session
from explorer.training.settings import TaskSettings
from tests.settings import a_document


@pytest.fixture
def session() -> Session:
    return Session(a_document("hidden_to_hidden", "running_parity", length=6, hidden=3, feedback=None))


def inputs(session: Session) -> str:
    return "".join(map(session.shown.task.describe_input, session.shown.trace.batch.inputs["x"][:, 0]))


def targets(session: Session) -> list[int]:
    found: list[int] = session.shown.trace.batch.y[:, 0].tolist()
    return found


def test_its_length_and_targets_follow_and_undo_leads_back(session: Session) -> None:
    before = session.document
    session.type_sequence("1 0 1 1")
    assert (inputs(session), targets(session), session.document.length) == ("1011", [1, 1, 0, 1], 4)
    session.undo()
    assert session.document == before


def test_targets_after_an_arrow_stand_instead_of_those_of_the_rule(session: Session) -> None:
    session.type_sequence("1011 -> 1111")
    assert targets(session) == [1, 1, 1, 1]
    assert session.shown.written == "1011 → 1111"


def test_cells_still_open_where_they_are_drawn_and_what_is_typed_next_takes_their_place(session: Session) -> None:
    session.type_sequence("1011")
    session.edit_all((InputEdit(2, 1), TargetEdit(1, 0), WeightEdit("U", (0, 0), 0.5)))
    assert session.shown.written == "1111 → 0010"
    session.type_sequence("1011")
    assert (inputs(session), targets(session)) == ("1011", [1, 1, 0, 1])
    assert session.document.edits == (WeightEdit("U", (0, 0), 0.5),)


def test_what_is_refused_leaves_everything_as_it_was(session: Session) -> None:
    session.type_sequence("1011")
    state = session.state
    for text in ("12", "1 -> 11", "1" * 1001):
        with pytest.raises(ExplorerError):
            session.type_sequence(text)
    assert session.state is state


def test_an_empty_text_or_another_example_shows_the_examples_again(session: Session) -> None:
    drawn = inputs(session)
    session.type_sequence("111000")
    session.type_sequence(" ")
    assert inputs(session) == drawn
    session.type_sequence("111000")
    assert session.change(example=1) == ""
    assert session.document.typed == "" and inputs(session) != "111000"


def test_another_length_cuts_it_or_goes_on_with_the_example(session: Session) -> None:
    session.type_sequence("101111")
    session.change(length=3)
    assert inputs(session) == "101"
    session.change(length=8)
    assert inputs(session).startswith("101111")


def test_a_task_that_knows_other_symbols_lets_go_of_it_and_says_so(session: Session) -> None:
    session.type_sequence("1011")
    said = session.change(task=TaskSettings("delayed_echo"))
    assert said == "There is no place here for the sequence that was typed; undo brings back what went."
    assert session.document.typed == ""


def test_a_file_holds_it(session: Session, tmp_path: Path) -> None:
    session.type_sequence("1011 -> 1111")
    save_document(session.content, tmp_path / "a.rnnx")
    opened = Session()
    opened.open(open_document(tmp_path / "a.rnnx"))
    assert (inputs(opened), targets(opened)) == ("1011", [1, 1, 1, 1])


@pytest.mark.parametrize("hidden", [3, 10])
def test_an_adder_that_is_set_by_hand_adds_sums_typed_one_after_the_other(hidden: int) -> None:
    """Unit i is on where at least i of a, b and the carry are; more units than three are left off."""
    session = Session(a_document("hidden_to_hidden", "binary_addition", length=4, hidden=hidden, feedback=None))
    session.change(activation="step")
    theta = {name: np.zeros_like(array) for name, array in session.shown.trace.parameters.items()}
    theta["U"][:3], theta["W"][:3, 1], theta["b"][:] = 1.0, 1.0, -1.0
    theta["b"][:3], theta["V"][1, :3], theta["c"][1] = (-0.5, -1.5, -2.5), (20.0, -20.0, 20.0), -10.0
    session.edit_all(
        WeightEdit(name, i, float(array[i])) for name, array in theta.items() for i in np.ndindex(array.shape)
    )
    for text, total in (("100111 + 110010", "1011001"), ("0101+0111", "1100"), ("1111 + 1", "10000")):
        assert total in session.type_sequence(text)
        read = session.shown.trace.values["yhat"][:, 0].argmax(axis=1)
        assert "".join(map(str, read[::-1])) == total
