"""Draw a graph to a file without a window: `render_file`, as SVG, PNG or PDF, by the same painter as on screen."""

import os
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from explorer.errors import ExplorerError, suggest
from explorer.export.files import check_writable, write_atomically
from explorer.session.document import Shown
from explorer.session.drawing.layout import layout
from explorer.session.drawing.view_state import PLAIN, ViewOptions, ViewState, view_state
from explorer.ui.drawing.camera import fitted
from explorer.ui.drawing.graph_painter import paint_graph, viewport
from explorer.ui.drawing.scene import Scales, Scene
from explorer.ui.look.theme import DARK, LIGHT, Theme
from explorer.ui.parts.pictures import png

THEMES: dict[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}
SUFFIXES = (".svg", ".png", ".pdf")
NARROWEST, WIDEST = 480, 6000
"""Pixels that a picture is wide unless told otherwise: room for the legend; a longer sequence is squeezed."""
PNG_SCALE = 2
"""Pixels of a PNG for each pixel of the drawing, so that it is sharp when projected."""
_application: QGuiApplication | None = None


def render_file(
    shown: Shown,
    path: str | Path,
    cursor: int | None = None,
    folded: bool = False,
    theme: str = "light",
    options: ViewOptions = PLAIN,
    size: tuple[int, int] | None = None,
) -> None:
    """Draw what is shown after `cursor` events (None: all) into the file at `path`, whole or not at all.

    `size` is (width, height) in pixels; without it the drawing decides. Raises ExplorerError for a suffix other than
    `SUFFIXES`, an unknown theme, and a path that cannot be written.
    """
    path = Path(path)
    check_picture(path, theme)
    _need_application()
    view = view_state(shown, len(shown.events) if cursor is None else cursor, options=options)
    write_atomically(path, _picture(_scene(view, folded, theme), path.suffix.lower(), size))


def check_picture(path: Path, theme: str) -> None:
    """Raise ExplorerError, before any work, for a suffix or theme that is unknown or a place that takes no file."""
    if path.suffix.lower() not in SUFFIXES:
        raise ExplorerError(
            f"'{path.name}' names no picture format that is known; let it end in one of {', '.join(SUFFIXES)}."
        )
    if theme not in THEMES:
        raise suggest(theme, THEMES, "theme")
    check_writable(path)


def _scene(view: ViewState, folded: bool, theme: str) -> Scene:
    geometry = layout(view.timetable.graph, view.shown.sizes, float(folded), view.column or 1)
    return Scene(view, geometry, THEMES[theme], Scales.of(view.shown))


def _picture(scene: Scene, suffix: str, size: tuple[int, int] | None) -> bytes:
    bounds = scene.geometry.bounds
    empty = viewport(QRectF(0, 0, 0, 0))
    natural = (min(WIDEST, max(NARROWEST, bounds.width - empty.width())), bounds.height - empty.height())
    width, height = size or (round(natural[0]), round(natural[1]))
    if suffix == ".png":
        return _png(scene, width, height)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if suffix == ".svg":
        _svg(scene, width, height, buffer)
    else:
        _pdf(scene, width, height, buffer)
    buffer.close()
    return bytes(data.data())


def _svg(scene: Scene, width: int, height: int, buffer: QBuffer) -> None:
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(width, height))
    generator.setViewBox(QRectF(0, 0, width, height))
    generator.setTitle(scene.shown.architecture.title)
    generator.setDescription(scene.view.caption)
    painter = QPainter(generator)
    _paint(painter, scene, width, height)
    painter.end()


def _pdf(scene: Scene, width: int, height: int, buffer: QBuffer) -> None:
    writer = QPdfWriter(buffer)
    # 96 pixels an inch, 72 points an inch.
    writer.setResolution(96)
    points = QSizeF(width * 0.75, height * 0.75)
    page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(scene.shown.architecture.title)
    painter = QPainter(writer)
    _paint(painter, scene, width, height)
    painter.end()


def _png(scene: Scene, width: int, height: int) -> bytes:
    image = QImage(width * PNG_SCALE, height * PNG_SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(PNG_SCALE)
    painter = QPainter(image)
    _paint(painter, scene, width, height)
    painter.end()
    return png(image)


def _paint(painter: QPainter, scene: Scene, width: int, height: int) -> None:
    view = QRectF(0, 0, width, height)
    painter.fillRect(view, scene.theme.surface)
    paint_graph(painter, scene, fitted(scene.geometry.bounds, viewport(view)), view, view)


def _need_application() -> None:
    """Fonts need an application; without a window one that needs no screen will do."""
    global _application
    if QGuiApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or "offscreen"
        _application = QApplication([])
