"""View of the map of the book: its sections, what shows each, what is left out, and the ways there."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QListWidgetItem, QPushButton, QWidget

from explorer.language import tr
from explorer.lessons.book import Section, book, page_of
from explorer.lessons.citations import Citation, citations
from explorer.ui.look.text_size import scaled, sized
from explorer.ui.parts.scroller import Scroller
from explorer.ui.parts.widgets import SectionHeader, Words, in_column, in_row, show_text, styled
from explorer.wording import begun, in_book

SIZE = 880, 480
LIST_WIDTH = 420


class BookMap(QDialog):
    """`state_asked` carries the number of a section whose state is to be shown, `page_asked` the address of a page."""

    state_asked = Signal(str)
    page_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = ""
        self.setWindowTitle(tr("Where is this in the book?"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Sections of chapter 10"))
        self.list.setToolTip(tr("Choose a section to read what shows it and what is left out; Return shows it"))
        scaled(self.list.setMinimumWidth, LIST_WIDTH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title, self.places, self.found = styled(QLabel(), "title"), Words(), Words(role="forward")
        self.title.setWordWrap(True)
        self.shows, self.left_out = Words(role="text"), Words(role="text")
        self.heads = SectionHeader(tr("Here")), SectionHeader(tr("Left out here"))
        self.show_here = styled(QPushButton(tr("Show it here")), "primary")
        self.read = QPushButton(tr("Read it in the book"))
        self.show_here.setToolTip(tr("Set network, task and step to what shows this section; Undo leads back"))
        self.read.setToolTip(tr("Open the chapter's page of the public book in your browser"))
        for section in book().sections:
            item = QListWidgetItem(f"{'    ' * (section.number.count('.') - 1)}{section.number}   {section.title}")
            item.setToolTip(section.shows or section.left_out)
            self.list.addItem(item)
        self.list.currentRowChanged.connect(self._turn)
        self.list.itemActivated.connect(lambda _: self._show())
        self.show_here.clicked.connect(self._show)
        self.read.clicked.connect(lambda: self.page_asked.emit(self._page))
        self.setMinimumSize(760, 380)
        self.resize(sized(*SIZE).boundedTo(parent.window().size() - QSize(40, 60)))
        self._build()
        self.list.setCurrentRow(0)

    @property
    def section(self) -> Section:
        """The section that is chosen."""
        return book().sections[max(0, self.list.currentRow())]

    def look_up(self, place: str) -> None:
        """Turn to the section that has a place, such as "eq. 10.9", and say so; "" leaves it where it is."""
        for citation in citations(place):
            self._turn_to(citation)
            return

    def _turn_to(self, citation: Citation) -> None:
        held, place = book().holding(citation), begun(in_book(citation.text))
        if held is not None:
            self.list.setCurrentRow(book().sections.index(held))
            if citation.kind == "section":
                return
            self.found.setText(tr("{place} is in this section.", place=place))
        else:
            self.found.setText(
                tr(
                    "{place} is in another chapter; the button below leads to its page.",
                    place=citation.text.capitalize(),
                )
            )
            self._page = page_of(citation.number) or self._page
        self.found.show()

    def _turn(self) -> None:
        section = self.section
        self.title.setText(f"{section.number} {section.title}")
        show_text(self.places, ", ".join(filter(None, (_figures(section), _equations(section)))))
        for head, label, text in zip(
            self.heads, (self.shows, self.left_out), (section.shows, section.left_out), strict=True
        ):
            head.setVisible(bool(text))
            show_text(label, text)
        self.show_here.setEnabled(section.shown)
        self._page = page_of(section.number) or ""
        self.found.hide()

    def _show(self) -> None:
        if self.section.shown:
            self.state_asked.emit(self.section.number)

    def _build(self) -> None:
        said = self.title, self.places, self.found, self.heads[0], self.shows, self.heads[1], self.left_out
        texts, text = Scroller(), QWidget()
        in_column(8, *said, 1, on=text)
        texts.setWidget(text)
        detail = in_column(8, (texts, 1), in_row(None, self.show_here, self.read, 1))
        in_row(18, self.list, (detail, 1), on=self, margins=None)
        for button in (self.show_here, self.read):
            button.setAutoDefault(False)
        self.places.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)


def _figures(section: Section) -> str:
    numbers = section.figures
    if not numbers:
        return ""
    return tr("fig. {n}", n=numbers[0]) if len(numbers) == 1 else tr("figs. {numbers}", numbers=", ".join(numbers))


def _equations(section: Section) -> str:
    numbers = section.equations
    if not numbers:
        return ""
    if len(numbers) == 1:
        return tr("eq. {n}", n=numbers[0])
    return tr("eqs. {first} to {last}", first=numbers[0], last=numbers[-1])
