"""Turn a picture into the bytes of a file."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage


def png(picture: QImage) -> bytes:
    """The PNG file of an image."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # PySide's types ask for bytes here, PySide itself for str.
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())
