"""The parts that panels are built of name themselves and tell what was chosen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.look import theme as themes
from explorer.ui.look.theme import Theme
from explorer.ui.parts.widgets import Card, LabelledRows, Links, SectionHeader, Segments, Words, in_column, in_row
from tests.ui.painting import pixels, share_of


def test_a_section_header_is_read_as_it_was_written(qtbot: QtBot) -> None:
    header = SectionHeader("Where it comes from")
    qtbot.addWidget(header)
    assert (header.text(), header.accessibleName()) == ("WHERE IT COMES FROM", "Where it comes from")


def test_a_card_has_the_surface_of_its_theme(theme: Theme, qtbot: QtBot) -> None:
    card = Card(QLabel("x"))
    qtbot.addWidget(card)
    card.resize(80, 60)
    picture = pixels(card.grab().toImage())
    assert share_of(picture, theme.surface) > 0.7
    assert share_of(picture, theme.border) > 0.02


def test_what_stands_in_a_row_has_its_share_of_the_room(qtbot: QtBot) -> None:
    whole, first, second = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(whole)
    in_row(10, (first, 2), (in_column(0, (second, 1), 3), 1), on=whole, margins=(5, 0, 5, 0))
    whole.resize(440, 40)
    whole.show()
    assert [part.geometry().getRect() for part in (first, second)] == [(5, 0, 280, 40), (295, 0, 140, 10)]


def test_a_row_ties_its_label_to_its_control(qtbot: QtBot) -> None:
    rows, spin = LabelledRows(), QSpinBox()
    qtbot.addWidget(rows)
    label = rows.add("&Length T", spin, "Number of time steps")
    assert label.buddy() is spin
    assert (spin.accessibleName(), spin.toolTip()) == ("Length T", "Number of time steps")


def test_a_row_is_hidden_and_shown_with_its_name(qtbot: QtBot) -> None:
    rows, control = LabelledRows(), QLabel("3")
    qtbot.addWidget(rows)
    label = rows.add("&Length", control)
    rows.show()
    rows.show_row(control, False)
    assert not label.isVisible() and not control.isVisible()
    rows.show_row(control, True)
    assert label.isVisible() and control.isVisible()


def test_one_segment_is_on_at_a_time(qtbot: QtBot) -> None:
    segments = Segments(("train time", "test time"), "time")
    qtbot.addWidget(segments)
    chosen: list[int] = []
    segments.chosen.connect(chosen.append)
    train, test = segments.findChildren(QToolButton)
    assert segments.choice == 0
    qtbot.mouseClick(test, Qt.MouseButton.LeftButton)
    assert (segments.choice, chosen, train.isChecked()) == (1, [1], False)
    segments.choose(0)
    assert (segments.choice, chosen) == (0, [1])
    assert test.accessibleName() == "time: test time"


def test_words_take_the_colour_of_their_meaning(theme: Theme, qtbot: QtBot) -> None:
    words = Words("agrees")
    qtbot.addWidget(words)
    words.ensurePolished()
    assert words.palette().color(QPalette.ColorRole.WindowText) == theme.muted
    words.say("disagrees", "backward")
    assert words.text() == "disagrees"
    assert words.palette().color(QPalette.ColorRole.WindowText) == theme.backward.text


def test_tab_leads_to_the_segment_that_is_on_and_arrows_from_there(qtbot: QtBot) -> None:
    segments = Segments(("0.01", "0.1", "1"), "reach")
    qtbot.addWidget(segments)
    segments.choose(2)
    segments.show()
    segments.activateWindow()
    qtbot.waitUntil(segments.isActiveWindow)
    buttons = segments.findChildren(QToolButton)
    assert [bool(button.focusPolicy() & Qt.FocusPolicy.TabFocus) for button in buttons] == [False, False, True]
    buttons[2].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(buttons[2], Qt.Key.Key_Left)
    assert segments.choice == 1
    assert [bool(button.focusPolicy() & Qt.FocusPolicy.TabFocus) for button in buttons] == [False, True, False]


def test_links_take_the_colour_of_a_theme_that_is_put_on_later(qtbot: QtBot, qapp: QApplication) -> None:
    links, as_new = Links(), Links()
    for label in (links, as_new):
        qtbot.addWidget(label)
    links.setText('<a href="10.1">section</a>')
    links.show()
    light = pixels(links.grab().toImage())
    themes.apply(qapp, themes.DARK)
    try:
        as_new.setText(links.text())
        as_new.resize(links.size())
        dark = pixels(links.grab().toImage())
        assert share_of(light, themes.LIGHT.forward.text) > 0.01 < share_of(dark, themes.DARK.forward.text)
        assert (dark == pixels(as_new.grab().toImage())).all()
    finally:
        themes.apply(qapp, themes.LIGHT)
