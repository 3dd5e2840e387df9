"""The nudge panel: any entry, any δ, the loss truly recomputed; nothing is computed while nobody looks."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from explorer.session.document import show
from explorer.session.edits import WeightEdit
from explorer.session.session import Session
from explorer.ui.editing.nudge import REACHES, NudgePanel
from explorer.ui.editing.nudge_plot import runs_of
from explorer.ui.look.theme import Theme
from tests.settings import a_document
from tests.ui.painting import blank, pixels, share_of
from tests.ui.showing import on_screen


@pytest.fixture
def session() -> Session:
    return Session(a_document("hidden_to_hidden", feedback=None, hidden=8))


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> NudgePanel:
    made = on_screen(qtbot, NudgePanel(), 360, 520)
    made.set_shown(session.shown)
    return made


def test_moving_the_slider_recomputes_the_loss(panel: NudgePanel, session: Session, qtbot: QtBot) -> None:
    panel.aim("U", (2, 1))
    panel.slider.setValue(40)
    by = 0.4 * REACHES[-1]
    old, before = session.shown.trace.loss, float(session.shown.trace.parameters["U"][2, 1])
    session.edit(WeightEdit("U", (2, 1), before + by))
    assert panel.nudge is not None and panel.nudge.by == by
    assert panel.nudge.change == pytest.approx(session.shown.trace.loss - old, abs=1e-12)
    assert panel.change.toolTip() == f"ΔL = {panel.nudge.change!r}"
    assert float(panel.share.text()) == pytest.approx(panel.nudge.change / panel.nudge.foretold, rel=1e-3)


def test_a_smaller_reach_brings_the_ratio_near_one(panel: NudgePanel, qtbot: QtBot) -> None:
    panel.slider.setValue(100)
    qtbot.mouseClick(panel.reach._group.button(0), Qt.MouseButton.LeftButton)
    assert panel.nudge is not None and panel.nudge.by == pytest.approx(0.01)
    assert float(panel.share.text()) == pytest.approx(1, abs=0.05)


def test_an_entry_is_chosen_by_click_and_with_arrows(panel: NudgePanel, session: Session, qtbot: QtBot) -> None:
    cell = panel.entries._cells.width() / 8
    at = panel.entries._cells.topLeft().toPoint() + QPoint(round(2.5 * cell), round(5.5 * cell))
    qtbot.mouseClick(panel.entries, Qt.MouseButton.LeftButton, pos=at)
    assert "W, row 6, column 3" in panel.here.text()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(panel.entries, key)
    assert "W, row 5, column 5" in panel.here.text()
    assert repr(float(session.shown.trace.parameters["W"][4, 4])) in panel.here.toolTip()


def test_the_edge_of_a_matrix_holds(panel: NudgePanel, qtbot: QtBot) -> None:
    panel.aim("b", (0,))
    qtbot.keyClick(panel.entries, Qt.Key.Key_Up)
    qtbot.keyClick(panel.entries, Qt.Key.Key_Right)
    assert "b, entry 1" in panel.here.text()


def test_another_parameter_is_chosen_from_the_menu(panel: NudgePanel) -> None:
    place = panel.parameter.findText("c")
    panel.parameter.setCurrentIndex(place)
    panel.parameter.activated.emit(place)
    assert "c, entry 1" in panel.here.text() and panel.slider.value() == 0


def test_the_curve_is_complete_after_a_while(panel: NudgePanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: panel._curve is not None and panel._curve.done)
    assert panel._curve is not None and np.isfinite(panel._curve.loss).all()
    qtbot.waitUntil(lambda: not panel._timer.isActive())


def test_keeping_asks_for_the_changed_weight(panel: NudgePanel, session: Session, qtbot: QtBot) -> None:
    panel.aim("W", (1, 2))
    assert not panel.keep.isEnabled()
    panel.slider.setValue(-50)
    with qtbot.waitSignal(panel.kept) as kept:
        qtbot.mouseClick(panel.keep, Qt.MouseButton.LeftButton)
    name, index, value = kept.args
    session.edit(WeightEdit(name, index, value))
    panel.set_shown(session.shown)
    assert "W, row 2, column 3" in panel.here.text() and panel.slider.value() == 0


def test_another_network_takes_over_with_an_entry_it_has(panel: NudgePanel, session: Session) -> None:
    panel.aim("W", (7, 7))
    session.change(hidden=3)
    panel.set_shown(session.shown)
    assert "W, row 1, column 1" in panel.here.text()
    session.change(architecture="hidden_and_output")
    panel.set_shown(session.shown)
    assert panel.parameter.findText("R") >= 0


def test_nothing_is_computed_while_hidden(qtbot: QtBot, session: Session) -> None:
    panel = NudgePanel()
    qtbot.addWidget(panel)
    panel.set_shown(session.shown)
    panel.slider.setValue(10)
    assert panel._check is None and panel.nudge is None
    panel.show()
    assert panel.nudge is not None


def test_a_loss_that_is_no_number_is_said(panel: NudgePanel) -> None:
    huge = tuple(WeightEdit("W", (i, i), 1e5) for i in range(2))
    document = a_document("hidden_to_hidden", feedback=None, hidden=2, length=100, activation="identity", edits=huge)
    panel.set_shown(show(document))
    panel.slider.setValue(5)
    assert "no finite number" in panel.verdict.text() and panel.share.text() == "–"
    assert not blank(panel)


def test_the_curve_has_the_colour_of_the_loss_and_its_tangent_that_of_gradients(
    panel: NudgePanel, qtbot: QtBot, theme: Theme
) -> None:
    panel.aim("V", (0, 0))
    qtbot.waitUntil(lambda: panel._curve is not None and panel._curve.done)
    picture = pixels(panel.plot.grab().toImage())
    assert share_of(picture, theme.loss.line) > 0.002 and share_of(picture, theme.backward.line) > 0.001


def test_stretches_of_known_points_are_found() -> None:
    known = np.array([True, True, False, True, False, False, True])
    assert [(s.start, s.stop) for s in runs_of(known)] == [(0, 2), (3, 4), (6, 7)]
    assert runs_of(np.zeros(3, bool)) == []
