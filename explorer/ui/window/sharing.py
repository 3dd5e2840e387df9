"""Copy what is shown as a line of text for a chat, and open one that is pasted or dropped onto the window."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QGuiApplication

from explorer.language import tr
from explorer.reading.bodies import bodies
from explorer.session.kinds import FileKind, braced, kind_of_text
from explorer.session.session import Session
from explorer.session.share import is_shared, line_of
from explorer.session.weights import origin_of
from explorer.ui.editing.editors import Editors


class Sharing:
    """`perform` does a command by its id; `say` tells what has been done.

    `editors` put numbers into what is selected, `readers` take a text that holds data, weights, a case, a document.
    """

    def __init__(
        self,
        session: Session,
        perform: Callable[..., bool],
        say: Callable[[str], object],
        editors: Editors,
        readers: Mapping[FileKind, Callable[[str], None]],
    ) -> None:
        self._session, self._perform, self._say, self._editors = session, perform, say, editors
        self._readers = readers

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
        """Open what is in the clipboard, or put its numbers into what is selected."""
        text = QGuiApplication.clipboard().text()
        whole = is_shared(text) or len(bodies(text)) > 1 or braced(text) is not None
        if whole or not self._editors.paste(self._session.selection, text):
            self.open(text)

    def open(self, text: str) -> None:
        """Open the line in a text, or what else it gives."""
        reader = None if is_shared(text) else self._readers.get(kind_of_text(text))
        if reader is not None:
            reader(text)
        elif not is_shared(text):
            self._say(
                tr(
                    "There is no line in this text that was shared from here; to paste numbers, select what they are "
                    "of, and for sequences open Own data, Ctrl+D."
                )
            )
        elif self._perform("open_shared", line=text):
            self._say(tr("Opened the shared line; Undo leads back to what was there before."))
