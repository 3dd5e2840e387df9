"""A line takes the longest of its texts that there is room for, and is cut only where there is room for none."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.parts.fitting_label import FittingLabel


def test_it_takes_the_text_for_which_there_is_room(qtbot: QtBot) -> None:
    line = FittingLabel("a long way to say it", "short", "s")
    qtbot.addWidget(line)
    for width, said in ((300, "a long way to say it"), (60, "short"), (12, "s")):
        line.resize(width, 18)
        assert line.shown == said and not line.cut
    line.say()
    assert line.shown == "" and not line.cut
    line.say("longer than that")
    assert line.shown.endswith("…") and line.cut


def test_one_that_asks_for_room_gets_that_of_its_shortest_text_at_least(qtbot: QtBot) -> None:
    whole, line, greedy = QWidget(), FittingLabel("a long way to say it", "short"), QWidget()
    qtbot.addWidget(whole)
    line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    row = QHBoxLayout(whole)
    row.addWidget(line)
    row.addWidget(greedy, 1)
    for least, said in ((10, "a long way to say it"), (230, "short")):
        greedy.setMinimumWidth(least)
        whole.resize(300, 40)
        whole.show()
        row.activate()
        assert line.shown == said
