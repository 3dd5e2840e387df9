"""What cards beside the curves have in common that work long.

A picture stands on the left with all of the height, its controls and a few words on the right.
"""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from explorer.graph.plain import plain
from explorer.language import tr
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import px, scaled, sized
from explorer.ui.parts.fitting_words import FittingWords
from explorer.ui.parts.lazy_work import MARGIN, LazyWork
from explorer.ui.parts.one_of import OneOf
from explorer.ui.parts.widgets import in_column, in_row

WIDE, BESIDE = 420, 190
"""Width, in px, from which the controls stand beside the picture, and the least of theirs."""


class LazyCard(LazyWork):
    """`look_asked` carries fields of the view to change."""

    look_asked = Signal(object)
    least_height = 100
    """What the picture asks for, in px, where the controls ask for less."""

    def __init__(self, picture: QWidget) -> None:
        whole = QWidget()
        super().__init__(whole)
        self.picture, self.words = picture, FittingWords()
        self.states = OneOf(tr("State"), tr("Which state is followed"))
        self.states.chosen.connect(lambda name: self.choose_state(name))
        self.tools = in_column(3)
        self._build(whole)

    def offer(self, names: tuple[str, ...], chosen: str) -> None:
        """Let one of these states be chosen, where there are several."""
        assert self.shown is not None
        self.states.offer({name: plain(self.shown.network.node(name).symbol) for name in names})
        self.states.choose(chosen)

    def choose_state(self, name: str) -> None:
        """Ask for another of the states that are offered."""
        self.ask(followed=name, path=None)

    def ask(self, **fields: object) -> None:
        """Ask for the view to be changed."""
        self.look_asked.emit(fields)

    # How it is laid out.

    def add_row(self, *widgets: QWidget) -> None:
        """Put controls side by side, below those that are there."""
        self.tools.addLayout(in_row(5, *widgets, 1))

    def give_tools_room(self) -> None:
        """Let the controls take what room there is before the words do, as where a list is among them."""
        self._column.setStretchFactor(self.tools, 3)

    def _build(self, whole: QWidget) -> None:
        scaled(self.words.setFont, number_font(11))
        self.picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.add_row(self.states)
        self._side = QWidget()
        self._column = in_column(3, self.tools, (self.words, 1), on=self._side)
        scaled(self._side.setMinimumWidth, BESIDE)
        self._box = in_row(10, (self.picture, 1), self._side, on=whole)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def minimumSizeHint(self) -> QSize:
        if self._pages.currentWidget() is self.message:
            return QSize(px(260), self.message.heightForWidth(self.width()))
        if self.width() < px(WIDE):
            return sized(260, 240)
        column = self._side.layout()
        assert column is not None
        return QSize(px(260), max(px(self.least_height), column.minimumHeightForWidth(px(BESIDE)) + 2 * px(MARGIN)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(WIDE)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        as_controls = QSizePolicy.Policy.Fixed if wide else QSizePolicy.Policy.Preferred
        self._side.setSizePolicy(as_controls, QSizePolicy.Policy.Preferred)
