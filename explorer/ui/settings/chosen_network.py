"""View of the network that is looked at: a card that says what it is and opens the chooser; arrows go to the next."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from explorer.architectures import by_group
from explorer.graph.architecture import Architecture
from explorer.language import tr
from explorer.ui.drawing.thumbnail import paint_thumbnail
from explorer.ui.look import fonts
from explorer.ui.look import theme as themes
from explorer.ui.look.icons import paint_icon
from explorer.ui.look.text_size import own_rect, painter_on, px, sized, usual
from explorer.ui.settings.network_card import joined, paint_frame, title_font
from explorer.ui.typography.text import WRAPPED

HEAD, PADDING = 72, 8
"""Height of the part with the drawing, and distance of words from the border, in px."""


class ChosenNetwork(QAbstractButton):
    """A click asks for the chooser; `stepped` carries the id of the network before or after this one."""

    stepped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.network: Architecture | None = None
        self.low = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_network(self, network: Architecture) -> None:
        """Show another network."""
        self.network = network
        self.setAccessibleName(
            tr("Network: {joined}. Choose another", joined=joined(", ", network.title, network.cited))
        )
        self.setAccessibleDescription(network.lesson)
        self.setToolTip(tr("<p>{lesson}</p><p>Click, or C, for all networks</p>", lesson=network.lesson))
        self.updateGeometry()
        self.update()

    def set_low(self, low: bool) -> None:
        """Leave out what the network teaches, for which there is the tool tip."""
        self.low = low
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(196), self.heightForWidth(px(196)))

    def minimumSizeHint(self) -> QSize:
        return sized(160, HEAD)

    def heightForWidth(self, width: int) -> int:
        if self.low or self.network is None:
            return px(HEAD)
        room = QRectF(0, 0, usual(width) - 2 * PADDING - 2, 999)
        lesson = QFontMetricsF(fonts.ui_font(themes.SMALL_SIZE)).boundingRect(room, WRAPPED, self.network.lesson)
        return px(HEAD + round(lesson.height()) + PADDING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is None or self.network is None:
            super().keyPressEvent(event)
            return
        ids = [network.id for group in by_group().values() for network in group]
        at = ids.index(self.network.id) + by
        if 0 <= at < len(ids):
            self.stepped.emit(ids[at])

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.network is None:
            return
        theme, painter, network = themes.current(), painter_on(self), self.network
        box = own_rect(self).adjusted(1, 1, -1, -1)
        paint_frame(painter, box, chosen=self.hasFocus(), lit=self.hasFocus() or self.underMouse())
        paint_thumbnail(painter, QRectF(box.left() + 6, box.top() + 6, 58, HEAD - 14), network)
        paint_icon(painter, "down", QPointF(box.right() - 13, box.top() + 15), theme.muted, 13)
        text = QRectF(box.left() + 72, box.top() + PADDING, box.width() - 72 - 26, HEAD)
        painter.setPen(theme.text)
        painter.setFont(title_font(network.title, text.width()))
        below = painter.boundingRect(text, WRAPPED, network.title).bottom() + 2
        painter.drawText(text, WRAPPED, network.title)
        painter.setPen(theme.muted)
        painter.setFont(fonts.ui_font(themes.SMALL_SIZE))
        said = QRectF(text.left(), below, text.width() + 20, box.top() + HEAD - below - 2)
        painter.drawText(said, WRAPPED, joined("\n", network.subtitle, network.cited))
        if not self.low:
            lesson = box.adjusted(PADDING, HEAD - 2, -PADDING, 0)
            painter.drawText(lesson, WRAPPED, network.lesson)
