"""Eigenvalues in the complex plane: where they stand, which stand out, and what they say."""

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from explorer.session.reach.loop import LoopShown, loop_shown
from explorer.session.reach.reach import reach_of
from explorer.ui.look.theme import Theme
from explorer.ui.reach.spectrum_plot import SpectrumPlot, eigenvalue_words
from tests.session.shown import example
from tests.ui.painting import pixels, share_of
from tests.ui.showing import on_screen


def with_eigenvalues(*values: complex) -> LoopShown:
    loop = loop_shown(reach_of(example("hidden_to_hidden", None).trace), 1)
    return replace(loop, eigenvalues=np.array(values, complex))


@pytest.fixture
def plot(qtbot: QtBot) -> SpectrumPlot:
    return on_screen(qtbot, SpectrumPlot(), 140, 120)


def around(plot: SpectrumPlot, value: complex) -> np.ndarray:
    middle = plot.place(value).toPoint()
    return pixels(plot.grab().toImage())[middle.y() - 2 : middle.y() + 3, middle.x() - 2 : middle.x() + 3]


def test_a_dot_outside_the_unit_circle_stands_out(plot: SpectrumPlot, theme: Theme) -> None:
    plot.set_loop(with_eigenvalues(1.4 + 0.3j, 0.5j))
    assert share_of(around(plot, 1.4 + 0.3j), theme.backward.line, 12) > 0.5
    assert share_of(around(plot, 0.5j), theme.parameter.line, 12) > 0.5


def test_the_plane_is_upright_and_as_wide_as_it_must_be(plot: SpectrumPlot) -> None:
    plot.set_loop(with_eigenvalues(0.1))
    assert plot.place(0.5).x() > plot.place(0).x() and plot.place(0.5j).y() < plot.place(0).y()
    unit = plot.place(1).x()
    plot.set_loop(with_eigenvalues(-50.0))
    assert plot.place(1).x() < unit
    assert plot.frame().contains(plot.place(-50.0))


def test_pointing_at_a_dot_says_its_value_and_elsewhere_what_is_shown(plot: SpectrumPlot, qtbot: QtBot) -> None:
    plot.set_loop(with_eigenvalues(0.3 - 0.4j))
    QTest.mouseMove(plot, plot.place(0.3 - 0.4j).toPoint())
    qtbot.waitUntil(lambda: QToolTip.text() == "λ = 0.3000 ± 0.4000 i, |λ| = 0.5000: shrinks each step")
    QTest.mouseMove(plot, QPoint(4, 4))
    qtbot.waitUntil(lambda: QToolTip.text().startswith("Eigenvalues of W: "))
    QToolTip.hideText()


def test_an_eigenvalue_says_what_it_does() -> None:
    assert eigenvalue_words(-2) == "λ = −2.000, |λ| = 2.000: grows each step"
    assert eigenvalue_words(1) == "λ = 1.000, |λ| = 1.000: stays each step"


def test_without_a_loop_that_is_said(plot: SpectrumPlot, theme: Theme) -> None:
    before = pixels(plot.grab().toImage())
    plot.set_loop(loop_shown(reach_of(example("output_to_hidden", "teacher_forcing").trace), 1))
    assert (pixels(plot.grab().toImage()) != before).any()
    assert plot.value_at(plot.place(0)) is None
    assert plot.accessibleName().startswith("No loop: ")
