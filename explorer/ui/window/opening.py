"""Open any file by what it holds, chosen in a dialog or dropped onto the window; and read text that is dropped."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.session.kinds import READ, FileKind, kind_of
from explorer.ui.parts.dropping import dropped_file

_ENDINGS = " ".join(f"*{ending}" for ending in READ)
EVERY = tr("All that can be opened ({endings})", endings=_ENDINGS)
FILTERS = (
    EVERY,
    tr("RNN Explorer (*.rnnx)"),
    tr("Weights (*.npz *.npy *.safetensors *.json)"),
    tr("Data and texts (*.csv *.tsv *.txt *.md *.json)"),
    tr("All files (*)"),
)


class Opening(QObject):
    """Hands a file to what opens files of its kind, and text to `read`; `say` tells why a file cannot be opened."""

    def __init__(
        self,
        window: QWidget,
        openers: Mapping[FileKind, Callable[[Path], None]],
        read: Callable[[str], None],
        say: Callable[[str], None],
    ):
        super().__init__(window)
        self._window, self._openers, self._read, self._say = window, openers, read, say

    def ask(self) -> None:
        """Ask for a file, and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Open"), "", ";;".join(FILTERS))
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open a file, or say why it cannot be opened."""
        try:
            kind = kind_of(path)
        except ExplorerError as error:
            self._say(str(error))
        else:
            self._openers[kind](path)

    def drop(self, event: QDropEvent) -> None:
        """Open the file that is dropped, or read the text."""
        try:
            file = dropped_file(event)
        except ExplorerError as error:
            self._say(str(error))
            return
        if file is None:
            self._read(event.mimeData().text())
        else:
            self.open(file)
