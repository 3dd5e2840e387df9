"""The loss over two weights: it grows finer, says whether there is a cliff, finds one, and shows what clipping does."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from explorer.session.document import show
from explorer.session.viewing import LongTerm, View
from explorer.ui.longterm.cliff_card import CliffCard
from explorer.ui.longterm.loss_map import within
from explorer.ui.look.theme import Theme
from tests.settings import a_document, changed
from tests.ui.longterm.conftest import Give
from tests.ui.painting import pixels, share_of

PLAIN = a_document("hidden_to_hidden", feedback=None, length=12, hidden=4)


def asked_of(card: CliffCard) -> list[dict[str, object]]:
    asked: list[dict[str, object]] = []
    card.look_asked.connect(asked.append)
    return asked


def test_it_says_plainly_that_there_is_no_cliff_and_finds_one_with_larger_weights(qtbot: QtBot, give: Give) -> None:
    card = CliffCard()
    give(card, PLAIN, View())
    assert card.words.text().startswith("No cliff") and "clipping changes nothing" in card.words.toolTip()
    asked = asked_of(card)
    qtbot.mouseClick(card.finder, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(asked), timeout=30_000)
    found = LongTerm(**asked[0])  # type: ignore[arg-type]
    assert found.gain > 1.0 and found.rate is not None
    give(card, PLAIN, View(longterm=found))
    assert card.words.text().startswith(("A cliff", "Cliff")) and card.descents is not None
    assert card.descents.plain.longest > 1.0 > card.descents.clipped.longest


@pytest.mark.parametrize("id", ["lstm", "stacked_lstm", "gru"])
def test_the_names_of_both_entries_are_read_whole(qtbot: QtBot, give: Give, id: str) -> None:
    card = CliffCard()
    give(card, a_document(id, feedback=None), View())
    assert all(button.width() >= button.sizeHint().width() for button in card.axes), [b.text() for b in card.axes]


def test_both_entries_are_chosen_by_clicking_in_the_matrices(qtbot: QtBot, give: Give) -> None:
    card = CliffCard()
    give(card, PLAIN, View())
    assert [button.text() for button in card.axes] == ["W₁₁", "b₁"]
    asked = asked_of(card)
    card.axes[0].popup.entries.picked.emit((2, 1))
    card.axes[1].popup.parameter.activated.emit(card.axes[1].popup.parameter.findData("V"))
    card.axes[0].picked.emit(("b", (0,)))
    assert [one["axes"] for one in asked] == [
        (("W", (2, 1)), ("b", (0,))),
        (("W", (0, 0)), ("V", (0, 0))),
        (("b", (0,)), ("W", (0, 0))),
    ]


def test_a_click_on_the_map_begins_the_descents_there(qtbot: QtBot, give: Give) -> None:
    card = CliffCard()
    give(card, PLAIN, View())
    asked = asked_of(card)
    qtbot.mouseClick(card.map, Qt.MouseButton.LeftButton, pos=card.map.place(0.5, -0.25).toPoint())
    start = asked[0]["start"]
    assert isinstance(start, tuple) and np.allclose(start, (0.5, -0.25), atol=0.03)
    surface = card.surface
    give(card, PLAIN, View(longterm=LongTerm(start=(0.5, -0.25))))
    assert card.surface is surface and card.descents is not None
    assert card.descents.plain.places[0].tolist() == [0.5, -0.25]


def test_another_trace_has_another_surface(give: Give) -> None:
    card = CliffCard()
    give(card, PLAIN, View())
    before = card.surface
    give(card, changed(PLAIN, seed=8), View())
    assert card.surface is not None and card.surface is not before
    assert card.surface.losses[24, 24] == show(changed(PLAIN, seed=8)).trace.loss


def test_dragging_turns_the_surface_and_so_do_arrows(qtbot: QtBot, give: Give) -> None:
    card = CliffCard()
    give(card, PLAIN, View())
    plot, before = card.surface_plot, card.surface_plot.turn
    qtbot.mousePress(plot, Qt.MouseButton.LeftButton, pos=QPointF(40, 40).toPoint())
    qtbot.mouseMove(plot, QPointF(80, 40).toPoint())
    qtbot.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=QPointF(80, 40).toPoint())
    assert plot.turn != before
    dragged = plot.turn
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.turn == (dragged + 10.0) % 360
    # The unit square stays within the widget, however it is turned.
    corners = plot.project(np.array([-1.0, 1, 1, -1]), np.array([-1.0, -1, 1, 1]), np.ones(4))
    assert (corners >= 0).all() and (corners <= (plot.width(), plot.height())).all()


def test_a_path_that_leaves_is_cut_where_it_leaves() -> None:
    inside = np.array([[0.0, 0.0], [0.5, 0.5]])
    np.testing.assert_array_equal(within(inside, 1.0), inside)
    np.testing.assert_allclose(within(np.array([[0.0, 0.0], [4.0, 2.0]]), 1.0), [[0.0, 0.0], [1.0, 0.5]])
    np.testing.assert_allclose(within(np.array([[0.5, 0.0], [0.5, -9.0]]), 1.0)[-1], [0.5, -1.0])


def test_surface_and_descents_are_painted_in_both_themes(give: Give, theme: Theme) -> None:
    card = CliffCard()
    give(card, PLAIN, View(longterm=LongTerm(rate=3.0, start=(0.8, 0.8))))
    for part in (card.map, card.surface_plot):
        assert share_of(pixels(part.grab().toImage()), theme.text, tolerance=60) > 0.001
