"""What happens is read aloud: each step's sentence, what the keys lead to, and what goes wrong."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from explorer.ui.parts import announcing
from explorer.ui.window.main_window import MainWindow


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a screen reader that listens is told."""
    said: list[str] = []

    listening = SimpleNamespace(
        isActive=lambda: True,
        updateAccessibility=lambda event: said.append(event.message()),
        AnnouncementPoliteness=QAccessible.AnnouncementPoliteness,
    )
    monkeypatch.setattr(announcing, "QAccessible", listening)
    yield said


def test_each_step_is_heard_as_its_sentence(window: MainWindow, heard: list[str]) -> None:
    for id in ("next", "next", "back", "next_phase"):
        window.perform(id)
        assert heard.pop() == window.caption.text
    assert heard == []


def test_so_is_what_the_keys_lead_to_and_what_cannot_be_done(
    qtbot: QtBot, window: MainWindow, heard: list[str]
) -> None:
    qtbot.keyClick(window.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert heard.pop().startswith("x(1):")
    window.perform("back")
    assert heard.pop() == "No event is done yet; step forward."
    window.say_error("The file is gone; choose another.")
    assert heard.pop() == "The file is gone; choose another."
