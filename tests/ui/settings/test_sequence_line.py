"""One field takes a whole sequence as one writes it."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.ui.window.main_window import MainWindow
from tests.ui.settings.test_sidebar import type_into


def test_a_sequence_is_typed_and_shown_as_it_is_written(qtbot: QtBot, window: MainWindow) -> None:
    line = window.sidebar.sequence.line
    drawn = line.text()
    type_into(qtbot, line, "1 0 1 1")
    assert line.text() == "1011" and window.session.document.length == 4
    type_into(qtbot, line, "1011 -> 1111")
    assert line.text() == "1011 → 1111"
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    type_into(qtbot, line, "")
    assert line.text() == drawn[:4]
    window.perform("change", task={"id": "binary_addition"})
    type_into(qtbot, line, "100111 + 110010")
    assert line.text() == "1+0 1+1 1+0 0+0 0+1 1+1 0+0"
    assert window.notice.text.text().startswith("0100111 + 0110010 = 1011001 is read from the right")


def test_one_that_is_refused_stays_to_be_mended(qtbot: QtBot, window: MainWindow) -> None:
    line, before = window.sidebar.sequence.line, window.session.document
    before_text = line.text()
    type_into(qtbot, line, "1 0 2")
    assert window.notice.text.text().startswith("“2” is no symbol") and window.session.document == before
    assert line.text() == "1 0 2" and line.property("invalid") is True and line.hasFocus()
    window.notice.hide()
    line.editingFinished.emit()
    assert not window.notice.isVisible(), "said once"
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == before_text and line.property("invalid") is False, "or to be given up"
    type_into(qtbot, line, "1 0 2")
    type_into(qtbot, line, "1 0 1")
    assert line.text() == "101" and line.property("invalid") is False and not window.notice.isVisible()
    assert window.canvas.hasFocus(), "back to the graph and its keys"


def test_options_of_a_text_are_offered_once_it_is_more_than_a_pattern(qtbot: QtBot, window: MainWindow) -> None:
    options = window.sidebar.sequence.options
    window.perform("change", task={"id": "next_symbol"})
    assert not options.fields["starts"].isVisible() and not options.note.isVisible()
    window.perform("change", task={"id": "next_symbol", "options": {"text": "man eats\ncat sleeps\n" * 5}})
    assert options.fields["starts"].isVisible() and options.fields["symbols"].isVisible()
    options.fields["symbols"].setValue(5)
    assert options.note.text().startswith("◇ stands for")
    options.fields["starts"].setCurrentIndex(1)
    options.fields["starts"].activated.emit(1)
    assert window.session.document.task.options["starts"] == "lines"
