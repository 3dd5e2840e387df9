"""Let the graph be handled: zoom, pan, hover, select; give it a `ViewState` with `set_view`."""

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent

from explorer.drawing.cell_frames import surroundings
from explorer.drawing.geometry import Point
from explorer.graph.unfold import Edge, Vertex
from explorer.session.view.view_state import ViewState
from explorer.session.viewing import Selection
from explorer.ui.drawing.camera import Camera, near
from explorer.ui.drawing.cells import cell_at, mark_rect
from explorer.ui.drawing.graph_view import GraphView
from explorer.ui.drawing.pointing import NEAR_EDGE, description, pointed_at, thing_at
from explorer.ui.drawing.spoken import spoken
from explorer.ui.drawing.walking import first_of, neighbour, spots_near, standing
from explorer.ui.look.text_size import own_rect, pointer_at, rect_on_screen
from explorer.ui.parts.announcing import announce
from explorer.ui.parts.focus_ring import FocusRing, by_key
from explorer.ui.parts.ways import Way

LEGIBLE = 0.8
"""Below so many pixels a unit, what is inside a cell is brought nearer when it is opened."""
DRAG = 4
"""Pixels that the pointer may wander in a click."""


class Canvas(GraphView):
    """The drawing. Wheel zooms about the pointer, dragging pans, Shift and wheel scrolls along time, 0 fits.

    A double click on a cell, or a click on its mark, opens or closes all. `walk` leads the keys from thing to thing.
    """

    selected = Signal(object)
    """A Vertex, the name of a parameter, or None: what was clicked."""
    walked = Signal(object)
    """The same, for what the keys have led to."""
    activated = Signal(object)
    """The same, for a double click on something."""
    hovered = Signal(object)
    """The same, for what is under the pointer now."""
    explained = Signal(object, QRect)
    """A node, a parameter or an edge to be explained, and where on the widget it stands; None: nothing any more."""
    cell_asked = Signal()
    """Cells are to be opened or closed."""

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._bar.setCursor(Qt.CursorShape.ArrowCursor)
        self._given: ViewState | None = None
        self._hover: Selection = None
        self._press: QPointF | None = None
        self._dragged = False
        self._clicked: Selection = None
        self._pointer: QPointF | None = None
        self._told: Selection | Edge = None
        self._ring, self._framed = FocusRing(self), False
        self._stood: tuple[Selection, Point] | None = None
        """What the keys have led to last, and where that stood, in units of the drawing."""

    def set_view(self, view: ViewState) -> None:
        """Show this, with what is under the pointer picked out, else what the view says is."""
        self._given = view
        super().set_view(replace(view, hover=view.hover if self._hover is None else self._hover))
        self._surround()

    def vertex_rect(self, thing: Selection, near: QPointF | None = None) -> QRect:
        """Where a thing stands; of a parameter's copies, the one that keys or mouse were at last."""
        at = self._camera.point(self._stood[1]) if self._stood is not None and self._stood[0] == thing else None
        return super().vertex_rect(thing, near or at or self._pointer)

    def _ask_for(self, cell: Vertex) -> None:
        """Have cells opened and bring this one near, if it is small; or have them closed and show everything."""
        self.cell_asked.emit()
        self.fit()
        opened = surroundings(self._scene.geometry, cell) if self._scene is not None else None
        if self._scene is not None and opened is not None and self._camera.scale < LEGIBLE:
            self._look(near(self._camera, opened, self._scene.geometry.bounds, self._area()))

    def point_at(self, thing: Selection) -> None:
        """Light up what the pointer is on, here or in another drawing."""
        if thing == self._hover:
            return
        self._hover = thing
        self.setCursor(Qt.CursorShape.ArrowCursor if thing is None else Qt.CursorShape.PointingHandCursor)
        if self._given is not None:
            self.set_view(self._given)
        self.hovered.emit(thing)

    def _tell(self, thing: Selection | Edge, at: QPointF) -> None:
        """Have a thing explained beside where it stands, and where the pointer is on it; None: nothing any more."""
        if thing is None and self._told is None:
            return
        self._told = thing
        here = rect_on_screen(QRectF(at.x() - NEAR_EDGE, at.y() - NEAR_EDGE, 2 * NEAR_EDGE, 2 * NEAR_EDGE))
        stands = QRect() if thing is None or isinstance(thing, Edge) else self.vertex_rect(thing, at)
        self.explained.emit(thing, here if stands.isEmpty() or not stands.intersects(here) else stands.united(here))

    def description(self, thing: Selection) -> str:
        """The numbers of a thing, as HTML."""
        return "" if self._scene is None else description(self._scene, thing)

    def walk(self, way: Way) -> None:
        """Pick out the next thing in a direction: from the one picked out, else from where the event is."""
        if self._scene is None:
            return
        here = self._standing()
        if here.isEmpty():
            found = first_of(spots_near(self._scene, self._camera, self._area().topLeft()))
        else:
            found = neighbour(spots_near(self._scene, self._camera, here.center()), here, way)
        if found is None:
            return
        self._stood = found.thing, self._camera.units(found.rect.center())
        self._bring(found.rect)
        self.walked.emit(found.thing)
        announce(self, spoken(self._scene.view, found.thing))

    def _standing(self) -> QRectF:
        """Where what is picked out stands, or the event."""
        assert self._scene is not None
        at = self._camera.point(self._stood[1]) if self._stood is not None else own_rect(self).center()
        return standing(self._scene, self._camera, at)

    def _bring(self, rect: QRectF) -> None:
        """Move the drawing, if need be, until a place is in sight."""
        area = self._area()
        dx = max(0.0, area.left() - rect.left()) or min(0.0, area.right() - rect.right())
        dy = max(0.0, area.top() - rect.top()) or min(0.0, area.bottom() - rect.bottom())
        if self._scene is not None and (dx or dy) and not self._fits:
            self._look(self._camera.panned(dx, dy).clamped(self._scene.geometry.bounds, area))

    def _surround(self) -> None:
        """Frame what the keys have led to, as long as that is picked out, or all, where Tab has led here."""
        scene, stood = self._scene, self._stood
        picked = scene is not None and stood is not None and scene.view.selection == stood[0]
        if self._framed and not picked:
            self._ring.fill()
        else:
            self._ring.surround(rect_on_screen(self._standing()) if picked and self.hasFocus() else QRect())

    def _look(self, camera: Camera, keep_fit: bool = False) -> None:
        super()._look(camera, keep_fit)
        self._surround()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._framed = by_key(event)
        self._surround()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._framed = False
        self._surround()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._scene is None:
            return
        self._tell(None, pointer_at(event))
        pixels, degrees = event.pixelDelta(), event.angleDelta()
        sideways = pixels.x() or degrees.x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(sideways) > abs(degrees.y()):
            distance = sideways or degrees.y()
            self._look(self._camera.panned(distance, 0.0).clamped(self._scene.geometry.bounds, self._area()))
        elif degrees.y():
            self.hurry()
            self.zoom(1.0015 ** degrees.y(), pointer_at(event))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer = pointer_at(event)
        self._tell(None, pointer_at(event))
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._press, self._dragged, self._clicked = pointer_at(event), False, None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = pointer_at(event)
        if self._scene is None:
            return
        if self._press is not None:
            moved = pointer_at(event) - self._press
            if self._dragged or moved.manhattanLength() > DRAG:
                self._dragged, self._press = True, pointer_at(event)
                camera = self._camera.panned(moved.x(), moved.y())
                self._look(camera.clamped(self._scene.geometry.bounds, self._area()), keep_fit=self._fits)
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        self.point_at(thing_at(self._scene, self._camera, pointer_at(event)))
        if self._told is not None and pointed_at(self._scene, self._camera, pointer_at(event)) != self._told:
            self._tell(None, pointer_at(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._press = self._press, None
        if self._dragged:
            self.unsetCursor()
        elif pressed is not None and self._scene is not None and event.button() == Qt.MouseButton.LeftButton:
            cell = cell_at(self._scene, self._camera, pointer_at(event))
            if cell is not None and mark_rect(self._scene, self._camera, cell).adjusted(-3, -3, 3, 3).contains(pressed):
                self._ask_for(cell)
                return
            self._clicked = thing_at(self._scene, self._camera, pointer_at(event))
            self.selected.emit(self._clicked)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._scene is None:
            return
        # The thing under its first click, which may have moved it: a switch that is flipped stands elsewhere then.
        thing = self._clicked or thing_at(self._scene, self._camera, pointer_at(event))
        cell = cell_at(self._scene, self._camera, pointer_at(event))
        computed = thing is None or (isinstance(thing, Vertex) and thing.t >= 1)
        if cell is not None and computed:
            self._ask_for(cell)
        elif thing is None:
            self.fit()
        else:
            self.point_at(None)  # what opens takes the pointer away, and no leave is told
            self.activated.emit(thing)

    def leaveEvent(self, event: QEvent) -> None:
        self._tell(None, QPointF())
        self._pointer = None
        self.point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._scene is not None:
            at = pointer_at(event)
            self._tell(pointed_at(self._scene, self._camera, at), at)
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.hurry()
            self.zoom(1.0 + event.value(), pointer_at(event))
            return True
        return super().event(event)
