"""The axes of plots."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.ui.parts.themed_plot import ThemedPlot


@pytest.fixture
def plot(qtbot: QtBot) -> ThemedPlot:
    plot = ThemedPlot()
    qtbot.addWidget(plot)
    return plot


# One plot for all examples: those of pyqtgraph that Python collects leave addresses behind at which PySide faults.
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(1e-6, 1e6), st.floats(20, 400))
def test_an_axis_of_losses_has_two_numbers_at_least(plot: ThemedPlot, top: float, height: float) -> None:
    ((spacing, ticks),) = plot.left.tickValues(-0.02 * top, 1.06 * top, height)
    assert len(ticks) >= 2 and ticks[0] == 0 and abs(ticks[1] - spacing) < 1e-9 * top


def test_the_keys_zoom_and_move_a_plot_and_show_all_of_it(qtbot: QtBot) -> None:
    class Plot(ThemedPlot):
        def fit(self) -> None:
            self.box.setXRange(0.0, 100.0, padding=0.0)

    def seen() -> tuple[float, float]:
        low, high = plot.box.viewRange()[0]
        return round(low, 6), round(high, 6)

    plot = Plot()
    qtbot.addWidget(plot)
    plot.show_all()
    for key, wanted in (
        (Qt.Key.Key_Plus, (10.0, 90.0)),
        (Qt.Key.Key_Right, (18.0, 98.0)),
        (Qt.Key.Key_Left, (10.0, 90.0)),
        (Qt.Key.Key_Minus, (0.0, 100.0)),
        (Qt.Key.Key_Equal, (10.0, 90.0)),
    ):
        qtbot.keyClick(plot, key)
        assert seen() == wanted and plot.zoomed
    qtbot.keyClick(plot, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert seen() == (10.0, 90.0), "Ctrl++ makes the text larger, wherever the focus is"
    qtbot.keyClick(plot, Qt.Key.Key_0)
    assert seen() == (0.0, 100.0) and not plot.zoomed
