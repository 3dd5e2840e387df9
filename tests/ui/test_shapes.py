"""The parts of the drawing are where they were asked to be, and say what they should."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from explorer.ui import shapes
from explorer.ui.theme import LIGHT
from tests.ui.painting import ink_box, painted, share_of

pytestmark = pytest.mark.usefixtures("qapp")
BLACK, RED = QColor("black"), QColor("#d55e00")


def test_a_node_is_a_box_in_its_colour() -> None:
    def node(dashed: bool) -> np.ndarray:
        rect = QRectF(10, 10, 80, 40)
        return painted(lambda p: shapes.paint_node(p, rect, RED, LIGHT.backward.soft, dashed=dashed), 100, 60)

    assert ink_box(node(False)) == (9, 9, 90, 50)
    assert share_of(node(False), LIGHT.backward.soft) > 0.45
    assert share_of(node(True), RED, 40) < 0.8 * share_of(node(False), RED, 40)


@pytest.mark.parametrize("angle", range(0, 360, 45))
def test_an_arrow_ends_at_its_tip(angle: int) -> None:
    centre = QPointF(50, 50)
    tip = centre + 40 * QPointF(np.cos(np.radians(angle)), np.sin(np.radians(angle)))
    arrow = shapes.Arrow.straight(centre, tip)
    assert arrow.head[0] == tip
    assert arrow.shaft.pointAtPercent(0) == centre
    picture = painted(lambda p: arrow.paint(p, BLACK), 100, 100)
    left, top, right, bottom = ink_box(picture)
    assert left >= min(centre.x(), tip.x()) - 4 and right <= max(centre.x(), tip.x()) + 4
    assert top >= min(centre.y(), tip.y()) - 4 and bottom <= max(centre.y(), tip.y()) + 4


def test_an_arrow_along_a_curve_points_where_the_curve_ends() -> None:
    arrow = shapes.Arrow.curved(QPointF(0, 0), QPointF(50, 0), QPointF(50, 100), QPointF(100, 100), head=10)
    tip, one, other = arrow.head
    assert tip == QPointF(100, 100)
    assert (one + other) / 2 == QPointF(90, 100)
    assert arrow.middle.x() == pytest.approx(46, abs=3)


def test_an_arrow_of_no_length_is_harmless() -> None:
    arrow = shapes.Arrow.straight(QPointF(5, 5), QPointF(5, 5))
    painted(lambda p: arrow.paint(p, BLACK), 10, 10)


def test_the_line_under_a_label_does_not_strike_it_out() -> None:
    def paint(painter: QPainter) -> None:
        shapes.Arrow.straight(QPointF(0, 30), QPointF(100, 30)).paint(painter, BLACK)
        paint.rect = shapes.paint_edge_label(painter, QPointF(50, 30), "W", RED)

    picture = painted(paint, 100, 60)
    inside = picture[
        int(paint.rect.top()) + 1 : int(paint.rect.bottom()), int(paint.rect.left()) + 1 : int(paint.rect.right())
    ]
    assert share_of(inside, BLACK, 40) == 0
    assert share_of(inside, RED, 60) > 0.05


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
        shapes.paint_bars(painter, QRectF(0, 0, 60, 103), [1.0, 2.0], RED, top=2.0, marked=1)

    picture = painted(paint, 60, 103)
    assert heights(picture, RED, 2) == pytest.approx([50, 100], abs=1)
    marks = heights(picture, LIGHT.target.line, 2)
    assert marks[0] == 0 and marks[1] > 0


@pytest.mark.parametrize("symbol", ["1", "h", " ", "\n", "…", "longer"])
def test_a_token_shows_its_symbol_inside_its_disc(symbol: str) -> None:
    def paint(painter: QPainter) -> None:
        shapes.paint_token(painter, QPointF(20, 20), 14, symbol, LIGHT.target)

    picture = painted(paint, 40, 40)
    assert share_of(picture, LIGHT.target.text, 60) > 0.01
    left, top, right, bottom = ink_box(picture)
    assert min(left, top) >= 4 and max(right, bottom) <= 35


def test_a_delay_of_several_steps_says_so() -> None:
    one, two = (
        ink_box(painted(lambda p, n=n: shapes.paint_delay(p, QPointF(20, 20), BLACK, steps=n), 60, 40)) for n in (1, 2)
    )
    assert one == (15, 15, 24, 24)
    assert two[2] > one[2] + 3


def test_dimming_ends_with_its_block() -> None:
    def paint(painter: QPainter) -> None:
        painter.setOpacity(0.5)
        with shapes.dimmed(painter, 0.5):
            assert painter.opacity() == 0.25
            painter.fillRect(QRectF(0, 0, 10, 10), BLACK)
        assert painter.opacity() == 0.5

    assert painted(paint, 10, 10)[5, 5] == pytest.approx([191] * 3, abs=2)


def test_a_ring_stands_outside_of_what_it_selects() -> None:
    picture = painted(lambda p: shapes.paint_ring(p, QRectF(20, 20, 40, 30), RED), 80, 70)
    assert share_of(picture[22:48, 22:58], QColor("white")) == 1
    assert share_of(picture, RED, 40) > 0


def test_a_time_step_is_framed_and_named() -> None:
    def paint(painter: QPainter) -> None:
        shapes.paint_column_frame(painter, QRectF(10, 10, 60, 40), RED, "t = 4")

    picture = painted(paint, 80, 80)
    assert share_of(picture[52:], RED, 60) > 0.01
    assert share_of(picture[14:46, 14:66], QColor("white")) == 1
