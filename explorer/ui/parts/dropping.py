"""Take in what is dropped from a file manager or another window: `offer_to_open`, `dropped_file`."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent

from explorer.errors import ExplorerError
from explorer.language import trn


def offer_to_open(event: QDropEvent) -> None:
    """Accept what is dragged here if it holds anything to open.

    Never as a move, which some file managers end by deleting the file.
    """
    event.setDropAction(Qt.DropAction.CopyAction)
    event.setAccepted(event.mimeData().hasUrls() or event.mimeData().hasText())


def dropped_file(event: QDropEvent) -> Path | None:
    """The one file that is dropped, None where text is; ExplorerError for several, a folder, and what is elsewhere."""
    offer_to_open(event)
    urls = event.mimeData().urls()
    if not urls:
        return None
    if len(urls) > 1:
        raise ExplorerError("Here are {files}; drop one at a time.", files=trn("1 file", "{n:,} files", len(urls)))
    if not urls[0].isLocalFile():
        raise ExplorerError(
            "{address} is not on this computer; save it in a file, and drop that.", address=urls[0].toDisplayString()
        )
    path = Path(urls[0].toLocalFile())
    if path.is_dir():
        raise ExplorerError("{path} is a folder; drop one of the files in it.", path=path.name)
    return path
