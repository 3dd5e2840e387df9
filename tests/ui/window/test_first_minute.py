"""The first minute, as a new user spends it: with the mouse alone, on what the window opens with."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.graph.analyse.events import Phase
from explorer.session.document import FIRST
from explorer.session.runs.stories import STORIES
from explorer.ui.window.main_window import MainWindow
from tests.ui.showing import on_screen

pytestmark = pytest.mark.usefixtures("at_once")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = on_screen(qtbot, MainWindow(FIRST, "light"))
    yield window
    window.setProperty("unasked", True)
    window.close()


def test_one_button_leads_to_the_first_node_then_to_the_first_gradient_and_is_the_one_to_press(
    qtbot: QtBot, window: MainWindow
) -> None:
    button, run, session = window.caption.go_on, window.training.controls.run_button, window.session
    assert (button.property("role"), run.property("role")) == ("primary", "")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert session.event is not None and session.event.name == "h", "a(1) is not drawn"
    assert (button.property("role"), run.property("role")) == ("", "primary")
    assert button.size() == button.sizeHint()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert session.event is not None and session.shown.network.output is not None
    assert session.event.phase is Phase.BACKWARD
    assert session.event.name == session.shown.network.output.logits, "ŷ − 1_y, which comes from the loss"
    assert not button.isVisible(), "from here on the stepper is known"


def test_the_comparison_is_one_click_away_and_its_numbers_come_after_its_runs(qtbot: QtBot, window: MainWindow) -> None:
    training, session = window.training, window.session
    assert session.shown.architecture.figure == "10.3"
    qtbot.mouseClick(training.controls.chips.compare, Qt.MouseButton.LeftButton)
    assert session.shown.architecture.takes_feedback and not training.controls.chips.compare.isVisible()
    assert training.story.text.text() == STORIES[0].asked
    assert training.controls.run_button.property("role") == "primary"
    window.perform("look", pace="full")
    qtbot.mouseClick(training.controls.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: training.story.text.text() == STORIES[0].told, timeout=20_000)
    assert not training.book.training
    training.story.hide()
    window.perform("start")
    qtbot.mouseClick(training.controls.reset_button, Qt.MouseButton.LeftButton)
    offers = (window.caption.go_on.property("role"), training.controls.run_button.property("role"))
    assert offers == ("primary", ""), "as at the start"
