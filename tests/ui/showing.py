"""Show a widget alone, of a size."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

Shown = TypeVar("Shown", bound=QWidget)


def on_screen(qtbot: QtBot, widget: Shown, width: int = 0, height: int = 0) -> Shown:
    """A widget that is shown until the test ends; without a size it is as large as it likes."""
    qtbot.addWidget(widget)
    if width:
        widget.resize(width, height)
    widget.show()
    return widget
