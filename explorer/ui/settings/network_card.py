"""View of one network among many: its folded drawing in little, title, figure, and whether the task would change."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from explorer.graph.architecture import Architecture
from explorer.ui.drawing.thumbnail import paint_thumbnail
from explorer.ui.look import fonts
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import own_rect, painter_on, sized
from explorer.ui.typography.text import WRAPPED

LEAST = QSize(142, 69)
"""Smallest size, in px, in which all of a card can be read."""
LINE = 14.0
"""Height of a line of small text, in px."""


class NetworkCard(QAbstractButton):
    """Checked: the network that is shown. `current`: the one that Enter chooses."""

    pointed = Signal()

    def __init__(self, network: Architecture, key: str) -> None:
        super().__init__()
        self.network = network
        self.key = key
        """The key that chooses it without the chooser, or ""."""
        self.current = False
        self.consequence = ""
        """In two words, what comes with it."""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(joined(", ", network.title, network.cited, network.group))
        self.setAccessibleDescription(network.lesson)

    def set_current(self, current: bool) -> None:
        """Mark as the one that Enter chooses."""
        self.current = current
        self.update()

    def sizeHint(self) -> QSize:
        return sized(LEAST.width(), LEAST.height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit()
        super().mouseMoveEvent(event)

    def nextCheckState(self) -> None:
        """A click asks for a network; which one is shown is for the document to say."""

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = themes.current(), painter_on(self)
        box = own_rect(self).adjusted(1, 1, -1, -1)
        paint_frame(painter, box, chosen=self.isChecked(), lit=self.current)
        slot = min(72.0, max(42.0, box.width() * 0.3))
        paint_thumbnail(painter, QRectF(box.left() + 6, box.top() + 6, slot, box.height() - 12), self.network)
        text = QRectF(box.left() + slot + 13, box.top() + 4, box.width() - slot - 18, box.height() - 8)
        painter.setPen(theme.text)
        painter.setFont(title_font(self.network.title, text.width()))
        below = painter.boundingRect(text, WRAPPED, self.network.title).bottom() + 1
        painter.drawText(text, WRAPPED, self.network.title)
        painter.setPen(theme.muted)
        painter.setFont(fonts.ui_font(themes.SMALL_SIZE))
        cited, metrics, room = self.network.cited, painter.fontMetrics(), int(text.width())
        if metrics.horizontalAdvance(cited) > room:
            cited = f"§ {cited.rpartition(' ')[2]}"  # of all places only sections are so long
        for line in filter(None, (cited, self.consequence)):
            said = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(text.left(), below, text.width(), LINE), Qt.AlignmentFlag.AlignVCenter, said)
            below += LINE


def paint_frame(painter: QPainter, box: QRectF, chosen: bool, lit: bool) -> None:
    """The ground and the border of a card: blue if it is chosen, strong if the keyboard or the mouse is on it."""
    theme = themes.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = theme.forward.line if chosen else theme.text if lit else theme.border
    themes.draw_with(painter, QPen(edge, 1 + 0.5 * chosen + 1.0 * lit), theme.forward.soft if chosen else theme.surface)
    painter.drawRoundedRect(box, themes.RADIUS, themes.RADIUS)


def title_font(title: str, width: float) -> QFont:
    """The largest font in which no word of a title is broken, and which has room for it in two lines."""
    words = title.replace("–", "– ").split()
    for size in range(themes.TEXT_SIZE, themes.SMALL_SIZE, -1):
        metrics = QFontMetricsF(fonts.ui_font(size, 600))
        lines = metrics.boundingRect(QRectF(0, 0, width, 999), WRAPPED, title).height() / metrics.lineSpacing()
        if lines < 2.5 and max(map(metrics.horizontalAdvance, words), default=0) <= width:
            return fonts.ui_font(size, 600)
    return fonts.ui_font(themes.SMALL_SIZE, 600)


def joined(separator: str, *parts: str) -> str:
    """The parts that there are; a network may have no figure in the book."""
    return separator.join(part for part in parts if part)
