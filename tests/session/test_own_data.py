"""A document holds own data: its length is that of the example, edits of inputs leave targets alone."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from explorer.data.data_set import encoded
from explorer.data.reading import read_data
from explorer.errors import ExplorerError
from explorer.session.document import show
from explorer.session.edits import InputEdit, NumberEdit
from explorer.session.files import open_document, save_document
from explorer.session.session import Session
from explorer.training.settings import TaskSettings, changed


def own(text: str) -> Session:
    session = Session()
    session.change(task=TaskSettings("own_data", {"data": encoded(read_data(text).data)}))
    return session


def test_the_length_is_that_of_the_example_and_cannot_be_another() -> None:
    session = own("101 -> 110\n01 -> 01")
    assert session.document.length == 3
    session.change(example=1)
    assert (session.document.length, session.shown.written) == (2, "01 → 01")
    session.change(length=7)
    assert session.document.length == 2
    with pytest.raises(ExplorerError, match="Sequence 1 of 'Own data' has 2 steps, not 7"):
        show(changed(session.document, length=7))


def test_an_edited_input_leaves_the_targets_as_they_are() -> None:
    session = own("101 -> 110\n01 -> 01")
    session.edit(InputEdit(2, 1))
    assert session.shown.written == "111 → 110"
    numbers = own("a,b,y\n1,2,3\n4,5,6.5\n")
    numbers.edit_all([NumberEdit("x", 2, 1, 7.0), NumberEdit("y", 1, 0, 8.0)])
    assert numbers.shown.written == "1 2; 4 7 → 8 6.5"


def test_one_that_is_typed_can_have_any_length() -> None:
    session = own("101 -> 110\n01 -> 01")
    session.type_sequence("1 1 1 1 1 -> 00000")
    assert (session.document.length, session.shown.written) == (5, "11111 → 00000")
    session.type_sequence("")
    assert session.document.length == 3


def test_a_network_comes_with_data_that_ask_for_one_target() -> None:
    assert own("a b -> x\nb a -> y").shown.architecture.id == "sequence_to_one"


def test_the_output_that_was_chosen_stays_with_data_of_the_same_kind_of_targets_alone() -> None:
    session = own("x = (1, 0), y = (1, 0)")
    session.change(task=replace(session.document.task, options=session.document.task.options | {"output": "linear"}))

    def with_data(text: str) -> str:
        options = session.document.task.options | {"data": encoded(read_data(text).data)}
        session.change(task=TaskSettings("own_data", options))
        return session.shown.network.output.kind.id

    assert with_data("x = (0, 1), y = (1, 1)") == "linear"
    assert with_data("hello") == "softmax"


def test_a_file_holds_the_data(tmp_path: Path) -> None:
    session = own("101 -> 110\n01 -> 01")
    save_document(session.content, tmp_path / "own.rnnx")
    opened = Session()
    opened.open(open_document(tmp_path / "own.rnnx"))
    assert opened.document == session.document and opened.shown.written == "101 → 110"


def test_a_file_with_broken_data_leaves_the_session_as_it_was(tmp_path: Path) -> None:
    session = own("101 -> 110")
    save_document(session.content, tmp_path / "own.rnnx")
    text = (tmp_path / "own.rnnx").read_text()
    (tmp_path / "own.rnnx").write_text(text.replace('\\"symbols\\"', '\\"nonsense\\"'))
    state = session.state
    with pytest.raises(ExplorerError, match="These data cannot be read"):
        session.open(open_document(tmp_path / "own.rnnx"))
    assert session.state is state
