"""The stories in the Train menu set up the whole window: network, task, plan and the sentence to go with them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from explorer.session.document import Document
from explorer.session.edits import WeightEdit
from explorer.session.files import Opened
from explorer.session.runs.stories import STORIES, Story
from explorer.session.training_plan import plan_runs
from explorer.training.settings import TaskSettings, changed, problem_of
from explorer.ui.training.foot import LINES
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_document
from tests.ui.showing import on_screen


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = on_screen(qtbot, MainWindow())
    yield window
    window.close()


def action_of(window: MainWindow, story: Story) -> QAction:
    return next(action for action in window.menus.actions if action.text().endswith(story.title))


def test_each_story_sets_everything_and_says_what_to_look_for(qtbot: QtBot, window: MainWindow) -> None:
    for story in STORIES:
        action_of(window, story).trigger()
        document, panel = window.session.document, window.training
        assert {name: getattr(document, name) for name in story.document} == story.document
        assert panel.plan == story.plan and panel.story.isVisible() and panel.story.text.text() == story.asked
        assert panel.views.tabs.chosen == story.card
        assert panel.problem == problem_of(document) and plan_runs(panel.problem, panel.plan)


def test_a_story_told_again_begins_again(qtbot: QtBot, window: MainWindow) -> None:
    action_of(window, STORIES[0]).trigger()
    window.training.running.step()
    qtbot.waitUntil(lambda: window.training.book.iteration == 1, timeout=10_000)
    assert window.training.story.isVisible(), "what to look for is needed while it trains"
    window.training.notice.say("Something else happened.")
    assert window.training.story.text.text() == STORIES[0].asked, "and whatever else is said"
    action_of(window, STORIES[0]).trigger()
    assert window.training.book.current == () and window.training.story.isVisible()


def test_a_story_is_there_until_it_is_closed(qtbot: QtBot, window: MainWindow) -> None:
    action_of(window, STORIES[0]).trigger()
    window.do(lambda: window.session.change(length=8))
    window.do(lambda: window.session.change(task=TaskSettings("delayed_echo")))
    assert window.training.story.isVisible(), "it asks to try other settings"
    qtbot.mouseClick(window.training.story.closer, Qt.MouseButton.LeftButton)
    assert not window.training.story.isVisible()


def test_what_was_measured_is_said_only_of_runs_with_the_settings_of_the_story(
    qtbot: QtBot, window: MainWindow
) -> None:
    action_of(window, STORIES[0]).trigger()
    panel = window.training
    window.perform("change", length=2, plan=changed(panel.plan, iterations=2))
    panel.running.run()
    qtbot.waitUntil(lambda: bool(panel.book.current) and not panel.book.training, timeout=30_000)
    assert panel.story.text.text() == STORIES[0].asked
    assert STORIES[0].is_of(problem_of(Document(**STORIES[0].document)), STORIES[0].plan)


def test_the_third_story_goes_on_with_the_network_it_names(window: MainWindow) -> None:
    action_of(window, STORIES[2]).trigger()
    task, length = window.session.document.task, window.session.document.length
    name = STORIES[2].told.split("Now choose ")[1].split(" in the menu Network")[0]
    next(action for action in window.menus.actions if name in action.text()).trigger()
    document = window.session.document
    assert document.network.architecture == "hidden_to_hidden"
    assert (document.task, document.length) == (task, length)


def test_what_the_third_story_asks_for_next_is_seen_in_a_low_window(qtbot: QtBot, window: MainWindow) -> None:
    """Its sentence has two lines there, beside that of the curves: it had been cut before it came to that."""
    window.resize(1280, 720)
    action_of(window, STORIES[2]).trigger()
    panel = window.training
    panel.story.say(STORIES[2].told)
    panel.verdicts.line.show()
    words = panel.story.text
    qtbot.waitUntil(lambda: words.cut)
    assert "Network and run it:" in " ".join(words.lines(words.width())[:LINES])


class TestTheEnd:
    """Its × leads back to what was there before."""

    def test_a_story_begins_at_its_first_event(self, window: MainWindow) -> None:
        window.perform("end")
        window.look(selection="W")
        action_of(window, STORIES[0]).trigger()
        assert window.session.cursor == 0 and window.session.selection is None

    def test_closing_its_sentence_leads_back_and_undo_to_the_story(self, qtbot: QtBot, window: MainWindow) -> None:
        window.do(lambda: window.session.edit(WeightEdit("W", (0, 0), 0.5)))
        window.perform("go_to", cursor=7)
        before = window.session.document
        for story in STORIES:
            action_of(window, story).trigger()
        window.do(lambda: window.session.change(length=12))  # as stories invite to
        qtbot.mouseClick(window.training.story.closer, Qt.MouseButton.LeftButton)
        assert window.session.document == before and window.session.cursor == 7
        assert window.session.view.card == "errors"
        assert window.training.plan == before.plan and window.training.story.isHidden()
        assert "Undo" in window.status.message.text()
        window.menus["undo"].trigger()
        assert window.session.document.network == STORIES[-1].document["network"]

    def test_another_document_opened_meanwhile_stays(self, qtbot: QtBot, window: MainWindow) -> None:
        action_of(window, STORIES[0]).trigger()
        window.do(lambda: window.session.open(Opened(a_document(length=3))))
        qtbot.mouseClick(window.training.story.closer, Qt.MouseButton.LeftButton)
        assert window.session.document == a_document(length=3)

    def test_other_notes_only_close(self, qtbot: QtBot, window: MainWindow) -> None:
        action_of(window, STORIES[0]).trigger()
        document = window.session.document
        window.training.notice.say("Something else.")
        qtbot.mouseClick(window.training.notice.closer, Qt.MouseButton.LeftButton)
        assert window.session.document == document
