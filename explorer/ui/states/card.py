"""The card "Hidden states": many of them in a plane, coloured by what the task knows, and the machine beside it."""

from collections.abc import Iterator

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.longterm.here import cursor_at
from explorer.session.states.seen import ReadOff, Seen, SeenWanted, seeing, seen_states, wanted
from explorer.session.view.card_tips import STATES_TIP
from explorer.session.viewing import View
from explorer.tasks import Fact
from explorer.ui.parts.lazy_card import LazyCard
from explorer.ui.parts.named_choice import NamedChoice
from explorer.ui.parts.widgets import in_row
from explorer.ui.states.legend import Legend
from explorer.ui.states.machine_view import MachineView
from explorer.ui.states.options import SeenOptions
from explorer.ui.states.plane_view import PlaneView, plain_unit
from explorer.ui.states.words import machine_words, stays_words


class StatesCard(LazyCard):
    """`step_asked` carries the cursor of a step of the path that was clicked."""

    step_asked = Signal(int)
    least_height = 84
    finishes = True

    def __init__(self) -> None:
        self.plane, self.machine = PlaneView(), MachineView()
        both = QWidget()
        self._row = in_row(6, (self.plane, 3), (self.machine, 2), on=both)
        super().__init__(both)
        self.setToolTip(STATES_TIP)
        self.seen: Seen | None = None
        self._of: Shown | None = None
        self.colour = NamedChoice(tr("Coloured by"), tr("Coloured by"))
        self.input = NamedChoice(
            tr("Input"), tr("The input of arrows and fixed points: that of the step at hand, or another")
        )
        self.colour.asked.connect(lambda id: self.ask(coloured=id))
        self.input.asked.connect(lambda name: self.ask(moved_by=name))
        self.options, self.legend = SeenOptions(self.ask), Legend()
        self.tools.addLayout(in_row(5, (self.colour, 1), (self.input, 1)))
        self.tools.addLayout(in_row(5, (self.legend, 1), self.options))
        self.machine.hide()
        self.plane.step_chosen.connect(self._go_to)

    def choose_state(self, name: str) -> None:
        self.ask(seen_state=name, plane=None)

    def wanted(self, shown: Shown, view: View) -> Struct:
        found = wanted(shown, view)
        self.offer(seen_states(shown), found.state)
        self.options.show_view(view.states)
        return found

    def work(self, shown: Shown, wanted: Struct) -> Iterator[None]:
        assert isinstance(wanted, SeenWanted)
        self._of = shown
        return seeing(shown, wanted, self.seen, self._take)

    def _take(self, seen: Seen) -> None:
        self.seen = seen

    @property
    def fact(self) -> Fact | None:
        """What the states are coloured by."""
        facts = self.seen.facts if self.seen is not None else ()
        chosen = (fact for fact in facts if fact.id == self.view.states.coloured)
        return next(chosen, facts[0] if facts else None)

    def follow(self) -> None:
        seen, shown = self.seen, self._of
        if seen is None or shown is None or seen.trace is not shown.trace:
            return
        fact = self.fact
        done = seen.done(shown, self.view.cursor)
        self._offer_choices(seen, fact)
        self.legend.set_fact(fact)
        self.plane.set_seen(seen, fact, done)
        read = seen.read if isinstance(seen.read, ReadOff) and seen.wanted.machine else None
        if read is not None and fact is not None:
            self.machine.set_read(shown, read, fact, done[-1] if done else None)
            self._row.setStretch(1, 2 if len(read.machine) <= 2 else 4)
        if read is not None or not seen.wanted.machine or self._job is None:
            self.machine.setVisible(read is not None)
        self._say(seen)

    def _say(self, seen: Seen) -> None:
        machine = machine_words(seen) if seen.wanted.machine else ("",)
        said = [seen.why_still, stays_words(seen)]
        if not (seen.why_still and seen.why_unread == seen.why_still):
            said.append(machine[0])
        shorter = [*said[:2], *(machine[-1:] if len(said) > 2 else ())]
        self.words.say_most(
            " ".join(filter(None, said)), " ".join(filter(None, shorter)), *filter(None, shorter[2:]), ""
        )

    def _offer_choices(self, seen: Seen, fact: Fact | None) -> None:
        units = range(seen.trace.values[seen.wanted.state].shape[2])
        self.options.show_seen(seen, [plain_unit(seen.symbol, unit) for unit in units])
        self.colour.offer([(one.title, one.id) for one in seen.facts], fact.id if fact else None)
        self.colour.setToolTip(tr("Coloured by: {title}", title=fact.title) if fact is not None else "")
        here = tr("here: {input}", input=seen.input_name) if seen.wanted.t else tr("here")
        named = [(tr("input: {input}", input=name), name) for name in seen.inputs]
        self.input.offer([(here, None), *named], seen.wanted.input if seen.wanted.input in seen.inputs else None)
        self.input.setVisible(not seen.why_still)

    def _go_to(self, t: int) -> None:
        assert self.seen is not None and self.shown is not None
        self.step_asked.emit(cursor_at(self.shown, self.seen.wanted.state, t))
