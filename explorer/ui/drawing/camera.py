"""Map a drawing's units to pixels and back; zoom about a point, pan, and fit everything in."""

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from explorer.drawing.drawn_graph import Geometry
from explorer.drawing.geometry import Path, Point, Rect
from explorer.drawing.layout import AXIS
from explorer.session.viewing import Sight

CLOSEST = 8.0
"""Largest number of pixels a unit can be shown with."""
TALLEST = 1.5
"""Largest scale at which a whole drawing is fitted in."""
WIDEST = 2.0
"""How much wider than high a unit is at most: where a view is low, columns take some of the room beside them."""
LEAST_AXIS = 12.0
"""Pixels for the numbers of steps below a whole drawing, however high that is."""


class Camera(Struct, frozen=True):
    """Pixel = unit · scale + offset. Along time the scale may differ: a long sequence is squeezed, not shrunk."""

    sx: float = 1.0
    sy: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    @property
    def scale(self) -> float:
        """Pixels a unit in the direction in which there are fewer."""
        return min(self.sx, self.sy)

    def x(self, unit: float) -> float:
        return unit * self.sx + self.dx

    def y(self, unit: float) -> float:
        return unit * self.sy + self.dy

    def point(self, point: Point) -> QPointF:
        return QPointF(point.x * self.sx + self.dx, point.y * self.sy + self.dy)

    def rect(self, rect: Rect) -> QRectF:
        return QRectF(self.x(rect.x), self.y(rect.y), rect.width * self.sx, rect.height * self.sy)

    def pixels(self, path: Path) -> Path:
        """The path in pixels."""
        sx, sy, dx, dy = self.sx, self.sy, self.dx, self.dy

        def put(p: Point) -> Point:
            return Point(p.x * sx + dx, p.y * sy + dy)

        return Path(put(path.start), tuple((put(a), put(b), put(c)) for a, b, c in path.curves))

    def units(self, pixel: QPointF) -> Point:
        """The place in the drawing that is shown at a pixel."""
        return Point((pixel.x() - self.dx) / self.sx, (pixel.y() - self.dy) / self.sy)

    def panned(self, dx: float, dy: float) -> "Camera":
        """Shifted by so many pixels."""
        return replace(self, dx=self.dx + dx, dy=self.dy + dy)

    def zoomed(self, factor: float, about: QPointF, whole: "Camera", bounds: Rect, view: QRectF) -> "Camera":
        """Zoomed by a factor, out to `whole`; what is under the pixel `about` stays there, as far as the bounds allow.

        Zoomed out beyond the height of the view, only time is squeezed further.
        """
        sx = min(max(self.sx * factor, whole.sx), CLOSEST)
        sy = max(sx / max(1.0, whole.sx / whole.sy), whole.sy)
        fixed = self.units(about)
        zoomed = Camera(sx, sy, about.x() - fixed.x * sx, about.y() - fixed.y * sy)
        return zoomed.clamped(bounds, view)

    def clamped(self, bounds: Rect, view: QRectF) -> "Camera":
        """Moved so that the drawing fills the view; centred in a direction in which it is smaller than the view."""

        def inside(offset: float, low: float, high: float, start: float, size: float) -> float:
            if high - low <= size:
                return start + (size - (high - low)) / 2 - low
            return min(start - low, max(start + size - high, offset))

        dx = inside(self.dx, bounds.x * self.sx, bounds.right * self.sx, view.x(), view.width())
        dy = inside(self.dy, bounds.y * self.sy, bounds.bottom * self.sy, view.y(), view.height())
        return replace(self, dx=dx, dy=dy)


def fitted(bounds: Rect, view: QRectF) -> Camera:
    """The camera that shows everything within `view`: as high as it allows, and time squeezed if it must be.

    Where it is small, time is stretched into what room there is.
    """
    above = (view.height() - LEAST_AXIS) / (bounds.height - AXIS)
    sy = max(0.01, min(view.height() / bounds.height, above, TALLEST))
    sx = max(1e-4, min(view.width() / bounds.width, stretched(sy)))
    return Camera(sx, sy).clamped(bounds, view)


def stretched(sy: float) -> float:
    """How many pixels wide a unit is at most in a whole drawing in which it is so high."""
    return max(sy, min(WIDEST * sy, 1.0))


def near(camera: Camera, rect: Rect, bounds: Rect, view: QRectF) -> Camera:
    """The camera as near to a part of the drawing as shows it with something around it, but no further than now."""
    around = 0.9 * min(view.width() / rect.width, view.height() / rect.height)
    scale = min(around, TALLEST)
    sx, sy = max(scale, camera.sx), max(scale, camera.sy)
    middle = view.center()
    return Camera(sx, sy, middle.x() - rect.cx * sx, middle.y() - rect.cy * sy).clamped(bounds, view)


def folding(geometry: Geometry, fold: float, front: int, view: QRectF) -> tuple[Geometry, Camera]:
    """The drawing folded as far as this, and the camera that shows all of it: boxes move and grow evenly in `view`."""
    apart, folded = (fitted(geometry.at(end, front).bounds, view) for end in (0.0, 1.0))
    geometry = geometry.at(fold, front, apart.sx / folded.sx)
    sx, sy = (a * (1 - fold) + b * fold for a, b in ((apart.sx, folded.sx), (apart.sy, folded.sy)))
    sy = min(sy, view.height() / geometry.bounds.height)  # a tree grows lower more slowly than its boxes grow
    return geometry, Camera(sx, sy).clamped(geometry.bounds, view)


def sight_of(camera: Camera, whole: Camera, bounds: Rect, view: QRectF) -> Sight:
    """Where a camera looks, in words that hold in a view of any size; `whole` is the camera that shows everything."""
    middle = camera.units(view.center())
    x, y = (middle.x - bounds.x) / bounds.width, (middle.y - bounds.y) / bounds.height
    return Sight(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0), camera.sx / whole.sx)


def looking(sight: Sight, whole: Camera, bounds: Rect, view: QRectF) -> Camera:
    """The camera that looks there."""
    camera = whole.zoomed(sight.zoom, view.center(), whole, bounds, view)
    middle = Point(bounds.x + sight.x * bounds.width, bounds.y + sight.y * bounds.height)
    there = camera.point(middle)
    return camera.panned(view.center().x() - there.x(), view.center().y() - there.y()).clamped(bounds, view)


def qt_path(path: Path) -> QPainterPath:
    """The path for Qt."""
    drawn = QPainterPath(QPointF(*path.start))
    for a, b, c in path.curves:
        drawn.cubicTo(a.x, a.y, b.x, b.y, c.x, c.y)
    return drawn
