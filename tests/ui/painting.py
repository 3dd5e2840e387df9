"""Paint into an array, so that tests can look at what a painter function does."""

from collections.abc import Callable

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from explorer.ui.look.colour import luminance, rgb

Painted = Callable[[QPainter], object]


def painted(paint: Painted, width: int, height: int, scale: float = 1, ground: str = "#ffffff") -> np.ndarray:
    """RGB (height · scale, width · scale, 3) of what `paint` paints on a ground, at `scale` device pixels per px."""
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(QColor(ground))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return pixels(image)


def pixels(image: QImage) -> np.ndarray:
    """RGB (height, width, 3) of an image, as int."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return data[:, :, 2::-1].astype(int)


def blank(widget: QWidget) -> bool:
    """Whether a widget paints nothing: all of it has one colour."""
    picture = pixels(widget.grab().toImage())
    return bool((picture == picture[0, 0]).all())


def share_of(picture: np.ndarray, colour: QColor, tolerance: int = 3) -> float:
    """The share of pixels of a picture that have this colour."""
    wanted = np.array([colour.red(), colour.green(), colour.blue()])
    return float((np.abs(picture - wanted).max(axis=2) <= tolerance).mean())


def ink_box(picture: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right and bottom (both inside) of all that differs from the corner's colour."""
    rows, columns = np.nonzero((picture != picture[0, 0]).any(axis=2))
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2) of two `#rrggbb` colours, from 1 to 21; text wants 4.5 or more."""
    low, high = sorted((float(luminance(rgb(one))), float(luminance(rgb(other)))))
    return (high + 0.05) / (low + 0.05)
