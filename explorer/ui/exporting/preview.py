"""Look at what would be exported: the beginning of a text, or the picture."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QStackedLayout, QWidget

from explorer.errors import ExplorerError
from explorer.export.format import ExportKind, Format, Material, Options
from explorer.export.stepping import cursors
from explorer.language import tr, trn
from explorer.ui.look import theme as themes
from explorer.ui.parts.widgets import Words

MOST_NUMBERS, MOST_EVENTS, MOST_LINES = 20_000, 200, 400
"""Of what holds more numbers no text is previewed, as that would take seconds; of more events the last one alone, which
takes half a millisecond; of others the first lines."""
SQUARE = 8
"""Side, in px, of the squares that show through where a picture is transparent."""


class Preview(QWidget):
    """A text, a picture, or in words why there is neither."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.picture, self.words = QPlainTextEdit(), Picture(), Words()
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(tr("Preview"))
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout(self)
        for page in (self.text, self.picture, self.words):
            self._pages.addWidget(page)

    def show_format(self, format: Format, material: Material, options: Options) -> None:
        """Show the file that there would be, or its beginning, or one of its pictures."""
        why_not = format.why_not(material)
        if why_not:
            self._say(why_not)
            return
        try:
            if format.drawn:
                self._draw(format, material, options)
            elif format.write is None or _numbers(material) > MOST_NUMBERS:
                self._say(tr("There is too much of it to show here."))
            else:
                long = "events" in format.heeds and material.event and len(material.events) > MOST_EVENTS
                self._write(format.write(material, Options(events="current") if long else options))
        except ExplorerError as error:
            self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.words.setText(sentence)
        self._pages.setCurrentWidget(self.words)

    def _write(self, content: bytes | str) -> None:
        text = content if isinstance(content, str) else content.decode(errors="replace")
        self.text.setPlainText("\n".join(text.split("\n")[:MOST_LINES]))
        self._pages.setCurrentWidget(self.text)

    def _draw(self, format: Format, material: Material, options: Options) -> None:
        assert material.shown is not None and material.draw is not None
        heeded = Options(**{name: getattr(options, name) for name in format.heeds if name != "scale"})
        said = ""
        if format.kind is ExportKind.STEPPING:
            count = len(cursors(material, options))
            said = trn("1 picture", "{n:,} pictures", count)
            if "seconds" in format.heeds:
                said += f", {count * options.seconds:.0f} s"
        told = "sentence" in format.heeds and options.sentence == "below"
        image = QImage.fromData(material.draw(material.shown, material.view, ".png", heeded, told=told))
        self.picture.show_picture(image, said)
        self._pages.setCurrentWidget(self.picture)


class Picture(QWidget):
    """A picture as large as there is room for, and a word about it below."""

    def __init__(self) -> None:
        super().__init__()
        self.image, self.said = QImage(), ""

    def show_picture(self, image: QImage, said: str) -> None:
        """Show another picture."""
        self.image, self.said = image, said
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = themes.current(), QPainter(self)
        room = self.rect().adjusted(0, 0, 0, -22 if self.said else 0)
        size: QSize = self.image.size().scaled(room.size() - QSize(2, 2), Qt.AspectRatioMode.KeepAspectRatio)
        place = room.adjusted(1, 1, -1, -1)
        place.setSize(size)
        place.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.image.hasAlphaChannel():
            for row in range(0, size.height(), SQUARE):
                for column in range(0, size.width(), SQUARE):
                    square = place.adjusted(column, row, 0, 0).intersected(place)
                    square.setSize(QSize(min(SQUARE, square.width()), min(SQUARE, square.height())))
                    painter.fillRect(square, theme.sunken if (row + column) // SQUARE % 2 else theme.surface)
        ratio = self.devicePixelRatioF()
        painter.drawImage(place, self.image.scaled(size * ratio, mode=Qt.TransformationMode.SmoothTransformation))
        painter.setPen(theme.border)
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
        if self.said:
            painter.setPen(theme.muted)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, self.said)


def _numbers(material: Material) -> int:
    """How many numbers a trace holds."""
    trace = material.trace
    return sum(array.size for array in (*trace.values.values(), *trace.parameters.values()))
