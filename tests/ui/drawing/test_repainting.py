"""What stays in the window after parts of it were painted again is what a whole new picture shows."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from explorer.session.document import show
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.canvas import Canvas
from tests.settings import a_document
from tests.ui.drawing.canvases import look
from tests.ui.painting import pixels


def settled(canvas: Canvas) -> np.ndarray:
    """What is in the window once nothing is left to be painted."""
    QApplication.processEvents()
    while canvas.behind:
        QApplication.processEvents()
    return pixels(canvas.screen().grabWindow(canvas.winId()).toImage())


@pytest.mark.parametrize("T", [8, 25])
def test_the_window_follows_a_run_as_a_new_picture_shows_it(canvas: Canvas, T: int) -> None:
    canvas.resize(700, 380)
    runs = [show(a_document("hidden_and_output", length=T, seed=seed)) for seed in (1, 2, 3)]
    for cursor in (0, 3, 28):
        for shown in runs:
            canvas.set_view(view_state(shown, View(cursor, follow=True)))
            there = settled(canvas)
            canvas._tiles.forget()
            np.testing.assert_array_equal(there, look(canvas))


def test_nothing_that_travelled_is_left(canvas: Canvas) -> None:
    shown = show(a_document("recursive_tree", "majority", feedback=None, length=4))
    for cursor in range(1, len(shown.events)):
        canvas.set_motion(False)
        canvas.set_view(view_state(shown, View(cursor - 1)))
        canvas.set_view(view_state(shown, View(cursor)))
        for share in (0.02, 0.98, 1.0):
            canvas._set_moving(share)
            there = settled(canvas)
        np.testing.assert_array_equal(there, look(canvas))
