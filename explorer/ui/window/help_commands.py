"""Commands that say what there is to do, what something is, and what this is."""

from typing import TYPE_CHECKING

from explorer.language import tr
from explorer.session.commands import Command
from explorer.ui.window.acting import act
from explorer.ui.window.book_places import book_commands

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow


def help_commands(window: "MainWindow") -> tuple[Command, ...]:
    """What stands in the menu of help."""

    def keys() -> None:
        from explorer.ui.window.help_pages import show_keys

        show_keys(window, window.menus.by_title)

    def about() -> None:
        from explorer.ui.window.help_pages import show_about

        show_about(window)

    return (
        Command("explain", tr("E&xplain this"), act(window.explaining.explain_this), ("Shift+F1",)),
        Command("glossary", tr("&Glossary…"), act(window.glossary.open), ("Ctrl+G",)),
        *book_commands(window.places),
        Command("keys", tr("&Keys"), act(keys), ("F1",)),
        Command("about", tr("&About RNN Explorer"), act(about)),
    )
