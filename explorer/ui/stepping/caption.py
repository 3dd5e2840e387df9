"""View of what happens now, in one numbered sentence, in the colour of its phase."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.look import fonts, theme

MARGIN = 14
PADDING = 10


class Caption(QWidget):
    """A tinted box with one sentence; it keeps room for two lines so that nothing jumps."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._role: theme.RoleName = "parameter"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The sentence that is shown."""
        return self._text

    def set_caption(self, text: str, role: theme.RoleName) -> None:
        """Say a sentence in the colour of a role."""
        if (text, role) != (self._text, self._role):
            self._text, self._role = text, role
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        shades = theme.current().role(self._role)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(MARGIN, 2.5, -MARGIN, -4.5)
        painter.setPen(QPen(shades.line, 1))
        painter.setBrush(shades.soft)
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        painter.setPen(theme.current().text)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        room = box.adjusted(PADDING, 0, -PADDING, 0)
        for size in (theme.TEXT_SIZE, theme.SMALL_SIZE):
            # A long sentence in a narrow window is written smaller rather than cut.
            painter.setFont(fonts.ui_font(size))
            if painter.boundingRect(room, flags, self._text).height() <= room.height():
                break
        painter.drawText(room, flags, self._text)
