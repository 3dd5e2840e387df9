"""Choosing a network: with the mouse, with keys, by words; among few and among many, in every window."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import explorer.architectures
from explorer.architectures import architectures, by_group
from explorer.ui.look import text_size
from explorer.ui.settings.network_chooser import NetworkChooser
from explorer.ui.settings.network_grid import NetworkGrid
from explorer.ui.window.main_window import MainWindow
from tests.oracles.declarations import EVERY_DECLARATION, THREE_INPUTS
from tests.ui.painting import pixels
from tests.ui.settings.choosing import choose_network, opened

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key
IDS = tuple(network.id for found in by_group().values() for network in found)
MANY = sorted(EVERY_DECLARATION, key=lambda network: network is not THREE_INPUTS)[: max(1, 25 - len(IDS))]
SIZES = [(900, 560), (1024, 640), (1280, 720), (1440, 900)]


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Throw-away networks in the folder of architectures, beside those that are there: 25 together."""
    for place, network in enumerate(MANY):
        source = f"from {__name__} import MANY\nARCHITECTURE = MANY[{place}]\n"
        (tmp_path / f"{network.id}.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr(explorer.architectures, "__path__", [*explorer.architectures.__path__, str(tmp_path)])
    architectures.cache_clear()
    yield
    architectures.cache_clear()
    for network in MANY:
        sys.modules.pop(f"explorer.architectures.{network.id}", None)


def press(qtbot: QtBot, chooser: NetworkChooser, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(chooser.words, key)


def current(chooser: NetworkChooser) -> str | None:
    return chooser.grid.current and chooser.grid.current.network.id


def found(chooser: NetworkChooser) -> list[str]:
    """The networks whose cards are seen, from the upper left."""
    cards = [card for card in chooser.grid.cards.values() if card.isVisible()]
    return [card.network.id for card in sorted(cards, key=lambda card: (card.y(), card.x()))]


def test_a_click_on_the_card_offers_all_and_a_click_on_one_shows_its_network(qtbot: QtBot, window: MainWindow) -> None:
    for id in IDS:
        before = window.session.document
        choose_network(qtbot, window, id)
        assert window.sidebar.network.network == window.session.shown.architecture
        assert window.session.shown.architecture.id == window.canvas.view.shown.architecture.id == id
        assert window.sidebar.chooser is not None and not window.sidebar.chooser.isVisible()
        assert QApplication.focusWidget() is window.canvas
        if window.session.document != before:
            window.menus["undo"].trigger()
            assert window.session.document == before


def test_it_opens_with_a_key_on_the_network_that_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.canvas, Key.Key_C)
    chooser = window.sidebar.chooser
    assert chooser is not None and chooser.isVisible() and chooser.words.hasFocus()
    assert current(chooser) == window.session.document.network.architecture
    assert [id for id, card in chooser.grid.cards.items() if card.isChecked()] == [current(chooser)]
    assert found(chooser) == list(IDS)
    assert [*dict.fromkeys(name.lower() for name, _ in chooser.grid.headings)] == list(by_group())


def test_arrows_home_and_end_lead_through_the_cards_and_enter_chooses(qtbot: QtBot, window: MainWindow) -> None:
    chooser = opened(window)
    press(qtbot, chooser, Key.Key_Home)
    assert current(chooser) == IDS[0]
    press(qtbot, chooser, Key.Key_Left)
    assert current(chooser) == IDS[0]
    press(qtbot, chooser, Key.Key_Right, Key.Key_Right)
    assert current(chooser) == IDS[2]
    press(qtbot, chooser, Key.Key_End, Key.Key_Right)
    assert current(chooser) == IDS[-1]
    press(qtbot, chooser, Key.Key_Left, Key.Key_Return)
    assert window.session.document.network.architecture == IDS[-2] and not chooser.isVisible()


@pytest.mark.usefixtures("many")
def test_up_and_down_stay_in_the_column(qtbot: QtBot, window: MainWindow) -> None:
    chooser = opened(window)
    press(qtbot, chooser, Key.Key_Home, Key.Key_Right)
    for key, back in ((Key.Key_Down, Key.Key_Up), (Key.Key_Right, Key.Key_Left)):
        card = chooser.grid.current
        press(qtbot, chooser, key)
        other = chooser.grid.current
        assert card is not None and other is not None
        assert (other.x() == card.x()) == (key is Key.Key_Down) and other is not card
        press(qtbot, chooser, back)
        assert chooser.grid.current is card
    for _ in range(9):
        press(qtbot, chooser, Key.Key_Down)
    assert current(chooser) in found(chooser)[-6:]


def test_esc_and_a_click_elsewhere_change_nothing(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.document
    chooser = opened(window)
    press(qtbot, chooser, Key.Key_Home, Key.Key_Escape)
    assert not chooser.isVisible() and window.session.document == before
    qtbot.keyClick(opened(window), Key.Key_Escape)
    assert not chooser.isVisible()
    chooser = opened(window)
    qtbot.mouseClick(chooser, LEFT, pos=QPoint(-40, 40))
    assert not chooser.isVisible() and window.session.document == before


@pytest.mark.parametrize(("words", "id"), [("10.12", "encoder_decoder"), ("Turing", "hidden_to_hidden")])
def test_what_is_typed_leaves_what_is_found_and_enter_takes_the_best(
    qtbot: QtBot, window: MainWindow, words: str, id: str
) -> None:
    chooser = opened(window)
    qtbot.keyClicks(chooser.words, words)
    assert found(chooser) == [id] and chooser.count.text() == f"1 of {len(IDS)}"
    press(qtbot, chooser, Key.Key_Return)
    assert window.session.document.network.architecture == id
    assert found(opened(window)) == list(IDS), "the next time all are there again"


def test_what_leads_nowhere_is_said_and_enter_waits(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.document
    chooser = opened(window)
    qtbot.keyClicks(chooser.words, "transformer")
    assert found(chooser) == [] and chooser.nothing.isVisible() and "“transformer”" in chooser.nothing.text()
    press(qtbot, chooser, Key.Key_Right, Key.Key_Return)
    assert chooser.isVisible() and window.session.document == before
    qtbot.keyClick(chooser.words, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, chooser, Key.Key_Delete)
    assert found(chooser) == list(IDS) and not chooser.nothing.isVisible()


def test_it_says_what_a_network_teaches_and_when_another_task_comes_with_it(qtbot: QtBot, window: MainWindow) -> None:
    chooser = opened(window)
    whole = chooser.geometry()
    for card in chooser.grid.cards.values():
        qtbot.mouseMove(card, QPoint(9, 9))
        assert current(chooser) == card.network.id and chooser.lesson.text() == card.network.lesson
        assert bool(card.consequence) == ("comes the task" in chooser.consequence.text())
    assert chooser.geometry() == whole, "it keeps still, however much is said"
    assert chooser.grid.cards["sequence_to_one"].consequence == "other task"
    qtbot.mouseMove(chooser.grid.cards["sequence_to_one"], QPoint(8, 8))
    said = chooser.consequence.text()
    press(qtbot, chooser, Key.Key_Return)
    assert said.endswith(f"'{window.session.shown.task.title}'.")


def test_arrows_on_the_card_go_to_the_next_network(qtbot: QtBot, window: MainWindow) -> None:
    card = window.sidebar.network
    card.setFocus()
    for key, by in ((Key.Key_Down, 1), (Key.Key_Up, -1)):
        at = IDS.index(window.session.document.network.architecture)
        qtbot.keyClick(card, key)
        assert window.session.document.network.architecture == IDS[at + by] and card.hasFocus()


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_more_than_twenty_networks_are_seen_at_once_and_the_settings_too(
    window: MainWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    assert window.sidebar.verticalScrollBar().maximum() == 0
    chooser = opened(window)
    assert len(found(chooser)) == len(MANY) + len(IDS) > 20
    area = chooser.grid.parentWidget().size()
    assert chooser.grid.height() <= area.height() or size[1] < 640, "nothing has to be scrolled"
    inside = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
    assert inside.contains(chooser.geometry())
    assert chooser.x() >= window.sidebar.mapToGlobal(QPoint(window.sidebar.width(), 0)).x()
    cards = [card.geometry() for card in chooser.grid.cards.values()]
    headings = [strip for _, strip in chooser.grid.headings]
    rects = [*cards, *headings]
    assert all(chooser.grid.rect().contains(rect) for rect in rects)
    assert not any(one.intersects(other) for i, one in enumerate(rects) for other in rects[:i])


def test_groups_are_named_above_their_cards_in_large_text_too(qtbot: QtBot) -> None:
    text_size.set_factor(2.0)
    grid = NetworkGrid()
    qtbot.addWidget(grid)
    grid.resize(900, 700)
    grid.show_found(list(architectures().values()))
    grid.fit(900, 700)
    picture = pixels(grid.grab().toImage())
    assert grid.headings
    for name, strip in grid.headings[:2]:
        seen = picture[strip.top() : strip.bottom(), strip.left() : strip.left() + 40]
        assert (seen != seen[0, 0]).any(), name


@pytest.mark.usefixtures("many")
def test_without_the_settings_it_opens_too(qtbot: QtBot, window: MainWindow) -> None:
    window.sidebar.hide()
    qtbot.keyClick(window.canvas, Key.Key_C)
    assert window.sidebar.chooser is not None and window.sidebar.chooser.isVisible()
    inside = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
    assert inside.contains(window.sidebar.chooser.geometry())


@pytest.mark.usefixtures("many")
def test_a_network_that_no_task_goes_with_says_so_before_and_after(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.document
    chooser = opened(window)
    qtbot.keyClicks(chooser.words, "three_inputs")
    assert chooser.grid.current is not None and chooser.grid.current.consequence == "no task"
    assert chooser.consequence.text().endswith("no other task goes with three_inputs.")
    press(qtbot, chooser, Key.Key_Return)
    assert window.session.document == before and "goes with three_inputs" in window.notice.text.text()
    assert window.sidebar.network.network == architectures()[before.network.architecture]
