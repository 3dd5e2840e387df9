"""The sentences below the curves take as many lines as there is room for, in whatever size of text."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.look import text_size
from explorer.ui.parts.short_words import ShortWords
from explorer.ui.training.foot import LINES, LOW, MOST_LINES, Foot


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_how_low_a_panel_is_goes_by_the_size_of_text(qtbot: QtBot, factor: float) -> None:
    """In a panel as low as its text is large, long sentences had taken the room of the axes above."""
    words, notice = ShortWords(), QWidget()
    words.setText("word " * 60)
    foot = Foot(notice, words)
    qtbot.addWidget(foot)
    text_size.set_factor(factor)
    line = words.fontMetrics().lineSpacing()
    for panel, lines in ((LOW - 10, LINES), (LOW + 10, MOST_LINES)):
        foot.set_height(round(panel * factor))
        assert words.heightForWidth(300) == lines * line
