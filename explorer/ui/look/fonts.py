"""Load the app's typefaces once and hand out fonts: interface text, figures of equal width, mathematics."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from explorer.errors import ExplorerError
from explorer.resources import resource

UI_FAMILY = "Inter"
TEXT_FAMILY = "Times New Roman"
"""The letters of symbols where they are text, of a file that others open with their own fonts."""
TABULAR = QFont.Tag("tnum")


@cache
def load() -> None:
    """Register Inter with Qt; needs an application. Later calls do nothing.

    Raises:
        ExplorerError: a font file is missing or Qt cannot read it.
    """
    for file in sorted(resource("fonts").glob("*.otf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise ExplorerError(f"The font file {file.name} cannot be read; install RNN Explorer again.")


@cache
def math_font_file() -> Path:
    """The file of the mathematics font, which ziamath brings along and typesets formulas in."""
    package = find_spec("ziamath")
    if package is not None and package.origin is not None:
        file = Path(package.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"
        if file.is_file():
            return file
    raise ExplorerError("The mathematics font that ziamath brings is missing; install RNN Explorer again.")


@cache
def ui_font(size: float, weight: int = QFont.Weight.Normal) -> QFont:
    """Inter at `size` px; weight 400, 500, 600 or 700. Treat as read-only: it is shared."""
    return _font(UI_FAMILY, size, weight)


@cache
def number_font(size: float, weight: int = QFont.Weight.Normal) -> QFont:
    """Inter at `size` px with tabular figures, so that columns line up. Read-only: it is shared."""
    font = _font(UI_FAMILY, size, weight)
    font.setFeature(TABULAR, 1)
    return font


@cache
def raw_math_font(size: float) -> QRawFont:
    """The mathematics font for placing single glyphs, unhinted so that it looks alike at every zoom."""
    font = QRawFont(_math_outlines())
    font.setPixelSize(size)
    return font


@cache
def _math_outlines() -> QRawFont:
    """Read once: each further size of it takes a hundredth of the time."""
    return QRawFont(str(math_font_file()), 16.0, QFont.HintingPreference.PreferNoHinting)


def _font(family: str, size: float, weight: int) -> QFont:
    load()
    font = QFont(family)
    font.setWeight(QFont.Weight(weight))
    # Pixels, not points: the layout is in pixels too, and points would grow with a screen's stated density.
    font.setPixelSize(max(1, round(size)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
