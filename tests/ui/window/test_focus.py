"""All can be reached with the keys alone, shows that it has them, has a name that is read aloud, and lets them go."""

from collections.abc import Callable, Iterator
from itertools import groupby

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from explorer.graph.unfold import Vertex
from explorer.ui.parts.focus_ring import FocusRing
from explorer.ui.window import explaining
from explorer.ui.window.main_window import MainWindow
from tests.ui.keys import press, set_length
from tests.ui.painting import pixels
from tests.ui.settings.choosing import choose_network

AROUND = 8
"""Pixels around a widget in which it may show that it has the keys."""
MOST = 200
SIGNS = set("▶❚┆✕☰‹›")
"""What is for eyes only: a screen reader passes it over, or says what it looks like."""
LINKS = 4
"""So many links a line may have, each of which Tab leads to."""


@pytest.fixture(autouse=True)
def nothing_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """The card of a control on which the keys rest would lie over the next ones."""
    monkeypatch.setattr(explaining, "DELAY_MS", 1_000_000)


@pytest.fixture(autouse=True)
def a_steady_cursor(qapp: QApplication) -> Iterator[None]:
    """What blinks must not count as a frame."""
    flash = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    yield
    qapp.setCursorFlashTime(flash)


def reachable(top: QWidget) -> set[QWidget]:
    """The widgets to which Tab should lead."""
    widgets = [w for w in top.findChildren(QWidget) if isValid(w) and w.isVisible() and w.isEnabled()]
    own = [w for w in widgets if w.window() is top.window()]
    return {
        w
        for w in own
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None and not led_to_by_arrows(w)
    }


def led_to_by_arrows(widget: QWidget) -> bool:
    """Whether it is one of a choice, of which Tab leads to the one that is chosen."""
    if not isinstance(widget, QAbstractButton) or not widget.isCheckable() or widget.isChecked():
        return False
    group = widget.group()
    return group.exclusive() if group is not None else widget.autoExclusive()


def walk(qtbot: QtBot, top: QWidget) -> list[QWidget]:
    """Go through all with Tab, until it begins again; each shows on the way that it has the keys."""
    seen: list[QWidget] = []
    here = QApplication.focusWidget()
    assert here is not None
    while here not in seen and len(seen) < MOST:
        seen.append(here)
        place = (
            here.rect().translated(here.mapTo(top, here.rect().topLeft())).adjusted(-AROUND, -AROUND, AROUND, AROUND)
        )
        with_keys = pixels(top.grab(place).toImage())
        for _ in range(LINKS):
            qtbot.keyClick(here, Qt.Key.Key_Tab)
            QApplication.processEvents()
            next_one = QApplication.focusWidget()
            if next_one is not here:
                break
        assert next_one is not None and next_one is not here, f"{here} keeps the keys"
        assert np.any(with_keys != pixels(top.grab(place).toImage())), f"{here} does not show that it has the keys"
        assert name_of(here) and not SIGNS & set(name_of(here)), f"{here} has no name to be read aloud: {name_of(here)}"
        here = next_one
    return seen


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def unnamed(top: QWidget) -> list[QWidget]:
    """What the app paints itself without a name; a label without words says nothing."""
    seen = [w for w in top.findChildren(QWidget) if isValid(w) and w.isVisible() and not isinstance(w, FocusRing)]
    painted = [w for w in seen if getattr(type(w).paintEvent, "__module__", "").startswith("explorer")]
    return [w for w in painted if not name_of(w) and not (isinstance(w, QLabel) and not w.text())]


def part_of(window: MainWindow, widget: QWidget) -> str:
    parts = ("sidebar", "header", "caption", "transport", "inspector", "training")
    return next((name for name in parts if getattr(window, name).isAncestorOf(widget)), "canvas")


def test_tab_leads_through_the_window_in_reading_order(qtbot: QtBot, window: MainWindow) -> None:
    window.training.build()
    window.perform("end")
    window.sidebar.network.setFocus(Qt.FocusReason.TabFocusReason)
    parts = [part_of(window, widget) for widget in walk(qtbot, window)]
    in_order = [part for part, _ in groupby(parts)]
    assert in_order == ["sidebar", "header", "canvas", "caption", "transport", "inspector", "training"]


def test_it_leads_from_the_curves_to_their_runs_and_then_to_the_views(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("change", architecture="output_to_hidden")
    window.perform("train_once")
    losses = window.training.losses
    qtbot.waitUntil(lambda: len(losses.runs.rows) == 2, timeout=20_000)
    following: QWidget = losses.look
    chain = [following := following.nextInFocusChain() for _ in range(500)]
    expected = (losses.plot, *losses.runs.rows.values(), window.training.views.head.tabs)
    assert [widget for widget in dict.fromkeys(chain) if widget in expected] == list(expected)


def test_tab_leads_through_all_of_the_window_in_every_state(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("look", motion=False)
    window.perform("change", architecture="hidden_and_output", feedback="mixed_yhat")
    window.training.running.step()
    qtbot.waitUntil(lambda: window.training.book.iteration >= 1, timeout=20_000)
    window.perform("end")
    states: tuple[Callable[[], object], ...] = (
        lambda: window.perform("look", card="example"),
        lambda: window.perform("look", card="states", beside=True),
        lambda: window.perform("follow_gradient", k=3, t=1) and window.perform("look", card="reach"),
        lambda: window.perform("look", card="cliff"),
        lambda: window.perform("look", card="units"),
        lambda: window.perform("learn"),
    )
    for turn_to in states:
        turn_to()
        QApplication.processEvents()
        window.canvas.setFocus(Qt.FocusReason.TabFocusReason)
        seen = walk(qtbot, window)
        left_out = reachable(window) - set(seen)
        assert left_out == set()
        assert unnamed(window) == []
        assert window.canvas in seen and len(seen) > 30
    back: list[QWidget] = []
    for _ in range(LINKS * len(seen)):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        here = QApplication.focusWidget()
        assert here is not None
        back += [] if back and back[-1] is here else [here]
        if len(back) == len(seen) - 1:
            break
    assert back == seen[:0:-1]


def test_and_through_all_of_each_dialog(qtbot: QtBot, window: MainWindow) -> None:
    gone_through = []

    def go_through() -> None:
        dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
        dialog.activateWindow()
        qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()), timeout=5000)
        try:
            left_out = reachable(dialog) - set(walk(qtbot, dialog))
            assert [name_of(widget) for widget in left_out] == []
            gone_through.append(dialog.windowTitle())
        finally:
            dialog.close()

    for n, id in enumerate(("export", "own_data", "nudge", "keys"), 1):
        QTimer.singleShot(100, go_through)
        window.perform(id)
        qtbot.waitUntil(lambda n=n: len(gone_through) == n, timeout=5000)


def test_the_editor_of_numbers_is_named_after_its_thing(window: MainWindow) -> None:
    window.edit("W")
    popup = window.editors.popup
    assert popup is not None and popup.table is not None
    assert name_of(popup.table) == popup.title.text


def test_tab_leads_out_of_a_table_of_numbers_to_what_stands_below(qtbot: QtBot, window: MainWindow) -> None:
    window.edit(Vertex("h", 1))
    popup = window.editors.popup
    assert popup is not None and popup.table is not None
    qtbot.waitUntil(popup.table.hasFocus, timeout=5000)
    rows = popup.table.model().rowCount()
    popup.table.setCurrentIndex(popup.table.model().index(rows - 1, 0))
    assert reachable(popup) <= set(walk(qtbot, popup))


def test_a_click_gives_a_plot_the_keys_and_one_on_the_graph_takes_them_back(qtbot: QtBot, window: MainWindow) -> None:
    window.training.build()
    plot = window.training.losses.plot
    assert plot is not None
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton)
    assert plot.hasFocus() and next(ring for ring in plot.findChildren(FocusRing)).isVisible()
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Space):
        qtbot.keyClick(plot, key)
    assert plot.zoomed and window.canvas._fits
    assert window.session.view.cursor == 1, "what is no key of plots is still the graph's"
    qtbot.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=window.canvas.rect().topLeft())
    plot.show_all()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Plus)
    assert not window.canvas._fits and not plot.zoomed
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert window.canvas.hasFocus()


def test_space_presses_the_button_that_tab_has_led_to_and_else_steps(qtbot: QtBot, window: MainWindow) -> None:
    free = window.sidebar.feedback.findChildren(QRadioButton)[1]
    free.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert window.session.document.feedback == "free_running_yhat" and window.session.cursor == 0
    qtbot.mouseClick(window.transport.forward, Qt.MouseButton.LeftButton)
    assert window.session.cursor == 1
    window.transport.forward.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert window.session.cursor == 2


def test_a_click_on_a_button_leaves_the_keys_with_the_graph(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.transport.forward, Qt.MouseButton.LeftButton)
    choose_network(qtbot, window, "hidden_to_hidden")
    assert QApplication.focusWidget() is window.canvas
    cursor = window.session.cursor
    press(qtbot, Qt.Key.Key_Right)
    assert window.session.cursor == cursor + 1
    taking = [b for b in window.findChildren(QAbstractButton) if b.focusPolicy() & Qt.FocusPolicy.ClickFocus]
    assert not taking, "of all buttons, none takes them"


def test_a_typed_number_gives_the_keys_back_to_the_graph(qtbot: QtBot, window: MainWindow) -> None:
    set_length(qtbot, window, "3")
    assert QApplication.focusWidget() is window.canvas
    press(qtbot, Qt.Key.Key_Space)
    assert window.session.cursor == 1


def test_folding_the_training_panel_gives_its_keys_to_the_graph(qtbot: QtBot, window: MainWindow) -> None:
    window.training.set_folded(False)
    window.training.views.tabs.bar.setFocus()
    qtbot.mouseClick(window.training.controls.fold_button, Qt.MouseButton.LeftButton)
    assert window.training.folded and window.canvas.hasFocus()
