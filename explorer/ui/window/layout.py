"""Put the parts of the window side by side: settings, graph, equations; training below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QWidget

from explorer.ui.look.text_size import px, scaled, usual
from explorer.ui.look.widths import LEAST_GRAPH
from explorer.ui.parts.scroller import BareArea
from explorer.ui.parts.widgets import in_column, in_row
from explorer.ui.window.division import LEAST_EQUATIONS, NARROW_SETTINGS, Division, division

if TYPE_CHECKING:
    from explorer.ui.training.panel import TrainingPanel

LOWEST_GRAPH = 84
BESIDE_NOTICE = 14
"""What is left free beside a notice, in px: as much as beside the sentence that it covers."""


def graph_column(header: QWidget, canvas: QWidget, *below: QWidget) -> QWidget:
    """The graph with what belongs to it: what to draw above; what happens now and the stepper below."""
    whole = QWidget()
    in_column(0, header, (canvas, 1), *below, on=whole)
    scaled(canvas.setMinimumSize, LEAST_GRAPH, LOWEST_GRAPH)
    return whole


class Floating(QObject):
    """Lays a notice over the sentence on what happens now: it moves nothing, and covers no control and no number.

    One that needs more lines grows upwards.
    """

    def __init__(self, notice: QWidget, sentence: QWidget) -> None:
        super().__init__(sentence)
        self._notice, self._sentence = notice, sentence
        notice.setParent(sentence.parentWidget())
        for widget in (sentence, notice):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.LayoutRequest
        if event.type() in kinds and (watched is self._sentence or event.type() != QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        covered, width = self._sentence.geometry(), self._sentence.width() - 2 * BESIDE_NOTICE
        needed = max(self._notice.heightForWidth(width), self._notice.minimumSizeHint().height())
        height = max(needed, covered.height())
        self._notice.setGeometry(BESIDE_NOTICE, covered.bottom() + 1 - height, width, height)
        self._notice.raise_()
        layout = self._notice.layout()
        if layout is not None:
            layout.setGeometry(self._notice.contentsRect())  # Qt leaves it as it was while it is being shown


def side_by_side(settings: QWidget, graph: QWidget, equations: QWidget, training: "TrainingPanel") -> "Dividing":
    """The whole window; the borders between graph, equations and training can be moved, and then stay."""
    whole = QWidget()
    upper = _splitter(Qt.Orientation.Horizontal, (graph, equations))
    column = _splitter(Qt.Orientation.Vertical, (upper, training))
    in_row(0, settings, (column, 1), on=whole)
    return Dividing(whole, settings, upper, column, training)


class Dividing(QObject):
    """Divides the window anew whenever its size changes, except where a border was moved.

    A low window is left to the graph: the curves are folded away, until a run, a drag or their button decides, which
    `decided` tells, or `decide`. `cramped` tells whether curves are shown that leave the graph less than it needs.
    """

    decided = Signal(bool)
    cramped = Signal(bool)

    def __init__(
        self, whole: QWidget, settings: QWidget, upper: QSplitter, column: QSplitter, panel: "TrainingPanel"
    ) -> None:
        super().__init__(whole)
        self.whole = whole
        self._settings, self._upper, self._column, self._panel = settings, upper, column, panel
        self._side_panels = (settings, NARROW_SETTINGS), (upper.widget(1), LEAST_EQUATIONS)
        self._curves: bool | None = None
        self._learn = self._talk = False
        self._fitting = self._wide_moved = self._high_moved = False
        whole.installEventFilter(self)
        upper.splitterMoved.connect(self._move_width)
        column.splitterMoved.connect(self._move_height)
        panel.folded_changed.connect(self._fold)
        self._divide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._divide()
        elif event.type() == QEvent.Type.LayoutRequest:
            self._keep_least()
        return super().eventFilter(watched, event)

    def decide(self, curves: bool | None) -> None:
        """Show the curves, or not; None: as there is room."""
        if curves != self._curves:
            self._curves = curves
            self._show_curves()

    def make_room(self, learn: bool) -> None:
        """Give the place of the settings the width that lessons need, or that of settings."""
        if learn != self._learn:
            self._learn = learn
            self._divide()

    def present(self, on: bool) -> None:
        """Give the curves the height that they have in a talk, or the usual one."""
        self._talk = on
        self._divide()

    @property
    def sizes(self) -> tuple[int, int]:
        """Width of the equations and height of the training panel, in px."""
        return self._upper.sizes()[1], self._column.sizes()[1]

    def restore(self, sizes: tuple[int, int]) -> None:
        """Give back the sizes that borders had been moved to; the graph takes what is left."""
        equations, training = sizes
        if self._wide_moved:
            self._upper.setSizes([self._upper.width() - equations, equations])
        if self._high_moved:
            self._column.setSizes([self._column.height() - training, training])

    @property
    def _division(self) -> Division:
        return division(int(usual(self.whole.width())), int(usual(self.whole.height())), self._learn, self._talk)

    def _divide(self) -> None:
        parts = self._division
        self._settings.setFixedWidth(px(parts.settings))
        self._keep_least()
        if not self._wide_moved:
            beside = self.whole.width() - px(parts.settings)
            self._upper.setSizes([beside - px(parts.equations), px(parts.equations)])
        self._show_curves()
        self._tell_cramped()
        if not self._high_moved:
            self._share_height()

    def _keep_least(self) -> None:
        """Be at least as wide as the panels that are open need; training no wider than with the equations above it."""
        settings, equations = (0 if panel is None or panel.isHidden() else width for panel, width in self._side_panels)
        training = 0 if self._panel.isHidden() else int(usual(self._panel.minimumSizeHint().width()))
        above = max(LEAST_GRAPH + equations, min(training, LEAST_GRAPH + LEAST_EQUATIONS))
        scaled(self.whole.setMinimumWidth, settings + above + usual(self._upper.handleWidth()))

    def _tell_cramped(self) -> None:
        self.cramped.emit(not self._panel.folded and not self._division.curves)

    def _show_curves(self) -> None:
        curves = self._division.curves if self._curves is None else self._curves
        self._fitting = True
        self._panel.set_folded(not curves)
        self._fitting = False

    def _share_height(self) -> None:
        layout = self._panel.layout()
        assert layout is not None
        layout.activate()  # so that its least height is known
        training = 0 if self._panel.folded else px(self._division.training)
        self._column.setSizes([self.whole.height() - training, training])

    def _fold(self) -> None:
        self._high_moved = False
        self._tell_cramped()
        self._share_height()
        if not self._fitting:
            self._curves = not self._panel.folded
            self.decided.emit(self._curves)

    def _move_width(self) -> None:
        self._wide_moved = True

    def _move_height(self) -> None:
        self._panel.set_folded(False)
        self._high_moved = True
        if self._curves is None:
            self._curves = True
            self.decided.emit(True)


class Filling(BareArea):
    """What fills the window, and is scrolled where its text is too large for that."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidget(inside)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the keys that scroll elsewhere lead through the graph


def _splitter(orientation: Qt.Orientation, widgets: tuple[QWidget, QWidget]) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    for widget in widgets:
        splitter.addWidget(widget)
    splitter.setStretchFactor(0, 1)
    return splitter
