"""Build the menu bar from one table, so that every action has its key, and every key its action."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QWidget

SEPARATOR = None


@dataclass(frozen=True)
class Item:
    """One entry: `keys` are alternatives, the first is shown; `checked` None means it is no switch."""

    text: str
    run: Callable[..., object]
    keys: tuple[str, ...] = ()
    checked: bool | None = None
    name: str = ""
    local: bool = False
    """Its keys work only where the graph has the focus: elsewhere arrows move through fields and lists."""


Menu = tuple[str, tuple[Item | None, ...]]


def build_menus(window: QMainWindow, graph: QWidget, menus: tuple[Menu, ...]) -> dict[str, QAction]:
    """Fill the window's menu bar; returns the named actions, to enable and to check them."""
    named: dict[str, QAction] = {}
    for title, items in menus:
        menu = window.menuBar().addMenu(title)
        for item in items:
            if item is SEPARATOR:
                menu.addSeparator()
                continue
            action = QAction(item.text, window)
            action.setShortcuts([QKeySequence(key) for key in item.keys])
            if item.local:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                graph.addAction(action)
            if item.checked is None:
                action.triggered.connect(lambda _=False, run=item.run: run())
            else:
                action.setCheckable(True)
                action.setChecked(item.checked)
                action.toggled.connect(item.run)
            menu.addAction(action)
            if item.name:
                named[item.name] = action
    return named
