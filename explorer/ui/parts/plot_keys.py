"""Let the keys zoom and move a plot that was clicked, or that Tab has led to, as the mouse does: `PlotKeys`."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from explorer.language import tr
from explorer.ui.parts.focus_ring import FocusFrame

if TYPE_CHECKING:
    from explorer.ui.parts.themed_plot import ThemedPlot

SAID = tr("Zoom: wheel or + and −. Move: drag or ← and →. All of it: double click or 0.")
CLOSER, FARTHER = 0.8, 1.25
"""By what the visible width is multiplied."""
ZOOM: dict[int, float] = {Qt.Key.Key_Plus: CLOSER, Qt.Key.Key_Equal: CLOSER, Qt.Key.Key_Minus: FARTHER}
MOVE: dict[int, float] = {Qt.Key.Key_Left: -0.1, Qt.Key.Key_Right: 0.1}
"""Of the visible width."""
ALL = Qt.Key.Key_0
COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
"""With these a key is a menu's, such as Ctrl++ for larger text."""


class PlotKeys(QObject):
    """Takes these keys from the menus, in which they are the graph's, while the plot has the focus."""

    def __init__(self, plot: "ThemedPlot") -> None:
        super().__init__(plot)
        self._plot = plot
        plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusFrame(plot, clicked=True)
        plot.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.key() not in (*ZOOM, *MOVE, ALL):
            return False
        if event.modifiers() & COMMANDS:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            self._take(event.key())
        return True

    def _take(self, key: int) -> None:
        if key == ALL:
            self._plot.show_all()
        else:
            self._plot.see(ZOOM.get(key, 1.0), MOVE.get(key, 0.0))
