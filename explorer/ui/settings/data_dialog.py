"""Bring data from a file, the clipboard or typed, choose how they are read, and see what was understood."""

from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QPlainTextEdit, QPushButton, QWidget

from explorer.data.choices import Choices
from explorer.data.data_set import DataSet, encoded
from explorer.data.reading import DataRead, read_source, understood
from explorer.data.retold import retold
from explorer.data.source import Source
from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.bodies import bodies
from explorer.reading.encodings import decode
from explorer.reading.file import read_bytes
from explorer.session.kinds import only_weights, weights_beside
from explorer.tasks.text_file import LARGEST_FILE
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import px
from explorer.ui.parts.dropping import dropped_file, offer_to_open
from explorer.ui.parts.waiting import waiting
from explorer.ui.parts.widgets import SectionHeader, Words, in_column, in_row, styled
from explorer.ui.settings.data_form import DataForm
from explorer.ui.settings.data_preview import DataPreview
from explorer.wording import listed

EXAMPLES = tr(
    "One sequence a line, with _ for a target without a loss:\n1 0 1 1 -> 1 1 0 1\n0 1 -> _ 1\n\nor one target for the "
    "line:\na good film -> positive\na dull one -> negative\n\nor by their names:\nx = (0.5, −1, 2), y = (1, 0, 1)\n\n"
    "or a table with a header:\nday,rain,temperature\n1,0.2,17.5\n2,0,19.1\n\nor JSON:\n"
    '[{"inputs": [0.5, 1], "targets": [1, 0]}]'
)
FILES = tr("Data (*.csv *.tsv *.txt *.json *.dat);;All files (*)")
LARGEST_TYPED = 50_000
"""Characters of a file that are shown as text; of a longer one only the beginning is, and it cannot be typed into."""
MOST_REFUSED, MOST_NAMED = 3, 9


class DataDialog(QDialog):
    """`taken` carries the data, as `encoded` writes them. It cannot be accepted while nothing can be understood.

    `weights_left` then carries what the text gives beside sequences, or alone, where that is weights, as on a sheet.
    """

    taken = Signal(str)
    weights_left = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Own data"))
        self._name, self._content, self._text, self._weights = "", b"", "", ""
        self._source: Source | None = None
        self._reading: DataRead | None = None
        self._retold: Choices | None = None
        self._length = 0
        self.editor = styled(QPlainTextEdit(), font=number_font(12))
        self.editor.setPlaceholderText(EXAMPLES)
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.editor.setAccessibleName(tr("Data as text"))
        self.editor.setTabChangesFocus(True)
        self.editor.setAcceptDrops(False)  # a file that is dropped is read, not named
        self.setAcceptDrops(True)
        self.preview, self.form = DataPreview(), DataForm()
        self.understood, self.fault, self.refused = Words(), Words(role="backward"), Words(role="muted")
        self.read_as, self.other = Words(), QPushButton()
        self.from_file, self.paste = QPushButton(tr("From file…")), QPushButton(tr("Paste"))
        self.take = styled(QPushButton(), "primary")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.buttons.addButton(self.take, QDialogButtonBox.ButtonRole.AcceptRole)
        self._waiting = QTimer(self, singleShot=True, interval=250)
        self._lay_out()
        self._waiting.timeout.connect(self._read)
        self.editor.textChanged.connect(self._typed)
        self.editor.document().contentsChange.connect(self._forget)
        self.from_file.clicked.connect(self._ask)
        self.paste.clicked.connect(lambda: self.use_text(QGuiApplication.clipboard().text()))
        self.form.changed.connect(self._read)
        self.form.encoding.activated.connect(lambda _: self._decode())
        self.preview.chosen.connect(self._understand)
        self.other.clicked.connect(self._read_otherwise)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self._read()

    def open_over(self, window: QWidget) -> None:
        """Open as large as the window has room for, up to what is comfortable."""
        self.resize(min(px(1000), window.width() - 40), min(px(640), window.height() - 50))
        self.editor.setFocus()  # Cancel would have it, and go by the first blank that is typed
        self.open()

    def use_text(self, text: str, name: str = "") -> None:
        """Read a text; of a long one only the beginning is shown."""
        self._name, self._text = name, text
        whole = len(text) <= LARGEST_TYPED
        with QSignalBlocker(self.editor):
            self.editor.setPlainText(text if whole else f"{text[:LARGEST_TYPED]}…")
            self.editor.setReadOnly(not whole)
        self._read()

    def use_data(self, data: DataSet) -> None:
        """Show data that are in use, to be changed or written over; nothing of those too many to be typed."""
        if (told := retold(data)) is not None:
            text, choices = told
            self.form.show_choices(choices)
            self.use_text(text, data.name)
            # From now on columns are chosen above their rows alone, as of any table.
            self._retold = replace(choices, inputs=None, targets=None, sequence=None)
            self.form.show_choices(self._retold)
            self.editor.selectAll()

    def use_file(self, path: Path) -> None:
        """Read a file; its encoding can be chosen if it is not recognised."""
        self._name = path.name
        try:
            self._content = read_bytes(path, LARGEST_FILE, tr("The file"))
        except ExplorerError as error:
            self._refuse(str(error))
            return
        self.form.encoding.setCurrentIndex(0)
        self._decode()

    def _decode(self) -> None:
        try:
            text = decode(self._content, self._name, self.form.encoding.currentData())
        except ExplorerError as error:
            self.form.show_encoding(True)
            self._source = None
            self._refuse(str(error))
        else:
            self.use_text(text, self._name)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        offer_to_open(event)

    def dropEvent(self, event: QDropEvent) -> None:
        try:
            file = dropped_file(event)
        except ExplorerError as error:
            self.fault.setText(str(error))
            self._show_words()
            return
        if file is None:
            self.use_text(event.mimeData().text())
        else:
            self.use_file(file)

    def _lay_out(self) -> None:
        buttons = in_row(8, self.from_file, self.paste, 1)
        left = in_column(6, SectionHeader(tr("Data")), buttons, (self.editor, 1), self.form)
        row = in_row(8, (self.read_as, 1), self.other)
        right = in_column(
            6, SectionHeader(tr("As understood")), (self.preview, 1), row, self.understood, self.refused, self.fault
        )
        sides = in_row(16, (left, 2), (right, 3))
        in_column(10, (sides, 1), self.buttons, on=self, margins=(16, 12, 16, 12))

    def _forget(self, at: int, removed: int, _: int) -> None:
        """Read what is written over all of the data in use as it asks to be: how these were read is theirs alone."""
        if at == 0 and 0 < self._length <= removed and self.form.choices == self._retold:
            self.form.show_choices(Choices())
        self._length = self.editor.document().characterCount() - 1

    def _typed(self) -> None:
        if not self.editor.isReadOnly():
            self._text = self.editor.toPlainText()
            self._waiting.start()

    def _ask(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Own data"), "", FILES)
        if path:
            self.use_file(Path(path))

    @waiting()
    def _read(self) -> None:
        """Read the text anew: another form of it can have other columns."""
        self._waiting.stop()
        self._weights = ""
        try:
            if only_weights(self._text):
                self._weights = self._text
                raise ExplorerError("These are weights, not sequences.")
            self._weights = weights_beside(self._text)
            source = read_source(self._text, self.form.choices.form)
        except ExplorerError as error:
            self._source = None
            self._refuse(str(error))
            return
        before, self._source = self._source, source
        if before is None or source.columns != before.columns or not source.columns:
            self.preview.show_source(source)
            self._understand(anew=True)
        elif source != before:
            roles = self.preview.columns()
            self.preview.show_source(source)
            self._understand(roles=roles)
        else:
            self._understand()

    @waiting()
    def _understand(self, anew: bool = False, roles: dict[str, Any] | None = None) -> None:
        """Make data of the source, by the columns that are chosen; `anew`: by those that follow from their names."""
        if self._source is None:
            return
        chosen = {} if anew else roles or self.preview.columns()
        try:
            self._reading = understood(self._source, self.form.with_columns(chosen), self._name)
        except ExplorerError as error:
            if anew and self._source.columns:
                self.preview.show_choices(Choices(inputs=(), targets=()))
            self._refuse(str(error))
            return
        self.preview.show_choices(self._reading.choices)
        self.form.show_reading(self._reading)
        self.understood.setText(self._reading.data.said())
        self.refused.setText(_weights_said(self._weights) if self._weights else _left_out(self._reading))
        self.fault.setText("")
        self._show_words()

    def _refuse(self, why: str) -> None:
        self._reading = None
        if self._source is None:
            self.preview.show_source(Source("symbols"))
        self.understood.setText("")
        self.refused.setText("")
        self.fault.setText(why if self._text or self._name else "")
        self._show_words()

    def _read_otherwise(self) -> None:
        """Read what can be symbols or numbers the other way."""
        if self._reading is not None and self._reading.other is not None:
            self.form.choose_kinds(self._reading.other.choices)

    def _show_words(self) -> None:
        other = None if self._reading is None else self._reading.other
        self.read_as.setText("" if other is None else other.said)
        self.other.setText("" if other is None else other.title)
        for part in (self.read_as, self.other):
            part.setVisible(other is not None)
        for words in (self.understood, self.refused, self.fault):
            words.setVisible(bool(words.text()))
        weights_alone = self._reading is None and bool(self._weights)
        self.take.setText(tr("Look at these weights") if weights_alone else tr("Use these data"))
        self.take.setEnabled(self._reading is not None or weights_alone)

    @waiting()
    def _accept(self) -> None:
        if self._reading is not None:
            self.taken.emit(encoded(self._reading.data))
        self.accept()
        if self._weights:
            self.weights_left.emit(self._weights)


def _weights_said(text: str) -> str:
    names = (one.name if one.index is None else f"{one.name}{one.index}" for one in bodies(text))
    return tr("Beside them stand weights, which come next: {names}.", names=listed([*dict.fromkeys(names)], MOST_NAMED))


def _left_out(reading: DataRead) -> str:
    """Which lines were refused, and why."""
    if not reading.refused:
        return ""
    said = [tr("Line {line} {why}.", line=one.line, why=one.why.rstrip(".")) for one in reading.refused[:MOST_REFUSED]]
    more = len(reading.refused) - len(said)
    return " ".join([tr("Left out:"), *said, *([tr("And {more:,} more.", more=more)] if more else [])])
