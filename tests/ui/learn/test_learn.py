"""Lessons in the real window: every page is walked, from the first to the last; one can leave, play and come back."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytest import MonkeyPatch, mark
from pytestqt.qtbot import QtBot

from explorer.lessons.course import Course
from explorer.lessons.library import pages
from explorer.lessons.numbers import NOT_YET
from explorer.lessons.state import document_of
from explorer.session.edits import WeightEdit
from explorer.ui.learn.page_view import with_numbers
from explorer.ui.learn.panel import LearnPanel
from explorer.ui.typography.flow_text import FlowText
from explorer.ui.typography.marked_text import paragraphs
from explorer.ui.window.main_window import MainWindow
from explorer.ui.window.teaching import CONTROLS
from tests.lessons.taking import train_here

ONE, TWO = pages()[0], pages()[1]


def opened(qtbot: QtBot, window: MainWindow) -> LearnPanel:
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_L)
    assert window.teaching.panel.isVisible()
    return window.teaching.panel


def trained_here(window: MainWindow) -> None:
    """Train for two iterations, in this process: the worker and its curves have tests of their own."""
    train_here(window.session, 2)
    window.training.trainer.changed.emit()


def test_every_page_of_every_lesson(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1024, 640)
    panel, course = opened(qtbot, window), window.teaching.course
    qtbot.mouseClick(panel.contents.start, Qt.MouseButton.LeftButton)
    for page in pages():
        assert course.page is page and window.session.document == document_of(page)
        assert panel.page.title.text == page.title and not panel.page.after.isVisible()
        assert course.wandered is False and not panel.page.away.isVisible()
        assert not window.caption.go_on.isVisible(), "the page says what to do, and nothing beside it"
        pressed = window.training.controls.run_button.property("role") == "primary"
        assert pressed == ("run" in page.highlight), page.id
        things = [name for name in page.highlight if name not in CONTROLS]
        assert len(window.teaching.spotlight.rings) >= len(things), "all that it points at is to be seen"
        if page.ask:
            qtbot.mouseClick(panel.page.choices[page.right - 1], Qt.MouseButton.LeftButton)
            assert panel.page.reply.text() == "Right."
        elif any(call.id == "train" for call in page.show):
            trained_here(window)
        else:
            qtbot.mouseClick(panel.page.show_me, Qt.MouseButton.LeftButton)
        assert course.complete and panel.page.after.isVisible(), page.id
        shown = " ".join(text.text for text in (panel.page.text, panel.page.question, panel.page.after))
        assert "[[" not in shown and NOT_YET not in shown
        QApplication.processEvents()
        assert panel.page.verticalScrollBar().maximum() == 0, "all of it is to be seen in a small window"
        for text in panel.page.findChildren(FlowText):
            assert all(one.x + one.width <= text.width() + 1 for one in text.arranged), (page.id, text.text)
        qtbot.mouseClick(panel.next, Qt.MouseButton.LeftButton)
    assert course.done == {page.id for page in pages()}
    qtbot.mouseClick(panel.list, Qt.MouseButton.LeftButton)
    assert all("✓" in row._done.text() for row in panel.contents.rows)


def test_what_an_answer_is_told_is_scrolled_to_once_and_then_left(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1024, 500)
    panel = opened(qtbot, window)
    window.teaching.enter(next(page for page in pages() if page.id == "01-recursive-computation/04-inputs"))
    qtbot.mouseClick(panel.page.choices[2], Qt.MouseButton.LeftButton)
    after, bar = panel.page.after, panel.page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    seen = panel.page.viewport().rect()
    qtbot.waitUntil(lambda: seen.contains(after.mapTo(panel.page.viewport(), after.rect().bottomLeft())))
    bar.setValue(0)
    window.perform("back")
    QApplication.processEvents()
    assert bar.value() == 0, "whoever scrolls back to read is left there"


@mark.parametrize("id", ["07-adding-up-over-time/01-copies", "08-vanishing-and-exploding/01-the-way-back"])
def test_the_bars_that_a_page_speaks_of_are_in_sight(qtbot: QtBot, window: MainWindow, id: str) -> None:
    window.resize(1280, 720)
    panel = opened(qtbot, window)
    window.teaching.enter(next(page for page in pages() if page.id == id))
    qtbot.mouseClick(panel.page.show_me, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    bars, seen = window.inspector.ledger.bars, window.inspector.viewport()
    assert seen.rect().contains(bars.mapTo(seen, bars.rect().center() + QPoint(0, bars.height() // 3)))


def test_a_question_is_answered_by_a_key_while_the_graph_has_the_focus(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(qtbot, window).page
    window.teaching.enter(next(one for one in pages() if one.right == 2))
    window.perform("quiz", on=True)
    while not window.quiz_card.waiting:
        window.perform("next")
    qtbot.keyClick(window.canvas, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.quiz_card.asked == 1)
    assert page.reply.isHidden(), "one key, one answer"
    window.perform("quiz", on=False)
    qtbot.keyClick(window.canvas, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.reply.text() == "Right.")


def test_the_learner_acts_and_then_the_app_moves(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("edit", edits=(WeightEdit("W", (0, 0), 2.0),))
    own = window.session.document
    panel = opened(qtbot, window)
    assert window.session.document is own and panel.contents.isVisible(), "nothing starts by itself"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_L)
    assert window.sidebar.isVisible() and window.focusWidget() is window.canvas
    opened(qtbot, window)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.teaching.page is ONE
    assert not panel.page.tick.isVisible() and window.focusWidget() is window.canvas
    assert panel.page.text.accessibleName().startswith("A dynamical system is a state s and one rule")
    for _ in range(2):
        qtbot.keyClick(window.canvas, Qt.Key.Key_Space)
    assert panel.page.tick.isVisible() and panel.page.after.isVisible()
    window.perform("change", hidden=5)
    window.teaching.enter(TWO)
    window.perform("change", hidden=5)
    assert panel.page.away.isVisible(), "the page is not about this"
    qtbot.mouseClick(panel.page.again, Qt.MouseButton.LeftButton)
    assert window.session.document == document_of(TWO) and not panel.page.away.isVisible()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.document.network.hidden == 5
    qtbot.mouseClick(panel.leave, Qt.MouseButton.LeftButton)
    assert window.session.document == own and panel.contents.isVisible()
    assert not window.teaching.spotlight.isVisible()
    qtbot.mouseClick(panel.contents.start, Qt.MouseButton.LeftButton)
    assert window.session.document.network.hidden == 5 and panel.page.title.text == TWO.title


def test_lessons_stand_in_the_place_of_settings(qtbot: QtBot, window: MainWindow) -> None:
    panel = opened(qtbot, window)
    assert not window.sidebar.isVisible()
    qtbot.keyClick(window.canvas, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert window.sidebar.isVisible() and not panel.isVisible()
    qtbot.keyClick(window.canvas, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not window.teaching.place.isVisible()
    qtbot.keyClick(window.canvas, Qt.Key.Key_L)
    assert panel.isVisible()
    qtbot.mouseClick(panel.close_, Qt.MouseButton.LeftButton)
    assert not window.teaching.place.isVisible(), "as it was before"


def test_a_window_that_closes_on_a_page_asks_about_what_was_worked_on_before(
    qtbot: QtBot, window: MainWindow, monkeypatch: MonkeyPatch
) -> None:
    asked: list[str] = []

    def question(parent: object, title: str, sentence: str, *_: object) -> QMessageBox.StandardButton:
        asked.append(sentence)
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", question)
    window.do(lambda: window.session.edit(WeightEdit("W", (0, 0), 2.0)))
    own = window.session.document
    opened(qtbot, window)
    window.teaching.enter(ONE)
    assert window.session.document == document_of(ONE)
    assert not window.close() and asked == ["What you made here has not been saved. Save the changes?"]
    assert window.session.document == own


def test_progress_is_kept_and_lessons_are_offered_once(qtbot: QtBot, window: MainWindow) -> None:
    progress = window.teaching.progress
    before = window.canvas.size()
    window.teaching.offer()
    QApplication.processEvents()
    assert window.canvas.size() == before, "nothing moves for it"
    offered = window.status.offered
    assert offered is not None and offered.isVisible() and not window.notice.isVisible()
    qtbot.mouseClick(offered, Qt.MouseButton.LeftButton)
    assert window.teaching.panel.isVisible() and window.status.offered is None
    window.teaching.offer()
    assert window.status.offered is None
    progress.keep({ONE.id}, TWO.id)
    assert progress.done == {ONE.id} and progress.at == TWO.id
    course = Course(window.session, progress.done, progress.at)
    assert course.page is TWO and course.done == {ONE.id}


def test_no_line_ends_between_a_number_and_its_sign() -> None:
    text = with_numbers("Of that [[share]] arrives.", {"share": "29.7 %"}.__getitem__)
    assert [piece.text for piece in paragraphs(text)[0]] == ["Of", "that", "29.7\xa0%", "arrives."]


def test_numbers_are_written_as_elsewhere() -> None:
    assert with_numbers("$L = [[loss]]$, [[steps]]", {"loss": -0.00012345, "steps": 4}.__getitem__) == (
        "$L = −1.23×10⁻⁴$, 4"
    )


@mark.parametrize(("number", "said"), [(1.0, "1"), (-1.0, "−1"), (1.0000001, "1.00")])
def test_a_number_of_a_page_is_whole_only_where_it_is_exactly(number: float, said: str) -> None:
    """Of a one-hot input the page had said “0 and 1.00”."""
    assert with_numbers("[[value]]", {"value": number}.__getitem__) == said
