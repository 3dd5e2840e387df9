"""View of the runs that are kept, and the legend of every plot: show, hide, name, colour, repeat, export, delete."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from explorer.session.bundles import Bundle
from explorer.session.runs import Measure, Stage
from explorer.ui import theme as themes
from explorer.ui.fonts import number_font, ui_font
from explorer.ui.numbers import count, figures
from explorer.ui.run_colours import faded, run_colour

WIDTH, NARROW = 204, 152
ROW = 40
_SWATCH = QRectF(8, 6, 24, 28)


class RunRow(QWidget):
    """One run: a swatch that shows and hides it, its name, and its newest losses in both ways of judging."""

    hovered = Signal(object)
    selected = Signal(int)
    toggled = Signal(int)
    renamed = Signal(int, str)
    menu_asked = Signal(int, QPoint)

    def __init__(self, bundle: Bundle) -> None:
        super().__init__()
        self.bundle, self.chosen, self.lit = bundle, False, False
        self._editor: QLineEdit | None = None
        self.setFixedHeight(ROW)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.refresh()

    def refresh(self) -> None:
        """Paint the run as it is now."""
        self.setAccessibleName(f"{self.bundle.name}: {self.values()}")
        self.setToolTip(description(self.bundle))
        self.update()

    def values(self) -> str:
        """The newest losses, or what became of the run."""
        if self.bundle.stage is Stage.DIVERGED:
            return "diverged"
        one, other = self.bundle.latest(Measure.OPEN_LOSS), self.bundle.latest(Measure.CLOSED_LOSS)
        if one is None or other is None:
            return "not judged yet"
        return f"{figures(one)}  ┆  {figures(other)}" if self.bundle.first.takes_feedback else figures(one)

    def rename(self) -> None:
        """Let the name be typed in place."""
        editor = QLineEdit(self.bundle.name, self)
        editor.setGeometry(34, 4, self.width() - 40, 28)
        editor.editingFinished.connect(self._name_typed)
        editor.show()
        editor.setFocus()
        editor.selectAll()
        self._editor = editor

    def _name_typed(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.deleteLater()
            if editor.text().strip() and editor.text().strip() != self.bundle.name:
                self.renamed.emit(self.bundle.id, editor.text().strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, shown = themes.current(), self.bundle.first.shown
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.chosen or self.lit or self.hasFocus():
            painter.setPen(QPen(theme.forward.line, 1) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.sunken if self.chosen else theme.window)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 1.5, -2.5, -1.5), 5, 5)
        colour = run_colour(self.bundle.first, theme)
        paint_swatch(painter, _SWATCH, colour if shown else theme.faint, self.bundle.first.takes_feedback, shown)
        text = QRectF(40, 4, self.width() - 46, 17)
        painter.setPen(theme.text if shown else theme.muted)
        painter.setFont(ui_font(12, QFont.Weight.Medium))
        name = painter.fontMetrics().elidedText(self.bundle.name, Qt.TextElideMode.ElideRight, int(text.width()))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(theme.backward.text if self.bundle.stage is Stage.DIVERGED else theme.muted)
        painter.setFont(number_font(11))
        painter.drawText(text.translated(0, 16), Qt.AlignmentFlag.AlignVCenter, self.values())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            if event.position().x() < 36:
                self.toggled.emit(self.bundle.id)
            else:
                self.selected.emit(self.bundle.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.position().x() >= 36:
            self.rename()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self.bundle.id, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Space:
            self.toggled.emit(self.bundle.id)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.selected.emit(self.bundle.id)
        elif key == Qt.Key.Key_F2:
            self.rename()
        elif key == Qt.Key.Key_Menu:
            self.menu_asked.emit(self.bundle.id, self.mapToGlobal(QPoint(40, ROW)))
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered.emit(self.bundle.id)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)


class RunList(QScrollArea):
    """All runs, those of the newest comparison first. Its signals carry the id of a bundle."""

    hovered = Signal(object)
    selected = Signal(int)
    toggled = Signal(int)
    renamed = Signal(int, str)
    menu_asked = Signal(int, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH)
        body = QWidget()
        self.viewport().setAutoFillBackground(False)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.key = StyleKey()
        self._earlier = QLabel("EARLIER")
        self._earlier.setProperty("role", "section")
        self._earlier.setContentsMargins(8, 8, 0, 2)
        self._earlier.setParent(body)
        self._earlier.hide()
        self.setWidget(body)
        body.setAutoFillBackground(False)  # setWidget has turned it on
        self.rows: dict[int, RunRow] = {}

    def set_bundles(self, current: Sequence[Bundle], earlier: Sequence[Bundle], chosen: int | None) -> None:
        """Show these, and mark the one that the other views are about."""
        wanted = {bundle.id: bundle for bundle in (*current, *reversed(earlier))}
        while self._column.count():
            self._column.takeAt(0)
        for id in [id for id in self.rows if id not in wanted]:
            self.rows.pop(id).deleteLater()
        self._earlier.setVisible(bool(current) and bool(earlier))
        for place, (id, bundle) in enumerate(wanted.items()):
            row = self.rows.get(id) or self._row(bundle)
            self.rows[id] = row
            row.bundle, row.chosen = bundle, id == chosen
            row.refresh()
            if place == len(current) and earlier:
                self._column.addWidget(self._earlier)
            self._column.addWidget(row)
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

    def set_narrow(self, narrow: bool) -> None:
        """Take less room, or all that is wanted."""
        self.setFixedWidth(NARROW if narrow else WIDTH)
        self.key.set_narrow(narrow)

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


class StyleKey(QWidget):
    """What solid, dashed and faint lines mean."""

    def __init__(self) -> None:
        super().__init__()
        self.twofold, self._narrow = True, False
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Stand in one column, or in two."""
        self._narrow = narrow
        self.setFixedHeight(48 if narrow else 34)
        self.update()

    def set_twofold(self, twofold: bool) -> None:
        """Whether the two ways of judging differ."""
        self.twofold = twofold
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(ui_font(11))
        solid, dashed = Qt.PenStyle.SolidLine, Qt.PenStyle.CustomDashLine
        entries = [(8, 8, "fed targets" if self.twofold else "held out", 1.9, solid)]
        entries.append((*((8, 40) if self._narrow else (108, 8)), "mini-batches", 1.0, solid))
        if self.twofold:
            entries.append((8, 24, "fed its own output", 1.9, dashed))
        for x, y, text, width, style in entries:
            pen = QPen(theme.muted if width > 1 else faded(theme.muted, 0.5), width)
            if style is dashed:
                pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.drawLine(x, y, x + 16, y)
            painter.setPen(theme.muted)
            painter.drawText(QRectF(x + 20, y - 8, 120, 16), Qt.AlignmentFlag.AlignVCenter, text)


def paint_swatch(painter: QPainter, rect: QRectF, colour: QColor, twofold: bool, shown: bool) -> None:
    """The two lines of a run as the plots draw them; a hidden one is an outline."""
    painter.save()
    middle, left, right = rect.center().y(), rect.left(), rect.right()
    if not shown:
        painter.setPen(QPen(colour, 1.2))
        painter.drawEllipse(rect.center(), 4, 4)
        painter.restore()
        return
    offset = 4.0 if twofold else 0.0
    if twofold:
        painter.fillRect(QRectF(left, middle - offset, rect.width(), 2 * offset), faded(colour, 0.14))
    painter.setPen(QPen(colour, 2))
    painter.drawLine(QPointF(left, middle + offset), QPointF(right, middle + offset))
    if twofold:
        pen = QPen(colour, 2)
        pen.setDashPattern([2.6, 1.8])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(left, middle - offset), QPointF(right, middle - offset))
    painter.restore()


def description(bundle: Bundle) -> str:
    """All that decided a run, for a tool tip."""
    s = bundle.first.settings
    lines = [
        bundle.name,
        f"{s.architecture}, {s.task}, T = {s.length}, {s.hidden} hidden units, {s.activation}",
        f"{s.optimizer}, learning rate {s.learning_rate:g}, batch {s.batch}, seed {s.seed}",
        f"iteration {count(bundle.first.iteration)} of {count(s.iterations)}, {bundle.stage}",
    ]
    if s.clip_norm is not None:
        lines.insert(3, f"gradient clipped to norm {s.clip_norm:g}")
    if bundle.first.takes_feedback:
        lines.append("Losses: fed targets ┆ fed its own output")
    return "\n".join(lines)
