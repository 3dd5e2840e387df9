"""Lead from a place of the book to the map of its sections, and from there to the state or the page that has it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from explorer.errors import ExplorerError, suggest
from explorer.language import tr
from explorer.lessons.book import book
from explorer.lessons.state import document_of, view_of
from explorer.session.commands import Command
from explorer.session.session import Session
from explorer.session.state import State
from explorer.session.viewing import lasting
from explorer.ui.parts.cited import Places

if TYPE_CHECKING:
    from explorer.ui.learn.book_map import BookMap
    from explorer.ui.window.main_window import MainWindow


class BookPlaces(Places):
    """Answers clicks on citations anywhere in the window. The app itself reads nothing from the network."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.map: BookMap | None = None
        self.asked.connect(lambda place: window.perform("book", place=place))

    def open(self, place: str = "") -> None:
        """Open the map, at a place or where the network is; it stays beside the window while one goes through it."""
        if self.map is None:
            from explorer.ui.learn.book_map import BookMap

            self.map = BookMap(self._window)
            self.map.state_asked.connect(lambda number: self._window.perform("show_section", number=number))
            self.map.page_asked.connect(lambda address: QDesktopServices.openUrl(QUrl(address)))
        if not place and not self.map.isVisible():
            place = self._window.session.shown.architecture.cited
        self.map.look_up(place)
        self.map.show()
        self.map.raise_()
        self.map.activateWindow()

    def show_section(self, number: str) -> None:
        """Show the state of a section, as one step for undo. Raises ExplorerError for one that has none."""
        section = book().section(number)
        if section is None:
            raise suggest(number, [one.number for one in book().sections], "section")
        if not section.shown:
            raise ExplorerError(tr("Nothing here shows section {number}: {why}", number=number, why=section.left_out))
        session = self._window.session

        def change() -> None:
            session.return_to(State(document_of(section), None, session.opened))
            session.look(**lasting(view_of(section, session.view)))

        self._window.play(False)
        self._window.do(change)


def book_commands(places: BookPlaces) -> tuple[Command, ...]:
    """Find things in the book, and what is in the book here."""

    def open_map(session: Session, *, place: str = "") -> None:
        places.open(place)

    def show_section(session: Session, *, number: str) -> None:
        places.show_section(number)

    return (
        Command("book", tr("Where is this in the &book?"), open_map, ("Ctrl+K",)),
        Command("show_section", tr("Show a section of the book"), show_section),
    )
