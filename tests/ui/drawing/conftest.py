"""Offer a canvas, shown, on which nothing moves by itself."""

import pytest
from pytestqt.qtbot import QtBot

from explorer.ui.drawing.canvas import Canvas


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(900, 480)
    canvas.set_motion(False)
    canvas.show()
    return canvas
