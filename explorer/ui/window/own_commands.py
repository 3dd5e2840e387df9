"""All commands that need the window, by id."""

from typing import TYPE_CHECKING

from explorer.session.commands import Command, named
from explorer.ui.window.commands import (
    data_commands,
    editing_commands,
    exporting_commands,
    file_commands,
    graph_commands,
    language_commands,
    network_commands,
    playing_commands,
    sharing_commands,
    text_commands,
    training_commands,
)
from explorer.ui.window.help_commands import help_commands
from explorer.ui.window.presenting import presenting_commands
from explorer.ui.window.teaching import lesson_commands

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow


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
        sharing_commands(window.sharing),
        graph_commands(window.canvas, window.appearance),
        text_commands(window.appearance),
        data_commands(window.data_files.ask),
        network_commands(window.sidebar.choose_network, window.beside.choose),
        exporting_commands(window.exporting, lambda: window.inspector.said),
        editing_commands(lambda: window.edit(window.session.selection), window.nudging.open),
        playing_commands(lambda: window.play(not window.player.playing)),
        training_commands(window.training, window.stories),
        presenting_commands(window.presenting),
        lesson_commands(window.teaching),
        language_commands(window.status.say),
        help_commands(window),
    )
