"""The card "Units": examples written on the colour of a unit, and how well each unit follows what the task knows."""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.graph.plain import plain
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.longterm.here import step_at
from explorer.session.states.units import UnitsSeen, UnitsWanted, looking_into, nodes_with_units, wanted
from explorer.session.view.card_tips import UNITS_TIP
from explorer.session.viewing import View
from explorer.ui.drawing.scene import rounded_up
from explorer.ui.look import theme as themes
from explorer.ui.look.colour import symmetric_limit
from explorer.ui.look.text_size import painter_on, scaled
from explorer.ui.parts.cells import paint_cells
from explorer.ui.parts.lazy_card import LazyCard
from explorer.ui.parts.named_choice import NamedChoice
from explorer.ui.parts.scroller import ScrolledColumn
from explorer.ui.parts.widgets import in_column
from explorer.ui.typography.numbers import figures
from explorer.ui.typography.text import paint_text
from explorer.ui.units.ranking import ROW, Ranking
from explorer.ui.units.words import units_words
from explorer.ui.units.written import NUMBER, WrittenLines

FEW_UNITS = 2
"""Units of the list that are seen at least."""


class UnitsCard(LazyCard):
    """`step_asked` carries the node, the step, and the number of the example; None: the one that is shown."""

    step_asked = Signal(str, int, object)
    least_height = 70

    def __init__(self) -> None:
        self.written, self.ranking, self._legend = WrittenLines(), Ranking(), _Legend()
        picture = QWidget()
        in_column(2, (_scrolled(self.written), 1), self._legend, on=picture)
        super().__init__(picture)
        self.setToolTip(UNITS_TIP)
        self.seen: UnitsSeen | None = None
        self.node = NamedChoice(tr("Node"), tr("Whose units are seen"))
        self.fact = NamedChoice(tr("Known"), tr("What the task knows, that units are held against"))
        self.add_row(self.node, self.fact)
        self.tools.addWidget(_scrolled(self.ranking, FEW_UNITS * ROW), 1)
        self.give_tools_room()
        self.node.asked.connect(lambda id: self.ask(node=id, unit=None))
        self.fact.asked.connect(lambda id: self.ask(fact=id, unit=None))
        self.ranking.chosen.connect(lambda unit: self.ask(unit=unit))
        self.written.picked.connect(self._pick)

    def wanted(self, shown: Shown, view: View) -> Struct:
        found = wanted(shown, view)
        nodes = nodes_with_units(shown.network)
        self.node.offer([(plain(shown.network.node(name).symbol), name) for name in nodes], found.node)
        return found

    def work(self, shown: Shown, wanted: Struct) -> Iterator[None]:
        assert isinstance(wanted, UnitsWanted)
        if self.seen is not None and self.seen.wanted != wanted:
            self.seen = None  # of newer weights they stay meanwhile; a node of another network may not be in this one
        self.seen = yield from looking_into(shown, wanted)

    def follow(self) -> None:
        seen = self.seen
        if seen is None or self.shown is None:
            return
        unit = seen.unit(self.view.seen_units.unit)
        limit = rounded_up(symmetric_limit(*(line.values for line in seen.lines)))
        now = step_at(self.shown, self.view.cursor, seen.wanted.node)
        self.fact.offer([(fact.title, fact.id) for fact in seen.facts], seen.wanted.fact)
        self.written.set_lines(seen.lines, unit, limit, seen.symbol, seen.first)
        self.written.set_now(None if now is None else now - seen.first)
        self.ranking.set_units(seen.order, seen.shares, unit)
        self._legend.set_limit(limit)
        said = units_words(seen, unit)
        self.words.say_most(*said)
        self.ranking.setToolTip(said[0])

    def _pick(self, place: int, step: int) -> None:
        if self.seen is None:
            return  # what was clicked is about to go
        line = self.seen.lines[place]
        self.step_asked.emit(self.seen.wanted.node, step + self.seen.first, None if line.shown else line.number)


class _Legend(QWidget):
    """What the colours mean, in one line."""

    def __init__(self) -> None:
        super().__init__()
        self._limit = 1.0
        scaled(self.setFixedHeight, 16)
        self.setAccessibleName(tr("What the colours mean"))

    def set_limit(self, limit: float) -> None:
        if limit != self._limit:
            self._limit = limit
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        theme, bar = themes.current(), QRectF(NUMBER + 34, 4, 110, 9)
        paint_cells(painter, bar, np.linspace(-1, 1, 55), 1.0)
        for value, text in (
            (-self._limit, QRectF(0, 0, bar.left() - 5, 16)),
            (self._limit, QRectF(bar.right() + 5, 0, 60, 16)),
        ):
            paint_text(painter, text, figures(value, 2), 11, theme.muted, "right" if value < 0 else "left")


def _scrolled(widget: QWidget, least: int = 0) -> ScrolledColumn:
    scroll = ScrolledColumn()
    scroll.setWidget(widget)
    scaled(scroll.setMinimumHeight, least)
    return scroll
