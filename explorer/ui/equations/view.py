"""View of an equation with its numbers: point at any number for all its figures, at a result to see how it is made."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer.graph.arrays import Index
from explorer.graph.equation import Equation, Factor
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.equations.by_hand import Operands, line_by_hand, operands_of
from explorer.session.equations.figures import EquationFigures, equation_figures
from explorer.ui.drawing.edit_marks import edited_entries, said_of_entry, said_of_entry_before
from explorer.ui.equations import legend
from explorer.ui.equations.array_block import ArrayBlock, plain_label
from explorer.ui.equations.layout import EquationLayout, Placed, arrange
from explorer.ui.equations.limits import ColourLimits
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import on_sheet, own_rect, painter_on, pointer_at, px, scaled, usual
from explorer.ui.parts.ways import ARROWS

FAR = 160
"""In px, from the pointer, below which a tool tip would not be seen to belong to what is pointed at."""


class EquationView(QWidget):
    """Result = Σ terms, as matrices and vectors. Arrays open from colours to figures at a click on their symbol.

    `made` says in one line how the entry under the pointer is made (empty: none); `picked` names an entry of a
    parameter that was clicked.
    """

    made = Signal(str)
    picked = Signal(str, tuple)

    def __init__(self) -> None:
        super().__init__()
        self.equation: Equation | None = None
        """The equation that is shown."""
        self.figures: EquationFigures | None = None
        """Its numbers as displayed."""
        self._shown: Shown | None = None
        self.arrangement = EquationLayout((), 0.0, 0.0)
        """Where everything stands."""
        self._all_figures = self._every_term = False
        self._opened: dict[str, bool] = {}
        self._hovered: Index | None = None
        self.limits = ColourLimits()
        """How far the colours of its arrays reach."""
        self._legend: tuple[legend.Entry, ...] = ()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_equation(self, equation: Equation | None, shown: Shown | None = None) -> None:
        """Show another equation; with what it is about, entries changed by hand are marked."""
        if shown is not self._shown:
            self.limits = ColourLimits(shown)
        self.equation, self._shown = equation, shown
        self.figures = equation_figures(equation) if equation else None
        self._hovered, self._every_term = None, False
        self._lay_out()
        if equation is not None:
            self.setAccessibleName(tr("{equation}, with numbers", equation=equation.title))

    def set_all_figures(self, on: bool) -> None:
        """Show every array of moderate size as figures, however wide; or only those that fit."""
        self._all_figures = on
        self._opened.clear()
        self._lay_out()

    def show_every_term(self) -> None:
        """Show all terms of a long sum over time."""
        self._every_term = True
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(px(300), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(px(80), self.minimumWidth()), self.height())

    def _wish(self, factor: Factor) -> bool | None:
        return self._opened.get(factor.tex, True if self._all_figures else None)

    def _room(self) -> float:
        """The width to be filled, in px of the usual size: that of the scroll area's window, if this is in one."""
        parent = self.parentWidget()
        return usual(parent.width() if parent is not None else self.width())

    def _lay_out(self) -> None:
        if self.equation is None or self.figures is None:
            self.arrangement = EquationLayout((), 0.0, 0.0)
        else:
            self.arrangement = arrange(
                self.equation, self.figures, self._room() - 2, self._wish, self.limits, self._every_term
            )
        self._mark_edits()
        self._legend = legend.entries_of((block for _, block in self.arrangement.blocks()), self.limits)
        below = legend.height(self._legend, self._room())
        scaled(self.setMinimumWidth, round(self.arrangement.width + 2))
        scaled(self.setFixedHeight, round(self.arrangement.height + below + 3))
        self.updateGeometry()
        self.update()

    def _mark_edits(self) -> None:
        edits = self._shown.edited if self._shown is not None else None
        if self._shown is not None and edits is not None and (edits.entries or edits.units):
            for _, block in self.arrangement.blocks():
                block.edited = edited_entries(self._shown, edits, block.factor)

    def _hover_text(self, block: ArrayBlock, index: Index) -> str:
        said = block.hover_text(index)
        name = block.factor.parameter
        if self._shown is not None and self._shown.document.edits and name is None:
            return f"{said}\n{said_of_entry_before(self._shown, block.factor, index)}".rstrip()
        if self._shown is None or name is None or index not in block.edited:
            return said
        return f"{said}\n{said_of_entry(self._shown, name, index[::-1] if block.factor.transposed else index)}"

    def fit(self) -> None:
        """Arrange for the room there is now."""
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self, smooth=True)
        visible = on_sheet(QRectF(event.rect()))
        for placed in self.arrangement.placed:
            item = placed.item
            extent = QRectF(placed.x - 4, placed.axis - item.above - 4, item.width + 8, item.above + item.below + 8)
            if extent.intersects(visible):
                item.paint(painter, placed.x, placed.axis)
        if self.hasFocus():
            painter.setPen(themes.current().forward.line)
            painter.drawRoundedRect(own_rect(self).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        legend.paint(painter, self._legend, self._room(), self.arrangement.height + legend.GAP)

    # Pointing.

    def _at(self, point: QPointF) -> tuple[Placed, ArrayBlock, Index] | None:
        for placed, block in self.arrangement.blocks():
            index = block.index_at(placed.x, placed.axis, point)
            if index is not None:
                return placed, block, index
        return None

    def _emphasise(self, index: Index | None) -> None:
        """Frame entry `index` of the result and the operand entries that it takes."""
        if index == self._hovered or self.equation is None or self.figures is None:
            return
        self._hovered = index
        used: Operands = {} if index is None else operands_of(self.equation, index)
        for placed, block in self.arrangement.blocks():
            if placed.term < 0:
                block.emphasis = frozenset() if index is None else frozenset({index})
            else:
                block.emphasis = used.get((placed.term, placed.factor), frozenset())
        self.made.emit("" if index is None else line_by_hand(self.equation, self.figures, index))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._at(pointer_at(event))
        on_result = found is not None and found[0].term < 0
        self._emphasise(found[2] if found is not None and on_result else None)
        clickable = (found is not None and found[1].factor.parameter) or self._symbol_at(pointer_at(event))
        self.setCursor(Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._emphasise(None)
        super().focusOutEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._emphasise(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        block = self._symbol_at(pointer_at(event))
        found = self._at(pointer_at(event))
        if found is not None and (name := found[1].factor.parameter):
            index = found[2][::-1] if found[1].factor.transposed else found[2]
            self.picked.emit(name, index)
        elif block is None and found is not None and not found[1].expanded:
            # Colours open at a click anywhere; of figures only the symbol closes them, as a number is there to be read.
            block = found[1]
        if block is not None and block.can_expand:
            self._opened[block.factor.tex] = not block.expanded
            self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move over the entries of the result; Return aims at one of a parameter."""
        move, equation = ARROWS.get(Qt.Key(event.key())), self.equation
        if equation is None or (move is None and event.key() != Qt.Key.Key_Return):
            super().keyPressEvent(event)
            return
        shape = equation.left.array.shape
        here = self._hovered if self._hovered is not None else (0,) * len(shape)
        if move is None:
            if equation.left.parameter:
                self.picked.emit(equation.left.parameter, here)
        elif self._hovered is None:
            self._emphasise(here)
        else:
            self._emphasise(tuple(min(max(i + d, 0), n - 1) for i, d, n in zip(here, move, shape, strict=False)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _symbol_at(self, point: QPointF) -> ArrayBlock | None:
        for placed, block in self.arrangement.blocks():
            if block.can_expand and block.label(placed.x, placed.axis).contains(point):
                return block
        return None

    def _below(self, placed: Placed, pointer: QPoint) -> QPoint:
        """Where a tool tip leaves the row of the equation to be read that something stands in, unless that is far."""
        end = px(placed.axis + placed.item.below)
        return self.mapToGlobal(QPoint(pointer.x(), end if end - pointer.y() <= px(FAR) else pointer.y()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._at(pointer_at(event))
            symbol = self._symbol_at(pointer_at(event))
            if found is not None:
                QToolTip.showText(self._below(found[0], event.pos()), self._hover_text(found[1], found[2]), self)
            elif symbol is not None:
                what = tr("colours") if symbol.expanded else tr("figures")
                name = plain_label(symbol.factor.tex_here)
                QToolTip.showText(event.globalPos(), tr("Click to show {name} as {what}", name=name, what=what), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
