"""Every control, tab and curve says what it is: on a card beside it where it has formulas, else in its tip."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenuBar,
    QScrollBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from explorer.session.explained import CONTROLS
from explorer.session.view.cards import CARDS
from explorer.ui.parts.explained import explanation_of
from explorer.ui.window.main_window import MainWindow

CONTROL = QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QAbstractSlider, QTabBar, pg.PlotWidget


def unexplained(window: QWidget) -> list[str]:
    """What can be used now and says nothing of itself."""
    found = []
    for widget in window.findChildren(QWidget):
        asked = isinstance(widget, CONTROL) and not isinstance(widget, QScrollBar)
        if not asked or not widget.isVisible() or not widget.isEnabled() or isinstance(widget.parent(), QMenuBar):
            continue
        about = explanation_of(widget)
        if about is None or not (about.says or about.formulas) or not about.name:
            found.append(
                f"{type(widget).__name__} {widget.accessibleName() or about} in {type(widget.parent()).__name__}"
            )
    return found


def test_every_control_tab_and_curve_is_explained(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1440, 900)
    window.training.build()
    assert unexplained(window) == []
    window.perform("change", architecture="lstm")
    window.perform("end")
    for card in CARDS:
        window.perform("look", card=card)
        assert unexplained(window) == [], card
    window.perform("learn", on=True)
    assert unexplained(window) == []
    window.training.controls.open_form("learning_rate")
    assert unexplained(window.training.controls.form) == []
    window.training.controls.form.close()


def test_a_control_with_a_formula_is_explained_on_a_card_beside_it(window: MainWindow, qtbot: QtBot) -> None:
    card, length = window.explaining.explainer.card, window.sidebar.findChild(QAbstractSpinBox)
    middle = length.rect().center()
    QApplication.sendEvent(length, QHelpEvent(QEvent.Type.ToolTip, middle, length.mapToGlobal(middle)))
    assert card.isVisible() and card.name.text() == CONTROLS["length"].name
    assert not card.geometry().intersects(QRect(length.mapTo(window, QPoint(0, 0)), length.size()))


def test_the_keyboard_has_explained_what_it_rests_on(window: MainWindow, qtbot: QtBot) -> None:
    card = window.explaining.explainer.card
    window.canvas.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Tab)
    first = QApplication.focusWidget()
    qtbot.waitUntil(card.isVisible, timeout=3000)
    about = explanation_of(first)
    assert about is not None and card.name.text() == about.name
    double = explanation_of(window.transport.fast_back)
    assert double is not None and (double.name, double.says) == ("Back by one time step", "Key: Up")
    window.canvas.setFocus()
    qtbot.waitUntil(card.isHidden)
    window.perform("next")
    window.canvas.walk("right")
    qtbot.waitUntil(card.isVisible, timeout=3000)
    window.perform("next")
    assert card.isHidden(), "its numbers are others now"
    window.perform("select", thing="W")
    window.perform("explain")
    assert card.isVisible() and "weights" in card.name.text()
