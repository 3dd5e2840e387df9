"""Closing loses nothing without asking, what is in a file is said, and the last session is offered by the next."""

import os
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from explorer.session.document import Document
from explorer.session.edits import WeightEdit
from explorer.session.files import open_document, save_document
from explorer.session.runs.runs import Stage
from explorer.session.weights import Weights, fit_of
from explorer.ui.window import documents
from explorer.ui.window.last_session import kept_at
from explorer.ui.window.main_window import MainWindow
from tests.oracles.same import assert_same
from tests.settings import a_plan
from tests.ui.showing import on_screen

ANSWERS = QMessageBox.StandardButton
Answer = QMessageBox.StandardButton


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked, and answered with Cancel; `answer` answers otherwise."""
    sentences: list[str] = []
    answer(monkeypatch, ANSWERS.Cancel, sentences)
    return sentences


def answer(monkeypatch: pytest.MonkeyPatch, button: Answer, sentences: list[str]) -> None:
    def question(parent: object, title: str, sentence: str, *_: object) -> Answer:
        sentences.append(sentence)
        return button

    monkeypatch.setattr(QMessageBox, "question", question)


def edit(window: MainWindow) -> None:
    window.do(lambda: window.session.edit(WeightEdit("W", (0, 0), 2.0)))


def train(qtbot: QtBot, window: MainWindow, iterations: int = 20) -> None:
    window.do(lambda: window.session.change(plan=a_plan(iterations=iterations, modes=("teacher_forcing",))))
    window.training.running.run()
    qtbot.waitUntil(lambda: bool(window.training.book.begun), timeout=30_000)


@pytest.mark.parametrize(("button", "saves"), [(ANSWERS.Save, True), (ANSWERS.Discard, False)])
def test_closing_asks_what_is_to_become_of_changes(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, button: Answer, saves: bool
) -> None:
    sentences: list[str] = []
    path = tmp_path / "lesson.rnnx"
    window.documents.save(path)
    window.do(lambda: window.session.change(length=4))
    answer(monkeypatch, ANSWERS.Cancel, sentences)
    assert not window.close() and open_document(path).document.length != 4
    answer(monkeypatch, button, sentences)
    assert window.close()
    assert sentences == ["lesson.rnnx has been changed. Save the changes?"] * 2
    assert (open_document(path).document.length == 4) == saves


def test_closing_says_which_weights_the_file_holds_and_which_would_take_their_place(
    window: MainWindow, tmp_path: Path, asked: list[str]
) -> None:
    theta = {name: array + 1 for name, array in window.session.shown.trace.parameters.items()}
    weights = Weights(theta, "weights of a test", fit_of(window.session.document))
    window.do(lambda: window.session.use_weights(weights))
    window.documents.save(tmp_path / "lesson.rnnx")
    window.perform("initial_weights")
    assert not window.close()
    assert asked == [
        "lesson.rnnx has been changed. It holds weights of a test; the graph shows initial weights of seed 7. "
        "Save the changes?"
    ]


def test_closing_asks_nothing_where_nothing_would_be_lost(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_: pytest.fail("there is nothing to ask"))
    window.do(lambda: window.session.change(length=4))
    assert window.close()


def test_edits_in_a_window_without_a_file_are_asked_about(window: MainWindow, asked: list[str]) -> None:
    edit(window)
    assert not window.close()
    assert asked == ["What you made here has not been saved. Save the changes?"]


def test_a_file_is_asked_for_and_without_one_the_window_stays(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, ANSWERS.Save, [])
    edit(window)
    monkeypatch.setattr(documents, "ask_where", lambda *_: None)
    assert not window.close()
    monkeypatch.setattr(documents, "ask_where", lambda *_: tmp_path / "mine.rnnx")
    assert window.close()
    assert open_document(tmp_path / "mine.rnnx").document.edits == (WeightEdit("W", (0, 0), 2.0),)


def test_runs_are_asked_about_during_and_after_training(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, asked: list[str]
) -> None:
    train(qtbot, window, 100_000)
    assert not window.close()
    made = "What you made here has not been saved. 1 run is in no file"
    assert asked[-1] == f"{made} and still trains. Save the changes?"
    window.training.trainer.stop()
    assert not window.close()
    assert asked[-1] == f"{made}. Save the changes?"
    window.documents.save(tmp_path / "a.rnnx")
    assert not window.documents.unsaved


def test_runs_of_a_document_that_was_open_before_are_asked_about(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, asked: list[str]
) -> None:
    train(qtbot, window)
    qtbot.waitUntil(lambda: not window.training.trainer.running, timeout=30_000)
    window.menus["new"].trigger()
    assert not window.training.book.begun
    assert not window.close()
    assert asked == ["1 run of what was open before is in no file; Undo leads back there. Close the window?"]
    window.menus["undo"].trigger()
    assert len(window.training.book.begun) == 1
    window.documents.save(tmp_path / "a.rnnx")
    window.menus["new"].trigger()
    assert window.close() and len(asked) == 1


def test_saving_says_what_is_in_the_file_and_what_is_not(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.documents.save(tmp_path / "a.rnnx")
    assert window.status.message.text() == "Saved a.rnnx."
    train(qtbot, window)
    qtbot.waitUntil(lambda: not window.training.trainer.running, timeout=30_000)
    window.perform("follow", on=False)
    window.documents.save(tmp_path / "a.rnnx")
    assert window.status.message.text() == "Saved a.rnnx, with 1 run."
    window.training._travel_to(20)
    shown = window.session.shown
    assert window.isWindowModified()
    window.documents.save(tmp_path / "a.rnnx")
    assert window.status.message.text() == "Saved a.rnnx, with the weights shown and 1 run."
    assert not window.isWindowModified()
    origin = window.status.origin.text()
    window.documents.open(tmp_path / "a.rnnx")
    assert_same(window.session.shown, shown)
    assert window.status.origin.text() == origin == "showing weights of Teacher forcing, iteration 20"


class TestLastSession:
    """What was looked at when the window closed can be gone on with."""

    @pytest.fixture(autouse=True)
    def nothing_kept(self) -> None:
        for place in kept_at().parent.glob("last-session*"):
            place.unlink()

    def leave(self, window: MainWindow) -> None:
        """Close the window as the person who answers "close without saving" does."""
        window.setProperty("unasked", True)
        window.close()

    def opened(self, qtbot: QtBot) -> MainWindow:
        """Another window, which offers the session before it."""
        other = MainWindow(look="light")
        qtbot.addWidget(other)
        other.documents.offer_last(other.notice.say)
        return other

    def test_it_is_offered_with_its_weights_and_its_edits(self, qtbot: QtBot, window: MainWindow) -> None:
        window.documents.offer_last(window.notice.say)
        assert not window.notice.isVisible()
        theta = {name: array + 1 for name, array in window.session.shown.trace.parameters.items()}
        window.session.use_weights(Weights(theta, "weights of a test", fit_of(window.session.document)))
        edit(window)
        window.perform("go_to", cursor=7)
        self.leave(window)

        later = on_screen(qtbot, MainWindow(look="light"))
        later.documents.offer_last(later.notice.say)
        said = "Your last session was kept: Output → hidden, Running parity, T = 6, 1 edit by hand, weights of a test."
        assert later.notice.text.text() == said
        later.notice.remedy.click()
        assert_same(later.session.shown, window.session.shown)
        assert later.session.cursor == 7
        assert later.documents.path is None
        later.menus["undo"].trigger()
        assert later.session.document == Document()
        self.leave(later)

    def test_it_is_still_offered_where_a_file_is_opened_at_the_start(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path
    ) -> None:
        window.documents.offer_last(window.notice.say)
        edit(window)
        save_document(window.session.content, tmp_path / "a.rnnx")
        (tmp_path / "b.rnnx").write_bytes(b"none")
        self.leave(window)
        later = on_screen(qtbot, MainWindow(look="light"))
        later.documents.offer_last(partial(later.notice.say, lasting=True))
        said = later.notice.text.text()
        for name in ("a.rnnx", "b.rnnx"):
            later.opening.open(tmp_path / name)
        assert "b.rnnx" in later.notice.text.text()
        later.notice.closer.click()
        later.perform("change", length=4)
        assert later.notice.isVisible() and later.notice.text.text() == said
        later.notice.remedy.click()
        assert later.session.document.edits and not later.notice.isVisible()
        self.leave(later)

    def test_the_offer_leaves_the_sentence_below_it_to_a_step_and_to_a_talk(self, window: MainWindow) -> None:
        """It had covered for 18 seconds what the steps had to say, before a class as well."""
        for command in ("next", "present"):
            window.notice.say(f"Your last session was kept ({command}).", ("Open it", lambda: None), brief=True)
            assert not window.notice.isHidden()
            window.perform(command)
            assert window.notice.isHidden(), command
            assert window.status.message.text() == f"Your last session was kept ({command})."

    @pytest.mark.parametrize("saved", [True, False])
    def test_it_is_not_offered_beside_the_file_in_which_it_is_saved(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path, saved: bool
    ) -> None:
        window.documents.offer_last(window.notice.say)
        edit(window)
        assert window.documents.last is not None
        window.documents.last.keep()  # so that the file is newer
        window.documents.save(tmp_path / "a.rnnx")
        if not saved:
            window.perform("change", length=3)
        self.leave(window)
        later = on_screen(qtbot, MainWindow(look="light"))
        later.documents.offer_last(later.notice.say, tmp_path / "a.rnnx")
        assert later.notice.isVisible() != saved
        self.leave(later)

    def test_it_is_kept_until_something_else_is_done(self, qtbot: QtBot, window: MainWindow) -> None:
        window.documents.offer_last(window.notice.say)
        edit(window)
        self.leave(window)
        kept = kept_at().read_bytes()
        later = MainWindow(look="light")
        qtbot.addWidget(later)
        later.documents.offer_last(later.notice.say)
        self.leave(later)
        assert kept_at().read_bytes() == kept

    def test_windows_that_are_open_at_once_do_not_write_over_what_the_other_keeps(
        self, qtbot: QtBot, window: MainWindow
    ) -> None:
        window.documents.offer_last(window.notice.say)
        beside = self.opened(qtbot)
        window.do(lambda: window.session.change(length=3))
        beside.do(lambda: beside.session.change(length=4))
        self.leave(beside)
        self.leave(window)
        later = self.opened(qtbot), self.opened(qtbot)
        for one in later:
            one.documents.open_last()
        assert [one.session.document.length for one in later] == [3, 4]
        for one in later:
            self.leave(one)

    def kill(self, window: MainWindow) -> None:
        """Leave behind what a window does that is killed after its work was kept."""
        last = window.documents.last
        last.keep()
        lock = kept_at(1 if last._path == kept_at() else 2).with_suffix(".lock")
        content = lock.read_text().splitlines()
        self.leave(window)
        lock.write_text("\n".join(["999999999", *content[1:]]) + "\n")

    def test_what_killed_windows_have_left_is_offered_one_after_the_other_with_their_runs(
        self, qtbot: QtBot, window: MainWindow
    ) -> None:
        window.documents.offer_last(window.notice.say)
        beside = self.opened(qtbot)
        train(qtbot, window, 100_000)
        edit(beside)
        self.kill(beside)
        reached = window.session.runs.records[0].iteration
        self.kill(window)
        offers = []
        for place in range(2):
            later = self.opened(qtbot)
            offers.append(later.notice.text.text())
            later.documents.open_last()
            if place == 0:
                (run,) = later.session.runs.records
                assert run.stage is Stage.STOPPED and run.iteration >= reached and later.training.running.goes_on
            self.leave(later)
        first = "The last session ended without being closed, and was kept: Output → hidden, Running parity, T = 6"
        assert offers[0].startswith(first) and offers[0].endswith(", 1 run."), "the weights of a run may be shown"
        assert offers[1] == f"{first}, 1 edit by hand."

    def test_what_was_from_a_file_is_a_change_to_it_unless_that_is_newer(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path
    ) -> None:
        window.documents.offer_last(window.notice.say)
        window.documents.save(tmp_path / "a.rnnx")
        edit(window)
        self.leave(window)
        later = self.opened(qtbot)
        later.documents.open_last()
        assert later.status.message.text() == "Opened the last session; save it to keep it in a.rnnx."
        assert later.documents.path == tmp_path / "a.rnnx" and later.isWindowModified()
        later.menus["save"].trigger()
        assert open_document(tmp_path / "a.rnnx").document.edits and not later.isWindowModified()
        self.leave(later)
        os.utime(tmp_path / "a.rnnx", (2**33, 2**33))
        latest = self.opened(qtbot)
        latest.documents.open_last()
        assert latest.session.document.edits and latest.documents.path is None
        self.leave(latest)

    def test_a_page_of_a_lesson_does_not_take_its_place(self, qtbot: QtBot, window: MainWindow) -> None:
        window.documents.offer_last(window.notice.say)
        window.do(lambda: window.session.change(length=3))
        window.perform("learn", on=True)
        for page in window.teaching.course.pages[:2]:
            window.teaching.enter(page)
        self.leave(window)
        later = self.opened(qtbot)
        later.documents.open_last()
        assert later.session.document.length == 3
        self.leave(later)

    def test_the_menu_leads_to_it_after_the_note_has_gone(self, qtbot: QtBot, window: MainWindow) -> None:
        window.documents.offer_last(window.notice.say)
        window.menus["open_last"].trigger()
        assert window.status.message.text() == "There is no earlier session to open."
        edit(window)
        self.leave(window)
        later = MainWindow(look="light")
        qtbot.addWidget(later)
        later.documents.offer_last(later.notice.say)
        later.do(lambda: later.session.change(length=3))
        later.documents.last.keep()
        later.menus["open_last"].trigger()
        assert later.session.document == window.session.document
        self.leave(later)

    def test_to_have_only_looked_around_leaves_what_the_last_session_left(
        self, qtbot: QtBot, window: MainWindow
    ) -> None:
        window.documents.offer_last(window.notice.say)
        edit(window)
        self.leave(window)
        left = kept_at().read_bytes()
        later = self.opened(qtbot)
        later.perform("next")
        later.perform("fold")
        self.leave(later)
        assert kept_at().read_bytes() == left

    def test_it_opens_as_it_was_looked_at(self, qtbot: QtBot, window: MainWindow) -> None:
        window.documents.offer_last(window.notice.say)
        edit(window)
        looked = {"fold": 1.0, "show_a": True, "card": "reach", "settings": False, "reading": "here", "grain": "phase"}
        window.perform("look", motion=False, log_loss=True, **looked)
        window.perform("follow_gradient", k=5, t=2)
        self.leave(window)
        later = self.opened(qtbot)
        later.documents.open_last()
        assert later.session.view == window.session.view
        assert later.canvas.fold == 1.0 and later.teaching.place.isHidden() and later.header.activations.isChecked()
        assert later.training.views.tabs.chosen == "reach" and later.cards.reach.cell == (5, 2)
        assert later.inspector.equation.way == "here" and later.transport.grain.currentText() == "phase"
        assert later.training.losses.log_loss.isChecked()
        self.leave(later)

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b'{"network": {"architecture": "hidden_to_hidden"}, "feedback": null, "length": 4, "example": 1}',
            b'{"task": "majority"}',
            b"\xff",
        ],
    )
    def test_what_cannot_be_shown_or_is_the_beginning_is_not_offered(self, window: MainWindow, content: bytes) -> None:
        kept_at().parent.mkdir(parents=True, exist_ok=True)
        kept_at().write_bytes(content)
        window.documents.offer_last(window.notice.say)
        assert not window.notice.isVisible()
