"""The bars of one path: factors and their product, from right to left as the gradient goes."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from explorer.session.reach.path import Passed
from explorer.ui.look.theme import Theme
from explorer.ui.reach.bars import ReachBars
from tests.ui.painting import pixels
from tests.ui.showing import on_screen

HALVING = [Passed(4, 0.5, 0.5), Passed(3, 0.5, 0.25), Passed(2, 0.5, 0.125)]


@pytest.fixture
def bars(qtbot: QtBot) -> ReachBars:
    return on_screen(qtbot, ReachBars(), 200, 150)


def heights(bars: ReachBars, theme: Theme, chart: int) -> list[int]:
    """How many pixels of its colour each third of a chart is high."""
    colour = (theme.parameter.line, theme.backward.line)[chart]
    picture = pixels(bars.grab().toImage())
    wanted = np.array([colour.red(), colour.green(), colour.blue()])
    found = np.abs(picture - wanted).max(axis=2) <= 3
    frame = bars.frames()[chart].toRect()
    inside = found[frame.top() : frame.bottom() + 2, frame.left() : frame.right()]
    return [int(part.sum(axis=0).max()) for part in np.array_split(inside, 3, axis=1)]


def test_the_product_grows_as_the_gradient_goes_back(bars: ReachBars, theme: Theme) -> None:
    bars.set_path(5, 2, HALVING)
    factors, products = heights(bars, theme, 0), heights(bars, theme, 1)
    assert max(factors) - min(factors) <= 1
    # On a logarithmic scale, halving again and again is one length, two, three.
    assert products[0] == pytest.approx(3 * products[2], abs=3)
    assert products[1] == pytest.approx(2 * products[2], abs=3)


def test_what_is_not_worked_out_yet_has_no_bar(bars: ReachBars, theme: Theme) -> None:
    bars.set_path(5, 2, HALVING[:1])
    assert heights(bars, theme, 1)[:2] == [0, 0] and heights(bars, theme, 1)[2] > 0


def test_a_cut_is_no_bar_but_a_zero(bars: ReachBars, theme: Theme) -> None:
    bars.set_path(5, 2, [HALVING[0], Passed(3, 0.0, 0.0), Passed(2, 0.5, 0.0)])
    left, middle, right = heights(bars, theme, 0)
    assert middle < left == right


def test_pointing_at_a_step_says_its_numbers(bars: ReachBars, qtbot: QtBot) -> None:
    bars.set_path(5, 2, HALVING)
    QTest.mouseMove(bars, bars.frames()[1].center().toPoint())
    qtbot.waitUntil(lambda: QToolTip.text().startswith("factor ‖∂h(4)/∂h(3)‖ = 0.50000"))
    QToolTip.hideText()
    assert bars.step_at(bars.frames()[1].left() + 1) is HALVING[2]
    assert bars.step_at(2) is None


def test_it_says_its_end_aloud(bars: ReachBars) -> None:
    bars.set_path(5, 2, HALVING)
    assert bars.accessibleName() == "3 Jacobians from h(5) back to h(2), product 0.125"


def test_numbers_beyond_a_float_and_a_path_of_no_step_can_be_painted(bars: ReachBars) -> None:
    bars.set_path(3, 1, [Passed(2, 1e200, 1e200), Passed(1, 1e200, float("nan"))])
    full = pixels(bars.grab().toImage())
    bars.set_path(3, 3, ())
    assert (pixels(bars.grab().toImage()) != full).any()
    QTest.mouseMove(bars, QPoint(100, 75))
