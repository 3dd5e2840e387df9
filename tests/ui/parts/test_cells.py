"""Numbers as cells: the colours of the map, marks for sign, figures close up; and the legend that explains them."""

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgGenerator

from explorer.ui.look.theme import LIGHT, MapName, Theme
from explorer.ui.parts.cells import cell_at, paint_cells, paint_legend
from tests.ui.painting import painted, share_of

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("map", ["value", "gradient"])
def test_each_cell_has_the_colour_of_its_value(theme: Theme, map: MapName) -> None:
    v = np.array([[0.5, -0.25], [0.0, 9.0], [np.nan, -1.0]])
    rect = QRectF(2, 2, 80, 120)
    picture = painted(lambda p: paint_cells(p, rect, v, 1.0, map, digits=30), 84, 124, ground="#123456")
    for (row, column), colour in zip(np.ndindex(v.shape), theme.map(map).rgba(v, 1.0).reshape(-1, 4), strict=True):
        corner = picture[2 + 40 * row + 5, 2 + 40 * column + 5]
        assert corner == pytest.approx(colour[:3].astype(int), abs=1)


def test_a_vector_lies_in_a_row() -> None:
    picture = painted(lambda p: paint_cells(p, QRectF(0, 0, 90, 30), [1.0, 0.0, 0.0], 1.0), 90, 30)
    colours = LIGHT.map("value").rgba(np.array([1.0]), 1.0)[0, :3].astype(int)
    assert picture[4, 4] == pytest.approx(colours)
    assert picture[4, 40] == pytest.approx([255, 255, 255])


def test_negative_cells_carry_a_minus_and_positive_ones_do_not() -> None:
    picture = painted(lambda p: paint_cells(p, QRectF(0, 0, 60, 20), [-0.1, 0.1, 0.0], 1.0), 60, 20)
    minus, plus, zero = (picture[6:14, 4 + 20 * i : 16 + 20 * i] for i in range(3))
    assert np.unique(minus.reshape(-1, 3), axis=0).shape[0] > 1
    assert np.unique(plus.reshape(-1, 3), axis=0).shape[0] == 1
    assert np.unique(zero.reshape(-1, 3), axis=0).shape[0] == 1


def test_figures_appear_when_the_canvas_is_zoomed_in() -> None:
    def at(zoom: float) -> np.ndarray:
        def paint(painter: QPainter) -> None:
            painter.scale(zoom, zoom)
            paint_cells(painter, QRectF(0, 0, 12, 10), [0.25], 1.0)

        return painted(paint, round(12 * zoom), round(10 * zoom))

    assert share_of(at(6), QColor("black"), 60) > 0.005
    assert share_of(at(1), QColor("black"), 60) == 0


@pytest.mark.parametrize(("height", "legible"), [(10, True), (9, False)])
def test_figures_come_close_to_the_rules_of_a_flat_cell_before_they_go(height: int, legible: bool) -> None:
    picture = painted(lambda p: paint_cells(p, QRectF(0, 0, 60, height), [0.25], 1.0), 60, height)
    inside = picture[2 : height - 2, 2:58].reshape(-1, 3)
    assert (np.unique(inside, axis=0).shape[0] > 1) == legible


def test_small_cells_are_not_ruled() -> None:
    v = np.ones((100, 100))
    picture = painted(lambda p: paint_cells(p, QRectF(0, 0, 100, 100), v, 1.0), 100, 100)
    assert np.unique(picture[2:-2, 2:-2].reshape(-1, 3), axis=0).shape[0] == 1


@pytest.mark.parametrize("values", [[], np.zeros((0, 3)), [np.nan], [np.inf, -np.inf], 3.0])
def test_odd_arrays_paint_without_complaint(values: object) -> None:
    painted(lambda p: paint_cells(p, QRectF(0, 0, 40, 20), values, 1.0), 40, 20)
    painted(lambda p: paint_cells(p, QRectF(0, 0, 400, 200), values, np.nan), 400, 200)
    painted(lambda p: paint_cells(p, QRectF(), values, 1.0), 40, 20)


def test_the_cell_under_the_pointer_is_found() -> None:
    rect = QRectF(10, 20, 30, 40)
    assert cell_at(rect, (4, 3), QPointF(10, 20)) == (0, 0)
    assert cell_at(rect, (4, 3), QPointF(39, 59)) == (3, 2)
    assert cell_at(rect, (4, 3), QPointF(40, 60)) == (3, 2)
    assert cell_at(rect, (4, 3), QPointF(25, 35)) == (1, 1)
    assert cell_at(rect, (4, 3), QPointF(9, 30)) is None


def test_the_legend_runs_from_end_to_end() -> None:
    picture = painted(lambda p: paint_legend(p, QRectF(0, 0, 140, 28), 2.0), 140, 28)
    ends = LIGHT.map("value").rgba(np.array([-1.0, 0.0, 1.0]), 1.0)[:, :3].astype(int)
    assert picture[5, 2] == pytest.approx(ends[0], abs=8)
    assert picture[5, 65] == pytest.approx(ends[1], abs=25)
    assert picture[5, 137] == pytest.approx(ends[2], abs=8)
    assert share_of(picture[16:], LIGHT.muted, 60) > 0.01


def test_an_svg_has_a_rectangle_for_each_cell() -> None:
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    painter = QPainter(generator)
    paint_cells(painter, QRectF(0, 0, 8, 8), [1.0, -1.0], 1.0)
    painter.end()
    svg = bytes(buffer.data().data()).decode()
    assert "<image" not in svg
    for end in (LIGHT.value.positive[-1], LIGHT.value.negative[-1]):
        assert end in svg
