"""Short labels look like the typeset formula, at every zoom and in every picture format."""

import pytest
from PySide6.QtCore import QBuffer, QPointF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgGenerator

from explorer.architectures import architectures
from explorer.graph.feedback import FEEDBACKS, connect
from explorer.ui.look.fonts import raw_math_font
from explorer.ui.typography.formula import Formula
from explorer.ui.typography.symbols import SymbolLayout, lay_out, paint_symbol, symbol_width
from tests.each import each
from tests.ui.painting import ink_box, painted

pytestmark = pytest.mark.usefixtures("qapp")
BLACK = QColor("black")


def declared_symbols() -> set[str]:
    return {
        node.symbol
        for architecture in architectures().values()
        for feedback in (FEEDBACKS.values() if architecture.takes_feedback else [None])
        for node in connect(architecture, feedback).nodes
    }


def ascent(label: SymbolLayout) -> float:
    """How far it reaches above its base line."""
    return -label.path.boundingRect().top()


@each("symbol", [*sorted(declared_symbols()), "U", "W", r"\theta", "U^{f}", "h_{1}"])
def test_a_label_has_the_extent_of_the_formula(symbol: str) -> None:
    label = lay_out(symbol, "", 40.0)
    formula = Formula(symbol, 40.0)
    assert label.path.boundingRect().width() == pytest.approx(formula.width, abs=6)
    assert ascent(label) == pytest.approx(formula.baseline, abs=6)


def test_a_superscript_is_smaller_and_higher() -> None:
    plain, raised = lay_out("x", "", 40.0), lay_out("x", "(1)", 40.0)
    assert ascent(raised) > 1.3 * ascent(plain)
    assert raised.width - plain.width < symbol_width(r"\mathrm{(1)}", size=40)


def test_superscripts_are_set_as_mathematics() -> None:
    assert lay_out("h", "(t-1)", 20.0).width == lay_out("h", "(t−1)", 20.0).width
    assert lay_out("h", "(τ)", 20.0).path == lay_out("h", r"(\tau)", 20.0).path
    assert lay_out("h^{(t)}", "", 20.0).path == lay_out("h", "(t)", 20.0).path


def test_an_accent_adds_height_but_no_width() -> None:
    assert symbol_width(r"\hat{y}") == symbol_width("y")
    assert ascent(lay_out(r"\hat{y}", "", 20.0)) > ascent(lay_out("y", "", 20.0))


@pytest.mark.parametrize("tex", [r"\unknown{x}", "x^", r"\hat", "{x", "x}", r"\hat{}"])
def test_what_is_not_understood_is_shown_as_written(tex: str) -> None:
    glyphs = [index for _, glyph in lay_out(tex, "", 20.0).glyphs for index in glyph.run.glyphIndexes()]
    assert glyphs == raw_math_font(20.0).glyphIndexesForString(tex)


@pytest.mark.parametrize("zoom", [0.5, 1, 3, 8, 20])
def test_labels_are_painted_at_every_zoom(zoom: float) -> None:
    def paint(painter: QPainter) -> None:
        painter.scale(zoom, zoom)
        paint_symbol(painter, QPointF(2, 18), r"\hat{y}", "(3)", 14, BLACK)

    left, top, right, bottom = ink_box(painted(paint, round(40 * zoom), round(26 * zoom)))
    label = lay_out(r"\hat{y}", "(3)", 14)
    assert right - left == pytest.approx(label.width * zoom, abs=2 + 2 * zoom)
    assert bottom - top == pytest.approx(label.path.boundingRect().height() * zoom, abs=3)


def test_an_svg_carries_the_label_as_a_shape() -> None:
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    painter = QPainter(generator)
    paint_symbol(painter, QPointF(10, 20), "h", "(3)", 14, QColor("#d55e00"))
    painter.end()
    svg = bytes(buffer.data().data()).decode()
    assert "#d55e00" in svg and "<path" in svg
