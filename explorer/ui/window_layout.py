"""Put the parts of the window side by side: settings, graph, equations; training below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

USUAL, SMALLEST = (1440, 900), (900, 560)
"""Sizes, in px, of the window: at first, and the least that it shows all of itself in."""
GRAPH, EQUATIONS = 790, 392
"""Widths, in px, of a window of 1440 px; further ones go to the graph."""
SMALLEST_GRAPH = 300, 120
UPPER, TRAINING = 590, 290
"""Heights, in px, of a window of 900 px."""


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


def side_by_side(settings: QWidget, graph: QWidget, equations: QWidget, training: QWidget) -> QWidget:
    """The whole window; the borders between graph, equations and training can be moved."""
    upper = _splitter(Qt.Orientation.Horizontal, (graph, equations), (GRAPH, EQUATIONS))
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(settings)
    row.addWidget(_splitter(Qt.Orientation.Vertical, (upper, training), (UPPER, TRAINING)), 1)
    return whole


def _splitter(orientation: Qt.Orientation, widgets: tuple[QWidget, QWidget], sizes: tuple[int, int]) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    for widget in widgets:
        splitter.addWidget(widget)
    splitter.setStretchFactor(0, 1)
    splitter.setSizes(list(sizes))
    return splitter
