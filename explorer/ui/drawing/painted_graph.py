"""Paint a graph in a widget: only what has changed, and as much of it in a frame as there is time for."""

from collections.abc import Collection

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.drawing.camera import Camera
from explorer.ui.drawing.graph_painter import legend_rect, paint_graph
from explorer.ui.drawing.legend import MAPS, gradients_known
from explorer.ui.drawing.repainting import due, region_of, region_of_moving, repaint, waiting
from explorer.ui.drawing.scene import Scene
from explorer.ui.drawing.tiles import Tiles
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import on_sheet, own_rect, painter_on, rect_on_screen, sized
from explorer.ui.look.theme import MapName


class PaintedGraph(QWidget):
    """A scene as a camera sees it; `GraphView` says what is in it, and where one looks."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.legend: tuple[MapName, ...] = MAPS
        """What of the colours is explained below."""
        self._scene: Scene | None = None
        self._camera, self._tiles = Camera(), Tiles()

    @property
    def behind(self) -> list[int]:
        """The columns that are still shown as they were, for want of time in the last frame."""
        if self._scene is None or not self._tiles.drawn:
            return []
        return waiting(self._scene, self._camera, own_rect(self), self._tiles)

    def _repaint(self, old: Scene, new: Scene, columns: Collection[int], steps: Collection[int]) -> None:
        """Paint these columns again, the states outside that are of these steps, and the legend if it says other."""
        if old.moving < 1.0:
            self.update(region_of_moving(old, self._camera))
        if (gradients_known(old), old.scales) != (gradients_known(new), new.scales):
            self.update(rect_on_screen(legend_rect(own_rect(self))))
        repaint(self, region_of(new, self._camera, columns, steps))

    def _set_moving(self, share: float) -> None:
        if self._scene is not None:
            self._scene = replace(self._scene, moving=share)
            self.update(region_of_moving(self._scene, self._camera))

    def _catch_up(self) -> None:
        if self._scene is not None:
            repaint(self, region_of(self._scene, self._camera, self.behind[: self._tiles.room]))

    # Qt asks.

    def sizeHint(self) -> QSize:
        return sized(844, 480)

    def minimumSizeHint(self) -> QSize:
        return sized(320, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        ground = (self._scene.theme if self._scene else themes.current()).surface
        region, view = event.region(), own_rect(self)
        self._tiles.begin(due(self._scene, self._camera, region, view, self._tiles) if self._scene is not None else [])
        # PySide's stubs do not know that a region can be walked through.
        for rect in region:  # type: ignore[attr-defined]
            exposed = on_sheet(QRectF(rect))
            painter.setClipRect(exposed)
            painter.fillRect(exposed, ground)
            if self._scene is not None:
                paint_graph(painter, self._scene, self._camera, exposed, view, self._tiles, self.legend)
        painter.end()
        if self.behind:
            QTimer.singleShot(0, self, self._catch_up)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and self._scene is not None:
            self._scene = replace(self._scene, theme=themes.current())
            self.update()
        super().changeEvent(event)
