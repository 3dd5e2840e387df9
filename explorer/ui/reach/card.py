"""The card "How far gradients reach": which loss teaches which state, along which Jacobians, and round which loop."""

from collections.abc import Iterator

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from explorer.graph.plain import plain
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.reach.loop import LoopShown, default_step, loop_shown
from explorer.session.reach.path import Walk
from explorer.session.reach.reach import Fate, Reach, reach_of
from explorer.session.viewing import View
from explorer.ui.look.fonts import number_font, ui_font
from explorer.ui.look.text_size import scaled, sized, usual
from explorer.ui.parts.fitting_label import FittingLabel
from explorer.ui.parts.lazy_work import SLICE, LazyWork
from explorer.ui.parts.one_of import COMPACT, OneOf
from explorer.ui.parts.widgets import Segments, Words, in_column, in_row, tool_button
from explorer.ui.reach.bars import ReachBars
from explorer.ui.reach.equation import ReachEquation
from explorer.ui.reach.map import LEAST, LEFT, LEGEND, STEPS_BELOW, WITH_SCALE, ReachMap
from explorer.ui.reach.spectrum_plot import SpectrumPlot
from explorer.ui.reach.words import (
    cell_lines,
    cut_words,
    loop_words,
    norm_tex,
    path_pieces,
    radius_lines,
    spectrum_words,
    way_words,
)
from explorer.ui.typography.formula_label import FormulaLabel

KEPT = 4
"""Pictures of so many traces are kept, for going back and forth between them."""
LOOP, PATH = 0, 1
WIDE, TEXTS, LEAST_PICTURE = 452, 226, 100
"""Width, in px, from which the texts stand beside the pictures, and then theirs, and that of the second picture."""
_BESIDE, _BELOW = ((0, 0, 2, 1), (0, 1), (0, 2), (1, 1, 1, 2)), ((0, 0), (0, 1), (1, 0, 1, 2), (2, 0, 1, 2))
"""Where in a grid map, picture, texts and equation stand."""


class _Wanted(Struct, frozen=True):
    state: str


class ReachCard(LazyWork):
    """`path_chosen` carries k, t and the name of a state: the path from L(k) back to that state at step t."""

    path_chosen = Signal(int, int, str)
    path_cleared = Signal()

    def __init__(self) -> None:
        whole = QWidget()
        super().__init__(whole)
        self.map, self.spectrum, self.bars = ReachMap(), SpectrumPlot(), ReachBars()
        self.equation, self.words, self.line = ReachEquation(), Words(), FittingLabel()
        self.pages = Segments((tr("loop"), tr("path")), tr("Beside the picture"))
        self.pages.setToolTip(tr("The recurrent loop and how it grows, or the path that was clicked"))
        self.log = tool_button("log", tr("Colour by the logarithm of the norm"))
        self.reach: Reach | None = None
        self.cell: tuple[int, int] | None = None
        self.states = OneOf(tr("State"), tr("‖∂L(k)/∂h(t)‖: which state the gradient comes back to"))
        self._state = ""
        self._norm = FormulaLabel(norm_tex("h"), 13)
        self._loop: LoopShown | None = None
        self._kept: list[Reach] = []
        self._walk: Walk | None = None
        self._build(whole)
        self._show_page()

    # What is shown.

    def show_view(self, shown: Shown, view: View) -> None:
        """Show the gradients of this trace, and the path that the view picks out."""
        self._offer(shown)
        super().show_view(shown, view)
        path = view.path
        if path is None:
            self.clear()
        elif (self.cell, self._state) != (path[:2], path[2]):
            if path[2] in self.states.texts:
                self.states.choose(path[2])
                self._state = path[2]
            self.choose(*path[:2])

    def _offer(self, shown: Shown) -> None:
        """Let one of the recurrent states be chosen, where there are several."""
        texts = {name: f"∂{plain(shown.network.node(name).symbol)}" for name in shown.architecture.states}
        if texts != self.states.texts:
            self.states.offer(texts)
            self._state = next(iter(texts))
            self._norm.setVisible(len(texts) == 1)  # there is room for one of them

    def _choose_state(self, name: str) -> None:
        self._state = name
        self.clear()
        self.wake()

    def choose(self, k: int, t: int) -> None:
        """Look at the path from L(k) back to h(t), as by a click on its cell."""
        self._set_cell((k, t))
        self.pages.choose(PATH)
        self._show_page()
        self.path_chosen.emit(k, t, self._state)

    def clear(self) -> None:
        """Look at no path."""
        if self.cell is not None:
            self._set_cell(None)
            self.pages.choose(LOOP)
            self._show_page()
            self.path_cleared.emit()

    # Working it out.

    @property
    def _current(self) -> Reach | None:
        """The picture of what is shown, once it is worked out; until then the one before is still seen."""
        reach, trace = self.reach, self.shown.trace if self.shown is not None else None
        return reach if reach is not None and reach.trace is trace and reach.state == self._state else None

    def wanted(self, shown: Shown, view: View) -> _Wanted:
        return _Wanted(self._state)

    def work(self, shown: Shown, wanted: Struct) -> Iterator[None]:
        """The picture first, then the Jacobians on the path, a few at a time."""
        assert isinstance(wanted, _Wanted)
        same = (kept for kept in self._kept if kept.trace is shown.trace and kept.state == wanted.state)
        found = next(same, None)
        if found is None:
            found = reach_of(shown.trace, wanted.state)
            self._kept = [*self._kept[1 - KEPT :], found]
        self.reach = found
        self.map.set_reach(found)
        self._norm.set_latex(norm_tex(found.trace.network.node(found.state).symbol))
        if self.cell is not None and not found.has_path(*self.cell):
            self.clear()
        self._set_cell(self.cell)
        self._show_page()
        yield

    def _walk_on(self, walk: Walk, symbol: str) -> Iterator[None]:
        while walk is self._walk and not walk.done:
            walk.advance(SLICE)
            self.bars.set_path(walk.k, walk.t, walk.steps, symbol)
            yield

    def give_up(self, sentence: str) -> None:
        super().give_up(sentence)
        self.reach = None
        self.clear()

    def _set_cell(self, cell: tuple[int, int] | None) -> None:
        reach, self.cell, self._walk = self._current, cell, None
        self.map.choose(cell if reach is not None else None)
        if reach is None:
            return
        within = cell is None or (cell[0] - cell[1]) * reach.direction <= 0
        self._loop = loop_shown(reach, default_step(reach) if cell is None or within else cell[1])
        self.spectrum.set_loop(self._loop)
        if cell is not None:
            walk = self._walk = Walk(reach, *cell)
            self.bars.set_path(*cell, (), reach.symbol, way_words(reach, *cell))
            self.equation.set_parts(path_pieces(reach, *cell))
            if reach.loop is not None:
                self.also(self._walk_on(walk, reach.symbol))

    # Showing it.

    def _show_page(self) -> None:
        """Bring the texts in line with the page that is turned up."""
        reach, cell, page = self._current, self.cell, self.pages.choice
        self._side.setCurrentIndex(page)
        self.words.setText("")
        self.line.say()
        on_path = page == PATH and reach is not None and cell is not None and reach.fate(*cell) is Fate.REACHED
        self.equation.setVisible(on_path)
        self.words.setHidden(on_path and not self._wide)
        if page == PATH:  # a page that is not turned up must stay hidden
            self.bars.setVisible(cell is not None)
        if page == LOOP and self._loop is not None:
            self.line.say(*radius_lines(self._loop))
            self.line.setToolTip(loop_words(self._loop))
            self.words.setText(spectrum_words(self._loop))
        elif cell is None or reach is None:
            symbol = reach.symbol if reach else "h"
            self.words.setText(tr("Click a cell to follow the gradient of L(k) back to {symbol}(t).", symbol=symbol))
        else:
            self.line.say(*cell_lines(reach, *cell))
            self.line.setToolTip("")
            s = reach.cut_at(*cell)
            if s is not None:
                self.words.setText(cut_words(reach, s))

    def _build(self, whole: QWidget) -> None:
        self.log.setCheckable(True)
        self.log.setChecked(True)
        self.log.toggled.connect(self.map.set_logarithmic)
        scaled(self.words.setFont, number_font(11))
        scaled(self.line.setFont, ui_font(12, QFont.Weight.DemiBold))
        self.line.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for tool in (self.log, self.pages):
            scaled(tool.setStyleSheet, COMPACT)
        self.map.chosen.connect(self.choose)
        self.map.cleared.connect(self.clear)
        self.pages.chosen.connect(self._show_page)
        self.states.chosen.connect(self._choose_state)
        tools = in_row(6, self._norm, 1, self.states, self.log, self.pages)
        self._side, self._texts = QStackedWidget(), QWidget()
        self._side.addWidget(self.spectrum)
        self._side.addWidget(self.bars)
        in_column(3, tools, self.line, (self.words, 1), on=self._texts)
        self._grid = QGridLayout(whole)
        self._grid.setContentsMargins(0, 0, 0, 0)
        scaled(self._grid.setHorizontalSpacing, 10)
        scaled(self._grid.setVerticalSpacing, 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(0, 1)
        self._arrange(True)

    def _arrange(self, wide: bool) -> None:
        """Put the texts beside the pictures, which then have all of the height, or below them."""
        self._wide = wide
        places = _BESIDE if wide else _BELOW
        for widget, place in zip((self.map, self._side, self._texts, self.equation), places, strict=True):
            self._grid.addWidget(widget, *place)

    def minimumSizeHint(self) -> QSize:
        # By its width, not by `_wide`: a page that is not on top is told of its size only when it is turned to.
        return sized(260, 92 if usual(self.width()) >= WIDE else 228)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width, height = usual(self.width()), usual(self.height())
        wide = width >= WIDE
        if wide != self._wide:
            self._arrange(wide)
        # The map is a square as high as there is room, but leaves width to what is beside it.
        high = height - 6 - (0 if wide else 75) - STEPS_BELOW - LEGEND
        free = width - LEFT - 30
        side = min(high, free - TEXTS - LEAST_PICTURE if wide else 0.54 * free) + LEFT + 4
        least = min(WITH_SCALE, LEAST + width - WIDE) if wide else LEAST
        scaled(self.map.setFixedWidth, max(least, side))
        scaled(self._texts.setMaximumWidth, TEXTS if wide else width)
        scaled(self._texts.setMinimumWidth, TEXTS if wide else 0)
