"""Draw a graph to a file without a window: `render_file`, as SVG, PNG or PDF, by the same painter as on screen."""

import os
from pathlib import Path
from typing import NamedTuple

from msgspec import structs
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPaintDevice, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from explorer.drawing.layout import layout
from explorer.drawing.steps import every, shortened
from explorer.errors import ExplorerError, suggest
from explorer.export.format import Options
from explorer.files.atomic import check_writable, write_atomically
from explorer.session.document import Shown
from explorer.session.view.view_state import ViewState, view_state
from explorer.session.viewing import View
from explorer.ui.drawing.camera import fitted
from explorer.ui.drawing.caption import CAPTION_HEIGHT, paint_caption, role_of
from explorer.ui.drawing.circuit import BETWEEN, LARGEST_SHARE, paint_unfold
from explorer.ui.drawing.graph_painter import paint_graph, viewport
from explorer.ui.drawing.scene import Scales, Scene
from explorer.ui.look.fonts import TEXT_FAMILY, UI_FAMILY
from explorer.ui.look.theme import DARK, LIGHT, Theme
from explorer.ui.parts.pictures import png
from explorer.ui.screen import qt_application

THEMES: dict[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}
SUFFIXES = (".svg", ".png", ".pdf")
NARROWEST, WIDEST = 480, 6000
"""Units that a picture is wide unless told otherwise: room for the legend; a longer sequence is squeezed."""
WIDTHS = range(NARROWEST, 8001)
"""Pixels that a picture may be told to be wide: room for the legend, and what a picture's memory allows."""
PNG_SCALE = 2
"""Pixels of a PNG for each unit of the drawing, so that it is sharp when projected."""
DPI = 96
"""Pixels an inch of an SVG and a PDF."""
MARGINS = viewport(QRectF(0, 0, 0, 0))
"""Of a view without room for anything."""
AS_USUAL = Options()
FALLBACKS = {UI_FAMILY: "Helvetica, Arial, sans-serif", TEXT_FAMILY: "STIX Two Text, Liberation Serif, serif"}
"""Instead of the fonts that a text in an SVG is meant to be in."""
_application: QGuiApplication | None = None


def render_file(
    shown: Shown,
    path: str | Path,
    view: View | None = None,
    theme: str = "light",
    width: int | None = None,
    whole: bool = False,
    options: Options = AS_USUAL,
) -> None:
    """Draw what is shown in a view (None: after all events) into the file at `path`, which gets all of it or nothing.

    `width` is in pixels, and the height follows; without it `options` or the drawing decide. Of a long sequence, the
    middle is left out unless `whole`. Raises ExplorerError for a suffix other than `SUFFIXES`, an unknown theme, a
    width not among `WIDTHS`, a size that is none, and a path that cannot be written.
    """
    path = Path(path)
    check_picture(path, theme, width, options)
    suffix = path.suffix.lower()
    content = draw(shown, view or View(len(shown.events)), suffix, options, theme=theme, width=width, whole=whole)
    write_atomically(path, content)


def draw(
    shown: Shown,
    view: View,
    suffix: str,
    options: Options,
    *,
    theme: str = "light",
    width: int | None = None,
    whole: bool = False,
    told: bool = False,
) -> bytes:
    """The picture as a file with this suffix, `told`: with what happens said below; see `render_file`.

    `theme` is that in which it is shown, where the options ask for no other.
    """
    _need_application()
    theme = theme if options.colours == "shown" else options.colours
    scene = _scene(view_state(shown, view), theme, whole, options.transparent)
    paper = _paper(scene, width, options, PNG_SCALE if suffix == ".png" else 1.0, told)
    if suffix == ".png":
        return _png(scene, paper)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if suffix == ".svg":
        _svg(scene, paper, buffer, options)
    else:
        _pdf(scene, paper, buffer)
    buffer.close()
    content = bytes(data.data())
    return _with_fallbacks(content) if options.text == "text" and suffix == ".svg" else content


def check_picture(path: Path, theme: str, width: int | None = None, options: Options = AS_USUAL) -> None:
    """Raise ExplorerError, before any work, for what no picture can be: its format, theme, size, or place."""
    if path.suffix.lower() not in SUFFIXES:
        raise ExplorerError(
            "'{path}' names no picture format that is known; let it end in one of {suffixes}.",
            path=path.name,
            suffixes=", ".join(SUFFIXES),
        )
    if theme not in THEMES:
        raise suggest(theme, THEMES, "theme")
    if width is not None and width not in WIDTHS:
        raise ExplorerError(
            "A picture {width} pixels wide is out of range; choose a width from {least} to {most}.",
            width=width,
            least=WIDTHS[0],
            most=WIDTHS[-1],
        )
    options.pixels()
    check_writable(path)


def _scene(view: ViewState, theme: str, whole: bool, transparent: bool) -> Scene:
    graph, fold = view.timetable.graph, view.view.fold
    steps = every(graph.T) if whole or fold > 0.5 else shortened(graph.T, view.column)
    geometry = layout(graph, view.shown.sizes, fold, view.front, steps)
    return Scene(view, geometry, THEMES[theme], Scales.of(view.shown), transparent=transparent, handled=False)


def _circuit(scene: Scene) -> Scene | None:
    """The folded drawing, where the view wants both."""
    if not scene.view.beside or scene.geometry.fold > 0.0:
        return None
    geometry = layout(scene.view.timetable.graph, scene.shown.sizes, 1.0, scene.view.front)
    return structs.replace(scene, geometry=geometry)


class _Paper(NamedTuple):
    """The paper of a picture: its size in units of the drawing, the pixels of a unit, the room for a sentence."""

    width: float
    height: float
    scale: float
    told: float

    @property
    def whole(self) -> QRectF:
        return QRectF(0, 0, self.width, self.height)

    @property
    def view(self) -> QRectF:
        """Where the graph is."""
        return QRectF(0, 0, self.width, self.height - self.told)

    @property
    def pixels(self) -> QSize:
        return QSize(round(self.width * self.scale), round(self.height * self.scale))


def _paper(scene: Scene, width: int | None, options: Options, scale: float, told: bool) -> _Paper:
    """As large as the drawing, of `scale` pixels a unit; or as many pixels wide, or wide and high, as is asked for.

    Where that is too narrow, time is squeezed.
    """
    room = CAPTION_HEIGHT if told else 0.0
    circuit, height = _circuit(scene), scene.geometry.bounds.height - MARGINS.height() + room
    wanted = scene.geometry.bounds.width - MARGINS.width()
    if circuit is not None:
        wanted += circuit.geometry.bounds.width - MARGINS.width() + BETWEEN
    natural = min(WIDEST, max(NARROWEST, wanted))
    pixels = options.pixels()
    if pixels is not None:
        scale = options.scale or max(0.25, min(pixels[0] / natural, pixels[1] / height))
        return _Paper(pixels[0] / scale, pixels[1] / scale, scale, room)
    if width is not None:
        scale = options.scale or max(1.0, width / natural)
        natural = width / scale
    return _Paper(natural, height, options.scale or scale, room)


class _SelectableSvg(QSvgGenerator):
    """An SVG in which letters are text."""

    selectable = True


def _svg(scene: Scene, paper: _Paper, buffer: QBuffer, options: Options) -> None:
    generator = _SelectableSvg() if options.text == "text" else QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(DPI)  # its size is written in millimetres
    generator.setSize(paper.pixels)
    generator.setViewBox(paper.whole)
    generator.setTitle(scene.shown.architecture.title)
    generator.setDescription(scene.view.caption)
    _paint(generator, scene, paper)


def _with_fallbacks(svg: bytes) -> bytes:
    """The same with fonts that are like those of the text, for where they are missing."""
    for family, others in FALLBACKS.items():
        svg = svg.replace(f'font-family="{family}"'.encode(), f'font-family="{family}, {others}"'.encode())
    return svg


def _pdf(scene: Scene, paper: _Paper, buffer: QBuffer) -> None:
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    points = QSizeF(paper.pixels) * 72 / DPI
    page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(scene.shown.architecture.title)
    _paint(writer, scene, paper, paper.scale)


def _png(scene: Scene, paper: _Paper) -> bytes:
    kind = QImage.Format.Format_ARGB32_Premultiplied if scene.transparent else QImage.Format.Format_RGB32
    image = QImage(paper.pixels, kind)
    image.fill(Qt.GlobalColor.transparent)
    image.setDevicePixelRatio(paper.scale)
    _paint(image, scene, paper)
    return png(image)


def _paint(device: QPaintDevice, scene: Scene, paper: _Paper, scale: float = 1.0) -> None:
    painter, view = QPainter(device), paper.view
    painter.scale(scale, scale)
    if not scene.transparent:
        painter.fillRect(paper.whole, scene.theme.surface)
    if paper.told:
        below = QRectF(0, view.bottom(), view.width(), paper.told)
        paint_caption(painter, below, scene.view.caption, role_of(scene.view.event), scene.theme)
    circuit = _circuit(scene)
    if circuit is not None:
        bounds = circuit.geometry.bounds
        left = QRectF(0, 0, min(bounds.width - MARGINS.width(), LARGEST_SHARE * view.width()), view.height())
        paint_graph(painter, circuit, fitted(bounds, viewport(left)), left, left, legend=())
        view.setLeft(left.right() + BETWEEN)
        paint_unfold(painter, QRectF(left.right(), 0, BETWEEN, view.height()), scene.theme)
    paint_graph(painter, scene, fitted(scene.geometry.bounds, viewport(view)), view, view)
    painter.end()


def _need_application() -> None:
    """Fonts need an application; without a window one that needs no screen will do."""
    global _application
    if QGuiApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or "offscreen"
        _application = qt_application()
