"""Seen from far, a row is a heat map: units lie one above the other, each a stripe of its own, however many steps."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.canvas import Canvas
from tests.session.shown import example
from tests.ui.painting import pixels


@pytest.mark.parametrize("T", [100, 300, 1000])
def test_units_do_not_run_into_each_other(qtbot: QtBot, T: int) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(900, 480)
    canvas.show()
    shown = example("hidden_to_hidden", None, T)
    canvas.set_view(view_state(shown, View()))
    QApplication.processEvents()
    assert canvas._scene is not None
    row = canvas._scene.geometry.places["x"].rect
    band = canvas._camera.rect(row)
    picture = pixels(canvas.grab().toImage())
    top, height = round(band.top()), round(band.height())
    for unit in (0, 1):
        low, high = (top + round(height * (unit + share) / 2) for share in (0.12, 0.88))
        stripe = picture[low:high, 60:840].astype(int)
        assert (np.ptp(stripe, axis=0) <= 1).all()
        assert (np.ptp(stripe, axis=1) > 100).any()
