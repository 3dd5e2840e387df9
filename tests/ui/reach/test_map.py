"""The T × T picture: what a cell looks like, what it says, and how one is chosen by mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from explorer.session.document import Shown, show
from explorer.session.reach.reach import reach_of
from explorer.ui.look import theme as themes
from explorer.ui.look.theme import Theme
from explorer.ui.reach.map import ReachMap
from tests.session.shown import example
from tests.settings import a_document, a_plan
from tests.ui.painting import pixels, share_of


def shown_map(qtbot: QtBot, architecture: str, feedback: str | None = None, T: int = 5) -> ReachMap:
    return map_of(qtbot, example(architecture, feedback, T))


def map_of(qtbot: QtBot, shown: Shown) -> ReachMap:
    view = ReachMap()
    qtbot.addWidget(view)
    view.resize(190, 190)
    view.set_reach(reach_of(shown.trace))
    view.show()
    return view


def asked(view: ReachMap) -> list[object]:
    heard: list[object] = []
    view.chosen.connect(lambda k, t: heard.append((k, t)))
    view.cleared.connect(lambda: heard.append("cleared"))
    return heard


def centre(view: ReachMap, k: int, t: int) -> QPoint:
    return view.rect_of(k, t).center().toPoint()


def cell(view: ReachMap, k: int, t: int) -> np.ndarray:
    rect = view.rect_of(k, t).adjusted(3, 3, -3, -3).toRect()
    return pixels(view.grab(rect).toImage())


def test_the_loss_stands_in_rows_and_the_state_in_columns(qtbot: QtBot) -> None:
    view = shown_map(qtbot, "hidden_to_hidden")
    frame = view.frame()
    assert view.cell_under(frame.topLeft()) == (1, 1)
    assert view.cell_under(frame.bottomLeft()) == (5, 1)
    assert view.cell_under(centre(view, 4, 2).toPointF()) == (4, 2)
    assert view.cell_under(frame.topLeft() - QPoint(5, 0)) is None


def test_a_cell_with_a_gradient_is_coloured_and_one_without_stays_empty(qtbot: QtBot, theme: Theme) -> None:
    view = shown_map(qtbot, "hidden_to_hidden")
    assert share_of(cell(view, 5, 1), theme.window) == 0
    # The corner is where the verdict stands; just above the diagonal there is nothing.
    assert share_of(cell(view, 4, 5), theme.window) == 1


def test_what_is_cut_is_hatched_in_the_colour_of_what_cuts(qtbot: QtBot, theme: Theme) -> None:
    cut = cell(shown_map(qtbot, "output_to_hidden", "teacher_forcing"), 5, 2)
    assert share_of(cut, theme.target.line, 30) > 0.05
    assert share_of(cut, theme.target.soft) > 0.4
    picked = cell(shown_map(qtbot, "output_to_hidden", "free_running_argmax"), 5, 2)
    assert share_of(picked, theme.forward.soft) > 0.4
    windows = a_document("hidden_to_hidden", feedback=None, length=4, plan=a_plan(truncate=(2, 2)))
    truncated = cell(map_of(qtbot, show(windows)), 4, 1)
    assert share_of(truncated, theme.parameter.soft) > 0.4


def test_the_linear_scale_shows_small_norms_paler(qtbot: QtBot) -> None:
    view = shown_map(qtbot, "hidden_to_hidden")
    logarithmic = cell(view, 5, 2).mean()
    view.set_logarithmic(False)
    assert cell(view, 5, 2).mean() > logarithmic


def test_it_follows_a_change_of_theme(qtbot: QtBot, qapp: QApplication) -> None:
    view = shown_map(qtbot, "hidden_to_hidden")
    (k, t) = np.unravel_index(reach_of(example("hidden_to_hidden", None, 5).trace).norms.argmax(), (5, 5))
    for look in (themes.DARK, themes.LIGHT):
        themes.apply(qapp, look)
        strongest = QColor(*look.gradient.table[-2][:3].tolist())
        assert share_of(cell(view, int(k) + 1, int(t) + 1), strongest) == 1


def test_pointing_at_a_cell_says_its_number(qtbot: QtBot) -> None:
    view = shown_map(qtbot, "hidden_to_hidden")
    QTest.mouseMove(view, centre(view, 5, 3))
    qtbot.waitUntil(lambda: QToolTip.text().startswith("‖∂L(5)/∂h(3)‖ = "))
    QTest.mouseMove(view, centre(view, 2, 4))
    qtbot.waitUntil(lambda: QToolTip.text().startswith("h(4) comes after L(2)"))
    assert "Vanishing: a factor below 0.7" in QToolTip.text()
    QToolTip.hideText()


def test_a_click_chooses_a_path_and_another_on_it_lets_it_go(qtbot: QtBot) -> None:
    view = shown_map(qtbot, "output_to_hidden", "teacher_forcing")
    heard = asked(view)
    for k, t in ((5, 5), (5, 2)):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=centre(view, k, t))
    view.choose((5, 2))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=centre(view, 5, 2))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=centre(view, 2, 4))
    assert heard == [(5, 5), (5, 2), "cleared", "cleared"]


def test_keys_walk_over_the_cells_that_have_a_path(qtbot: QtBot) -> None:
    view = shown_map(qtbot, "hidden_to_hidden")
    heard = asked(view)
    view.chosen.connect(lambda k, t: view.choose((k, t)))
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Escape):
        qtbot.keyClick(view, key)
    # From (4, 4) there is nothing on the right: that state is later than the loss.
    assert heard == [(5, 5), (5, 4), (4, 4), (5, 4), "cleared"]


def test_the_chosen_cell_is_framed_with_the_way_to_it(qtbot: QtBot, theme: Theme) -> None:
    view = shown_map(qtbot, "hidden_to_hidden")
    view.choose((5, 2))
    way = pixels(view.grab(view.rect_of(5, 2).united(view.rect_of(5, 5)).adjusted(-2, -2, 2, 2).toRect()).toImage())
    assert share_of(way, theme.text, 40) > 0.03


def test_it_is_framed_where_tab_has_led_to_it_and_not_where_a_click_has(qtbot: QtBot) -> None:
    view = shown_map(qtbot, "hidden_to_hidden")
    qtbot.waitUntil(view.isActiveWindow, timeout=5000)
    plain = view.grab().toImage()
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert view.hasFocus() and view.grab().toImage() == plain
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.grab().toImage() != plain


@pytest.mark.parametrize(("T", "share"), [(1, 1.0), (2, 0.75), (60, 0.51), (200, 0.5)])
def test_it_can_be_painted_at_every_length(qtbot: QtBot, T: int, share: float) -> None:
    view = shown_map(qtbot, "hidden_to_hidden", T=T)
    picture = pixels(view.grab(view.frame().toRect()).toImage())
    ground = themes.current().window
    # The diagonal and all below it hold a gradient; the verdict takes a little of the corner.
    coloured = (np.abs(picture - [ground.red(), ground.green(), ground.blue()]).max(axis=2) > 5).mean()
    assert coloured == pytest.approx(share, abs=0.07)
