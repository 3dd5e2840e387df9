"""Show the runs in every part of the training panel: all of it when they change, and what has grown at each poll."""

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.session.runs.bundles import Bundle, bundles
from explorer.session.training_plan import levels, own_output, planned, unit
from explorer.ui.training.counters import Counters

if TYPE_CHECKING:
    from explorer.ui.training.panel import TrainingPanel

_REST_EVERY = 0.1
"""Seconds: the views beside the curves follow more slowly than these, and in frames of their own."""


class RunDisplay(QObject):
    """What the panel shows of its runs. `chosen` is the id of the one that the cards are about.

    `shown`: it has shown which runs there are.
    """

    shown = Signal()

    def __init__(self, panel: "TrainingPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self.chosen: int | None = None
        self.counters = Counters()
        panel.losses.read_at.connect(self.counters.set_iteration)
        self._rested = 0.0
        self._odd = False
        """The legend's numbers and the names in the plot change every other time only, by turns: faster, nobody could
        read them."""

    @property
    def bundle(self) -> Bundle | None:
        """The chosen run, with those that differ from it in the seed only."""
        return self._panel.actions_on_runs.bundle(self.chosen)

    def show(self) -> None:
        """Show which runs there are, and what they are compared with."""
        panel, book = self._panel, self._panel.book
        together = bundles(book.records)
        current = [bundle for bundle in together if bundle.first in book.current]
        earlier = [bundle for bundle in together if bundle.first not in book.current]
        if self.chosen not in [bundle.id for bundle in together if bundle.first.shown]:
            self.chosen = current[0].id if current else None
        panel.losses.set_bundles(current, earlier, self.chosen)
        chosen = self.bundle
        self.counters.set_bundles([bundle for bundle in (*current, *earlier) if bundle.first.shown])
        panel.views.set_bundles([bundle for bundle in together if bundle.first.shown], chosen)
        settings = [record.settings for record in book.shown] or planned(panel.problem, panel.plan)
        panel.losses.runs.key.set_own_output(own_output(settings))
        panel.losses.set_unit(unit(settings))
        panel.losses.set_levels(levels(settings))
        self.plan()
        panel.travel.follow(chosen)
        panel.controls.follow(panel.trainer, panel.running.goes_on)
        panel.verdicts.refresh(chosen)
        panel.verdicts.say_divergence()
        self.shown.emit()

    def plan(self) -> None:
        """Leave room in every plot for as many iterations as are planned."""
        for plots in (self._panel.losses, self._panel.views.scores):
            plots.set_planned(self._panel.plan.training.iterations)

    def show_again(self, id: int) -> None:
        """Draw a run that is out of view, for weights along it are looked at, as after an undo."""
        self.chosen = id
        self._panel.book.alter(id, shown=True)

    def advance(self) -> None:
        """Show what came with one poll, the curves at once; everything repaints at most once."""
        panel = self._panel
        panel.losses.grow()
        panel.travel.follow(self.bundle)
        panel.controls.follow(panel.trainer, panel.running.goes_on)
        panel.trainer.turns.ask(self._advance_rest, after=self._rested + _REST_EVERY)

    def _advance_rest(self) -> None:
        panel = self._panel
        self._rested, self._odd = perf_counter(), not self._odd
        panel.views.refresh()
        self.counters.refresh()
        if self._odd or not panel.trainer.running:
            panel.losses.mark()
        if not self._odd or not panel.trainer.running:
            panel.losses.runs.refresh([record.id for record in panel.book.current])
            panel.verdicts.refresh(self.bundle)
