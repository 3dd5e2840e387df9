"""View of many networks: their cards in rows, group after group, each group named above its first card of a row."""

from itertools import groupby

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.architectures import architectures, by_group
from explorer.graph.architecture import Architecture
from explorer.language import tr
from explorer.ui.look import fonts
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import on_sheet, own_rect, painter_on, px, rect_on_screen, usual
from explorer.ui.settings.network_card import LEAST, NetworkCard

GAP, HEAD = 6, 18
"""Distance of cards and height of a group's name above them, in px."""
TALLEST, WIDEST = 104, 196
"""Largest size of a card, in px."""


class NetworkGrid(QWidget):
    """One card is current. `chosen` carries the id of a card that was clicked, `moved` says that another is current."""

    chosen = Signal(str)
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Networks"))
        self.cards: dict[str, NetworkCard] = {}
        self.shown: list[NetworkCard] = []
        """The cards that are found, in the order of the groups."""
        self.current: NetworkCard | None = None
        self._columns, self._height = 1, LEAST.height()
        keys = {id: str(place) for place, id in enumerate(architectures(), 1) if place <= 9}
        for network in (network for group in by_group().values() for network in group):
            card = self.cards[network.id] = NetworkCard(network, keys.get(network.id, ""))
            card.setParent(self)
            card.clicked.connect(lambda _=False, id=network.id: self.chosen.emit(id))
            card.pointed.connect(lambda card=card: self.make_current(card))

    def show_found(self, found: list[Architecture]) -> None:
        """Show the cards of these networks only, of which the first becomes current."""
        ids = [network.id for network in found]
        self.shown = [card for id, card in self.cards.items() if id in ids]
        for card in self.cards.values():
            card.setVisible(card in self.shown)
        self.make_current(self.cards[ids[0]] if ids else None)
        self._place()

    def make_current(self, card: NetworkCard | None) -> None:
        """Make a card the one that Enter chooses."""
        if card is self.current:
            return
        for other in (self.current, card):
            if other is not None:
                other.set_current(other is card)
        self.current = card
        self.moved.emit()

    def step(self, key: Qt.Key) -> None:
        """Make the card in the direction of an arrow current, or with Home and End the first and the last."""
        if self.current is None:
            return
        last, at = len(self.shown) - 1, self.shown.index(self.current)
        down = min(at + self._columns, last) if at // self._columns < last // self._columns else at
        up = at - self._columns if at >= self._columns else at
        to = {
            Qt.Key.Key_Left: max(at - 1, 0),
            Qt.Key.Key_Right: min(at + 1, last),
            Qt.Key.Key_Up: up,
            Qt.Key.Key_Down: down,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }[key]
        self.make_current(self.shown[to])

    # Where the cards are.

    def fit(self, width: int, height: int) -> None:
        """Make the cards as large as this room allows for all of them, found or not; too many are scrolled."""
        width, height = int(usual(width)), int(usual(height))
        fewest, most = -(-(width + GAP) // (WIDEST + GAP)), max(1, (width + GAP) // (LEAST.width() + GAP))
        heights = {columns: self._highest(columns, height) for columns in range(min(fewest, most), most + 1)}
        self._columns = next((c for c, least in heights.items() if least >= LEAST.height()), most)
        self._height = min(TALLEST, max(LEAST.height(), heights[self._columns]))
        self._place()

    def _highest(self, columns: int, height: int) -> int:
        """How high cards in so many columns can be if all rows fit into this height."""
        rows = -(-len(self.cards) // columns)
        return (height + GAP) // rows - HEAD - GAP

    def sizeHint(self) -> QSize:
        rows = -(-len(self.shown) // self._columns)
        return QSize(self.minimumWidth(), px(max(0, rows * (HEAD + self._height + GAP) - GAP)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        width = (own_rect(self).width() - GAP * (self._columns - 1)) / self._columns
        for place, card in enumerate(self.shown):
            row, column = divmod(place, self._columns)
            left, right = (round(edge * (width + GAP)) for edge in (column, column + 1))
            top = HEAD + row * (HEAD + self._height + GAP)
            card.setGeometry(rect_on_screen(QRectF(left, top, right - left - GAP, self._height)))
        self.setMinimumHeight(self.sizeHint().height())
        self.update()

    @property
    def headings(self) -> list[tuple[str, QRect]]:
        """The names of the groups, each with the strip above its cards of one row."""
        cards = groupby(self.shown, lambda card: (card.y(), card.network.group))
        found = []
        for (top, group), of_group in cards:
            first, *rest = of_group
            width = (rest[-1] if rest else first).geometry().right() - first.x()
            found.append((f"{group[:1].upper()}{group[1:]}", QRect(first.x(), top - px(HEAD), width, px(HEAD))))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = themes.current(), painter_on(self)
        painter.setFont(fonts.ui_font(themes.SMALL_SIZE, 600))
        for group, place in self.headings:
            strip = on_sheet(QRectF(place))
            painter.setPen(theme.muted)
            metrics, room = painter.fontMetrics(), strip.adjusted(2, 0, 0, -2)
            said = metrics.elidedText(group, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, said)
            after = room.x() + metrics.horizontalAdvance(said) + 8
            if after < strip.right():
                painter.setPen(theme.border)
                painter.drawLine(QPointF(after, strip.center().y()), QPointF(strip.right(), strip.center().y()))
