"""Every sign is drawn, inside its square, in the colour asked for."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from explorer.ui.look.icons import ICONS, IconButton, paint_icon
from explorer.ui.look.theme import Theme
from tests.ui.painting import ink_box, painted, pixels, share_of


@pytest.mark.parametrize("name", ICONS)
def test_a_sign_keeps_to_its_square(qapp: object, name: str) -> None:
    picture = painted(lambda p: paint_icon(p, name, QPointF(12, 12), QColor("black")), 24, 24, 2)
    left, top, right, bottom = ink_box(picture)
    assert min(left, top) >= 8 and max(right, bottom) <= 40
    assert share_of(picture, QColor("black"), 60) > 0.01


def test_a_button_shows_its_sign_in_the_colour_of_the_theme(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton("play", "Play", "P", role="backward")
    qtbot.addWidget(button)
    assert share_of(pixels(button.grab().toImage()), theme.backward.line) > 0.02
    button.set_idle(True)
    assert share_of(pixels(button.grab().toImage()), theme.backward.line) == 0
    assert button.isEnabled()
    assert (button.accessibleName(), button.toolTip()) == ("Play", "Play (P)")
