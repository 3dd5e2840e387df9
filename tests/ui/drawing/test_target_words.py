"""A target that is a word is written where it lies on nothing else: from its place on, as far as there is room."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from explorer.ui.drawing import sheet as module
from explorer.ui.drawing.camera import Camera
from explorer.ui.drawing.sheet import SMALLEST_TEXT, Sheet, text_width
from explorer.ui.look import theme as themes

PLACE = QRectF(100, 50, 20, 20)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("room", [20.0, 30.0, 80.0])
@pytest.mark.parametrize("word", ["a", "run", "walking", "a rather long name"])
def test_a_word_reaches_no_further_than_its_room(word: str, room: float, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[tuple[QRectF, str, int, str]] = []
    monkeypatch.setattr(
        module, "paint_text", lambda _, rect, text, size, *rest, weight: written.append((rect, text, size, rest[1]))
    )
    image = QImage(300, 100, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    Sheet(painter, Camera(1.0, 1.0), themes.LIGHT).word(PLACE, word, 14.0, QColor("black"), 700, room)
    painter.end()
    ((rect, text, size, side),) = written
    if text_width(word, 14.0, 700) <= PLACE.width():
        assert (text, size, side, rect.center().x()) == (word, 14, "centre", PLACE.center().x())
    else:
        assert (side, rect.left()) == ("left", PLACE.left())
        assert word.startswith(text.rstrip("…")) and size >= SMALLEST_TEXT
        assert text_width(text, size, 700) <= room + 1.0 or len(text) == 2
