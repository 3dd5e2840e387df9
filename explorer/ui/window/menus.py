"""Build the menu bar from one table, so that every action has its key, and every key its action."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QWidget

SEPARATOR = None


class Item(Struct, frozen=True):
    """One entry: `keys` are alternatives, the first is shown; `checked` None means it is no switch.

    Of the switches of one `group`, one is on. With `local`, keys work only where the graph has the focus: elsewhere
    arrows move through fields and lists.
    """

    text: str
    run: Callable[..., object]
    keys: tuple[str, ...] = ()
    checked: bool | None = None
    name: str = ""
    local: bool = False
    group: str = ""


Menu = tuple[str, tuple[Item | None, ...]]


class Menus:
    """What the menu bar offers: all actions in order, and the named ones, to enable and to check."""

    def __init__(self, window: QMainWindow, graph: QWidget, table: tuple[Menu, ...]) -> None:
        self.actions: list[QAction] = []
        self._named: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        for title, items in table:
            menu = window.menuBar().addMenu(title)
            for item in items:
                if item is SEPARATOR:
                    menu.addSeparator()
                    continue
                action = self._action(item, window)
                menu.addAction(action)
                if item.local:
                    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                    graph.addAction(action)

    def __getitem__(self, name: str) -> QAction:
        return self._named[name]

    def _action(self, item: Item, window: QMainWindow) -> QAction:
        action = QAction(item.text, window)
        action.setShortcuts([QKeySequence(key) for key in item.keys])
        if item.checked is None:
            action.triggered.connect(lambda: item.run())
        else:
            action.setCheckable(True)
            action.setChecked(item.checked)
            action.toggled.connect(item.run)
        if item.group:
            group = self._groups.setdefault(item.group, QActionGroup(window))
            group.addAction(action)
        if item.name:
            self._named[item.name] = action
        self.actions.append(action)
        return action
