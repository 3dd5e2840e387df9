"""Show the runs in every part of the training panel: all of it when they change, and what has grown at each poll."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from explorer.session.runs.bundles import Bundle, bundles
from explorer.session.training_plan import levels, own_output, planned, unit
from explorer.ui.training.counters import Counters

if TYPE_CHECKING:
    from explorer.ui.training.panel import TrainingPanel

_LIST_EVERY = 4
"""The legend's numbers change at every so many-th poll only, and names in the plot: faster, nobody could read them."""
_REST_AFTER_MS = 18
"""The views beside the curves follow a frame later, so that no frame has to wait for both."""


class RunDisplay(QObject):
    """What the panel shows of its runs. `chosen` is the id of the one that the cards are about."""

    def __init__(self, panel: "TrainingPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self.chosen: int | None = None
        self.counters = Counters()
        panel.losses.read_at.connect(self.counters.set_iteration)
        self._polls = 0
        self._rest = QTimer(self, singleShot=True, interval=_REST_AFTER_MS)
        self._rest.timeout.connect(self._advance_rest)

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
        panel.losses.set_planned(panel.plan.training.iterations, levels(settings))
        panel.travel.follow(chosen)
        panel.controls.follow(panel.trainer, panel.goes_on)
        panel.verdicts.refresh(chosen)
        panel.verdicts.say_divergence()

    def show_again(self, id: int) -> None:
        """Draw a run that is out of view, for weights along it are looked at, as after an undo."""
        self.chosen = id
        self._panel.book.alter(id, shown=True)

    def advance(self) -> None:
        """Show what came with one poll, the curves at once; everything repaints at most once."""
        panel = self._panel
        self._polls += 1
        panel.losses.grow()
        panel.travel.follow(self.bundle)
        panel.controls.follow(panel.trainer, panel.goes_on)
        self._rest.start()

    def _advance_rest(self) -> None:
        panel = self._panel
        panel.views.refresh()
        self.counters.refresh()
        if self._polls % _LIST_EVERY == _LIST_EVERY // 2:
            panel.losses.mark()
        if self._polls % _LIST_EVERY == 0 or not panel.trainer.running:
            panel.losses.runs.refresh([record.id for record in panel.book.current])
            panel.verdicts.refresh(self.bundle)
