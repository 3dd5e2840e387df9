"""Choose a kind of file, its options, and save or copy it: `ExportDialog`."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QListWidgetItem, QPushButton, QWidget

from explorer.export.format import ExportKind, Format, Material, Options
from explorer.export.formats import formats
from explorer.language import tr
from explorer.ui.exporting.options_form import LABELS, OptionsForm
from explorer.ui.exporting.preview import Preview
from explorer.ui.look.text_size import scaled, sized
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.widgets import LabelledRows, Words, in_column, in_row

SIZE = QSize(920, 600)
HEADING, ROW = 28, 23
"""Height of a line in the list, in px."""
_ID = Qt.ItemDataRole.UserRole
Named = Sequence[tuple[str, Material]]


class ExportDialog(QDialog):
    """`materials`, each with its name, are there to choose from. It stays open when something was saved or copied."""

    save_asked = Signal()
    copy_asked = Signal()

    def __init__(self, materials: Named, parent: QWidget | None = None, first: str = "svg") -> None:
        super().__init__(parent)
        self._materials = materials
        self.graph = Choice(whole=True)
        self.graph.addItems([name for name, _ in materials])
        self.setWindowTitle(tr("Export"))
        self.list, self.form, self.preview = QListWidget(), OptionsForm(), Preview()
        self.title, self.about, self.said = QLabel(), Words(), Words()
        self.copy, self.save = QPushButton(tr("&Copy")), QPushButton(tr("&Save…"))
        self.cancel = QPushButton(tr("Close"))
        self._build()
        self._fill()
        self.form.changed.connect(self._show)
        self.form.failed.connect(self.say)
        self.list.currentItemChanged.connect(lambda: self._choose())
        self.list.itemActivated.connect(lambda _: self._ask_save())
        self.save.clicked.connect(self._ask_save)
        self.copy.clicked.connect(self.copy_asked)
        self.graph.activated.connect(self._show)
        self.cancel.clicked.connect(self.reject)
        self.choose(first)

    @property
    def material(self) -> Material:
        """What is exported."""
        return self._materials[self.graph.currentIndex()][1]

    @property
    def format(self) -> Format:
        """The format that is chosen."""
        return formats()[self.list.currentItem().data(_ID)]

    @property
    def options(self) -> Options:
        """The options that are chosen."""
        return self.form.options

    def choose(self, id: str) -> None:
        """Choose a format."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_ID) == id:
                self.list.setCurrentRow(row)

    def say(self, sentence: str, role: str = "backward") -> None:
        """Say what went wrong, or in another role what was done; "" for nothing."""
        self.said.say(sentence, role)

    def open_over(self, window: QWidget) -> None:
        """Open, within the window."""
        room = window.size()
        self.resize(sized(SIZE.width(), SIZE.height()).boundedTo(room - QSize(40, 60)))
        self.open()

    def _choose(self) -> None:
        self.form.show_format(self.format)
        self._show()

    def _show(self) -> None:
        format = self.format
        self.say("")
        self.title.setText(f"{format.title} ({format.suffix})" if format.suffix else format.title)
        self.about.setText(f"{format.about[:1].upper()}{format.about[1:]}.")
        possible = not format.why_not(self.material)
        self.save.setEnabled(possible)
        self.copy.setEnabled(possible and format.write is not None and format.kind is not ExportKind.STEPPING)
        self.preview.show_format(format, self.material, self.options)

    def _ask_save(self) -> None:
        if self.save.isEnabled():
            self.save_asked.emit()

    def _fill(self) -> None:
        """The formats, under headings that cannot be chosen."""
        heading = ""
        for format in formats().values():
            if format.kind.value != heading:
                heading = format.kind.value
                item = QListWidgetItem(heading)
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                font = item.font()
                font.setBold(True)
                item.setFont(font)
                item.setSizeHint(sized(0, HEADING))
                self.list.addItem(item)
            item = QListWidgetItem(f"   {format.title}")
            item.setSizeHint(sized(0, ROW))
            item.setData(_ID, format.id)
            item.setToolTip(format.about)
            self.list.addItem(item)

    def _build(self) -> None:
        self.list.setAccessibleName(tr("Kinds of files"))
        scaled(self.list.setFixedWidth, 210)
        self.title.setProperty("role", "title")
        self.save.setProperty("role", "primary")
        for button in (self.copy, self.cancel, self.save):
            button.setAutoDefault(False)  # Return takes on what was typed into a field
        below = in_row(None, self.copy, (self.said, 1), self.cancel, self.save)
        graphs = LabelledRows(LABELS)
        graphs.add(tr("Graph"), self.graph)
        graphs.setVisible(len(self._materials) > 1)
        right = in_column(8, self.title, self.about, graphs, self.form, (self.preview, 1), below)
        in_row(16, self.list, (right, 1), on=self, margins=(16, 14, 16, 14))
