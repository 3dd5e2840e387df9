"""Text of another size takes what is laid out around it along: lengths, fonts and style sheets, there and back."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.look import text_size
from explorer.ui.look import theme as themes
from explorer.ui.look.appearance import Appearance
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import SIZES, on_sheet, own_rect, px, rect_on_screen, scaled, sheet_on_screen

FACTORS = st.sampled_from([size / 100 for size in SIZES])


@given(FACTORS, st.floats(0, 4000), st.floats(0, 4000))
def test_what_is_painted_lies_within_the_px_that_are_painted_anew(factor: float, x: float, y: float) -> None:
    text_size.set_factor(factor)
    rect = QRectF(x, y, 30.5, 12.25)
    assert on_sheet(QRectF(rect_on_screen(rect))).adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(rect)


def test_lengths_fonts_and_sheets_follow_and_come_back(qtbot: QtBot, qapp: QApplication) -> None:
    label = QLabel("words")
    qtbot.addWidget(label)
    scaled(label.setFixedWidth, 80)
    scaled(label.setFont, ui_font(11))
    label.show()
    appearance = Appearance("light")
    for percent, width, size in ((150, 120, 16), (200, 160, 22), (80, 64, 9), (100, 80, 11)):
        appearance.choose_text(percent)
        assert (label.width(), label.font().pixelSize(), qapp.font().pixelSize()) == (width, size, px(13))
    themes.apply(qapp, themes.LIGHT)
    assert label.font().pixelSize() == 11


def test_borders_stay_thin_and_what_has_the_focus_is_as_large_as_without_it() -> None:
    text_size.set_factor(1.5)
    sheet = "A { border: 1px solid; padding: 4px 11px; border-radius: 6px }"
    sheet += "A:focus { border: 2px solid; padding: 3px 10px; width: 12px }"
    without, focused = sheet_on_screen(sheet).split("}")[:2]
    assert without == "A { border: 1px solid; padding: 6px 16px; border-radius: 9px "
    assert focused == "A:focus { border: 2px solid; padding: 5px 15px; width: 19px "


def test_one_steps_through_the_sizes_and_not_beyond_them() -> None:
    appearance, seen = Appearance("light"), []
    appearance.resized.connect(seen.append)
    for _ in SIZES:
        appearance.step_text(1)
    for _ in SIZES:
        appearance.step_text(-1)
    appearance.choose_text(100)
    larger, smaller = [s for s in SIZES if s > 100], list(SIZES[-2::-1])
    assert seen == [*larger, *smaller, 100]


def test_a_widget_that_paints_itself_counts_in_px_of_the_usual_size(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(300, 150)
    text_size.set_factor(1.5)
    assert own_rect(widget) == QRectF(0, 0, 200, 100)
    assert on_sheet(QRectF(30, 15, 3, 3)).topLeft() == QPointF(20, 10)
