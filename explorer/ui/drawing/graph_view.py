"""Show the graph of a view, folded or not, from wherever one looks: `GraphView.set_view`."""

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRect, QRectF, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollBar

from explorer.drawing.drawn_graph import Geometry
from explorer.drawing.geometry import Rect
from explorer.drawing.layout import layout
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.view.difference import difference
from explorer.session.view.view_state import ViewState
from explorer.session.viewing import Selection, Sight
from explorer.ui.drawing.camera import Camera, folding, looking, sight_of
from explorer.ui.drawing.canvas_motion import Motion
from explorer.ui.drawing.graph_painter import viewport
from explorer.ui.drawing.painted_graph import PaintedGraph
from explorer.ui.drawing.positions import rect_of, rects_with_names
from explorer.ui.drawing.scene import Scales, Scene
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import factor, own_rect, rect_on_screen

SETTLE_MS = 120
"""How long after the last zoom step the drawing is painted sharp again."""


class GraphView(PaintedGraph):
    """The drawing, as it is told to look; `Canvas` adds what mouse and keys do."""

    fold_changed = Signal(float)
    sight_changed = Signal(object)
    """A Sight, or None for the whole graph, once it has settled."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Graph"))
        self._unfolded: Geometry | None = None
        self._fits, self._fold_wanted = True, 0.0
        self._motion = Motion(self)
        self._motion.fold_changed.connect(self._fold_to)
        self._motion.moved.connect(self._set_moving)
        self._sight: Sight | None = None
        """Where one is to look, as it was said last or as it has settled."""
        self._looked = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._looked.timeout.connect(self._say_sight)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._settled)
        self._bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self._bar.setVisible(False)
        self._bar.valueChanged.connect(self._scrolled)

    # What is shown.

    def set_view(self, view: ViewState) -> None:
        """Show this; only the columns that look different are painted again."""
        self.setAccessibleDescription(view.caption)
        old = self._scene
        if old is None or not view.goes_on(old.view):
            self._show_other(view)
            return
        geometry = old.geometry
        if geometry.fold > 0.0 and view.front != geometry.front:
            geometry = geometry.at(geometry.fold, view.front, geometry.squeeze)
        self._scene = replace(old, view=view, geometry=geometry)
        steps = difference(old.view, view)
        changed = {i for t in steps for i in geometry.indices(t)}
        self._tiles.forget(changed)
        self._repaint(old, self._scene, changed, steps)
        if view.event is not None and view.cursor == old.view.cursor + 1:
            self._motion.travel()

    def set_fold(self, fraction: float) -> None:
        """Fold the drawing as far as this: 0 unfolded, 1 one column with its loop. Ends an animation under way."""
        self._motion.stop_fold()
        self._fold_wanted = fraction
        self._fold_to(fraction)

    def show_fold(self, fraction: float) -> None:
        """Fold the drawing as far as this, before the eyes if it is from one end to the other."""
        if abs(fraction - self._fold_wanted) == 1.0:
            self.animate_fold(fraction)
        elif fraction != self._fold_wanted:
            self.set_fold(fraction)

    def _fold_to(self, fraction: float) -> None:
        if self._scene is None or self._unfolded is None or fraction == self._scene.geometry.fold:
            return
        front = self._scene.view.front
        if 0.0 in (self.fold, fraction) or 1.0 in (self.fold, fraction):
            self._tiles.forget()  # in between, pictures are of nodes only, and stretched rather than painted anew
        self._tiles.hurry = 0.0 < fraction < 1.0
        self._scene = replace(self._scene, geometry=self._unfolded.at(fraction, front), moving=1.0)
        self._place(fit=True)
        self.fold_changed.emit(fraction)

    def animate_fold(self, fraction: float) -> None:
        """Fold or unfold before the eyes; at once where motion is turned off."""
        self._fold_wanted = fraction
        self._motion.fold(self.fold, fraction)

    def set_motion(self, on: bool) -> None:
        """Whether folding and stepping are animated."""
        if on != self._motion.enabled:
            self._motion.enabled = on
            self._motion.arrive()

    @property
    def moves(self) -> bool:
        """Whether folding and stepping are animated."""
        return self._motion.enabled

    @property
    def fold(self) -> float:
        """How far the drawing is folded."""
        return self._scene.geometry.fold if self._scene else 0.0

    @property
    def view(self) -> ViewState | None:
        """What is shown, with what is under the pointer."""
        return self._scene.view if self._scene else None

    # Where one looks.

    def fit(self) -> None:
        """Show everything."""
        self._place(fit=True)

    def show_sight(self, sight: Sight | None) -> None:
        """Look there, unless one does; None: at everything."""
        if sight != self._sight:
            self._sight = sight
            self._go_to_sight()

    def _go_to_sight(self) -> None:
        if self._scene is None:
            return
        if self._sight is None:
            self.fit()
        else:
            self._look(looking(self._sight, self._whole()[1], self._scene.geometry.bounds, self._area()))
        self._looked.stop()

    def _say_sight(self) -> None:
        """Say where one has come to look, if that is elsewhere."""
        if self._scene is None or self.fold > 0.0:
            return
        sight = None
        if not self._fits:
            sight = sight_of(self._camera, self._whole()[1], self._scene.geometry.bounds, self._area())
        if sight != self._sight:
            self._sight = sight
            self.sight_changed.emit(sight)

    def zoom(self, factor: float, about: QPointF | None = None) -> None:
        """Zoom about a pixel, or about the middle."""
        if self._scene is not None:
            about = about or own_rect(self).center()
            self._look(self._camera.zoomed(factor, about, self._whole()[1], self._scene.geometry.bounds, self._area()))

    def hurry(self) -> None:
        """Stretch what is painted while one zoom step follows another; it is painted anew when they end."""
        self._tiles.hurry = True
        self._settle.start()

    def _settled(self) -> None:
        if self.fold in (0.0, 1.0):
            self._tiles.hurry = False
            self.update()

    def zoom_in(self) -> None:
        """Zoom in about the middle."""
        self.zoom(1.25)

    def zoom_out(self) -> None:
        """Zoom out about the middle."""
        self.zoom(0.8)

    def ensure_visible(self, column: int | None = None) -> None:
        """Scroll, if need be, until a column, by default the current event's, is in sight with its neighbours."""
        column = self._scene.nearest if column is None and self._scene is not None else column
        if self._scene is None or column is None or self._fits or self.fold > 0.0:
            return
        area = self._area()
        rect = self._camera.rect(self._scene.geometry.column(column))
        margin = min(rect.width() * 0.6, area.width() * 0.25)
        dx = max(0.0, area.left() - rect.left() + margin) or min(0.0, area.right() - rect.right() - margin)
        if dx:
            self._look(self._camera.panned(dx, 0.0).clamped(self._scene.geometry.bounds, area))

    @property
    def bounds(self) -> Rect:
        """How far the drawing reaches, in its units, folded as far as it is to be; empty without one."""
        if self._scene is None or self._unfolded is None:
            return Rect(0, 0, 0, 0)
        return self._unfolded.at(self._fold_wanted, self._scene.geometry.front).bounds

    def vertex_rect(self, thing: Selection, near: QPointF | None = None) -> QRect:
        """Where on the widget a node, a tag or a parameter's name stands: an editor can open there.

        Of a parameter's copies in sight, the one nearest to a pixel, or to the middle. Empty if it is not to be seen.
        """
        if self._scene is None:
            return QRect()
        rect = rect_of(self._scene, self._camera, thing, near or own_rect(self).center())
        inside = isinstance(thing, Vertex) or own_rect(self).contains(rect)
        return rect_on_screen(rect) if inside else QRect()

    def rects_in_sight(self, thing: Selection) -> list[QRectF]:
        """Where on the widget a node stands, or each copy of a parameter, as far as it is in sight."""
        found = rects_with_names(self._scene, self._camera, thing) if self._scene is not None else []
        return [QRectF(rect_on_screen(rect)) for rect in found if own_rect(self).contains(rect.center())]

    # From here on: how.

    def _show_other(self, view: ViewState) -> None:
        """Show another graph, or the same with other numbers: from the same place if it is as large."""
        old = self._scene
        if self._unfolded is None or old is None or old.view.timetable.graph is not view.timetable.graph:
            self._unfolded = layout(view.timetable.graph, view.shown.sizes)
        geometry = self._unfolded.at(old.geometry.fold if old else 0.0, view.front)
        self._scene = Scene(view, geometry, themes.current(), Scales.shared(view.shown, view.apart.other))
        same = old is not None and old.geometry.bounds == geometry.bounds
        other_numbers = same and old is not None and old.view.timetable is view.timetable
        self._tiles.gentle = other_numbers and view.view.follow and geometry.fold == 0.0
        if self._tiles.gentle:
            self._tiles.forget(range(1, geometry.steps.T + 1))
        elif other_numbers:
            self._tiles.compare()
        else:
            self._tiles.forget()
        if self._tiles.gentle and old is not None and old.view.cursor == view.cursor and self.behind:
            self._repaint(old, self._scene, self.behind[: self._tiles.room], {ghost.t for ghost in geometry.ghosts})
        else:
            self._place(fit=self._fits or not same)

    def _area(self) -> QRectF:
        return viewport(own_rect(self))

    def _place(self, fit: bool) -> None:
        if self._scene is None:
            return
        self._fits = fit
        if not fit:
            self._look(self._camera.clamped(self._scene.geometry.bounds, self._area()))
            return
        geometry, camera = self._whole()
        self._scene = replace(self._scene, geometry=geometry)
        self._look(camera, keep_fit=True)

    def _whole(self) -> tuple[Geometry, Camera]:
        """The drawing as it folds in this view, and the camera that shows everything."""
        assert self._scene is not None and self._unfolded is not None
        return folding(self._unfolded, self.fold, self._scene.geometry.front, self._area())

    def _look(self, camera: Camera, keep_fit: bool = False) -> None:
        assert self._scene is not None
        bounds, area = self._scene.geometry.bounds, self._area()
        # Whole device pixels: the columns that are kept as pictures stay sharp.
        ratio = self.devicePixelRatioF() * factor()
        camera = replace(camera, dx=round(camera.dx * ratio) / ratio, dy=round(camera.dy * ratio) / ratio)
        _, whole = self._whole()
        self._camera = camera
        self._fits = keep_fit or (camera.sx, camera.sy) == (whole.sx, whole.sy)
        hidden = max(0.0, bounds.width * camera.sx - area.width())
        with QSignalBlocker(self._bar):
            self._bar.setRange(0, round(hidden))
            self._bar.setPageStep(round(area.width()))
            self._bar.setSingleStep(round(self._scene.geometry.pitch * camera.sx))
            self._bar.setValue(round(area.left() - camera.x(bounds.x)))
        self._bar.setVisible(hidden > 1.0 and self.fold == 0.0)
        self._looked.start()
        self.update()

    def _scrolled(self, value: int) -> None:
        if self._scene is not None:
            target = self._area().left() - value
            self._look(self._camera.panned(target - self._camera.x(self._scene.geometry.bounds.x), 0.0))

    # Qt asks.

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._bar.setGeometry(6, self.height() - 9, self.width() - 12, 8)
        if self._sight is not None and not self._looked.isActive():
            self._go_to_sight()
        else:
            self._place(fit=self._fits)
