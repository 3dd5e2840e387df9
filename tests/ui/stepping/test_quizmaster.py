"""Predict, then reveal: a step waits for an answer where asking is turned on, and only there."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.ui.window.main_window import MainWindow
from tests.ui.showing import on_screen


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = on_screen(qtbot, MainWindow())
    window.perform("go_to", cursor=8)
    yield window
    window.close()


def test_nothing_is_asked_unless_it_is_turned_on(window: MainWindow) -> None:
    window.perform("next")
    assert window.session.cursor == 9
    assert window.quiz_card.isHidden()


@pytest.mark.parametrize("cursor", [0, 8, 66])
def test_turned_on_it_asks_at_once(window: MainWindow, cursor: int) -> None:
    window.perform("go_to", cursor=cursor)
    window.perform("quiz", on=True)
    assert window.session.cursor == cursor and window.quiz_card.isVisible() and window.quiz_card.waiting
    window.perform("quiz", on=False)
    assert not window.quiz_card.isVisible()


def test_a_step_waits_for_the_answer_and_then_reveals(window: MainWindow, qtbot: QtBot) -> None:
    window.perform("quiz", on=True)
    while not window.quiz_card.waiting:
        window.perform("next")
    before = window.session.cursor
    qtbot.mouseClick(window.quiz_card.buttons[0], Qt.MouseButton.LeftButton)
    assert window.session.cursor == before + 1
    assert window.quiz_card.asked == 1
    assert not window.quiz_card.waiting


def test_after_an_answer_a_later_step_is_asked_about_and_held_back(window: MainWindow, qtbot: QtBot) -> None:
    window.perform("quiz", on=True)
    qtbot.mouseClick(window.quiz_card.buttons[0], Qt.MouseButton.LeftButton)
    before = window.session.cursor
    while window.perform("next"):
        before = window.session.cursor
    assert window.quiz_card.waiting and window.session.cursor == before


def test_a_second_step_goes_on_without_an_answer(window: MainWindow) -> None:
    window.perform("quiz", on=True)
    while not window.quiz_card.waiting:
        window.perform("next")
    before = window.session.cursor
    window.perform("next")
    assert window.session.cursor == before + 1
    assert window.quiz_card.asked == 0


def test_another_document_takes_the_question_back(window: MainWindow) -> None:
    window.perform("quiz", on=True)
    while not window.quiz_card.waiting:
        window.perform("next")
    window.perform("change", architecture="hidden_to_hidden")
    assert not window.quiz_card.waiting


def test_turning_the_card_off_turns_the_menu_off(window: MainWindow, qtbot: QtBot) -> None:
    window.perform("quiz", on=True)
    while not window.quiz_card.waiting:
        window.perform("next")
    qtbot.mouseClick(window.quiz_card.off, Qt.MouseButton.LeftButton)
    assert not window.menus["quiz"].isChecked()
    assert window.quiz_card.isHidden()


def test_a_nudge_that_is_kept_is_an_edit_that_can_be_undone(window: MainWindow, qtbot: QtBot) -> None:
    window.perform("nudge")
    assert window.nudging.dialog is not None
    panel = window.nudging.dialog.panel
    panel.aim("V", (1, 2))
    panel.slider.setValue(40)
    before = window.session.shown.trace.parameters["V"][1, 2]
    qtbot.mouseClick(panel.keep, Qt.MouseButton.LeftButton)
    assert window.session.shown.trace.parameters["V"][1, 2] == pytest.approx(before + 0.4)
    window.session.undo()
    assert window.session.shown.trace.parameters["V"][1, 2] == before
