"""Let a screen reader walk through the drawing: each node and each parameter is a child of the canvas, with its name.

Qt asks for this only while a screen reader, or another program of that kind, is there: `install` tells it whom to ask.
"""

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from explorer.session.view.timetable import Timetable
from explorer.session.viewing import Selection
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.spoken import spoken


class AccessibleThing(QAccessibleInterface):
    """One thing of a drawing: a graphic whose name is what `spoken` says."""

    def __init__(self, around: "AccessibleCanvas", thing: Selection) -> None:
        super().__init__()
        self._around, self._canvas, self._thing = around, around.canvas, thing

    def isValid(self) -> bool:
        return isValid(self._canvas) and self._thing in self._around.things

    def object(self) -> QObject:
        return None  # type: ignore[return-value]  # it is none

    def window(self) -> QWindow:
        return self._canvas.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        return self._around

    def child(self, index: int) -> QAccessibleInterface:
        return None  # type: ignore[return-value]

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return None  # type: ignore[return-value]

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def rect(self) -> QRect:
        place = self._canvas.vertex_rect(self._thing)
        return QRect(self._canvas.mapToGlobal(place.topLeft()), place.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Graphic

    def state(self) -> QAccessible.State:
        state, view = QAccessible.State(), self._canvas.view
        picked = view is not None and view.selection == self._thing
        state.focusable = state.selectable = 1
        state.selected = int(picked)
        state.focused = int(picked and self._canvas.hasFocus())
        state.offscreen = int(self._canvas.vertex_rect(self._thing).isEmpty())
        return state

    def text(self, kind: QAccessible.Text) -> str:
        view = self._canvas.view
        return spoken(view, self._thing) if view is not None and kind == QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing: names follow from the network."""

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()


class AccessibleCanvas(QAccessibleWidget):
    """The drawing, whose children are the things drawn, in the order in which they are computed."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas, QAccessible.Role.Canvas)
        self.canvas = canvas
        self._table: Timetable | None = None
        self._order: tuple[Selection, ...] = ()
        self._places: dict[Selection, int] = {}
        self._known: dict[Selection, AccessibleThing] = {}
        """Kept for good: Qt asks again for what it has once been given."""

    @property
    def things(self) -> dict[Selection, int]:
        """All that can be picked out, and the place of each in their order."""
        view = self.canvas.view
        if view is not None and view.timetable is not self._table:
            self._table, graph = view.timetable, view.timetable.graph
            self._order = (*graph.boundary, *graph.vertices, *view.shown.trace.parameters)
            self._places = {thing: place for place, thing in enumerate(self._order)}
        return self._places

    def childCount(self) -> int:
        return len(self.things)

    def child(self, index: int) -> QAccessibleInterface:
        if not 0 <= index < len(self.things):
            return None  # type: ignore[return-value]
        return self._of(self._order[index])

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((self.things.get(thing, -1) for thing, known in self._known.items() if known is child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return None  # type: ignore[return-value]

    def focusChild(self) -> QAccessibleInterface:
        picked = self.canvas.view.selection if self.canvas.view is not None else None
        return self._of(picked) if picked in self.things else None  # type: ignore[return-value]

    def _of(self, thing: Selection) -> AccessibleThing:
        if thing not in self._known:
            self._known[thing] = AccessibleThing(self, thing)
            QAccessible.registerAccessibleInterface(self._known[thing])
        return self._known[thing]


_made: list[AccessibleCanvas] = []
"""Qt does not keep them alive."""


def install() -> None:
    """Have Qt ask here about drawings."""
    QAccessible.installFactory(_factory)


def _factory(name: str, widget: QObject) -> QAccessibleInterface | None:
    if not isinstance(widget, Canvas):
        return None
    _made.append(AccessibleCanvas(widget))
    return _made[-1]
