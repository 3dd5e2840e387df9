"""Show which array of a file goes where, with shapes, and let it be chosen: `WeightsDialog`."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QGridLayout, QLabel, QPushButton, QWidget

from explorer.architectures import architectures, by_group
from explorer.errors import ExplorerError, refusal
from explorer.files.weights.assign import Assignment, said
from explorer.language import tr, trn
from explorer.session.loading import Loading
from explorer.training.matching import mismatch
from explorer.training.problem import task_of
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import px, scaled
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.fitting_label import FittingLabel
from explorer.ui.parts.scroller import ScrolledColumn
from explorer.ui.parts.widgets import Words, in_column, in_row, show_text, styled
from explorer.wording import begun, by_size

NOT_USED, AS_HERE, TRANSPOSED, ASK = tr("not used"), tr("as it stands"), tr("transposed"), tr("choose…")
HEADINGS = (tr("Array"), tr("Shape"), tr("Goes to"), tr("Way round"), tr("Known by"))
LONGEST = 44
"""Characters of a name that are shown."""
MOST_ROWS = 60
"""Arrays that are shown; a file of more is that of another kind of model."""


class WeightsDialog(QDialog):
    """`taken` carries what was decided. It cannot be accepted while something is left to be chosen."""

    taken = Signal(Loading)

    def __init__(self, loading: Loading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.loading = loading
        self.setWindowTitle(begun(loading.origin))
        self.network = Choice(whole=True)
        self.network.setAccessibleName(tr("Network"))
        self.network.asked.connect(lambda id: self._show(self.loading.of_network(id)))
        self.about, self.left, self.fault = QLabel(), Words(), Words(role="backward")
        self.places: dict[str, Choice] = {}
        self.ways: dict[str, Choice] = {}
        self.multiply = QCheckBox()
        self.multiply.clicked.connect(self._multiply)
        self._rows = ScrolledColumn()
        self.buttons = QDialogButtonBox()
        self.take = styled(QPushButton(tr("Use these weights")), "primary")
        self.take.setDefault(True)
        self.buttons.addButton(self.take, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        above = in_row(8, QLabel(tr("Into the network")), self.network, (self.about, 1))
        title = styled(FittingLabel(loading.file), "title")
        below = self.left, self.fault, self.buttons
        in_column(10, title, above, self.multiply, (self._rows, 1), *below, on=self, margins=(16, 14, 16, 14))
        self._offer_networks()
        self._show(loading)
        self.finished.connect(self.deleteLater)

    def open_over(self, window: QWidget) -> None:
        """Open as large as the arrays need, within the window."""
        table = self._rows.widget()
        assert table is not None
        room, wanted = window.size(), table.sizeHint()
        height = wanted.height() + self.sizeHint().height() - self._rows.sizeHint().height() + px(16)
        self.resize(min(max(px(560), wanted.width() + 60), room.width() - 40), min(height, room.height() - 60))
        self.open()

    def _offer_networks(self) -> None:
        task = task_of(self.loading.document)
        networks = (network for group in by_group().values() for network in group if not mismatch(network, task))
        self.network.fill((network.title, network.id) for network in networks)

    def _show(self, loading: Loading) -> None:
        self.loading = loading
        network = loading.architecture
        self.network.show_value(network.id)
        n_h = loading.sizes.get("n_h")
        units = "" if n_h is None else trn("1 hidden unit", "{n:,} hidden units", n_h)
        self.about.setText(", ".join(filter(None, (architectures()[network.id].cited, units))))
        table = loading.embedding
        self.multiply.setVisible(table is not None and not table.why_not)
        self.multiply.setText(table.offer if table is not None else "")
        self.multiply.setChecked(loading.multiplied)
        self._rows.setWidget(self._table())
        show_text(self.left, " ".join(filter(None, (said(loading.rows, network), loading.note))))
        fault = _fault(loading)
        show_text(self.fault, fault)
        self.take.setEnabled(not fault)
        self.take.setToolTip(fault)

    def _table(self) -> QWidget:
        """A row for each array, in the order of the file."""
        table = QWidget()
        grid = QGridLayout(table)
        scaled(grid.setContentsMargins, 0, 0, 8, 0)
        scaled(grid.setHorizontalSpacing, 14)
        scaled(grid.setVerticalSpacing, 5)
        for column, heading in enumerate(HEADINGS):
            label = QLabel(heading)
            label.setProperty("role", "muted")
            grid.addWidget(label, 0, column)
        self.places, self.ways = {}, {}
        for at, row in enumerate(self.loading.rows[:MOST_ROWS], 1):
            self._add(grid, at, row)
        grid.setColumnStretch(len(HEADINGS) - 1, 1)
        grid.setRowStretch(MOST_ROWS + 1, 1)
        return table

    def _add(self, grid: QGridLayout, at: int, row: Assignment) -> None:
        name, shape = QLabel(_short(row.name)), QLabel(by_size(row.shape))
        name.setToolTip(row.name)
        for label in (name, shape):
            scaled(label.setFont, number_font(12))
        place = self.places[row.name] = Choice(whole=True)
        place.setAccessibleName(tr("{row} goes to", row=row.name))
        offers = [(offered.title, offered) for offered in self.loading.choices(row)]
        place.fill([(f"{row.state}(0)", None)] if row.state else [(NOT_USED, None), *offers])
        place.setCurrentIndex(max(0, place.findText(row.place.title) if row.place else 0))
        place.setEnabled(place.count() > 1)
        place.asked.connect(lambda at: self._show(self.loading.with_place(row.name, at)))
        note = Words(row.note, "backward" if row.transposed is None else "muted")
        note.setWordWrap(False)
        grid.addWidget(name, at, 0)
        grid.addWidget(shape, at, 1)
        grid.addWidget(place, at, 2)
        grid.addWidget(self._way(row), at, 3)
        grid.addWidget(note, at, 4)

    def _way(self, row: Assignment) -> QWidget:
        """What can be chosen of a square matrix; else how it stands."""
        if row.place is None or len(row.shape) < 2 or row.shape[0] != row.shape[1] or row.shape[0] == 1:
            words = "" if row.place is None or min(row.shape, default=1) == 1 or len(row.shape) < 2 else AS_HERE
            label = QLabel(TRANSPOSED if row.transposed else words)
            label.setProperty("role", "muted")
            return label
        way = self.ways[row.name] = Choice(whole=True)
        way.setAccessibleName(tr("{row} stands", row=row.name))
        way.setToolTip(tr("As it stands, a row holds the weights into one unit, as in W h; transposed, a column does"))
        for title, value in ((ASK, None), (AS_HERE, False), (TRANSPOSED, True)):
            if value is not None or row.transposed is None:
                way.addItem(title, value)
        way.setCurrentText({None: ASK, False: AS_HERE, True: TRANSPOSED}[row.transposed])
        way.asked.connect(lambda transposed: self._show(self.loading.with_way(row.name, transposed)))
        return way

    def _multiply(self, on: bool) -> None:
        """Begin anew with the table multiplied into the weights that read it, or without it."""
        assert self.loading.anew is not None
        try:
            self._show(self.loading.anew(on))
        except ExplorerError as error:
            self.multiply.setChecked(self.loading.multiplied)
            show_text(self.fault, str(error))

    def _accept(self) -> None:
        self.taken.emit(self.loading)
        self.accept()


def _short(name: str) -> str:
    """A name with its middle left out where it is long: its end tells more than that."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST // 4]}…{name[-3 * LONGEST // 4 :]}"


def _fault(loading: Loading) -> str:
    """What is still to be chosen, or does not fit; "" if the weights can be taken."""
    return refusal(lambda: loading.parameters)
