"""The files that travel with the app are found, whole, and usable by Qt."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from explorer.errors import ExplorerError
from explorer.resources import resource

FONTS = sorted(resource("fonts").glob("*.otf"))


def test_a_missing_resource_is_named_with_its_remedy() -> None:
    with pytest.raises(ExplorerError, match=r"fonts/Comic\.otf is missing .*install RNN Explorer again"):
        resource("fonts", "Comic.otf")


@pytest.mark.parametrize("font", FONTS, ids=lambda path: path.stem)
def test_each_font_is_one_of_the_inter_family(qtbot: QtBot, font: Path) -> None:
    identifier = QFontDatabase.addApplicationFont(str(font))
    assert "Inter" in QFontDatabase.applicationFontFamilies(identifier)


def test_the_fonts_come_with_their_licence_and_stay_small() -> None:
    assert {font.stem for font in FONTS} >= {"Inter-Regular", "Inter-SemiBold", "Inter-Bold"}
    assert "SIL OPEN FONT LICENSE Version 1.1" in resource("fonts", "OFL.txt").read_text(encoding="utf-8")
    assert sum(font.stat().st_size for font in FONTS) < 2.5e6


def test_tabular_figures_are_equally_wide(qtbot: QtBot) -> None:
    for font in FONTS:
        QFontDatabase.addApplicationFont(str(font))
    font = QFont("Inter")
    font.setPixelSize(20)
    assert len(figure_widths(font)) > 1
    font.setFeature(QFont.Tag("tnum"), 1)
    assert len(figure_widths(font)) == 1


def figure_widths(font: QFont) -> set[float]:
    metrics = QFontMetricsF(font)
    return {round(metrics.horizontalAdvance(figure * 10)) for figure in "0123456789"}


def test_the_icon_is_a_square_drawing(qtbot: QtBot) -> None:
    icon = QSvgRenderer(str(resource("icon.svg")))
    assert icon.isValid()
    assert icon.defaultSize().width() == icon.defaultSize().height()
