"""Symbols, shapes, here: whichever is chosen, the choice stays where it is."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from explorer.ui.window.main_window import MainWindow
from tests.settings import FOUR


def settle() -> None:
    """Let everything find its place."""
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize("architecture", FOUR)
def test_the_choice_of_a_reading_does_not_move_when_another_is_chosen(window: MainWindow, architecture: str) -> None:
    window.perform("change", architecture=architecture)
    reading = window.inspector.equation.reading
    count = len(window.session.shown.events)
    for cursor in range(1, count + 1, max(1, count // 5)):
        window.perform("go_to", cursor=cursor)
        settle()
        places = set()
        for button in reading.findChildren(type(reading._group.button(0))):
            button.click()
            settle()
            place = reading.mapTo(window, QPoint(0, 0))
            places.add((place.x(), place.y()))
        assert len(places) == 1, window.session.event
