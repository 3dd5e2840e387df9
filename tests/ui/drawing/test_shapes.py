"""The parts of the drawing are where they were asked to be, and say what they should."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from explorer.drawing.geometry import Point, straight
from explorer.ui.drawing import shapes
from explorer.ui.drawing.camera import Camera
from explorer.ui.drawing.graph_edges import arrow
from explorer.ui.drawing.sheet import Sheet
from explorer.ui.look.theme import LIGHT
from tests.ui.painting import ink_box, painted

pytestmark = pytest.mark.usefixtures("qapp")
BLACK, RED = QColor("black"), QColor("#d55e00")


def heights(picture: np.ndarray, colour: QColor, n: int) -> list[int]:
    wanted = np.array([colour.red(), colour.green(), colour.blue()])
    inked = (np.abs(picture - wanted).max(axis=2) <= 3).sum(axis=0)
    return [int(part.max()) for part in np.array_split(inked, n)]


def test_bars_are_as_high_as_their_values() -> None:
    rect = QRectF(0, 0, 100, 103)
    picture = painted(lambda p: shapes.paint_bars(p, rect, [1.0, 0.5, 0.0, np.nan, -1.0], RED), 100, 103)
    assert heights(picture, RED, 5) == pytest.approx([100, 50, 0, 0, 0], abs=1)


def test_bars_can_have_another_top_and_a_mark() -> None:
    def paint(painter: QPainter) -> None:
        shapes.paint_bars(painter, QRectF(0, 0, 60, 103), [1.0, 2.0], RED, top=2.0, marked=(1,))

    picture = painted(paint, 60, 103)
    assert heights(picture, RED, 2) == pytest.approx([50, 100], abs=1)
    marks = heights(picture, LIGHT.target.line, 2)
    assert marks[0] == 0 and marks[1] > 0


def test_a_delay_of_several_steps_and_one_backward_in_time_say_so_on_the_side_of_the_column() -> None:
    one, two, back = (
        ink_box(painted(lambda p, n=n: shapes.paint_delay(p, QPointF(20, 20), BLACK, steps=n), 60, 40))
        for n in (1, 2, -1)
    )
    assert one == (15, 15, 24, 24)
    assert two[0] < one[0] - 3 and two[2] == one[2]
    assert back[2] > one[2] + 3 and back[0] == one[0]


def test_an_arrow_covers_nothing_of_what_it_comes_from() -> None:
    """From the symbol of a target to the loss close beside it: the head had covered the symbol."""

    def paint(painter: QPainter) -> None:
        arrow(Sheet(painter, Camera(), LIGHT), straight(Point(20, 20), Point(16, 20)), BLACK, 1.0, head=8.0)

    assert ink_box(painted(paint, 40, 40))[2] <= 20
