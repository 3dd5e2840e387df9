"""The app's own typefaces are used, with figures of equal width where numbers stand."""

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF

from explorer.ui.look.fonts import UI_FAMILY, math_font_file, number_font, raw_math_font, ui_font

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold])
def test_interface_text_is_inter_in_each_weight(weight: QFont.Weight) -> None:
    info = QFontInfo(ui_font(13, weight))
    assert (info.family(), info.pixelSize(), info.weight()) == (UI_FAMILY, 13, weight)


def test_figures_are_equally_wide_where_numbers_stand() -> None:
    def widths(font: QFont) -> set[float]:
        return {round(QFontMetricsF(font).horizontalAdvance(figure * 20)) for figure in "0123456789"}

    assert len(widths(number_font(13))) == 1
    assert len(widths(ui_font(13))) > 1


def test_mathematics_has_the_font_of_the_formulas() -> None:
    assert math_font_file().name == "STIXTwoMath-Regular.ttf"
    assert raw_math_font(15.5).pixelSize() == 15.5
    assert all(raw_math_font(15.5).glyphIndexesForString("𝑥ℎ𝜃∇⊤⊙"))
