"""The card "Repeated composition": what becomes of the initial state, step by step, with the weights on screen."""

from collections.abc import Iterator
from typing import get_args

from msgspec import Struct
from PySide6.QtCore import Signal

from explorer.graph.analyse.composition import Drive
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.longterm.composed import Composed, CurvesWanted, composable, composing, wanted
from explorer.session.longterm.here import cursor_at, step_at
from explorer.session.view.card_tips import COMPOSITION_TIP
from explorer.session.viewing import View
from explorer.ui.longterm.choices import NumberChoice, gain_choice
from explorer.ui.longterm.composition_plot import CompositionPlot
from explorer.ui.longterm.words import DRIVES, composition_words
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.lazy_card import LazyCard
from explorer.ui.parts.named_choice import NamedChoice
from explorer.ui.parts.one_of import COMPACT
from explorer.ui.parts.widgets import tool_button

LINES = (0.5, 1.0, 2.0, 6.0, 20.0)
DRIVE_NAMES: tuple[Drive, ...] = get_args(Drive)


class CompositionCard(LazyCard):
    """`step_asked` carries the cursor of a curve that was clicked."""

    step_asked = Signal(int)

    def __init__(self) -> None:
        self.plot = CompositionPlot()
        super().__init__(self.plot)
        self.setToolTip(COMPOSITION_TIP)
        self.composed: Composed | None = None
        tip = tr("The input at every step: that of the sequence, that of the step at hand held, or zero")
        self.drive = NamedChoice(tr("Input"), tip, whole=True)
        self.gain = gain_choice()
        self.drive.fill((DRIVES[name], name) for name in DRIVE_NAMES)
        tip = tr("Draw another random line for the state to begin on, and another projection")
        self.again = tool_button(tr("new line"), tip, "", lambda: self.ask(draw=self.view.longterm.draw + 1))
        scaled(self.again.setStyleSheet, COMPACT)
        self.line = NumberChoice(
            LINES, "±{} √n", tr("Length of the line"), tr("How far the random line reaches from where the state begins")
        )
        self.add_row(self.drive, self.again)
        self.add_row(self.gain, self.line)
        self.drive.asked.connect(lambda drive: self.ask(drive=drive))
        self.gain.asked.connect(lambda gain: self.ask(gain=gain))
        self.line.asked.connect(lambda line: self.ask(line=line))
        self.plot.chosen.connect(self._go_to)

    def wanted(self, shown: Shown, view: View) -> Struct:
        found, settings = wanted(shown, view), view.longterm
        self.offer(composable(shown), found.name)
        self.drive.show_value(settings.drive)
        self.drive.setVisible(bool(shown.network.inputs))
        self.gain.show_number(settings.gain)
        self.line.show_number(settings.line)
        return found

    def work(self, shown: Shown, wanted: Struct) -> Iterator[None]:
        assert isinstance(wanted, CurvesWanted)
        self.composed = None
        self.composed = yield from composing(shown, wanted)

    def follow(self) -> None:
        if self.composed is None or self.shown is None:
            return
        c = self.composed.curve_of(step_at(self.shown, self.view.cursor, self.composed.wanted.name))
        self.plot.set_composed(self.composed, c)
        self.words.say_most(*composition_words(self.composed, c))

    def _go_to(self, t: int) -> None:
        if self.composed is None or self.shown is None:
            return  # what was clicked is about to go
        self.step_asked.emit(cursor_at(self.shown, self.composed.wanted.name, t))
