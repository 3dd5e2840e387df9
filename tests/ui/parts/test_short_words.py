"""Running text takes as many lines as there are, and where some are left out, says so and all of it when pointed at."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from explorer.ui.parts.short_words import ShortWords

SENTENCE = "A sentence that is as long as those that say what the curves tell of all runs. " * 3


def test_only_what_is_cut_takes_fewer_lines_and_is_said_whole(qtbot: QtBot, monkeypatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _, text, *more: said.append(text))
    words, line = ShortWords(), ShortWords().fontMetrics().lineSpacing()
    qtbot.addWidget(words)
    words.setText(SENTENCE)
    words.resize(240, 60)
    words.show()
    pointing = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(words, pointing)
    assert not words.cut and words.heightForWidth(240) > 4 * line and said == []
    words.set_most(2)
    QApplication.sendEvent(words, pointing)
    assert words.cut and words.heightForWidth(240) == 2 * line
    assert said[0].split() == SENTENCE.split()
    words.setText("Short.")
    assert not words.cut and words.heightForWidth(240) < 2 * line
