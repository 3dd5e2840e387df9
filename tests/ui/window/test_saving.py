"""Save what is shown and open it again, from the menus' keys, whatever becomes of the file."""

import errno
import json
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from explorer.session.files import Opened, save_document
from explorer.session.training_plan import Plan
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_document, a_plan
from tests.ui.keys import press, set_length

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def choose_file(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Answer the next file dialog with this path."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args, **kwargs: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: True)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(path)])


def test_save_and_open_again(qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.rnnx"
    choose_file(monkeypatch, path)
    set_length(qtbot, window, "4")
    press(qtbot, Key.Key_S, CONTROL)
    assert window.status.message.text() == "Saved mine.rnnx."
    assert window.windowTitle().startswith("mine.rnnx") and not window.isWindowModified()
    saved = window.session.document
    press(qtbot, Key.Key_2)
    press(qtbot, Key.Key_3)
    assert window.isWindowModified() and window.status.message.text() != "Saved mine.rnnx."
    press(qtbot, Key.Key_O, CONTROL)
    assert window.session.document == saved and not window.isWindowModified()
    assert window.status.message.text() == "Opened mine.rnnx."


def test_a_bad_file_is_explained_and_changes_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bad.rnnx"
    choose_file(monkeypatch, path)
    before = window.session.document
    for content, said in (
        (None, "cannot be read"),
        (b"[1, 2", "is no RNN Explorer file"),
        (b'{"edits": [{"type": "weight", "name": "W", "index": [99, 0], "value": 1}]}', "has no entry (99, 0)"),
    ):
        if content is not None:
            path.write_bytes(content)
        window.notice.hide()
        press(qtbot, Key.Key_O, CONTROL)
        assert window.notice.isVisible() and said in window.notice.text.text()
        assert window.session.document == before and window.documents.path is None, said
        assert "\n" not in window.notice.text.text()


def test_saving_where_one_may_not_is_explained(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_file(monkeypatch, tmp_path / "nowhere" / "mine.rnnx")
    press(qtbot, Key.Key_S, CONTROL)
    assert "cannot be written" in window.notice.text.text() and window.documents.path is None


def test_a_full_disk_keeps_the_file_and_is_explained(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "mine.rnnx"
    path.write_bytes(b"old")
    choose_file(monkeypatch, path)
    monkeypatch.setattr(os, "fsync", fail)
    press(qtbot, Key.Key_S, CONTROL)
    assert window.notice.isVisible()
    assert window.notice.text.text() == f"{path} cannot be written: No space left on device. Choose another place."
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_undoing_an_open_leads_back_to_the_file_before_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lesson.rnnx"
    save_document(Opened(a_document(length=3)), path)
    choose_file(monkeypatch, path)
    press(qtbot, Key.Key_O, CONTROL)
    assert window.windowTitle().startswith("lesson.rnnx")
    press(qtbot, Key.Key_Z, CONTROL)
    assert window.documents.path is None and not window.isWindowModified()
    window.menus["redo"].trigger()
    assert window.documents.path == path and not window.isWindowModified()
    press(qtbot, Key.Key_1)
    press(qtbot, Key.Key_Z, CONTROL)
    assert window.documents.path == path, "a change within a file is another thing than opening one"


def test_how_training_is_planned_is_saved_and_opened_too(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_file(monkeypatch, tmp_path / "lesson.rnnx")
    window.training.controls.open_form("batch")
    form = window.training.controls.form
    batch = form.fields["batch"]
    qtbot.keyClicks(batch, "5")
    qtbot.keyClick(batch, Key.Key_Return)
    form.hide()
    assert window.session.document.plan.training.batch == 5
    press(qtbot, Key.Key_S, CONTROL)
    press(qtbot, Key.Key_Z, CONTROL)
    assert window.training.plan == Plan() and window.isWindowModified()
    press(qtbot, Key.Key_O, CONTROL)
    assert window.training.plan == a_plan(batch=5) and not window.isWindowModified()
    assert batch.text() == "5"


def test_a_saved_file_is_readable_by_people(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_file(monkeypatch, tmp_path / "mine.rnnx")
    press(qtbot, Key.Key_S, CONTROL)
    assert json.loads((tmp_path / "mine.rnnx").read_text())["network"]["architecture"] == "output_to_hidden"
