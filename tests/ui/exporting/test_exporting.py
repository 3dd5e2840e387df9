"""Export from the window: choose what as and how, look at it, save or copy it; copy the equation that is shown."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from explorer.export.formats import formats
from explorer.graph.unfold import Vertex
from explorer.reading.array import read_array
from explorer.ui.exporting.dialog import ExportDialog
from explorer.ui.parts.fields import Choice
from explorer.ui.window import exporting
from explorer.ui.window.main_window import MainWindow
from tests.export.test_scripts import run

Opened = Callable[[], ExportDialog]


@pytest.fixture
def dialog(window: MainWindow) -> ExportDialog:
    """The dialog over a small network after a few events."""
    window.perform("change", length=2, hidden=2)
    window.perform("go_to", cursor=4)
    window.perform("export")
    assert window.exporting.dialog is not None
    return window.exporting.dialog


def answer(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Answer the next file dialog with this path."""
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: True)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(path)])


def previewed(dialog: ExportDialog) -> QWidget:
    (page,) = (p for p in (dialog.preview.text, dialog.preview.picture, dialog.preview.words) if p.isVisible())
    return page


def test_what_is_chosen_is_previewed_saved_and_said(
    qtbot: QtBot, window: MainWindow, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for id in (id for id in formats() if not id.startswith("curves")):
        dialog.choose(id)
        assert previewed(dialog) is not dialog.preview.words, id
        path = tmp_path / f"{id}{formats()[id].suffix}"
        answer(monkeypatch, path)
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        assert any(path.iterdir()) if path.is_dir() else path.stat().st_size, id
        if previewed(dialog) is dialog.preview.text:
            assert path.read_text(encoding="utf-8").startswith(dialog.preview.text.toPlainText())
        assert dialog.said.text() == window.status.message.text() == f"Exported {path.name}."
        assert dialog.isVisible(), "the next format is saved without opening it again"


def test_the_program_that_is_copied_computes_what_is_shown(
    qtbot: QtBot, window: MainWindow, dialog: ExportDialog
) -> None:
    dialog.choose("numpy")
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert run(QGuiApplication.clipboard().text())["loss"] == pytest.approx(window.session.shown.trace.loss, rel=1e-12)


def test_a_picture_is_copied_as_a_picture(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog.choose("svg")
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    content = QGuiApplication.clipboard().mimeData()
    assert content.hasImage() and content.hasFormat("image/svg+xml")
    dialog.choose("gif")
    assert not dialog.copy.isEnabled()


def test_options_are_those_that_the_format_heeds_and_stay_from_one_to_the_next(dialog: ExportDialog) -> None:
    for id, format in formats().items():
        dialog.choose(id)
        assert tuple(dialog.form.fields) == format.heeds
    dialog.choose("svg")
    letters, clear = dialog.form.fields["text"], dialog.form.fields["transparent"]
    assert isinstance(letters, Choice) and isinstance(clear, QCheckBox)
    letters.setCurrentIndex(1)
    letters.activated.emit(1)
    clear.setChecked(True)
    dialog.choose("png")
    assert (dialog.options.text, dialog.options.transparent) == ("text", True)
    assert dialog.preview.picture.image.hasAlphaChannel()


def test_a_picture_for_paper_is_made_in_a_dark_window_too(dialog: ExportDialog) -> None:
    ground = []
    for colours in ("dark", "light"):
        dialog.choose("png")
        dialog.form.fields["colours"].activated.emit(("shown", "light", "dark").index(colours))  # type: ignore[attr-defined]
        ground.append(dialog.preview.picture.image.pixelColor(1, 1).lightness())
    assert ground[0] < 64 and ground[1] > 240


def test_of_two_graphs_one_is_chosen(window: MainWindow) -> None:
    window.perform("beside_time")
    window.perform("export")
    dialog = window.exporting.dialog
    assert dialog is not None and dialog.graph.isVisible()
    assert [dialog.graph.itemText(i)[:10] for i in range(dialog.graph.count())] == ["Train time", "Test time:"]
    dialog.choose("json")
    for place, feedback in enumerate(("teacher_forcing", "free_running")):
        dialog.graph.setCurrentIndex(place)
        dialog.graph.activated.emit(place)
        assert f'"feedback": "{feedback}' in dialog.preview.text.toPlainText()


def test_what_cannot_be_made_says_why(dialog: ExportDialog) -> None:
    dialog.choose("curves")
    assert "train one first" in dialog.preview.words.text()
    assert not dialog.save.isEnabled() and not dialog.copy.isEnabled()


def test_a_size_that_is_none_is_explained_and_left(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog.choose("png")
    size = dialog.form.fields["size"]
    qtbot.keyClicks(size, "wide\r")
    assert "is not WIDTHxHEIGHT" in dialog.said.text()
    assert dialog.options.size is None


def test_what_cannot_be_written_is_said_in_the_dialog_which_stays(
    qtbot: QtBot, window: MainWindow, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, tmp_path / "no" / "graph.svg")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert "cannot be written" in dialog.said.text()
    assert window.exporting.dialog is dialog


def test_a_stepping_that_is_stopped_leaves_nothing(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting.QProgressDialog, "wasCanceled", lambda progress: progress.value() >= 3)
    answer(monkeypatch, tmp_path / "frames")
    dialog.choose("frames")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert "was stopped" in dialog.said.text()
    assert list(tmp_path.iterdir()) == []


def test_headings_cannot_be_chosen(dialog: ExportDialog) -> None:
    items = [dialog.list.item(row) for row in range(dialog.list.count())]
    headings = [item for item in items if item.flags() == Qt.ItemFlag.NoItemFlags]
    assert [item.text() for item in headings] == ["The graph", "The stepping", "The derivation", "Programs", "Data"]
    assert dialog.list.currentIndex() != QModelIndex()


def test_the_equation_that_is_shown_is_copied(window: MainWindow) -> None:
    window.perform("go_to", cursor=2)
    window.perform("copy_latex")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(r"\[ h^{(t)} = \tanh") and r"\begin{bmatrix}" in copied
    window.perform("select", thing=Vertex("a", 1))
    window.perform("copy_markdown")
    assert QGuiApplication.clipboard().text().startswith("### a at step 1 (eq. 10.8")


def test_the_numbers_of_what_is_shown_are_copied_so_that_they_can_be_pasted(window: MainWindow) -> None:
    window.perform("select", thing="W")
    assert window.perform("copy_numbers"), window.notice.text.text()
    W = window.session.shown.trace.parameters["W"]
    assert np.array_equal(read_array(QGuiApplication.clipboard().text(), W.shape), W)
    window.perform("go_to", cursor=2)
    window.perform("copy_numbers")
    h = window.session.shown.trace.value("h", 1)
    assert QGuiApplication.clipboard().text() == "\n".join(map(repr, h.tolist()))
    QGuiApplication.clipboard().setText("nothing")
    window.perform("select", thing=Vertex("h", 3))
    window.perform("copy_numbers")
    assert QGuiApplication.clipboard().text() == "nothing", "what is not computed yet is not told"


def test_before_any_event_there_is_no_equation_to_copy(window: MainWindow) -> None:
    window.perform("start")
    assert not window.perform("copy_latex")
    assert "step forward" in window.notice.text.text()
