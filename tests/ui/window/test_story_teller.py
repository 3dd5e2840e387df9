"""The stories in the Train menu set up the whole window: network, task, plan and the sentence to go with them."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from explorer.session.runs.stories import STORIES, Story
from explorer.session.training_plan import plan_runs
from explorer.ui.window.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


def action_of(window: MainWindow, story: Story) -> QAction:
    return next(action for action in window.menus.actions if action.text().endswith(story.title))


def test_each_story_sets_everything_and_says_what_to_look_for(qtbot: QtBot, window: MainWindow) -> None:
    for story in STORIES:
        action_of(window, story).trigger()
        document, panel = window.session.document, window.training
        assert {name: getattr(document, name) for name in story.document} == story.document
        assert panel.plan == story.plan and panel.notice.isVisible() and panel.notice.text.text() == story.told
        assert panel.problem.architecture == document.architecture and plan_runs(panel.problem, panel.plan)


def test_a_story_told_again_begins_again(qtbot: QtBot, window: MainWindow) -> None:
    action_of(window, STORIES[0]).trigger()
    window.training.step()
    qtbot.waitUntil(lambda: window.training.book.iteration == 1, timeout=10_000)
    assert window.training.notice.isVisible(), "what to look for is needed while it trains"
    action_of(window, STORIES[0]).trigger()
    assert window.training.book.current == () and window.training.notice.isVisible()
