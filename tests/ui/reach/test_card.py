"""The card: works it out when it is seen, follows a chosen path, and stays with it while the numbers change."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from explorer.architectures import architectures
from explorer.session.document import Shown, show
from explorer.session.reach.reach import Trend
from explorer.session.viewing import View
from explorer.ui.look.theme import Theme
from explorer.ui.parts.fields import Choice
from explorer.ui.reach.card import LOOP, PATH, ReachCard
from explorer.ui.reach.map import LEAST
from tests.oracles.declarations import BIDIRECTIONAL
from tests.session.shown import KINDS, declared, example
from tests.settings import a_document
from tests.ui.painting import pixels, share_of
from tests.ui.showing import on_screen

PLAIN = a_document(architecture="hidden_to_hidden", feedback=None, length=6, hidden=4)


@pytest.fixture
def card(qtbot: QtBot) -> Iterator[ReachCard]:
    card = on_screen(qtbot, ReachCard(), 300, 230)
    yield card


def give(qtbot: QtBot, card: ReachCard, shown: Shown) -> None:
    path = None if card.cell is None else (*card.cell, shown.network.state)
    card.show_view(shown, View(path=path))
    qtbot.waitUntil(lambda: not card.busy and card.equation.ready)


def asked(card: ReachCard) -> list[object]:
    heard: list[object] = []
    card.path_chosen.connect(lambda k, t: heard.append((k, t)))
    card.path_cleared.connect(lambda: heard.append("cleared"))
    return heard


def click(qtbot: QtBot, card: ReachCard, k: int, t: int) -> None:
    qtbot.mouseClick(card.map, Qt.MouseButton.LeftButton, pos=card.map.rect_of(k, t).center().toPoint())
    qtbot.waitUntil(lambda: not card.busy and card.equation.ready)


@pytest.mark.parametrize(("architecture", "feedback"), KINDS)
def test_every_network_has_its_picture_its_loop_and_a_path(
    card: ReachCard, qtbot: QtBot, architecture: str, feedback: str | None
) -> None:
    give(qtbot, card, example(architecture, feedback))
    assert (
        card.reach is not None and card.words.text() and bool(card.line.shown) == ("No loop" not in card.words.text())
    )
    click(qtbot, card, 4, 1)
    assert card.cell == (4, 1) and card.pages.choice == PATH
    assert card.line.shown.endswith(" 0") or "×10" in card.line.shown or "0." in card.line.shown
    assert "Jacobians from h(4) back to h(1), product" in card.bars.accessibleName()


def test_nothing_is_worked_out_before_it_is_seen(qtbot: QtBot) -> None:
    card = ReachCard()
    qtbot.addWidget(card)
    card.show_view(show(PLAIN), View())
    assert not card.busy
    qtbot.wait(20)
    assert card.reach is None
    card.show()
    assert card.busy and card.reach is None
    qtbot.waitUntil(lambda: card.reach is not None)


def test_a_trace_seen_before_is_not_worked_out_again(card: ReachCard, qtbot: QtBot) -> None:
    first, second = show(PLAIN), show(a_document(length=5, hidden=3))
    give(qtbot, card, first)
    picture = card.reach
    give(qtbot, card, second)
    assert card.reach is not picture
    give(qtbot, card, first)
    assert card.reach is picture


def test_a_click_chooses_a_path_and_escape_lets_it_go(card: ReachCard, qtbot: QtBot) -> None:
    heard = asked(card)
    give(qtbot, card, show(PLAIN))
    assert card.pages.choice == LOOP and card.line.shown.startswith("ρ(W) = ")
    click(qtbot, card, 6, 2)
    assert card.pages.choice == PATH and card.map.cell == (6, 2)
    qtbot.keyClick(card.map, Qt.Key.Key_Right)
    qtbot.keyClick(card.map, Qt.Key.Key_Escape)
    assert card.pages.choice == LOOP and card.cell is None
    assert heard == [(6, 2), (6, 3), "cleared"]


def test_the_path_stays_chosen_while_its_numbers_change(card: ReachCard, qtbot: QtBot) -> None:
    shown = show(PLAIN)
    give(qtbot, card, shown)
    click(qtbot, card, 6, 2)
    heard, before = asked(card), card.line.shown
    theta = {name: 1.5 * array for name, array in shown.trace.parameters.items()}
    give(qtbot, card, show(PLAIN, theta))
    assert card.cell == (6, 2) and heard == [] and card.line.shown != before


def test_a_path_that_is_no_more_is_let_go(card: ReachCard, qtbot: QtBot) -> None:
    give(qtbot, card, show(PLAIN))
    click(qtbot, card, 6, 2)
    heard = asked(card)
    give(qtbot, card, example("hidden_to_hidden", None, T=4))
    assert heard == ["cleared"] and card.cell is None and card.map.cell is None


def test_the_loop_is_that_of_the_chosen_step(card: ReachCard, qtbot: QtBot) -> None:
    give(qtbot, card, show(a_document(feedback="free_running_yhat", length=6, hidden=4)))
    assert "∂ŷ(5)/∂o(5)" in card.words.text()
    click(qtbot, card, 6, 2)
    qtbot.mouseClick(card.pages.findChildren(type(card.log))[LOOP], Qt.MouseButton.LeftButton)
    assert "∂ŷ(2)/∂o(2)" in card.words.text() and card.cell == (6, 2)


def test_a_cut_path_says_where(card: ReachCard, qtbot: QtBot) -> None:
    give(qtbot, card, show(a_document(length=6, hidden=4)))
    click(qtbot, card, 5, 2)
    assert card.words.text() == "Cut: step 5 is fed the target y(4), so ∂h(5)/∂h(4) = 0."
    assert card.words.isVisible() and not card.equation.isVisible()
    click(qtbot, card, 5, 5)
    assert card.equation.isVisible()


def test_without_a_path_the_page_says_how_to_get_one(card: ReachCard, qtbot: QtBot) -> None:
    give(qtbot, card, show(PLAIN))
    qtbot.mouseClick(card.pages.findChildren(type(card.log))[PATH], Qt.MouseButton.LeftButton)
    assert card.words.text().startswith("Click a cell")


def test_too_long_a_sequence_is_said_in_a_sentence_and_a_shorter_one_shown_again(card: ReachCard, qtbot: QtBot) -> None:
    give(qtbot, card, show(PLAIN))
    give(qtbot, card, show(a_document(length=201, hidden=1)))
    assert card.message.isVisible() and "up to T = 200" in card.message.text() and not card.map.isVisible()
    give(qtbot, card, show(PLAIN))
    assert card.map.isVisible() and not card.message.isVisible()


def test_what_has_exploded_is_named_and_stays_on_its_feet(card: ReachCard, qtbot: QtBot) -> None:
    document = a_document(architecture="hidden_to_hidden", feedback=None, activation="identity", length=6, hidden=4)
    theta = dict(show(document).trace.parameters)
    theta["W"] = 1e200 * np.eye(4)
    give(qtbot, card, show(document, theta))
    assert card.reach is not None and card.reach.verdict.trend is Trend.EXPLODING
    click(qtbot, card, 6, 1)
    card.grab()


@pytest.mark.parametrize("size", [(260, 228), (300, 250), (480, 124), (580, 180), (800, 500)])
def test_nothing_overlaps_or_is_cut_off_at_any_size(card: ReachCard, qtbot: QtBot, size: tuple[int, int]) -> None:
    card.resize(size[0], 400)
    qtbot.wait(1)  # what it needs depends on its width
    card.resize(*size)
    give(qtbot, card, show(PLAIN))
    click(qtbot, card, 6, 2)
    assert (card.width(), card.height()) == size
    frame = card.map.frame()
    assert 80 <= frame.width() <= card.map.width() and frame.bottom() + 29 <= card.map.height() + 1
    left = card.bars.mapTo(card, card.bars.rect().topLeft()).x()
    assert card.bars.width() >= 90 and left >= card.map.geometry().right()
    assert card.equation.mapTo(card, card.equation.rect().bottomLeft()).y() < card.height()


def test_it_stands_any_size_on_the_way_to_its_own(card: ReachCard) -> None:
    """A splitter or a window that is being laid out may give it less for a moment; Qt's warnings fail a test."""
    for size in ((640, 1), (1, 300), (1, 1), (900, 40)):
        card.setMinimumSize(0, 0)
        card.resize(*size)
        assert card.map.width() >= LEAST


def test_it_wears_both_themes(card: ReachCard, qtbot: QtBot, theme: Theme) -> None:
    give(qtbot, card, show(PLAIN))
    assert share_of(pixels(card.grab().toImage()), theme.window) > 0.4


def test_each_recurrent_state_can_be_looked_at(card: ReachCard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    give(qtbot, card, declared(monkeypatch, BIDIRECTIONAL))
    heard: list[tuple[int, int, str]] = []
    card.path_chosen.connect(lambda k, t, state: heard.append((k, t, state)))
    backward = card.states.findChildren(QToolButton)[1]
    assert backward.isVisible() and backward.text() == "∂g"
    qtbot.mouseClick(backward, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not card.busy and card.reach is not None and card.reach.state == "g")
    assert card.words.text() == "Eigenvalues of W_g: g(t−1) reads g(t) itself."
    click(qtbot, card, 1, 4)
    assert heard == [(1, 4, "g")]
    assert card.line.shown.startswith(("‖∂L(1)/∂g(4)‖ = ", "at g(4)"))
    assert card.bars.accessibleName().startswith("3 Jacobians from g(1) back to g(4)")
    give(qtbot, card, example("hidden_to_hidden", None))
    assert not card.states.isVisible() and card.reach is not None and card.reach.state == "h"


def test_many_states_stand_in_a_list_that_shows_each_whole(card: ReachCard, qtbot: QtBot) -> None:
    give(qtbot, card, example("stacked_lstm", None))
    (states,) = card.states.findChildren(Choice)
    assert states.isVisible()
    names = [states.itemText(place) for place in range(states.count())]
    assert len(names) == 4 and len(set(names)) == 4
    for place in range(4):
        states.setCurrentIndex(place)
        assert states.fontMetrics().horizontalAdvance(states.currentText()) <= states.text_rect().width()
    states.activated.emit(1)
    second = architectures()["stacked_lstm"].states[1]
    qtbot.waitUntil(lambda: not card.busy and card.reach is not None and card.reach.state == second)
