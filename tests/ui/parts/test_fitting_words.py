"""Sentences for which there is little room: they get shorter before they take room from what stands beside them."""

from pytestqt.qtbot import QtBot

from explorer.ui.parts.fitting_words import FittingWords


def test_they_say_most_where_there_is_room_and_ask_for_no_more_than_the_shortest_needs(qtbot: QtBot) -> None:
    words, most = FittingWords(), "much is said here " * 20
    qtbot.addWidget(words)
    words.say_most(most, "little")
    words.resize(160, 600)
    words.show()
    assert words.text() == most
    assert words.heightForWidth(160) < 2 * words.fontMetrics().height()
    words.resize(160, words.heightForWidth(160))
    assert words.text() == "little" and words.toolTip() == most
