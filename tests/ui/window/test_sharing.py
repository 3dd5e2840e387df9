"""What is shown goes into the clipboard as a line, and a line that is pasted onto the window opens."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.session.cases import case_of
from explorer.session.document import Document, Shown
from explorer.session.edits import InitialEdit, WeightEdit
from explorer.session.files import save_document
from explorer.session.share import line_of, shared
from explorer.ui.window.main_window import MainWindow
from tests.oracles.same import assert_same
from tests.settings import a_document
from tests.ui.dropping import drop


def paste(qtbot: QtBot, window: MainWindow, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_copied_line_opens_in_another_window_with_the_same_numbers(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("change", length=4, seed=3)
    window.perform("edit", edits=(WeightEdit("W", (0, 0), 0.1 + 0.2),))
    window.menus["share"].trigger()
    line = QGuiApplication.clipboard().text()
    said = f"Copied a line of {len(line)} characters; paste it into a chat, and from there onto a window."
    assert shared(line) == window.session.document and window.status.message.text() == said
    other = MainWindow(look="light")
    qtbot.addWidget(other)
    other.sharing.open(f"Look: {line}")
    assert_same(other.session.shown, window.session.shown)
    assert other.status.message.text() == "Opened the shared line; Undo leads back to what was there before."
    other.menus["undo"].trigger()
    assert other.session.document == Document()


def test_trained_weights_are_not_in_the_line_and_it_says_so(window: MainWindow) -> None:
    window.perform("take_update")
    window.menus["share"].trigger()
    end = ". It leads to initial weights of seed 7, not to the weights shown."
    assert window.status.message.text().endswith(end)


@pytest.mark.parametrize(
    ("text", "said"),
    [("hello", "There is no line in this text that was shared"), ("rnnx4:ePk/", "cut off or changed")],
)
def test_what_is_no_line_leaves_everything_as_it_was(qtbot: QtBot, window: MainWindow, text: str, said: str) -> None:
    state = window.session.state
    paste(qtbot, window, text)
    assert window.session.state is state
    assert said in window.status.message.text() + window.notice.text.text()


def test_a_line_is_pasted_with_the_usual_keys_but_not_into_a_field(qtbot: QtBot, window: MainWindow) -> None:
    paste(qtbot, window, line_of(a_document(length=3)))
    assert window.session.document == a_document(length=3)


def test_numbers_are_pasted_into_what_is_selected_or_refused_in_a_sentence(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("change", architecture="hidden_to_hidden", length=3, hidden=2)
    window.perform("select", thing="W")
    paste(qtbot, window, r"W = \begin{pmatrix} \frac12 & 0 \\ -1 & 2 \end{pmatrix}")
    assert window.session.shown.trace.parameters["W"].tolist() == [[0.5, 0.0], [-1.0, 2.0]]
    window.menus["undo"].trigger()
    assert not window.session.document.edits
    paste(qtbot, window, "1 2 3")
    assert "These numbers are 1×3" in window.notice.text.text() and not window.session.document.edits
    window.perform("select", thing=Vertex("h", 0))
    paste(qtbot, window, "0.1 -0.2")
    assert window.session.document.edits == (InitialEdit("h", 0, 0.1), InitialEdit("h", 1, -0.2))
    window.perform("select", thing=Vertex("h", 1))
    paste(qtbot, window, "3 4")
    assert "There is no line in this text" in window.status.message.text(), "what is computed is held in its editor"


def test_weights_and_data_that_a_sheet_gives_are_pasted_whole(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("select", thing="W")
    paste(qtbot, window, "W_xh = [[1, 0], [0.5, 1], [0, 2]]\nW_hh = [[0, 1, 0], [1, 0, 0], [0, 0, 1]], h_0 = 0")
    assert window.weights_files.dialog is not None
    window.weights_files.dialog.take.click()
    theta = window.session.shown.trace.parameters
    assert (theta["U"].tolist(), theta["W"][0].tolist()) == ([[1, 0], [0.5, 1], [0, 2]], [0, 1, 0])
    assert window.session.document.edits == tuple(InitialEdit("h", unit, 0) for unit in range(3))
    paste(qtbot, window, "x = (0.5, 1), y = (1, 0)")
    assert window.data_files.dialog is not None
    window.data_files.dialog.take.click()
    assert window.session.shown.written == "0.5 1 → 10"


def test_the_json_of_a_case_a_document_or_weights_is_pasted_as_their_files_open(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    """From an editor, a web page, or what Export copies."""
    window.perform("change", architecture="hidden_to_hidden", length=3, hidden=2)
    window.perform("take_update")
    window.perform("select", thing="W")
    shown = window.session.shown

    def lists(shown: Shown) -> dict[str, Any]:
        return {name: array.tolist() for name, array in shown.trace.parameters.items()}

    save_document(window.session.content, tmp_path / "mine.rnnx")
    document, case = (tmp_path / "mine.rnnx").read_text(), case_of(shown).decode()
    weights = msgspec.json.encode(lists(shown)).decode()
    for text in (document, case):
        window.menus["new"].trigger()
        paste(qtbot, window, text)
        assert lists(window.session.shown) == lists(shown)
        assert window.session.shown.trace.loss == pytest.approx(shown.trace.loss, rel=1e-12)
        assert "was pasted" in window.status.message.text() and window.documents.path is None
    window.menus["new"].trigger()
    paste(qtbot, window, weights)
    assert window.weights_files.dialog is not None
    arrays = window.weights_files.dialog.loading.arrays
    window.weights_files.dialog.reject()
    assert {name: array.tolist() for name, array in arrays.items()} == lists(shown)
    state = window.session.state
    for text, said in (
        (document.replace("hidden_to_hidden", "hidden"), "The pasted text cannot be opened: "),
        (case.replace('"hidden_to_hidden"', '"hidden"'), "“pasted text”: "),
        ('{"a": "b"}', "The pasted text cannot be read: "),
    ):
        paste(qtbot, window, text)
        assert said in window.notice.text.text() and window.session.state is state


def test_a_message_that_is_dropped_opens_the_line_in_it_and_other_text_does_not(window: MainWindow) -> None:
    drop(window, text=f"Look: {line_of(a_document(length=3))}")
    assert window.session.document == a_document(length=3)
    state = window.session.state
    drop(window, text="hello")
    assert window.session.state is state and "There is no line in this text" in window.status.message.text()


def test_a_document_with_a_long_text_is_to_be_saved_instead(window: MainWindow) -> None:
    text = "".join(chr(0x4E00 + (i * i * 7919) % 200) + str(i * 31 % 97) for i in range(1500))
    window.perform("change", task={"id": "next_symbol", "options": {"text": text}})
    QGuiApplication.clipboard().setText("before")
    window.menus["share"].trigger()
    assert "save it as a file and send that" in window.notice.text.text()
    assert QGuiApplication.clipboard().text() == "before"


SHEET = """W = [[0.5, -0.2], [0.1, 0.3]]
U = [[0.2, 0.4], [-0.1, 0.6]]
V = [[1, -1]]
b = (0.1, -0.1)
c = 0.2
h0 = (0.3, -0.4)
x = ((1, 0), (0, 1), (1, 1))
y = (0.5, -0.2, 0.1)
"""


def test_a_whole_sheet_pasted_at_once_gives_data_then_weights_and_the_first_state(
    qtbot: QtBot, window: MainWindow
) -> None:
    paste(qtbot, window, SHEET)
    assert window.data_files.dialog is not None
    assert window.data_files.dialog.refused.text().endswith("which come next: W, U, V, b, c and h0.")
    window.data_files.dialog.take.click()
    assert window.weights_files.dialog is not None
    assert window.weights_files.dialog.places["h0"].currentText() == "h(0)"
    assert window.weights_files.dialog.left.text() == "", "nothing stays as it was, and nothing is left out"
    window.weights_files.dialog.take.click()
    h = np.array([0.3, -0.4])
    trace = window.session.shown.trace
    for t, (x, y) in enumerate((((1, 0), 0.5), ((0, 1), -0.2), ((1, 1), 0.1)), 1):
        h = np.tanh(np.array([[0.5, -0.2], [0.1, 0.3]]) @ h + np.array([[0.2, 0.4], [-0.1, 0.6]]) @ x + [0.1, -0.1])
        np.testing.assert_allclose(trace.value("h", t), h, atol=1e-12)
        np.testing.assert_allclose(trace.value("o", t), [h[0] - h[1] + 0.2], atol=1e-12)
        np.testing.assert_allclose(trace.value("y", t), [y])
    paste(qtbot, window, "x = 1, 0; y = 1, 0; W = 0.5; U = 2; V = -1; h0 = 0.5")
    window.data_files.dialog.take.click()
    assert (
        window.weights_files.dialog.about.text() == "fig. 10.3, 1 hidden unit" and not window.weights_files.dialog.ways
    )
    window.weights_files.dialog.take.click()
    assert window.session.document.edits == (InitialEdit("h", 0, 0.5),)
    assert window.notice.isHidden(), "another first state takes the place of the one before, of which nothing is missed"
