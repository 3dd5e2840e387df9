"""Two windows with the same file know of one another, and neither writes over the other's work unasked."""

from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, QSysInfo
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from explorer.session.document import FIRST
from explorer.session.files import Opened, open_document, save_document
from explorer.ui.kept import settings
from explorer.ui.window.main_window import MainWindow
from explorer.ui.window.recent_files import RecentFiles
from explorer.ui.window.shared_file import SharedFile, _folder
from tests.settings import a_document
from tests.ui.showing import on_screen

WARNING = "lesson.rnnx is open in another window too; the last to save replaces the other."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save_document(Opened(a_document(length=3)), tmp_path / "lesson.rnnx")
    return tmp_path / "lesson.rnnx"


@pytest.fixture
def other(qtbot: QtBot) -> MainWindow:
    return on_screen(qtbot, MainWindow(look="light"))


def test_both_are_warned(qtbot: QtBot, window: MainWindow, other: MainWindow, path: Path) -> None:
    window.documents.open(path)
    assert not window.notice.isVisible()
    other.documents.open(path)
    assert other.notice.text.text() == WARNING and other.notice.isVisible()
    qtbot.waitUntil(lambda: window.notice.isVisible(), timeout=10_000)
    assert window.notice.text.text() == WARNING and window.notice.remedy.text() == "Save as…"


def test_a_link_is_the_same_file_and_another_file_is_not(tmp_path: Path, qapp: object, path: Path) -> None:
    one, two, three = SharedFile(qapp), SharedFile(qapp), SharedFile(qapp)  # type: ignore[arg-type]
    found: list[int] = []
    two.found.connect(lambda: found.append(2))
    three.found.connect(lambda: found.append(3))
    (tmp_path / "link.rnnx").symlink_to(path)
    one.hold(path)
    three.hold(tmp_path / "other.rnnx")
    two.hold(tmp_path / "link.rnnx")
    assert found == [2]
    for each in (one, two, three):
        each.release()


def test_who_is_gone_or_shows_another_document_is_not_warned_of(
    qtbot: QtBot, window: MainWindow, other: MainWindow, path: Path
) -> None:
    window.documents.open(path)
    window.menus["undo"].trigger()
    other.documents.open(path)
    assert not other.notice.isVisible()
    other.setProperty("unasked", True)
    other.close()
    window.menus["redo"].trigger()
    assert not window.notice.isVisible()


def test_what_a_killed_window_left_is_passed_over(window: MainWindow, path: Path) -> None:
    window.documents.open(path)
    (own,) = _folder().glob("*.lock")
    window.documents.shared.release()
    dead = own.with_name(own.name.replace("-1.", "-2."))
    dead.write_text(f"999999999\nrnn-explorer\n{QSysInfo.machineHostName()}\n\n\n")
    window.documents.shared.hold(path)
    assert not window.notice.isVisible()
    assert QLockFile(str(dead)).tryLock(0)


@pytest.mark.parametrize("replaces", [True, False])
def test_saving_over_what_another_has_saved_is_asked_about(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch, replaces: bool
) -> None:
    asked: list[str] = []

    def question(parent: object, title: str, sentence: str, *_: object) -> QMessageBox.StandardButton:
        asked.append(sentence)
        return QMessageBox.StandardButton.Yes if replaces else QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", question)
    window.documents.open(path)
    window.perform("change", length=5)
    window.menus["save"].trigger()
    assert asked == [] and open_document(path).document.length == 5
    save_document(Opened(a_document(length=2)), path)
    window.perform("change", length=6)
    window.menus["save"].trigger()
    assert asked == [
        "lesson.rnnx has been changed by another window or program since it was opened here. Replace what is in it now?"
    ]
    assert open_document(path).document.length == (6 if replaces else 2)
    assert window.documents.modified != replaces


class TestRecentFiles:
    """The files that were opened or saved last are a click away."""

    def test_the_menu_lists_them_newest_first_and_opens_them(self, window: MainWindow, tmp_path: Path) -> None:
        for length in (3, 4):
            window.perform("change", length=length)
            window.documents.save(tmp_path / f"{length}.rnnx")
        window.documents.open(tmp_path / "3.rnnx")
        (tmp_path / "gone.rnnx").write_text("{}")
        window.documents.recent.note(tmp_path / "gone.rnnx")
        (tmp_path / "gone.rnnx").unlink()
        window._recent.aboutToShow.emit()
        first, second, *_ = window._recent.actions()
        assert [first.text(), second.text()] == ["&1  3.rnnx", "&2  4.rnnx"]
        assert first.toolTip() == str(tmp_path / "3.rnnx")
        second.trigger()
        assert window.session.document.length == 4 and window.documents.path == tmp_path / "4.rnnx"

    def test_files_of_one_name_are_told_apart_by_their_folders(self, window: MainWindow, tmp_path: Path) -> None:
        for folder in ("ann", "bob"):
            (tmp_path / folder).mkdir()
            window.documents.save(tmp_path / folder / "work & play.rnnx")
        window._recent.aboutToShow.emit()
        texts = [action.text() for action in window._recent.actions()[:2]]
        assert texts == ["&1  work && play.rnnx  in bob", "&2  work && play.rnnx  in ann"]

    def test_there_are_at_most_eight_and_what_cannot_be_read_is_none(self, tmp_path: Path) -> None:
        recent = RecentFiles()
        for number in range(10):
            (tmp_path / f"{number}.rnnx").write_text("{}")
            recent.note(tmp_path / f"{number}.rnnx")
        assert [path.stem for path in recent.paths] == list("98765432")
        settings().setValue("recent", 3)
        assert recent.paths == []


def test_a_new_document_has_no_file_and_undo_leads_back_to_the_one_before(window: MainWindow, path: Path) -> None:
    window.documents.open(path)
    window.menus["new"].trigger()
    assert window.documents.path is None and window.session.document == FIRST
    window.menus["undo"].trigger()
    assert window.documents.path == path and window.session.document.length == 3
