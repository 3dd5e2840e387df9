"""Choose among all networks in a panel over the graph: by mouse, with arrows and Enter, or by typing words.

Esc or a click elsewhere closes it and changes nothing.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QWidget

from explorer.graph.architecture import Architecture
from explorer.language import tr
from explorer.session.choosing import Consequence, find, with_it
from explorer.session.document import Document
from explorer.ui.look import theme as themes
from explorer.ui.look.text_size import px
from explorer.ui.parts.announcing import announce
from explorer.ui.parts.fitting_label import FittingLabel
from explorer.ui.parts.scroller import ScrolledColumn
from explorer.ui.parts.widgets import Words, in_column, in_row, styled
from explorer.ui.settings.network_card import LEAST, joined
from explorer.ui.settings.network_grid import GAP, WIDEST, NetworkGrid

Follows = Callable[[Document, Architecture], Consequence | None]

MARGIN, PADDING = 8, 12
"""What is left free around the panel, and within it, in px."""
MOST_COLUMNS = 6
SCROLL_BAR = 12
MOVING = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}
CHOOSING = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class NetworkChooser(QFrame):
    """`chosen` carries the id of the network that was chosen, after which the panel is closed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName(tr("Choose a network"))
        self._document: Document | None = None
        self._follows: Follows = with_it
        self.words, self.count, self.nothing = QLineEdit(), styled(QLabel(), "muted"), Words()
        self.words.setPlaceholderText(
            tr("Find a network: its title, a figure such as 10.5, or a word such as gradient")
        )
        self.words.setAccessibleName(tr("Find a network"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._find)
        self.words.installEventFilter(self)
        self.grid = NetworkGrid()
        self.grid.chosen.connect(self._choose)
        self.grid.moved.connect(self._tell)
        self.lesson, self.consequence = QLabel(), styled(FittingLabel(), "muted")
        self.lesson.setWordWrap(True)
        self.lesson.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll = ScrolledColumn()
        self._scroll.setWidget(self.grid)
        above = in_row(10, (self.words, 1), self.count)
        below = self.lesson, self.consequence
        in_column(6, above, self.nothing, (self._scroll, 1), *below, on=self, margins=(PADDING, PADDING, PADDING, 8))

    def open_in(self, room: QRect, document: Document, follows: Follows = with_it) -> None:
        """Open within a rectangle of the screen, with the network of a document as the current one.

        `follows` says what follows if a network is chosen.
        """
        self._document, self._follows = document, follows
        for id, card in self.grid.cards.items():
            found = follows(document, card.network)
            card.consequence = "" if found is None else found.short
            card.setChecked(id == document.network.architecture)
        self.words.clear()
        self._find("")
        self.grid.make_current(self.grid.cards[document.network.architecture])
        self._fit(room.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN))
        self.show()
        self.words.setFocus(Qt.FocusReason.PopupFocusReason)
        self._tell()

    def _fit(self, room: QRect) -> None:
        """Take as much of the room as the cards need."""
        columns, beside = min(MOST_COLUMNS, len(self.grid.cards)), 2 * px(PADDING)
        width = min(room.width(), columns * (WIDEST + GAP) - GAP + beside + SCROLL_BAR)
        inside = width - beside - SCROLL_BAR
        words, wrapped = self.lesson.fontMetrics(), Qt.TextFlag.TextWordWrap
        lessons = (card.network.lesson for card in self.grid.cards.values())
        lines = QRect(0, 0, width - beside, 999)
        self.lesson.setFixedHeight(max(words.boundingRect(lines, wrapped, lesson).height() for lesson in lessons) + 2)
        self.consequence.setFixedHeight(self.consequence.fontMetrics().lineSpacing() + 2)
        said = self.words.sizeHint().height() + self.lesson.height() + self.consequence.height()
        around = said + px(3 * 6 + PADDING + 8)
        self.grid.fit(inside, room.height() - around)
        height = min(room.height(), around + self.grid.sizeHint().height())
        self.setGeometry(QRect(room.topLeft(), QSize(width, max(height, px(LEAST.height()) + around))))

    def _find(self, words: str) -> None:
        found = find(words)
        self.grid.show_found(found)
        every = len(self.grid.cards)
        self.count.setText(
            tr("{every} networks", every=every)
            if len(found) == every
            else tr("{found} of {every}", found=len(found), every=every)
        )
        self.nothing.setText(
            tr("No network is found by “{words}”. Try fewer words, or another one.", words=words.strip())
        )
        self.nothing.setVisible(not found)
        self._tell()

    def _tell(self) -> None:
        """Say what the current network teaches, and what comes with it."""
        card = self.grid.current
        if card is None or self._document is None:
            self.lesson.clear()
            self.consequence.say()
            return
        self._scroll.ensureWidgetVisible(card, 0, 24)
        network, found = card.network, self._follows(self._document, card.network)
        self.lesson.setText(network.lesson)
        announce(self, f"{card.accessibleName()}. {network.lesson}")
        self.consequence.say(
            found.said if found else joined(" · ", network.cited, card.key and tr("key {key}", key=card.key))
        )

    def _choose(self, id: str) -> None:
        self.close()
        self.chosen.emit(id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._takes(event):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._takes(event):
            super().keyPressEvent(event)

    def _takes(self, event: QKeyEvent) -> bool:
        """Do what a key is for, before the field for words would take it for itself."""
        key = Qt.Key(event.key())
        if key in MOVING and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.grid.step(key)
        elif key in CHOOSING:
            if self.grid.current is not None:
                self._choose(self.grid.current.network.id)
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = themes.current(), QPainter(self)
        painter.fillRect(self.rect(), theme.raised)
        painter.setPen(QPen(theme.strong_border, 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
