"""Say that a text is in no encoding that is recognised, and let it be chosen by how its beginning looks."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QWidget

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.encodings import ENCODINGS, EncodingError, decode
from explorer.tasks.text_file import read_text
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import scaled, sized
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.widgets import Words, in_column, styled

BEGINNING = 400
"""Bytes of the text that are shown as they would be read."""


class EncodingDialog(QDialog):
    """`chosen` carries the name of an encoding, as Python knows it."""

    chosen = Signal(str)

    def __init__(self, refusal: EncodingError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Encoding of the text"))
        self._content = refusal.content
        self.encoding = Choice(whole=True)
        self.encoding.setAccessibleName(tr("Encoding"))
        for id, title in ENCODINGS.items():
            if _read(self._content, id) is not None:
                self.encoding.addItem(title, id)
        self.looks = styled(QLabel(), font=number_font(12))
        self.looks.setWordWrap(True)
        scaled(self.looks.setMinimumHeight, 80)
        self.encoding.currentIndexChanged.connect(lambda _: self._show())
        both = QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        self.buttons = QDialogButtonBox(both, self)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        in_column(
            10, Words(str(refusal)), self.encoding, (self.looks, 1), self.buttons, on=self, margins=(16, 14, 16, 14)
        )
        self.resize(sized(460, 260))
        self.finished.connect(self.deleteLater)
        self._show()

    def _show(self) -> None:
        text = _read(self._content, self.encoding.currentData())
        beginning = "" if text is None else " ".join(text[: BEGINNING // 2].split())
        seen = "".join(c if c.isprintable() else "�" for c in beginning)
        # A line may end after any character: what is misread, as much Chinese is, may have no blank.
        self.looks.setText("\u200b".join(seen))
        self.looks.setAccessibleName(seen)

    def _accept(self) -> None:
        self.chosen.emit(self.encoding.currentData())
        self.accept()


def take_text(parent: QWidget, path: Path, take: Callable[[str], object], failed: Callable[[str], object]) -> None:
    """Hand the text of a file over, once its encoding is recognised or chosen; or say why it cannot be had."""

    def read(encoding: str | None = None) -> None:
        try:
            take(read_text(path, encoding))
        except EncodingError as error:
            dialog = EncodingDialog(error, parent)
            dialog.chosen.connect(read)
            dialog.open()
        except ExplorerError as error:
            failed(str(error))

    read()


def _read(content: bytes, encoding: str) -> str | None:
    """The text, if it can be in this encoding."""
    try:
        return decode(content, "It", encoding)
    except ExplorerError:
        return None
