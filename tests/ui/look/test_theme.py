"""Both looks are legible, give each meaning its colour, and are put on as one."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from explorer.ui.look import theme as themes
from explorer.ui.look.stylesheet import stylesheet
from explorer.ui.look.theme import DARK, LIGHT, Shades, Theme
from tests.oracles.colour_vision import apart
from tests.ui.painting import contrast

ROLES = ("forward", "backward", "target", "loss", "parameter")
GROUNDS = ("window", "surface", "raised", "sunken")


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_text_is_legible_on_every_ground(look: Theme) -> None:
    inks = {"text": look.text, "muted": look.muted} | {name: look.role(name).text for name in ROLES}
    grounds = [getattr(look, ground) for ground in GROUNDS] + [look.role(name).soft for name in ROLES]
    for name, ink in inks.items():
        for ground in grounds:
            assert contrast(ink.name(), ground.name()) >= 4.5, (name, ground.name())


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_lines_of_each_meaning_stand_out(look: Theme) -> None:
    for name in ROLES:
        role = look.role(name)
        for ground in (look.surface, look.window, role.soft):
            assert contrast(role.line.name(), ground.name()) >= 3.0, (name, ground.name())


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_an_empty_box_has_a_border_that_stands_out(qtbot: QtBot, kind: type[QAbstractButton], look: Theme) -> None:
    box = kind("")
    qtbot.addWidget(box)
    box.setStyleSheet(stylesheet(look))
    box.resize(40, 24)
    picture = box.grab().toImage()
    across = [picture.pixelColor(x, picture.height() // 2).name() for x in range(picture.width())]
    assert max(contrast(ink, look.surface.name()) for ink in across) >= 3.0


def test_the_light_theme_has_the_okabe_ito_colours() -> None:
    blue, vermillion, green, purple = (LIGHT.role(name).line.name() for name in ROLES[:4])
    assert [blue, vermillion, green] == ["#0072b2", "#d55e00", "#009e73"]
    assert apart(purple, "#cc79a7", "all cones") < 4, "only so much darker as lines need to stand out"


def test_zero_has_the_colour_of_the_surface() -> None:
    for look in (LIGHT, DARK):
        for name in ("value", "gradient"):
            zero = look.map(name).rgba(np.zeros(1), 1.0)[0]
            assert QColor(*map(int, zero)) == look.surface


def test_a_look_has_no_hole() -> None:
    for look in (LIGHT, DARK):
        for name, value in look._asdict().items():
            for colour in value if isinstance(value, Shades) else [value]:
                assert not isinstance(colour, QColor) or colour.isValid(), name


def test_applying_a_theme_dresses_the_application(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    assert themes.current() is theme
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.window
    assert qapp.font().family() == "Inter"
    assert theme.forward.line.name() in label.styleSheet()
    assert "$" not in label.styleSheet()


def test_widgets_hear_of_a_new_theme(qapp: QApplication, qtbot: QtBot) -> None:
    class Listener(QObject):
        heard = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            self.heard += event.type() == QEvent.Type.PaletteChange
            return False

    label, listener = QLabel(), Listener()
    qtbot.addWidget(label)
    label.show()
    label.installEventFilter(listener)
    themes.apply(qapp, DARK)
    assert listener.heard
    assert label.palette().color(QPalette.ColorRole.WindowText) == DARK.text
    themes.apply(qapp, LIGHT)
