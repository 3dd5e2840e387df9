"""Lead from citations of the book to where they are: `linked` text, and labels that show it.

A click on one asks the `Places` of the window that it stands in, which leads to the map of the book.
"""

from html import escape

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel

from explorer.lessons.book import page_of
from explorer.lessons.citations import citations
from explorer.ui.parts.focus_ring import FocusFrame
from explorer.ui.parts.widgets import Links, ancestors
from explorer.wording import in_book


class Places(QObject):
    """Belongs to a window. `asked` carries a place of the book that a citation in it leads to."""

    asked = Signal(str)


def linked(text: str) -> str:
    """HTML of a text in which each place of the book that the map knows is a link; no line ends after eq. or fig."""
    parts, at = [], 0
    for found in citations(text):
        if page_of(found.number) is not None:
            before, place = in_book(text[at : found.start]), in_book(found.text)
            parts += [escape(before), f'<a href="{found.text}">{escape(place).replace(". ", ".&nbsp;")}</a>']
            at = found.stop
    return "".join([*parts, escape(in_book(text[at:]))])


class CitedLabel(Links):
    """A line that names places of the book, each of which leads there by a click, or by Tab and Return."""

    def __init__(self, stacked: bool = False) -> None:
        super().__init__()
        self._between = "<br>" if stacked else " · "
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        FocusFrame(self, outside=True)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setWordWrap(not stacked)
        self.linkActivated.connect(self._ask)
        self.hide()

    def cite(self, text: str) -> None:
        """Name other places, parted by dots; where they are `stacked`, they stand below one another.

        For a label that is part of something already: by itself it would be shown as a window.
        """
        self.setText(linked(text).replace(" · ", self._between))
        self.setAccessibleName(in_book(text))
        self.setVisible(bool(text))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from link to link, and on; Qt would not let it go back from the first."""
        before = self.selectionStart()
        moved = super().focusNextPrevChild(forward)
        stays = moved and self.hasFocus() and before >= 0 and self.selectionStart() == before
        return super(QLabel, self).focusNextPrevChild(forward) if stays else moved

    def _ask(self, place: str) -> None:
        window = self.window()
        for around in (window, *ancestors(window)):  # a dialog's places are in the window that it belongs to
            places = around.findChild(Places)
            if places is not None:
                places.asked.emit(place)
                return
