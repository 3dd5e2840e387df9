"""Text keeps its place and its size at every zoom."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from explorer.ui.typography.text import Side, paint_text, screen_scale
from tests.ui.painting import ink_box, painted

pytestmark = pytest.mark.usefixtures("qapp")
BLACK = QColor("black")
RECT = QRectF(10, 5, 80, 20)


def box(side: Side = "centre", text: str = "0.25", size: float = 12, zoom: float = 1, fit: bool = False) -> list[float]:
    """Left, top, right, bottom of the ink, in the painter's units."""

    def paint(painter: QPainter) -> None:
        painter.scale(zoom, zoom)
        assert screen_scale(painter) == pytest.approx(zoom)
        paint_text(painter, RECT, text, size, BLACK, side, fit=fit)

    return [edge / zoom for edge in ink_box(painted(paint, round(100 * zoom), round(30 * zoom)))]


def test_text_stands_where_it_is_sent() -> None:
    assert box("left")[0] == pytest.approx(10, abs=2)
    assert box("right")[2] == pytest.approx(90, abs=2)
    left, top, right, bottom = box("centre")
    assert (left + right) / 2 == pytest.approx(50, abs=1.5)
    assert (top + bottom) / 2 == pytest.approx(15, abs=1.5)


@pytest.mark.parametrize("zoom", [0.7, 1.3, 4, 11])
@pytest.mark.parametrize("size", [9.5, 12.25])
def test_its_size_does_not_jump_with_the_zoom(zoom: float, size: float) -> None:
    assert box(size=size, zoom=zoom) == pytest.approx(box(size=size, zoom=20), abs=0.4 + 1.2 / zoom)


def test_too_long_a_text_is_made_to_fit_when_asked() -> None:
    long = "0.123456789012345"
    left, _, right, _ = box(text=long, fit=True)
    assert left >= 10 and right <= 90
    wide = box(text=long)
    assert wide[2] - wide[0] > 80
    assert box(fit=True) == box()
