"""Own data come from the clipboard or a file, are shown as they are understood, and become the task."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from explorer.data.data_set import decoded, encoded
from explorer.data.reading import read_data
from explorer.reading.encodings import EncodingError
from explorer.ui.look.text_size import sized
from explorer.ui.parts.encoding_dialog import EncodingDialog
from explorer.ui.settings.data_dialog import DataDialog
from explorer.ui.settings.data_row import DataRow
from explorer.ui.window.main_window import MainWindow
from tests.ui.dropping import drop
from tests.ui.showing import on_screen

TABLE = "id,rain,temperature\n1,0.5,17.5\n1,0.25,18\n2,1,12\n2,x,12.5\n2,3,11\n"


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> DataDialog:
    window.perform("own_data")
    found = window.data_files.dialog
    assert found is not None
    return found


def test_what_is_pasted_is_understood_and_learnt(qtbot: QtBot, window: MainWindow, dialog: DataDialog) -> None:
    assert not dialog.take.isEnabled() and not dialog.fault.text(), "nothing is wrong with an empty field"
    QGuiApplication.clipboard().setText("1 0 1 1 -> 1 1 0 1\n0 1 -> 0 1\n1 -> 1 0")
    dialog.paste.click()
    assert dialog.understood.text().startswith("2 sequences of 2 to 4 steps; inputs: the symbols 0 and 1")
    assert dialog.refused.text() == "Left out: Line 3 has 1 input and 2 targets, not 1."
    dialog.take.click()
    assert window.session.document.task.id == "own_data" and window.sidebar.sequence.line.text() == "1011 → 1101"
    assert window.sidebar.sequence.options.fields["data"].text() == "pasted …"
    length = window.sidebar.sequence.length
    assert (length.value(), length.isEnabled()) == (4, False)
    window.sidebar.sequence.example.setValue(1)
    assert length.value() == 2
    window.menus["undo"].trigger()
    window.menus["undo"].trigger()
    assert window.session.document.task.id == "running_parity"


@pytest.mark.parametrize(
    "text", ["W = [[0.5, 1], [0, 2]]\nU = [[1, 0], [0, 1]]", '{"W": [[0.5, 1], [0, 2]], "b": [1, 0]}']
)
def test_weights_are_no_sequences_and_go_where_weights_are_looked_at(
    window: MainWindow, dialog: DataDialog, text: str
) -> None:
    dialog.use_text(text)
    assert dialog.fault.text() == "These are weights, not sequences."
    assert dialog.take.text() == "Look at these weights"
    dialog.take.click()
    assert (
        not dialog.isVisible() and window.weights_files.dialog is not None and window.weights_files.dialog.isVisible()
    )
    assert window.session.document.task.id == "running_parity"


def test_a_text_that_is_no_longer_weights_is_taken_as_data(dialog: DataDialog) -> None:
    dialog.use_text("W = [[0.5, 1], [0, 2]]")
    dialog.use_text("")
    assert not dialog.take.isEnabled()
    dialog.use_text("01 -> 10")
    assert dialog.take.text() == "Use these data" and dialog.take.isEnabled()


def test_what_is_typed_is_read_once_it_rests(qtbot: QtBot, dialog: DataDialog) -> None:
    qtbot.keyClicks(dialog.focusWidget(), "a -> b -> c")
    qtbot.waitUntil(lambda: "more than one arrow" in dialog.fault.text())
    assert not dialog.take.isEnabled()
    dialog.editor.setPlainText("ab -> ba")
    qtbot.waitUntil(dialog.take.isEnabled)
    assert not dialog.fault.text()


def test_the_cursor_shows_that_data_are_taken(dialog: DataDialog) -> None:
    cursors = []
    dialog.use_text("0 1 -> 1 1")
    dialog.taken.connect(lambda _: cursors.append(QGuiApplication.overrideCursor()))
    dialog.take.click()
    assert cursors[0].shape() is Qt.CursorShape.WaitCursor
    assert QGuiApplication.overrideCursor() is None


def test_symbols_stand_apart_and_are_read_as_numbers_with_one_click(qtbot: QtBot, dialog: DataDialog) -> None:
    dialog.use_text("1 0 2 -> 6 3 5")
    assert [dialog.preview.item(0, side).text() for side in (0, 1)] == ["1 0 2", "6 3 5"]
    assert dialog.read_as.text() == "Inputs and targets are read as symbols, but could be numbers."
    for title, kind in (("Read as numbers", "numbers"), ("Read as symbols", "symbols")):
        assert dialog.other.isVisible() and dialog.other.text() == title
        qtbot.mouseClick(dialog.other, Qt.MouseButton.LeftButton)
        assert dialog.form.inputs_are.currentText() == dialog.form.targets_are.currentText() == kind
    dialog.use_text("hello -> olleh")
    assert not dialog.other.isVisible() and not dialog.read_as.isVisible()


def test_data_in_use_are_there_to_be_changed(window: MainWindow, dialog: DataDialog) -> None:
    dialog.use_text("hello")
    dialog.form.inputs_also.setText("h e l o")
    dialog.take.click()
    row = window.sidebar.sequence.options.fields["data"]
    assert isinstance(row, DataRow)
    row.ask()
    again = row.dialog
    assert again is not None
    assert (again.editor.toPlainText(), again.form.inputs_also.text()) == ("hello", "h e l o")
    again.editor.appendPlainText("hole")
    again._read()
    again.take.click()
    data = decoded(str(window.session.document.task.options["data"]))
    assert data.lengths == (4, 3) and data.input_names == ("h", "e", "l", "o")


@pytest.mark.parametrize("way", ["button", "typed"])
def test_how_data_were_read_is_not_how_others_are_that_take_their_place(
    qtbot: QtBot, window: MainWindow, dialog: DataDialog, way: str
) -> None:
    dialog.use_text("hello")
    dialog.form.inputs_also.setText("h e l o")
    dialog.take.click()
    window.perform("own_data")
    again = window.data_files.dialog
    assert again is not None and again.form.inputs_also.text() == "h e l o"
    if way == "button":
        QGuiApplication.clipboard().setText("a,b,y\n1,0.5,1\n0,1.5,2.5")
        again.paste.click()
        assert again.understood.text().endswith("inputs: the numbers a and b; targets: the number y.")
    else:
        qtbot.keyClicks(again.editor, "1 0 -> 0 1")
        again._read()
        assert again.understood.text().endswith("inputs: the symbols 0 and 1; targets: the symbols 0 and 1.")
    assert not again.form.inputs_also.text()


def test_columns_are_chosen_above_their_rows(dialog: DataDialog) -> None:
    dialog.use_text(TABLE)
    roles = dialog.preview.roles
    assert [box.currentText() for box in roles.values()] == ["sequence", "input", "target"]
    assert "Line 5 has no number in the column rain" in dialog.refused.text()
    roles["temperature"].setCurrentIndex(3)
    roles["temperature"].activated.emit(3)
    assert "inputs: the numbers rain and temperature; targets: the number temperature" in dialog.understood.text()
    for box in roles.values():
        box.setCurrentIndex(0)
    roles["rain"].activated.emit(0)
    assert dialog.fault.text() == "Choose at least one column of inputs and one of targets."
    assert not dialog.take.isEnabled()


def test_how_data_are_read_is_chosen(dialog: DataDialog) -> None:
    dialog.use_text(TABLE)
    taken: list[str] = []
    dialog.taken.connect(taken.append)
    dialog.form.ahead.setValue(1)
    dialog.form.scaled.click()
    dialog.take.click()
    data = decoded(taken[0])
    assert data.lengths == (1, 1)


def test_symbols_that_do_not_occur_are_written_where_they_could(dialog: DataDialog) -> None:
    dialog.use_text("0.5 -1 -> b")
    assert not dialog.take.isEnabled() and "say what they could also be" in dialog.fault.text()
    dialog.form.targets_also.setText("a c")
    assert dialog.understood.text().endswith("one target each: the symbols a, b and c.")


def test_a_dropped_table_is_shown_and_a_dropped_text_is_learnt(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "rain.csv").write_text(TABLE)
    drop(window, tmp_path / "rain.csv")
    dialog = window.data_files.dialog
    assert dialog is not None and dialog.understood.text().startswith("2 sequences of 2 steps")
    dialog.take.click()
    assert decoded(str(window.session.document.task.options["data"])).name == "rain.csv"
    assert window.session.document.example == 0, "the first sequence is shown first"
    (tmp_path / "poem.txt").write_text("tyger tyger\nburning bright\n")
    drop(window, tmp_path / "poem.txt")
    assert window.session.document.task.options == {"text": "tyger tyger\nburning bright\n"}
    (tmp_path / "pairs.txt").write_text("ab -> ba\nba -> ab\n")
    drop(window, tmp_path / "pairs.txt")
    assert window.data_files.dialog is not None and window.data_files.dialog.take.isEnabled()


def test_an_encoding_that_is_not_recognised_is_chosen_by_how_the_text_looks(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "café.txt").write_bytes("café crème ".encode("latin-1"))
    before = window.session.document
    drop(window, tmp_path / "café.txt")
    (dialog,) = window.findChildren(EncodingDialog)
    assert window.session.document == before
    dialog.encoding.setCurrentIndex(dialog.encoding.findData("latin-1"))
    assert dialog.looks.accessibleName() == "café crème"
    dialog.buttons.accepted.emit()
    assert window.session.document.task.options == {"text": "café crème "}


def test_a_text_without_blanks_makes_its_dialog_no_wider(qtbot: QtBot) -> None:
    dialog = on_screen(qtbot, EncodingDialog(EncodingError("no UTF-8", "你好世界，".encode("gb18030") * 30)))
    for place in range(dialog.encoding.count()):
        dialog.encoding.setCurrentIndex(place)
        assert dialog.minimumSizeHint().width() <= dialog.width() == sized(460, 260).width()


def test_a_file_that_is_not_there_is_said_to_be_missing(dialog: DataDialog, tmp_path: Path) -> None:
    dialog.use_file(tmp_path / "a.csv")
    assert "a.csv" in dialog.fault.text() and not dialog.take.isEnabled()


def test_a_file_of_data_in_another_encoding_is_read_as_the_one_that_is_chosen(
    dialog: DataDialog, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes("größe;y\n1;2\n2;3\n".encode("latin-1"))
    dialog.use_file(tmp_path / "a.csv")
    assert "is not UTF-8 text" in dialog.fault.text() and not dialog.form.encoding.isHidden()
    dialog.form.encoding.setCurrentIndex(dialog.form.encoding.findData("latin-1"))
    dialog.form.encoding.activated.emit(dialog.form.encoding.currentIndex())
    assert "inputs: the number größe" in dialog.understood.text()


def test_the_button_writes_as_much_of_the_name_of_data_as_has_room(qtbot: QtBot) -> None:
    row = DataRow()
    qtbot.addWidget(row)
    row.show_data(encoded(read_data("1 2 3", name="rain in june.csv").data))
    row.show()
    for width in (200, 90, 200):
        row.resize(width, row.height())
        assert row.sizeHint().width() <= row.width() and row.text().endswith(" …")
    assert row.text().startswith("rain")
