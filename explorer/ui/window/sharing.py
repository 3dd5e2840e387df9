"""Copy what is shown as a line of text for a chat, and open one that is pasted or dropped onto the window."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from explorer.language import tr
from explorer.session.session import Session
from explorer.session.share import is_shared, line_of
from explorer.session.weights import origin_of


class Sharing:
    """`perform` does a command by its id; `say` tells what has been done."""

    def __init__(self, session: Session, perform: Callable[..., bool], say: Callable[[str], object]) -> None:
        self._session, self._perform, self._say = session, perform, say

    def copy(self) -> None:
        """Put the line into the clipboard; ExplorerError if it would be too long."""
        document, weights = self._session.document, self._session.weights
        line = line_of(document)
        QGuiApplication.clipboard().setText(line)
        if weights is None:
            said = tr(
                "Copied a line of {line:,} characters; paste it into a chat, and from there onto a window.",
                line=len(line),
            )
        else:
            origin = origin_of(document, None)
            said = tr(
                "Copied a line of {line:,} characters. It leads to {origin}, not to the weights shown.",
                line=len(line),
                origin=origin,
            )
        self._say(said)

    def paste(self) -> None:
        """Open the line in the clipboard."""
        self.open(QGuiApplication.clipboard().text())

    def open(self, text: str) -> None:
        """Open the line in a text."""
        if not is_shared(text):
            self._say(
                tr(
                    "There is no line in this text that was shared from here; to paste numbers, double-click what they "
                    "are of."
                )
            )
        elif self._perform("open_shared", line=text):
            self._say(tr("Opened the shared line; Undo leads back to what was there before."))
