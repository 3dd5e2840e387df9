"""Build the menu bar from commands, so that every action has its key, and every key its action."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from explorer.language import tr
from explorer.session.commands import Command
from explorer.session.session import Session

SEPARATOR = None
Menu = tuple[str, tuple["str | Menu | None", ...]]
"""A title, and what is in it: commands by their ids, and menus."""


def menu_table(networks: Iterable[Command], own: Iterable[str]) -> tuple[Menu, ...]:
    """What stands in which menu; of the networks those that have a key of their own. `own`: commands of the window."""
    kinds = ("look_", "text_", "language_", "story_")
    looks, texts, languages, stories = ([id for id in own if id.startswith(kind)] for kind in kinds)
    file = "new open open_last save save_as | own_data open_weights save_weights save_case | export | quit"
    edit = (
        "undo redo | share paste_shared copy_numbers copy_latex copy_markdown | "
        "walk_left walk_right walk_up walk_down | "
        "edit_selected nudge hold_selected let_go take_edits_back initial_weights"
    )
    view = (
        "fold beside fit zoom_in zoom_out | show_a open_cells motion slow_motion | settings equations training | "
        "states units reach composition jacobians cliff |"
    )
    step = (
        "next back | next_node back_node next_step back_step next_phase back_phase start end | play faster slower | "
        "take_update | quiz back_to_event"
    )
    train = (
        "train train_once train_anew | train_readout | train_faster train_slower | "
        "follow earlier later come_back clear_runs bring_runs_back |"
    )
    return (
        (tr("&File"), _entries(file)),
        (tr("&Edit"), _entries(edit)),
        (
            tr("&Network"),
            (*_entries("choose_network own_network |"), *(network.id for network in networks if network.keys)),
        ),
        (
            tr("&View"),
            (
                *_entries(view),
                (tr("Gi&ve a talk"), _entries("present pointer_light black_screen")),
                SEPARATOR,
                *looks,
                SEPARATOR,
                (tr("Te&xt size"), tuple(texts)),
                (tr("L&anguage"), tuple(languages)),
            ),
        ),
        (tr("&Beside"), _entries("beside_time choose_beside beside_next beside_these beside_before | alone")),
        (tr("&Step"), _entries(step)),
        (tr("&Train"), (*_entries(train), *stories)),
        (tr("&Help"), _entries("learn next_page previous_page | explain glossary book | keys about")),
    )


def _entries(ids: str) -> tuple[str | None, ...]:
    """Commands by their ids; | stands for a line between them."""
    return tuple(SEPARATOR if id == "|" else id for id in ids.split())


class Menus:
    """The menu bar. `perform` is asked to do a command by its id, a switch with the argument `on`."""

    def __init__(
        self,
        window: QMainWindow,
        graph: QWidget,
        commands: Mapping[str, Command],
        table: tuple[Menu, ...],
        perform: Callable[..., object],
    ) -> None:
        self._commands, self._perform = commands, perform
        self.by_title = tuple((menu[0].replace("&", ""), tuple(commands[id] for id in _ids(menu))) for menu in table)
        """The commands of each menu, as they stand in it."""
        self._actions: dict[str, QAction] = {}
        self._choices: dict[str, QActionGroup] = {}
        self._why_not: dict[str, str] = {}
        """What each action says of why it cannot be done: to ask the action itself at every step takes longer."""
        for title, ids in table:
            self._fill(window.menuBar().addMenu(title), ids, window, graph)

    @property
    def actions(self) -> list[QAction]:
        """All actions, in the order of the menus."""
        return list(self._actions.values())

    def has(self, id: str) -> bool:
        """Whether a command stands in a menu."""
        return id in self._actions

    def __getitem__(self, id: str) -> QAction:
        return self._actions[id]

    def insert(self, menu: QMenu, before: str) -> None:
        """Put another menu into the one in which a command stands, above it."""
        for around in self._actions[before].associatedObjects():
            if isinstance(around, QMenu):
                around.insertMenu(self._actions[before], menu)

    def refresh(self, session: Session) -> None:
        """Show what can be done now, in its tool tip why the rest cannot, and which switches are on."""
        for id, action in self._actions.items():
            command = self._commands[id]
            why_not = command.why_not(session)
            if why_not != self._why_not.get(id, ""):
                self._why_not[id] = why_not
                action.setEnabled(not why_not)
                action.setToolTip(why_not or command.plain_title)
            if command.on is not None:
                action.setChecked(command.on(session))

    def refused(self, event: QKeyEvent) -> str:
        """The command of a key, as far as keys work everywhere, that cannot be done now: Qt passes over such keys."""
        pressed = QKeySequence(event.keyCombination())
        return next(
            (
                id
                for id, action in self._actions.items()
                if not action.isEnabled() and pressed in action.shortcuts() and not self._commands[id].local
            ),
            "",
        )

    def _fill(self, menu: QMenu, ids: Iterable[str | Menu | None], window: QMainWindow, graph: QWidget) -> None:
        menu.setToolTipsVisible(True)
        for id in ids:
            if id is SEPARATOR:
                menu.addSeparator()
            elif isinstance(id, tuple):
                self._fill(menu.addMenu(id[0]), id[1], window, graph)
            else:
                action = self._actions[id] = self._action(self._commands[id], window)
                menu.addAction(action)
                if self._commands[id].local:
                    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                    graph.addAction(action)

    def _action(self, command: Command, window: QMainWindow) -> QAction:
        action = QAction(command.title, window)
        action.setToolTip(command.plain_title)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        if command.on is None:
            action.triggered.connect(lambda: self._perform(command.id))
        else:
            action.setCheckable(True)
            action.triggered.connect(lambda on: self._perform(command.id, on=on))
        if command.choice:
            group = self._choices.setdefault(command.choice, QActionGroup(window))
            group.addAction(action)
        return action


def _ids(menu: Menu) -> Iterator[str]:
    """The commands of a menu and of those in it."""
    for entry in menu[1]:
        if isinstance(entry, tuple):
            yield from _ids(entry)
        elif entry is not SEPARATOR:
            yield entry
