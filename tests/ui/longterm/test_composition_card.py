"""Repeated composition: curves of the state on screen, the one of the cursor's step lit, another by click or choice."""

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from explorer.session.document import show
from explorer.session.longterm.here import cursor_at
from explorer.session.viewing import LongTerm, View
from explorer.ui.longterm.composition_card import CompositionCard
from explorer.ui.look.theme import Theme
from tests.settings import a_document
from tests.ui.longterm.conftest import Give
from tests.ui.painting import pixels, share_of

PLAIN = a_document("hidden_to_hidden", feedback=None, length=5, hidden=4)


def test_it_works_only_while_it_is_seen_and_goes_on_when_it_is_seen_again(qtbot: QtBot) -> None:
    card = CompositionCard()
    qtbot.addWidget(card)
    card.show_view(show(PLAIN), View())
    assert not card.busy and card.composed is None
    card.show()
    card.hide()
    qtbot.waitUntil(lambda: not card.busy)
    assert card.composed is None
    card.show()
    qtbot.waitUntil(lambda: card.composed is not None)


def test_the_curve_of_the_cursor_is_lit_and_the_rest_stays(give: Give) -> None:
    card = CompositionCard()
    give(card, PLAIN, View())
    assert card.words.text().startswith("h(5): ")
    before = card.composed
    assert card.shown is not None
    card.show_view(card.shown, View(cursor_at(card.shown, "h", 2)))
    assert card.composed is before and card.words.text().startswith("h(2): ")


def test_a_click_on_a_curve_goes_to_its_step(qtbot: QtBot, give: Give) -> None:
    card = CompositionCard()
    give(card, PLAIN, View(longterm=LongTerm(gain=4.0)))
    asked: list[int] = []
    card.step_asked.connect(asked.append)
    places = card.plot.curve(3)
    assert card.shown is not None and card.plot.curve_at(places.first()) == 3
    qtbot.mouseClick(card.plot, Qt.MouseButton.LeftButton, pos=places.first().toPoint())
    assert asked == [cursor_at(card.shown, "h", 3)]
    qtbot.mouseClick(card.plot, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert len(asked) == 1


def test_no_curve_is_found_where_all_have_overflowed(give: Give) -> None:
    card = CompositionCard()
    give(card, PLAIN, View())
    assert card.composed is not None
    curves = card.composed.composition.curves * np.nan
    overflowed = replace(card.composed, composition=replace(card.composed.composition, curves=curves))
    card.plot.set_composed(overflowed, 1)
    frame = card.plot.frame()
    assert card.plot.curve_at(frame.center()) is None
    assert card.plot.curve_at(frame.topRight() + QPointF(3, 9)) is None


def test_controls_ask_for_a_change_of_the_view_and_show_what_it_is(qtbot: QtBot, give: Give) -> None:
    card = CompositionCard()
    give(card, a_document("lstm", feedback=None, length=4, hidden=3), View(longterm=LongTerm(gain=2.5, drive="zero")))
    asked: list[object] = []
    card.look_asked.connect(asked.append)
    assert card.gain.currentText() == "W × 2.5" and card.drive.currentText() == "no input"
    assert "× 2.5 in this view alone" in card.words.text() + card.words.toolTip()
    qtbot.mouseClick(card.again, Qt.MouseButton.LeftButton)
    card.gain.activated.emit(card.gain.findData(4.0))
    card.line.activated.emit(card.line.findData(2.0))
    card.drive.activated.emit(1)
    card.states.chosen.emit("s")
    assert asked[:4] == [{"draw": 1}, {"gain": 4.0}, {"line": 2.0}, {"drive": "held"}]
    assert asked[4] == {"followed": "s", "path": None}


def test_where_nothing_is_composed_a_sentence_says_why_and_another_network_mends_it(give: Give) -> None:
    card = CompositionCard()
    give(card, a_document(feedback="teacher_forcing"), View())
    assert card.message.isVisible() and "under teacher forcing" in card.message.text()
    give(card, PLAIN, View())
    assert card.plot.isVisible()


@pytest.mark.parametrize("size", [(500, 116), (300, 250)], ids=["beside", "below"])
def test_the_lit_curve_is_painted_in_both_themes(give: Give, theme: Theme, size: tuple[int, int], qtbot: QtBot) -> None:
    card = CompositionCard()
    give(card, PLAIN, View())
    card.resize(*size)
    assert share_of(pixels(card.plot.grab().toImage()), theme.forward.line) > 0.001
