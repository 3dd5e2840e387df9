"""The axes of plots."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from explorer.ui.parts.themed_plot import ThemedPlot


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(1e-6, 1e6), st.floats(20, 400))
def test_an_axis_of_losses_has_two_numbers_at_least(qtbot: QtBot, top: float, height: float) -> None:
    plot = ThemedPlot()
    qtbot.addWidget(plot)
    ((spacing, ticks),) = plot.left.tickValues(-0.02 * top, 1.06 * top, height)
    assert len(ticks) >= 2 and ticks[0] == 0 and abs(ticks[1] - spacing) < 1e-9 * top
