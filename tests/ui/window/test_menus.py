"""Menus are made of commands: an entry does its command, shows if it can be done and is on; every command is there."""

from collections import Counter

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMessageBox, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from explorer.session.commands import COMMANDS, Call, Command, apply, named, networks
from explorer.session.session import Session
from explorer.ui.window.main_window import MainWindow
from explorer.ui.window.menus import SEPARATOR, Menus


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


class Performed:
    """Commands that only tell that they were done."""

    def __init__(self, small: tuple[QMainWindow, QWidget], *commands: Command) -> None:
        self.told: list[object] = []
        ids = tuple(command.id for command in commands)
        self.menus = Menus(*small, named(commands), (("&Do", (*ids, SEPARATOR)),), self._tell)

    def _tell(self, id: str, **arguments: object) -> None:
        self.told.append((id, arguments) if arguments else id)


def test_an_entry_and_each_of_its_keys_do_its_command(qtbot: QtBot, small: tuple[QMainWindow, QWidget]) -> None:
    performed = Performed(small, Command("this", "&This", print, ("T", "Ctrl+T")))
    window, graph = small
    show(qtbot, window)
    graph.setFocus()
    performed.menus["this"].trigger()
    qtbot.keyClick(graph, Qt.Key.Key_T)
    qtbot.keyClick(graph, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert performed.told == ["this"] * 3


def test_a_local_key_works_only_where_the_graph_has_the_focus(qtbot: QtBot, small: tuple[QMainWindow, QWidget]) -> None:
    performed = Performed(small, Command("on", "&On", print, ("Right",), local=True))
    window, graph = small
    show(qtbot, window)
    other = window.findChild(QWidget, "other")
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_Right)
    assert performed.told == []
    graph.setFocus()
    qtbot.keyClick(graph, Qt.Key.Key_Right)
    assert performed.told == ["on"]


def test_a_switch_asks_to_be_on_or_off_and_shows_what_it_is_told(small: tuple[QMainWindow, QWidget]) -> None:
    lit: set[str] = {"one"}
    switches = [
        Command(id, f"&{id}", print, on=lambda _, id=id: id in lit, choice=choice)
        for id, choice in (("alone", ""), ("one", "c"), ("two", "c"))
    ]
    performed = Performed(small, *switches)
    menus = performed.menus
    menus.refresh(Session())
    assert [menus[id].isChecked() for id in ("alone", "one", "two")] == [False, True, False]
    menus["alone"].trigger()
    menus["two"].trigger()
    assert performed.told == [("alone", {"on": True}), ("two", {"on": True})]
    lit = {"two"}
    menus.refresh(Session())
    assert [menus[id].isChecked() for id in ("alone", "one", "two")] == [False, False, True]


def test_what_cannot_be_done_is_grey_and_its_tool_tip_says_why(small: tuple[QMainWindow, QWidget]) -> None:
    performed = Performed(small, Command("this", "&This", print, why_not=lambda session: session.view.card))
    performed.menus.refresh(Session())
    action = performed.menus["this"]
    assert not action.isEnabled() and action.toolTip() == "errors"


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


def test_every_entry_and_every_key_is_a_command(window: MainWindow) -> None:
    assert {id for id in window.commands if window.menus.has(id)} >= {c.id for c in window.commands.values() if c.keys}
    for id, command in window.commands.items():
        if window.menus.has(id):
            assert keys_of(window.menus[id]) == [QKeySequence(key).toString() for key in command.keys]
        else:
            chosen_elsewhere = id == "test_time" or id.startswith("network_")
            assert command.needs or command.takes or chosen_elsewhere, "what asks for nothing more is in a menu"


def test_what_cannot_be_done_is_grey(window: MainWindow) -> None:
    names = ("undo", "redo", "take_edits_back", "initial_weights")
    assert [window.menus[name].isEnabled() for name in names] == [False] * 4
    window.do(lambda: window.session.change(length=3))
    window.do(lambda: window.session.feed(1, False))
    window.do(window.session.undo)
    assert [window.menus[name].isEnabled() for name in names] == [True, True, False, False]
    window.do(window.session.redo)
    assert [window.menus[name].isEnabled() for name in names] == [True, False, True, False]


def test_clicking_leads_to_the_same_as_a_list_of_commands_in_json(window: MainWindow) -> None:
    """Each entry of the menus in turn that needs no window: what can be done is clicked, and written down."""
    clicked, other = [], Session()
    here = COMMANDS | named(networks())
    for _ in range(2):
        for id, command in here.items():
            if not window.menus.has(id) or command.why_not(window.session):
                continue
            on = {} if command.on is None else {"on": not command.on(window.session)}
            window.menus[id].trigger()
            clicked.append(Call(id, on))
            if window.session.view.quiz:
                window.menus["quiz"].trigger()
                clicked.append(Call("quiz"))
    assert len(clicked) > 40
    apply(here, msgspec.json.decode(msgspec.json.encode(clicked), type=list[Call]), other)
    assert (other.document, other.view) == (window.session.document, window.session.view)


def test_the_keys_are_all_listed(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(900, 560)
    qtbot.keyClick(window.canvas, Qt.Key.Key_F1)
    dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
    qtbot.waitUntil(dialog.isActiveWindow)
    page = dialog.findChild(QTextBrowser)
    for action in window.menus.actions:
        for key in action.shortcuts():
            assert key.toString() in page.toPlainText(), action.text()
    lines = page.toPlainText().split("\n")
    assert lines.index("File") < lines.index("Open…") < lines.index("Edit") < lines.index("Undo") < lines.index("Step")
    assert dialog.height() < window.height(), "a long list scrolls"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(QTextBrowser) is None)


def test_what_this_is_is_told(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("about")
    box = window.findChild(QMessageBox)
    assert "RNN Explorer" in box.text() and "Goodfellow" in box.text()
    box.close()


def test_an_open_menu_has_the_arrows_that_are_for_the_graph_elsewhere(window: MainWindow) -> None:
    window.canvas.setFocus()
    menus = [action.menu() for action in window.menuBar().actions()[:2]]
    menus[0].popup(window.mapToGlobal(window.rect().topLeft()))
    window.menuBar().setActiveAction(menus[0].menuAction())
    before = window.session.cursor
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Right)
    assert window.session.cursor == before
    assert QApplication.activePopupWidget() is menus[1]
    menus[1].hide()
