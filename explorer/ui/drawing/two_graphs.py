"""Show another graph beside the first one or below it, whichever draws both larger, with a head over each."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QStackedWidget, QWidget

from explorer.language import tr
from explorer.session.view.view_state import ViewState
from explorer.ui.drawing.camera import fitted
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.circuit import Drawings
from explorer.ui.drawing.graph_painter import viewport
from explorer.ui.drawing.legend import MAPS
from explorer.ui.drawing.marks_legend import MarksLegend
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import px, scaled, sized, usual
from explorer.ui.parts.fitting_label import FittingLabel
from explorer.ui.parts.short_words import ShortWords
from explorer.ui.parts.widgets import UNBOUNDED, Words, in_column, in_row, styled, tool_button

HEAD = 24
"""Height, in px, of what is said over a graph."""
SMALLEST = 120, 60
"""Width and height, in px, that each graph takes at least."""
AROUND = 80
"""What stands over a graph besides words and legend, in px."""
LINE, LINES = 16, 2
"""Height, in px, of a line of the sentence on what differs, and for how many there is room, lest anything moves."""


class OtherGraph(Canvas):
    """The graph beside: it follows the first one, and nothing in it can be edited."""

    def __init__(self) -> None:
        super().__init__()
        self.legend = MAPS[1:]
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Graph beside"))

    def minimumSizeHint(self) -> QSize:
        return sized(*SMALLEST)


class TwoGraphs(QWidget):
    """The drawings, and beside them, if something is to stand there, another graph or why it cannot.

    `closed`: the graph beside is to go. What is pointed at in one lights up in both.
    """

    closed = Signal()

    def __init__(self, drawings: Drawings) -> None:
        super().__init__()
        self.drawings, self.other = drawings, OtherGraph()
        scaled(drawings.setMinimumSize, *SMALLEST)
        self.heads = FittingLabel(), FittingLabel()
        self.reason, self.difference = Words(), styled(ShortWords(), "", ui_font(12))
        self.marks = MarksLegend()
        self.close_button = tool_button("✕", tr("Show the graph alone again (Esc)"), clicked=self.closed)
        self._rule = styled(QFrame(), "rule")
        self.reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        scaled(self.reason.setContentsMargins, 24, 8, 24, 8)
        self._place = styled(QStackedWidget(), "canvas")
        for widget in (self.other, self.reason):
            self._place.addWidget(widget)
        for head in self.heads:
            scaled(head.setFont, ui_font(12, QFont.Weight.DemiBold))
        self._bars = _bar(self.heads[0]), _bar(self.heads[1], self.marks, self.close_button)
        self._second = _column(self._bars[1], self._place)
        self._both = in_row(0, (_column(self._bars[0], drawings), 1), self._rule, (self._second, 1))
        self.difference.set_most(LINES)
        scaled(self.difference.setContentsMargins, 14, 0, 14, 0)
        scaled(self.difference.setFixedHeight, LINES * LINE)
        self.difference.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        in_column(0, (self._both, 1), self.difference, on=self)
        drawings.canvas.hovered.connect(self.other.point_at)
        self.other.hovered.connect(drawings.canvas.point_at)
        self._show(False)

    @property
    def two(self) -> bool:
        """Whether something stands beside, or is to."""
        return self._second.isVisibleTo(self)

    @property
    def stacked(self) -> bool:
        """Whether the second graph is below the first one."""
        return self._both.direction() == QBoxLayout.Direction.TopToBottom

    @property
    def drawn(self) -> list[tuple[str, ViewState]]:
        """What is said over each graph, and what it shows, folded as far as it is now."""
        two = self.two and self._place.currentWidget() is self.other
        canvases = (self.drawings.canvas, self.other)[: 1 + two]
        views = ((head.text(), canvas.view, canvas.fold) for head, canvas in zip(self.heads, canvases, strict=False))
        return [(said, replace(view, view=replace(view.view, fold=fold))) for said, view, fold in views if view]

    def show_alone(self, view: ViewState) -> None:
        """Show nothing beside."""
        self._show(False)
        self.drawings.set_view(view)

    def show_two(self, left: ViewState, right: ViewState, heads: Sequence[Sequence[str]], difference: str) -> None:
        """Show both, what each is, in one of several ways to say it, and what differs."""
        self.drawings.set_view(left)
        self.other.set_motion(self.drawings.canvas.moves)
        self.other.set_view(right)
        self.other.show_fold(right.view.fold)
        self.other.show_sight(right.view.sight)
        self._place.setCurrentWidget(self.other)
        for label, words in zip(self.heads, heads, strict=True):
            label.say(*words)
        self.difference.setText(difference)
        self.drawings.canvas.legend = MAPS[:1]
        self._show(True)

    def show_reason(self, view: ViewState, why: str) -> None:
        """Say in place of the graph beside why nothing can stand there now."""
        self.drawings.set_view(view)
        self.reason.setText(why)
        self._place.setCurrentWidget(self.reason)
        for label in self.heads:
            label.say()
        self.difference.setText("")
        self._show(True)

    def _show(self, two: bool) -> None:
        for widget in (*self._bars, self._rule, self._second, self.difference):
            widget.setVisible(two)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Beside or below, so that the smaller of both drawings is as large as can be; the legend where it has room."""
        if not self.two:
            return
        width, height = usual(self.width()), usual(self.height()) - LINES * LINE
        beside, below = self._size(width / 2, height - HEAD), self._size(width, height / 2 - HEAD)
        directions = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(directions[below > beside])
        room = width if self.stacked else width / 2
        words = self.heads[1].fontMetrics().horizontalAdvance(self.heads[1].text())
        self.marks.setVisible(words + self.marks.sizeHint().width() + px(AROUND) < px(room))
        self._rule.setFixedSize(*((UNBOUNDED, 1) if self.stacked else (1, UNBOUNDED)))

    def _size(self, width: float, height: float) -> float:
        """Pixels a unit, in the direction in which there are fewer, of the smaller of both drawings in such an area."""
        area = viewport(QRectF(0, 0, width, height))
        if area.width() <= 0 or area.height() <= 0:
            return 0.0
        bounds = [canvas.bounds for canvas in (self.drawings.canvas, self.other) if canvas.bounds.width]
        return min((fitted(one, area).scale for one in bounds), default=0.0)


def _bar(*widgets: QWidget) -> QWidget:
    bar = QWidget()
    scaled(bar.setFixedHeight, HEAD)
    in_row(6, (widgets[0], 1), *widgets[1:], on=bar, margins=(14, 0, 8, 0))
    return bar


def _column(head: QWidget, graph: QWidget) -> QWidget:
    whole = QWidget()
    in_column(0, head, (graph, 1), on=whole)
    return whole
