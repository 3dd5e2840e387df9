"""The card "Loss over two weights": the cliff, and what clipping by norm does at it, on the weights on screen."""

from collections.abc import Iterator

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from explorer.graph.analyse.recurrent import recurrent_weights
from explorer.graph.analyse.surface import Entry, Steepest, Surface, steepest
from explorer.graph.plain import plain
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.longterm.landscape import RATES, Descents, Search, SurfaceWanted, descending, planned, wanted
from explorer.session.view.card_tips import CLIFF_TIP
from explorer.session.viewing import View
from explorer.ui.longterm.choices import NumberChoice, gain_choice
from explorer.ui.longterm.entry_button import EntryButton
from explorer.ui.longterm.loss_map import Landscape, LossMap
from explorer.ui.longterm.surface_plot import SurfacePlot
from explorer.ui.longterm.words import cliff_words, descent_words, entry_name
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.lazy_card import LazyCard
from explorer.ui.parts.one_of import COMPACT
from explorer.ui.parts.widgets import in_row, tool_button
from explorer.wording import listed

HALVES, CLIPS = (0.25, 0.5, 1.0, 2.0, 4.0), (0.1, 0.3, 1.0, 3.0)


class CliffCard(LazyCard):
    """Surface and map grow finer while they are worked out; the descents follow at once."""

    def __init__(self) -> None:
        self.surface_plot, self.map = SurfacePlot(), LossMap()
        both = QWidget()
        in_row(6, (self.surface_plot, 3), (self.map, 2), on=both)
        super().__init__(both)
        self.setToolTip(CLIFF_TIP)
        self.surface: Surface | None = None
        self.descents: Descents | None = None
        self.search: Search | None = None
        self._drawn: Landscape | None = None
        self._plan: object = None
        self._steepest: Steepest | None = None
        self._names: tuple[str, str] = ("", "")
        self._weights, self._rate = "W", 0.0
        self._fruitless = 0.0
        self._build_tools()
        self.map.start_chosen.connect(lambda x, y: self.ask(start=(x, y)))

    def _build_tools(self) -> None:
        self.axes = EntryButton(tr("First weight")), EntryButton(tr("Second weight"))
        self.half = NumberChoice(
            HALVES, "±{}", tr("Piece"), tr("How far the surface reaches from the weights as they are")
        )
        self.gain = gain_choice()
        self.rate = NumberChoice(RATES, "η = {}", tr("Learning rate"), tr("Of both descents"))
        self.clip = NumberChoice(
            CLIPS, "v = {}", tr("Clip to norm"), tr("The norm to which the solid descent is clipped")
        )
        tip = tr(
            "Take the recurrent weights larger, step by step, until there is one; begin at it,\nwith a learning "
            "rate at which a step leaps as far as this piece reaches"
        )
        self.finder = tool_button(tr("find a cliff"), tip, "", self._begin_search)
        scaled(self.finder.setStyleSheet, COMPACT)
        self.add_row(*self.axes, self.half)
        self.add_row(self.gain, self.finder)
        self.add_row(self.rate, self.clip)
        for place, button in enumerate(self.axes):
            button.picked.connect(lambda entry, place=place: self._choose_axis(place, entry))
        self.half.asked.connect(lambda half: self.ask(half=half))
        self.gain.asked.connect(lambda gain: self.ask(gain=gain))
        self.rate.asked.connect(lambda rate: self.ask(rate=rate))
        self.clip.asked.connect(lambda clip: self.ask(clip=clip))

    def wanted(self, shown: Shown, view: View) -> Struct:
        found = wanted(shown, view.longterm)
        symbols = {p.name: plain(p.symbol) for p in shown.network.architecture.parameters}
        for button, entry in zip(self.axes, found.axes, strict=True):
            button.set_entry(entry, shown.trace.parameters, symbols)
        first, second = (entry_name(entry, symbols[entry[0]]) for entry in found.axes)
        self._names = first, second
        self._rate, clip = planned(shown, view.longterm)
        numbers = (found.half, found.gain, self._rate, clip)
        for choice, number in zip((self.half, self.gain, self.rate, self.clip), numbers, strict=True):
            choice.show_number(number)
        self._weights = listed([symbols[name] for name in recurrent_weights(shown.network)] or ["W"])
        return found

    def work(self, shown: Shown, wanted: Struct) -> Iterator[None]:
        assert isinstance(wanted, SurfaceWanted)
        self.search, self._fruitless = None, 0.0
        self.surface = self.descents = None
        self.surface = Surface(shown.trace, wanted.axes, wanted.half, wanted.gain)
        while not self.surface.done:
            self.surface.advance(0.0)
            yield
            if self.surface.stride:
                yield from self._descend()
        self._steepest = steepest(self.surface.losses)

    def _descend(self) -> Iterator[None]:
        """Go down as the view asks now, if that is not done yet."""
        while self.surface is not None and self.shown is not None and self._plan != self._asked:
            plan = self._asked
            self.descents = yield from descending(self.surface, self.shown, self.view.longterm)
            self._plan = plan

    @property
    def _asked(self) -> object:
        """What decides the descents on a surface."""
        assert self.shown is not None
        settings = self.view.longterm
        return self.surface, planned(self.shown, settings), settings.start

    def follow(self) -> None:
        if self.surface is None or self.shown is None or not self.surface.stride:
            return
        if self._plan != self._asked and not self.busy:
            self.also(self._descend())
        self._draw(Landscape(self.surface, self._names, self.descents, self.surface.stride))
        if self.search is not None:
            self.words.say_most(
                tr("Looking for a cliff with {weights} × {tried:g} …", weights=self._weights, tried=self.search.tried)
            )
        elif self.surface.done and self.descents is not None:
            cliff = cliff_words(self._steepest, self._weights, self.surface.gain, self._fruitless)
            ways = descent_words(self.descents, self.surface.half)
            pairs = ((cliff[0], ways[0]), (cliff[0], ways[1]), (cliff[1], ways[1]))
            self.words.say_most(*(f"{one}\n{other}" for one, other in pairs))

    def _draw(self, landscape: Landscape) -> None:
        """Draw it, if it has grown or changed since."""
        if landscape != self._drawn:
            self._drawn = landscape
            self.map.set_landscape(landscape)
            self.surface_plot.set_landscape(landscape)

    def _choose_axis(self, place: int, entry: Entry) -> None:
        """Take the entry for one axis; if it is that of the other, both change places."""
        first, second = (button.entry for button in self.axes)
        if entry == (second, first)[place]:
            first, second = second, first
        else:
            first, second = (entry, second) if place == 0 else (first, entry)
        self.ask(axes=(first, second), start=(0.0, 0.0))

    def _begin_search(self) -> None:
        if self.surface is not None and self.search is None:
            self.also(self._searching(self.surface))

    def _searching(self, surface: Surface) -> Iterator[None]:
        asked = SurfaceWanted(surface.axes, surface.half, surface.gain)
        self.search = search = Search(surface.trace, asked, self._rate)
        while not search.done:
            search.advance(0.0)
            yield
        self.search = None
        if search.found is None:
            self._fruitless = search.tried
        else:
            found = search.found
            self.ask(gain=found.gain, start=found.start, rate=found.rate)
