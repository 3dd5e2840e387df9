"""Every action has a key of its own, and every key its action; what cannot be done now is grey."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QMainWindow, QMessageBox, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.window.main_window import MainWindow
from explorer.ui.window.menus import SEPARATOR, Item, Menus


@pytest.fixture
def small(qtbot: QtBot) -> tuple[QMainWindow, QWidget]:
    window, graph = QMainWindow(), QWidget()
    graph.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    other = QWidget()
    other.setObjectName("other")
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    whole = QWidget()
    graph.setParent(whole)
    other.setParent(whole)
    window.setCentralWidget(whole)
    qtbot.addWidget(window)
    return window, graph


def show(qtbot: QtBot, window: QMainWindow) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_an_item_runs_by_its_menu_and_by_each_of_its_keys(qtbot: QtBot, small: tuple[QMainWindow, QWidget]) -> None:
    window, graph = small
    ran: list[str] = []
    menus = Menus(window, graph, (("&Do", (Item("&This", lambda: ran.append("this"), ("T", "Ctrl+T"), name="it"),)),))
    show(qtbot, window)
    graph.setFocus()
    menus["it"].trigger()
    qtbot.keyClick(graph, Qt.Key.Key_T)
    qtbot.keyClick(graph, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert ran == ["this"] * 3


def test_a_local_key_works_only_where_the_graph_has_the_focus(qtbot: QtBot, small: tuple[QMainWindow, QWidget]) -> None:
    window, graph = small
    ran: list[str] = []
    Menus(window, graph, (("&Do", (Item("&On", lambda: ran.append("on"), ("Right",), local=True),)),))
    show(qtbot, window)
    other = window.findChild(QWidget, "other")
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_Right)
    assert ran == []
    graph.setFocus()
    qtbot.keyClick(graph, Qt.Key.Key_Right)
    assert ran == ["on"]


def test_a_switch_tells_its_state_and_of_a_group_one_is_on(small: tuple[QMainWindow, QWidget]) -> None:
    window, graph = small
    told: list[object] = []
    table = (
        Item("&Alone", told.append, checked=False, name="alone"),
        SEPARATOR,
        Item("&One", lambda on: told.append(("one", on)), checked=True, name="one", group="g"),
        Item("&Two", lambda on: told.append(("two", on)), checked=False, name="two", group="g"),
    )
    menus = Menus(window, graph, (("&Do", table),))
    menus["alone"].trigger()
    menus["two"].trigger()
    assert told == [True, ("one", False), ("two", True)] or told == [True, ("two", True), ("one", False)]
    assert len(window.menuBar().actions()[0].menu().actions()) == 4


# The menus of the window itself.


def keys_of(action: QAction) -> list[str]:
    return [key.toString(QKeySequence.SequenceFormat.PortableText) for key in action.shortcuts()]


def test_no_key_is_given_twice(window: MainWindow) -> None:
    keys = Counter(key for action in window.menus.actions for key in keys_of(action))
    assert [key for key, times in keys.items() if times > 1] == []
    assert "" not in keys, "every key can be understood"


def test_within_a_menu_every_letter_leads_to_one_entry(window: MainWindow) -> None:
    for menu in (action.menu() for action in window.menuBar().actions()):
        letters = [a.text().split("&", 1)[1][0].lower() for a in menu.actions() if "&" in a.text()]
        assert sorted(letters) == sorted(set(letters)), menu.title()
        assert len(letters) == len([a for a in menu.actions() if not a.isSeparator()]), menu.title()


def test_what_cannot_be_done_is_grey(window: MainWindow) -> None:
    names = ("undo", "redo", "reset", "weights")
    assert [window.menus[name].isEnabled() for name in names] == [False] * 4
    window.do(lambda: window.session.change(length=3))
    window.do(lambda: window.session.feed(1, False))
    window.do(window.session.undo)
    assert [window.menus[name].isEnabled() for name in names] == [True, True, False, False]
    window.do(window.session.redo)
    assert [window.menus[name].isEnabled() for name in names] == [True, False, True, False]


def test_the_keys_are_all_listed(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(900, 560)
    qtbot.keyClick(window.canvas, Qt.Key.Key_F1)
    dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
    qtbot.waitUntil(dialog.isActiveWindow)
    page = dialog.findChild(QTextBrowser)
    for action in window.menus.actions:
        for key in action.shortcuts():
            assert key.toString() in page.toPlainText(), action.text()
    assert dialog.height() < window.height(), "a long list scrolls"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(QTextBrowser) is None)


def test_what_this_is_is_told(qtbot: QtBot, window: MainWindow) -> None:
    window.show_about()
    box = window.findChild(QMessageBox)
    assert "RNN Explorer" in box.text() and "Goodfellow" in box.text()
    box.close()
