"""View of the runs that are kept, and the legend of every plot."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from explorer.session.runs.bundles import Bundle
from explorer.session.runs.names import shared_problem
from explorer.ui.look.fonts import ui_font
from explorer.ui.parts.widgets import ScrolledColumn, tight
from explorer.ui.training.run_row import RunRow
from explorer.ui.training.run_style import StyleKey

WIDTHS = 204, 176, 148
"""In px, the more narrow the card is."""
HINT = "Press Run to train, or Step for one update at a time. The runs appear here, with their losses."


class RunList(ScrolledColumn):
    """All runs, those of the newest comparison first. Its signals carry the id of a bundle."""

    hovered = Signal(object)
    selected = Signal(int)
    toggled = Signal(int)
    renamed = Signal(int, str)
    menu_asked = Signal(int, QPoint)
    clear_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTHS[0])
        body = QWidget()
        self.viewport().setAutoFillBackground(False)
        self._column = tight(QVBoxLayout(body), 0)
        self.key = StyleKey()
        self._earlier = QLabel()
        self._earlier.setWordWrap(True)
        self._earlier.setProperty("role", "section")
        self._earlier.setContentsMargins(8, 8, 0, 2)
        self._hint = QLabel(HINT)
        self._hint.setProperty("role", "muted")
        self._hint.setFont(ui_font(12))
        self._hint.setWordWrap(True)
        self._hint.setContentsMargins(8, 4, 4, 0)
        self.clear = QToolButton()
        self.clear.setText("clear all")
        self.clear.setToolTip("Take every run out of the list; a note offers to bring them back")
        self.clear.setProperty("role", "flat")
        self.clear.clicked.connect(self.clear_asked)
        for widget in (self._earlier, self._hint, self.clear):
            widget.setParent(body)
            widget.hide()
        self.setWidget(body)
        body.setAutoFillBackground(False)  # setWidget has turned it on
        self.rows: dict[int, RunRow] = {}
        self._at: float | None = None

    def set_bundles(self, current: Sequence[Bundle], earlier: Sequence[Bundle], chosen: int | None) -> None:
        """Show these, and mark the one that the other views are about."""
        wanted = {bundle.id: bundle for bundle in (*current, *reversed(earlier))}
        while self._column.count():
            self._column.takeAt(0)
        for id in [id for id in self.rows if id not in wanted]:
            self.rows.pop(id).deleteLater()
        problem = "" if current else shared_problem(earlier)  # beside newer runs each row says what it is of
        self._earlier.setText("\n".join(filter(None, ("EARLIER", problem))))
        self._earlier.setVisible(bool(earlier))
        self._hint.setVisible(not wanted)
        self.clear.setVisible(bool(wanted))
        self._column.addWidget(self._hint)
        for place, (id, bundle) in enumerate(wanted.items()):
            row = self.rows.get(id) or self._row(bundle)
            self.rows[id] = row
            row.bundle, row.chosen, row.at = bundle, id == chosen, self._at
            row.refresh()
            if place == len(current) and earlier:
                self._column.addWidget(self._earlier)
            self._column.addWidget(row)
        self._column.addWidget(self.clear)
        self._column.addStretch(1)

    def _row(self, bundle: Bundle) -> RunRow:
        row = RunRow(bundle)
        for name in ("hovered", "selected", "toggled", "renamed", "menu_asked"):
            getattr(row, name).connect(getattr(self, name))
        return row

    def refresh(self, ids: Sequence[int] | None = None) -> None:
        """Bring the numbers of these rows (None: all) up to date."""
        for id, row in self.rows.items():
            if ids is None or id in ids:
                row.refresh()

    def set_iteration(self, at: float | None) -> None:
        """Show the losses at an iteration; None: the newest."""
        if at != self._at:
            self._at = at
            for row in self.rows.values():
                row.at = at
                row.refresh()

    def set_narrow(self, narrow: int) -> None:
        """Take less room, or even less (2), or all that is wanted (0)."""
        self.setFixedWidth(WIDTHS[narrow])
        self.key.set_narrow(narrow > 0)

    def rename(self, id: int) -> None:
        """Let the name of a run be typed."""
        if id in self.rows:
            self.rows[id].rename()

    def light(self, id: int | None) -> None:
        """Light one row."""
        for other, row in self.rows.items():
            if row.lit != (other == id):
                row.lit = other == id
                row.update()
