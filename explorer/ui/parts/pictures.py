"""Turn colours into a picture, and a picture into the bytes of a file."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

Colours = NDArray[np.uint8]


def picture(colours: Colours) -> QImage:
    """RGBA colours (rows, columns, 4) as an image of one pixel each."""
    pixels = np.ascontiguousarray(colours)
    rows, columns, _ = pixels.shape
    # A copy, because the image does not keep the array alive.
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()


def png(picture: QImage) -> bytes:
    """The PNG file of an image."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # PySide's types ask for bytes here, PySide itself for str.
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())
