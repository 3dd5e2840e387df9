"""Put the parts of the window side by side: settings, graph, equations; training below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from explorer.ui.training.panel import TrainingPanel

USUAL, SMALLEST = (1440, 900), (900, 560)
"""Sizes, in px, of the window: at first, and the least that it shows all of itself in."""
GRAPH, EQUATIONS = 790, 392
"""Widths, in px, of a window of 1440 px; further ones go to the graph."""
SMALLEST_GRAPH = 300, 100
UPPER, TRAINING = 568, 312
"""Heights, in px, of a window of 900 px."""
LOW = 672
"""Height, in px, of graph and training together, below which there is no room for both: a window of 720 px."""


def graph_column(header: QWidget, notice: QWidget, canvas: QWidget, *below: QWidget) -> QWidget:
    """The graph with what belongs to it: what to draw and what has gone wrong above; what happens now, the stepper."""
    whole, around_notice = QWidget(), QHBoxLayout()
    around_notice.setContentsMargins(14, 0, 14, 6)
    around_notice.addWidget(notice)
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(header)
    column.addLayout(around_notice)
    column.addWidget(canvas, 1)
    for widget in below:
        column.addWidget(widget)
    canvas.setMinimumSize(*SMALLEST_GRAPH)
    return whole


def side_by_side(settings: QWidget, graph: QWidget, equations: QWidget, training: "TrainingPanel") -> QWidget:
    """The whole window; the borders between graph, equations and training can be moved."""
    upper = _splitter(Qt.Orientation.Horizontal, (graph, equations), (GRAPH, EQUATIONS))
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(settings)
    column = _splitter(Qt.Orientation.Vertical, (upper, training), (UPPER, TRAINING))
    Folding(column, training)
    row.addWidget(column, 1)
    return whole


class Folding(QObject):
    """Leaves a low window to the graph: the training panel is folded, until a run, a drag or its button decides."""

    def __init__(self, splitter: QSplitter, panel: "TrainingPanel") -> None:
        super().__init__(splitter)
        self._splitter, self._panel = splitter, panel
        self._decided = self._fitting = False
        splitter.installEventFilter(self)
        splitter.splitterMoved.connect(lambda: panel.set_folded(False))
        panel.folded_changed.connect(self._resize)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self._decided:
            self._fitting = True
            self._panel.set_folded(self._splitter.height() < LOW)
            self._fitting = False
        return super().eventFilter(watched, event)

    def _resize(self, folded: bool) -> None:
        self._decided = self._decided or not self._fitting
        layout, whole = self._panel.layout(), self._splitter.height()
        assert layout is not None
        layout.activate()  # so that its least height is known
        training = 0 if folded else min(TRAINING, whole * TRAINING // (UPPER + TRAINING) * 5 // 4)
        self._splitter.setSizes([whole - training, training])


def _splitter(orientation: Qt.Orientation, widgets: tuple[QWidget, QWidget], sizes: tuple[int, int]) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    for widget in widgets:
        splitter.addWidget(widget)
    splitter.setStretchFactor(0, 1)
    splitter.setSizes(list(sizes))
    return splitter
