"""All commands that need the window, by id."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from explorer.architectures import own_copy
from explorer.language import tr
from explorer.session.commands import Command, named
from explorer.session.session import Session
from explorer.session.weights import why_no_loss
from explorer.ui.window.acting import act
from explorer.ui.window.commands import (
    exporting_commands,
    file_commands,
    graph_commands,
    language_commands,
    text_commands,
    training_commands,
)
from explorer.ui.window.help_commands import help_commands
from explorer.ui.window.presenting import presenting_commands
from explorer.ui.window.teaching import lesson_commands

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow


def _copy_network(window: "MainWindow") -> None:
    """Give a person the file of the network that is shown, to change it, and say where it is."""
    path = own_copy(window.session.shown.architecture.id)

    def show() -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    window.notice.say(
        tr("{path} is a network of your own: change it, and start the program again to see it.", path=str(path)),
        (tr("Show the folder"), show),
    )


def own_commands(window: "MainWindow") -> dict[str, Command]:
    """What its parts can do; the session's commands are beside these."""
    return named(
        file_commands(
            window.documents,
            window.weights_files,
            window.case_files,
            window.opening,
            lambda: window.window().close(),
        ),
        _commands(window),
        graph_commands(window.canvas, window.appearance),
        text_commands(window.appearance),
        exporting_commands(window.exporting, lambda: window.inspector.said),
        training_commands(window.training, window.stories),
        presenting_commands(window.presenting),
        lesson_commands(window.teaching),
        language_commands(window.status.say),
        help_commands(window),
    )


def _commands(window: "MainWindow") -> tuple[Command, ...]:
    """Those of parts that have one or two."""

    def edit_selected() -> None:
        window.edit(window.session.selection)

    def play() -> None:
        window.play(not window.player.playing)

    def why_no_nudge(session: Session) -> str:
        return why_no_loss(session.shown)

    return (
        Command("share", tr("&Copy as a line to share"), act(window.sharing.copy), ("Ctrl+Shift+C",)),
        Command("paste_shared", tr("&Paste numbers or a shared line"), act(window.sharing.paste), ("Ctrl+V",)),
        Command("own_data", tr("Own &data…"), act(window.data_files.ask), ("Ctrl+D",)),
        Command("choose_network", tr("&All networks…"), act(window.sidebar.choose_network), ("C",)),
        Command("own_network", tr("&Copy it as a network of your own"), act(partial(_copy_network, window))),
        Command("choose_beside", tr("Another &network beside…"), act(window.beside.choose), ("Shift+C",)),
        Command("edit_selected", tr("&Edit what is selected…"), act(edit_selected), ("Return",), local=True),
        Command("nudge", tr("&Nudge a weight…"), act(window.nudging.open), ("N",), why_no_nudge),
        Command("play", tr("&Play / pause"), act(play), ("P",)),
    )
