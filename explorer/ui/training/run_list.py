"""View of the runs that are kept, and the legend of every plot."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from explorer.language import tr, trn
from explorer.session.runs.bundles import Bundle
from explorer.session.runs.names import shared_problem
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.scroller import ScrolledColumn
from explorer.ui.parts.widgets import in_column, styled
from explorer.ui.training.run_row import RunRow
from explorer.ui.training.style_key import StyleKey

WIDTHS = 204, 154
"""In px: with room for a name such as "Free running on soft ŷ" in one line, and where the card is narrow, for losses
beside a scroll bar."""
HINT = tr("Press Run to train, or Step for one update at a time. The runs appear here, with their losses.")


class RunList(ScrolledColumn):
    """The runs of the newest comparison, and those before it, folded away. Its signals carry the id of a bundle."""

    hovered = Signal(object)
    selected = Signal(int)
    toggled = Signal(int)
    renamed = Signal(int, str)
    menu_asked = Signal(int, QPoint)

    def __init__(self) -> None:
        super().__init__()
        scaled(self.setFixedWidth, WIDTHS[0])
        body = QWidget()
        self._column = in_column(0, on=body)
        self.key = StyleKey()
        self._bundles: tuple[Sequence[Bundle], Sequence[Bundle], int | None] = (), (), None
        self.earlier = styled(QToolButton(), "sign", ui_font(11))
        self.earlier.setCheckable(True)
        self.earlier.setStyleSheet("QToolButton:checked { background: transparent }")
        self.earlier.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.earlier.toggled.connect(lambda _: self.set_bundles(*self._bundles))
        self._hint = styled(QLabel(HINT), "muted", ui_font(12))
        self._hint.setWordWrap(True)
        scaled(self._hint.setContentsMargins, 8, 4, 4, 0)
        for widget in (self.earlier, self._hint):
            widget.setParent(body)
            widget.hide()
        self.setWidget(body)
        self.rows: dict[int, RunRow] = {}
        self._at: float | None = None

    def set_bundles(self, current: Sequence[Bundle], earlier: Sequence[Bundle], chosen: int | None) -> None:
        """Show these, and mark the one that the other views are about."""
        self._bundles = current, earlier, chosen
        folded = [] if self.earlier.isChecked() else [bundle for bundle in earlier if not bundle.first.shown]
        wanted = {bundle.id: bundle for bundle in (*current, *reversed(earlier)) if bundle not in folded}
        for widget in (self._hint, self.earlier, *self.rows.values()):
            self._column.removeWidget(widget)  # to take its item would leave it with the sizes of before
        while self._column.count():
            self._column.takeAt(0)
        for id in [id for id in self.rows if id not in wanted]:
            row = self.rows.pop(id)
            row.hide()  # until Qt comes to delete it, it would lie on the others
            row.deleteLater()
        self._say_earlier(earlier)
        self._hint.setVisible(not current)
        self._column.addWidget(self._hint)
        for id, bundle in wanted.items():
            row = self.rows.get(id) or self._row(bundle)
            self.rows[id] = row
            row.bundle, row.chosen, row.at = bundle, id == chosen, self._at
            row.refresh()
        listed: list[QWidget] = [self.rows[id] for id in wanted]
        listed.insert(len(current), self.earlier)
        for before, widget in pairwise((self.earlier, *listed)):
            self._column.addWidget(widget)
            self.setTabOrder(before, widget)  # a new row would come last of all in the window
        self._column.addStretch(1)

    def _say_earlier(self, earlier: Sequence[Bundle]) -> None:
        """Fold earlier runs, but for those that are drawn, into one line that opens."""
        opened = self.earlier.isChecked()
        self.earlier.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        runs = sum(len(bundle.records) for bundle in earlier)
        self.earlier.setText(trn("1 earlier run", "{n:,} earlier runs", runs))
        self.earlier.setToolTip("\n".join(filter(None, (tr("Runs before these"), shared_problem(earlier)))))
        self.earlier.setVisible(bool(earlier))

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

    def set_narrow(self, narrow: bool, low: bool) -> None:
        """Take less room, or all that is wanted."""
        scaled(self.setFixedWidth, WIDTHS[narrow])
        self.key.set_narrow(narrow, low)

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
