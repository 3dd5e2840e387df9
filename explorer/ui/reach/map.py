"""View of ‖∂L(k)/∂h(t)‖ as cells: the loss at k in rows, the state at t in columns; point, click or use the arrows.

What is cut is hatched, what never was is left empty, and what has only become tiny is pale.
"""

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from explorer.language import tr
from explorer.session.reach.reach import Fate, Reach, Trend
from explorer.ui.drawing.sheet import text_width
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on, pointer_at
from explorer.ui.look.theme import Shades, Theme
from explorer.ui.parts.cells import cell_at
from explorer.ui.parts.focus_ring import by_key
from explorer.ui.parts.painted import Painted
from explorer.ui.parts.scales import nice_spacing
from explorer.ui.parts.ways import ARROWS
from explorer.ui.reach.scale import ReachCells, ReachScale, paint_hatch
from explorer.ui.reach.words import cell_words, place_of_loss, verdict_lines, verdict_words
from explorer.ui.typography.text import paint_text

LEFT, STEPS_BELOW, LEGEND = 25.0, 14.0, 15.0
"""Room in px for the names of the rows, of the columns, and for the colour scale under them."""
LEAST, LOWEST, WITH_SCALE = 100, 88, 132
"""Width and height in px below which its cells could not be told apart, and a width in which the colour scale has room
between its numbers."""
_LABEL = 10
_SWATCH = 11.0


class ReachMap(Painted):
    """The picture. `chosen` carries (k, t) of a cell with a path, by click or key; `cleared` that it is let go."""

    chosen = Signal(int, int)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__((LEAST, LOWEST), (180, 184))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cell: tuple[int, int] | None = None
        self.logarithmic = True
        self._reach: Reach | None = None
        self._pointed: tuple[int, int] | None = None
        self._framed = False
        """Whether Tab has brought the focus here: then it is framed."""
        self._scale = ReachScale(0.1, 1.0, True)
        self._cells: ReachCells | None = None

    # What is shown.

    def set_reach(self, reach: Reach) -> None:
        """Show another picture."""
        if reach is not self._reach:
            self._reach, self._pointed = reach, None
            self.setAccessibleName(
                tr("How far gradients reach. {words}", words=verdict_words(reach.verdict, reach.symbol))
            )
            self._colour()

    def set_logarithmic(self, on: bool) -> None:
        """Colour by the logarithm of the norm, or by the norm."""
        self.logarithmic = on
        self._colour()

    def choose(self, cell: tuple[int, int] | None) -> None:
        """Mark the cell (k, t) and the way that its gradient comes, or none."""
        self.cell = cell
        self.update()

    def _colour(self) -> None:
        if self._reach is not None:
            self._scale = ReachScale.of(self._reach.limits or (1.0, 1.0), self.logarithmic)
            self._cells = ReachCells(self._reach, self._scale, themes.current())
        self.update()

    # Where it stands.

    def frame(self) -> QRectF:
        """The square of the cells: of whole pixels each where they are large enough for the difference to show."""
        T = self._reach.trace.last if self._reach is not None else 1
        side = max(1.0, min(own_rect(self).width() - LEFT - 2, own_rect(self).height() - STEPS_BELOW - LEGEND - 2))
        if side >= 3 * T:
            side = float(T * int(side / T))
        return QRectF(LEFT, 1.0, side, side)

    def rect_of(self, k: int, t: int) -> QRectF:
        """The cell (k, t)."""
        frame = self.frame()
        side = frame.width() / (self._reach.trace.last if self._reach is not None else 1)
        return QRectF(frame.left() + (t - 1) * side, frame.top() + (k - 1) * side, side, side)

    def cell_under(self, point: QPointF) -> tuple[int, int] | None:
        """(k, t) of the cell at a place of the widget."""
        if self._reach is None:
            return None
        found = cell_at(self.frame(), self._reach.norms.shape, point)
        return None if found is None else (found[0] + 1, found[1] + 1)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._reach is None or self._cells is None:
            return
        theme, frame = themes.current(), self.frame()
        painter = painter_on(self)
        self._cells.paint(painter, frame)
        self._label_steps(painter, frame, theme)
        self._paint_verdict(painter, frame, self._cells.cut_role)
        self._paint_legend(painter, frame, self._cells)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_marks(painter, theme)

    def _label_steps(self, painter: QPainter, frame: QRectF, theme: Theme) -> None:
        assert self._reach is not None
        T, side = self._reach.trace.last, frame.width() / self._reach.trace.last
        marked = self._pointed or self.cell
        for axis, room in enumerate((13.0, max(17.0, text_width(str(T), _LABEL) + 7))):
            spacing = max(1, round(nice_spacing(T, frame.width() / (room + 1))))
            for step in range(1, T + 1):
                lit = marked is not None and marked[axis] == step
                near = not lit and marked is not None and abs(marked[axis] - step) * side < room
                regular = step == 1 or (step % spacing == 0 and (step - 1) * side >= room)
                if lit or (regular and not near):
                    self._label_step(painter, frame, axis, step, lit)
        corner = QRectF(0, frame.bottom() + 1, LEFT - 3, STEPS_BELOW)
        paint_text(painter, corner, "t =", _LABEL, theme.muted, "right")

    def _label_step(self, painter: QPainter, frame: QRectF, axis: int, step: int, lit: bool) -> None:
        theme = themes.current()
        ink, weight = (theme.text, QFont.Weight.DemiBold) if lit else (theme.muted, QFont.Weight.Normal)
        at = self.rect_of(step, step).center()
        if axis == 0:
            text = f"k={step}" if step == 1 and not lit else str(step)
            room = QRectF(0, max(at.y(), 6.0) - 7, LEFT - 4, 14)
            paint_text(painter, room, text, _LABEL, ink, "right", weight=weight)
        else:
            half = text_width(str(step), _LABEL, weight) / 2 + 1
            x = min(max(at.x(), frame.left() + half - 2), frame.right() + 4 - half)
            room = QRectF(x - 20, frame.bottom() + 1, 40, STEPS_BELOW)
            paint_text(painter, room, str(step), _LABEL, ink, weight=weight)

    def _paint_verdict(self, painter: QPainter, frame: QRectF, cut_role: Shades) -> None:
        """The name of what is to be seen, in the corner that stays empty: no loss depends on what comes after it."""
        assert self._reach is not None
        theme = themes.current()
        if frame.width() < 90:
            return
        trend = self._reach.verdict.trend
        inks = {Trend.CUT: cut_role.text, Trend.STEADY: theme.text}
        large = frame.width() >= 150
        room = QRectF(frame.left(), frame.top() + 3, frame.width() - 5, 16 if large else 14)
        side: Literal["left", "right"] = "right"
        *factor, name = verdict_lines(self._reach.verdict) or ("",)
        if self._reach.direction < 0:
            side, room = "left", room.translated(5, frame.height() - 6 - room.height() * (2 if factor and large else 1))
        for text in factor if large else ():  # in a small triangle there is room for one line; the tool tip says all
            paint_text(painter, room, text, 12, theme.muted, side)
            room.translate(0, room.height() - 1)
        ink = inks.get(trend, theme.backward.text)
        if self._reach.direction > 0:
            room.setLeft(min(self.rect_of(1, 1).right() + 2, frame.center().x()))
        paint_text(painter, room, name, 13 if large else 11, ink, side, weight=QFont.Weight.DemiBold, fit=True)
        T = self._reach.trace.last
        last = self.rect_of(T, 1)
        if self._reach.fate(1, 1) is Fate.NO_LOSS and last.top() - room.bottom() > 18:
            above = QRectF(frame.left() + 5, last.top() - 17, frame.width() - 8, 15)
            paint_text(
                painter,
                above,
                tr("one loss, at {place}", place=place_of_loss(self._reach)),
                11,
                theme.muted,
                "left",
                fit=True,
            )

    def _paint_legend(self, painter: QPainter, frame: QRectF, cells: ReachCells) -> None:
        theme = themes.current()
        rect = QRectF(4, frame.bottom() + STEPS_BELOW + 1, own_rect(self).width() - 6, LEGEND - 1)
        if cells.cut:
            words = tr("cut")
            width = _SWATCH + 4 + text_width(words, _LABEL)
            if rect.width() - width - 8 < self._scale.narrowest:  # its numbers would lie one over the other
                words, width = "", _SWATCH
            swatch = QRectF(rect.right() - width, rect.center().y() - 4.5, _SWATCH, 9)
            paint_hatch(painter, swatch, cells.cut_role)
            paint_text(painter, rect, words, _LABEL, theme.muted, "right")
            rect.setRight(swatch.left() - 8)
        if self._reach is not None and self._reach.limits is None:
            paint_text(painter, rect, tr("no finite number but 0"), _LABEL, theme.muted, "left")
        else:
            self._scale.paint(painter, rect)

    def _paint_marks(self, painter: QPainter, theme: Theme) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.cell is not None:
            k, t = self.cell
            painter.setPen(QPen(theme.text, 1.3))
            for way in self._way(k, t):
                painter.drawRoundedRect(way.adjusted(-1, -1, 1, 1), 2, 2)
            painter.setPen(QPen(theme.text, 2.4))
            painter.drawRoundedRect(self.rect_of(k, t).adjusted(-1, -1, 1, 1), 2, 2)
        if self._pointed is not None and self._pointed != self.cell:
            painter.setPen(QPen(theme.text, 1.2))
            painter.drawRect(self.rect_of(*self._pointed))
        if self.hasFocus() and self._framed:
            painter.setPen(QPen(theme.forward.line, 1))
            painter.drawRect(own_rect(self).adjusted(0.5, 0.5, -0.5, -0.5))

    def _way(self, k: int, t: int) -> list[QRectF]:
        """The cells on the way back from L(k) to t, one beside the other as one; in a tree they stand apart."""
        if self._reach is None or self._reach.trace.network.tree is None:
            return [self.rect_of(k, t).united(self.rect_of(k, k))]
        return [self.rect_of(k, step) for step in self._reach.way(k, t)]

    # Pointing and choosing.

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._framed = by_key(event)
        super().focusInEvent(event)

    def told(self, point: QPointF) -> str:
        cell, reach = self.cell_under(point), self._reach
        if cell is None or reach is None:
            return ""
        said = cell_words(reach, *cell)
        if reach.has_path(*cell) or reach.verdict.trend is Trend.UNKNOWN:
            return said
        return f"{said}\n\n{verdict_words(reach.verdict, reach.symbol)}"

    def clickable(self, point: QPointF) -> bool:
        cell = self.cell_under(point)
        return cell is not None and self._reach is not None and self._reach.has_path(*cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.cell_under(pointer_at(event)))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def _point_at(self, cell: tuple[int, int] | None) -> None:
        if cell != self._pointed:
            self._pointed = cell
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_under(pointer_at(event))
        if event.button() != Qt.MouseButton.LeftButton or cell is None or self._reach is None:
            return
        if cell == self.cell or not self._reach.has_path(*cell):
            self.cleared.emit()
        else:
            self.chosen.emit(*cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        reach, key = self._reach, Qt.Key(event.key())
        if reach is None or (key not in ARROWS and (key != Qt.Key.Key_Escape or self.cell is None)):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self.cleared.emit()
        elif self.cell is None:
            self.chosen.emit(reach.trace.last, reach.trace.last)
        else:
            cell = self.cell[0] + ARROWS[key][0], self.cell[1] + ARROWS[key][1]
            if reach.has_path(*cell):
                self.chosen.emit(*cell)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
