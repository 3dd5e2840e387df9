"""The first minute, as a new user spends it: with the mouse alone, on what the window opens with."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.session.first import FIRST
from explorer.session.runs.stories import STORIES
from explorer.ui.window.main_window import MainWindow
from tests.settings import changed


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(FIRST, "light")
    qtbot.addWidget(window)
    window.show()
    yield window
    window.setProperty("unasked", True)
    window.close()


def test_the_comparison_is_one_click_away_and_its_numbers_come_after_its_runs(qtbot: QtBot, window: MainWindow) -> None:
    training, session = window.training, window.session
    assert session.shown.architecture.figure == "10.3"
    qtbot.mouseClick(training.controls.chips.compare, Qt.MouseButton.LeftButton)
    assert session.shown.architecture.takes_feedback and not training.controls.chips.compare.isVisible()
    assert training.story.text.text() == STORIES[0].asked
    window.perform("look", pace="full")
    window.perform("change", plan=changed(session.document.plan, iterations=20))
    qtbot.mouseClick(training.controls.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: training.story.text.text() == STORIES[0].told, timeout=20_000)
    assert not training.book.training
