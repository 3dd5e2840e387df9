"""Save a part of the window as a figure: PNG at twice the screen's resolution, or SVG."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QBuffer, QPoint, QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QGraphicsView, QLabel, QWidget

from explorer.errors import ExplorerError
from explorer.files.atomic import write_atomically
from explorer.language import tr
from explorer.ui.look import theme as themes
from explorer.ui.parts.pictures import png

SCALE = 2
_SVG_DPI = 96


def save_figure(widget: QWidget, path: Path, without: Iterable[QWidget] = ()) -> None:
    """Write the widget as it looks now, without its controls. Raises ExplorerError with what is wrong."""
    suffix = path.suffix.lower()
    if suffix not in (".png", ".svg"):
        raise ExplorerError("A figure is a .png or an .svg file, and {path} is neither; rename it.", path=path.name)
    with _hidden(without):
        content = _svg(widget) if suffix == ".svg" else _png(widget)
    write_atomically(path, content)


def ask_and_save(widget: QWidget, name: str, failed: Callable[[str], object], without: Iterable[QWidget] = ()) -> None:
    """Ask for a file and save to it; `failed` is told what went wrong, if anything did."""
    file, _ = QFileDialog.getSaveFileName(widget, tr("Export the figure"), f"{name}.svg", tr("Figures (*.svg *.png)"))
    if file:
        try:
            save_figure(widget, Path(file), without)
        except ExplorerError as error:
            failed(str(error))


def _png(widget: QWidget) -> bytes:
    image = QImage(widget.size() * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(themes.current().surface)
    widget.render(image, QPoint())
    return png(image)


def _svg(widget: QWidget) -> bytes:
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_SVG_DPI)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(), widget.size()))
    painter = QPainter(generator)
    painter.fillRect(widget.rect(), themes.current().surface)
    # Rendered as part of a widget, a graphics view becomes an image; on its own it stays lines.
    views = [view for view in widget.findChildren(QGraphicsView) if view.isVisible()]
    with _hidden(views):
        widget.render(painter, QPoint())
    for view in views:
        origin = view.mapTo(widget, QPoint())
        view.render(painter, QRectF(QRect(origin, view.size())), view.rect())
        for label in view.findChildren(QLabel):
            label.render(painter, origin + label.pos(), QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.end()
    return bytes(buffer.data().data())


@contextmanager
def _hidden(widgets: Iterable[QWidget]) -> Iterator[None]:
    """Leave these out for a while; their place stays empty."""
    shown = [widget for widget in widgets if widget.isVisible()]
    for widget in shown:
        policy = widget.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        widget.setSizePolicy(policy)
        widget.hide()
    try:
        yield
    finally:
        for widget in shown:
            widget.show()
