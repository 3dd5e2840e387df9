"""Show the folded graph beside the unfolded one, as the book's figures do: `Drawings`."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.language import tr
from explorer.session.view.view_state import ViewState
from explorer.ui.drawing.camera import TALLEST, stretched
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.graph_painter import viewport
from explorer.ui.drawing.legend import MAPS
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on, scaled, sized
from explorer.ui.look.theme import Theme
from explorer.ui.parts.widgets import in_row
from explorer.ui.typography.text import paint_text

BETWEEN = 58
"""Pixels between the two drawings, for the arrow from one to the other."""
NARROWEST = 0.8
"""Pixels a unit of the folded graph, at least; the unfolded one is squeezed further."""
LEAST = 176
"""Pixels that the folded graph takes at least: its legend needs them."""
LEAST_UNFOLDED = 134
"""And the unfolded one: where both leave no room for the arrow, it goes, and then the folded one is as narrow."""
LARGEST_SHARE = 0.4
"""So much of the width may the folded graph take."""


class Circuit(Canvas):
    """The graph folded for good. Its legend is of values, that of the unfolded graph beside it of gradients."""

    def __init__(self) -> None:
        super().__init__()
        self.legend = MAPS[:1]
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Folded graph"))

    def set_view(self, view: ViewState) -> None:
        super().set_view(view)
        self.set_fold(1.0)

    def minimumSizeHint(self) -> QSize:
        return sized(60, 90)


class Unfold(QWidget):
    """The arrow from the folded graph to the unfolded one."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("unfolds to"))
        scaled(self.setFixedWidth, BETWEEN)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.fillRect(own_rect(self), themes.current().surface)
        paint_unfold(painter, own_rect(self), themes.current())


class Drawings(QWidget):
    """The canvas, and before it, if the view wants both, the circuit: what is pointed at in one lights up in both."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self.canvas, self.circuit, self._arrow = canvas, Circuit(), Unfold()
        in_row(0, self.circuit, self._arrow, (canvas, 1), on=self)
        for widget in (self.circuit, self._arrow):
            widget.setVisible(False)
        canvas.setMinimumWidth(1)  # `_share` sees to it
        self.circuit.selected.connect(canvas.selected)
        self.circuit.activated.connect(canvas.activated)
        self.circuit.cell_asked.connect(canvas.cell_asked)
        self.circuit.hovered.connect(canvas.point_at)
        canvas.hovered.connect(self.circuit.point_at)

    def set_view(self, view: ViewState) -> None:
        """Show this in the canvas, and in the circuit if it is wanted."""
        if view.beside:
            self.circuit.set_motion(self.canvas.moves)
            self.circuit.set_view(view)
        self.circuit.setVisible(view.beside)
        self.canvas.legend = MAPS[1:] if view.beside else MAPS
        self.canvas.set_view(view)
        self.canvas.show_fold(view.view.fold)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Both drawings get room for boxes of one width, as far as those of the circuit are not too narrow then."""
        width, both = own_rect(self).width(), self.circuit.isVisibleTo(self)
        roomy = width >= LEAST + BETWEEN + LEAST_UNFOLDED
        self._arrow.setVisible(both and roomy)
        if not both:
            return
        folded, unfolded = self.circuit.bounds, self.canvas.bounds
        view = viewport(QRectF(0, 0, 0, own_rect(self).height()))
        natural = stretched(min(view.height() / folded.height, TALLEST))
        shared = (width - BETWEEN + 2 * view.width()) / (folded.width + unfolded.width)
        wide = folded.width * min(natural, max(shared, NARROWEST)) - view.width()
        least = LEAST if roomy else width - LEAST_UNFOLDED
        scaled(self.circuit.setFixedWidth, max(least, min(wide, LARGEST_SHARE * width)))


def paint_unfold(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """A broad arrow with the word above it, in the middle of a rectangle."""
    middle, half, head = rect.center(), 17.0, 9.0
    left, right, neck = middle.x() - half, middle.x() + half, middle.x() + half - head
    outline = [(left, -3.5), (neck, -3.5), (neck, -9.0), (right, 0.0), (neck, 9.0), (neck, 3.5), (left, 3.5)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    themes.draw_with(painter, None, theme.strong_border)
    painter.drawPolygon(QPolygonF([QPointF(x, middle.y() + y) for x, y in outline]))
    paint_text(painter, QRectF(rect.x(), middle.y() - 31, rect.width(), 18), tr("unfold"), 12, theme.muted)
