"""Begin runs, pause them and go on, put them away: what the buttons of the training panel do."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.session.beginning import Beginning
from explorer.session.runs.going_on import Begun, begun
from explorer.session.runs.runs import RunRecord
from explorer.session.training_plan import Plan, how_trained, plan_runs
from explorer.training.commands import Origin
from explorer.training.settings import RunSettings
from explorer.ui.training.branching import Branching

if TYPE_CHECKING:
    from explorer.ui.training.panel import TrainingPanel


class Running(QObject):
    """Runs what the panel's plan says. `begun`: runs have begun, or others beside them.

    `begins`: those in view are about to give way to new ones, and nobody looks at weights of theirs any more.
    `slow_asked`: Run was pressed in slow motion. `refused` carries the sentence why something does not run.
    """

    begun = Signal()
    begins = Signal()
    slow_asked = Signal()
    refused = Signal(str)

    def __init__(self, panel: "TrainingPanel") -> None:
        super().__init__(panel)
        self._panel, self._trainer = panel, panel.trainer
        self.branching = Branching(panel)
        self.branching.wanted.connect(self._start_beside)
        self._begun: Begun | None = None
        self.beginning: Beginning | None = None
        """With which weights the next run begins; None: with freshly drawn ones."""

    def set_beginning(self, beginning: Beginning | None) -> None:
        """Take on with which weights the next run begins."""
        self.beginning = beginning
        self._panel.controls.follow(self._trainer, self.goes_on)

    def take_over(self, plan: Plan) -> None:
        """Go on with the runs of another document and its plan, which the book holds now."""
        self._begun = begun(self._panel.book.current, self._panel.problem, plan)
        self._trainer.follow_book()

    @property
    def goes_on(self) -> bool:
        """Whether Run would train the runs in view on."""
        if not self._trainer.can_go_on or self._begun is None:
            return self._trainer.can_go_on
        panel = self._panel
        travelled_to = panel.travel.at is not None and panel.travel.at[0] in panel.book.current
        return self._begun.goes_on(panel.problem, panel.plan, self.beginning, travelled_to)

    def run(self) -> None:
        """Start, pause, resume or train on: what the button says."""
        if self._trainer.slow:
            self.slow_asked.emit()
        elif self._trainer.running:
            self._trainer.pause()
        elif self._trainer.paused:
            self._trainer.resume()
        else:
            self._try(lambda: self._begin(paused=False))

    def step(self) -> None:
        """Make one update of every run."""
        if self._trainer.running or self._trainer.paused or self._try(lambda: self._begin(paused=True)):
            self._trainer.step()

    def reset(self) -> None:
        """Back to iteration 0; the runs so far stay in the list, out of view."""
        self._panel.travel.leave()
        self._panel.travel_ended.emit()
        self.put_away()

    def put_away(self) -> None:
        """Stop the runs, and take them out of view."""
        self._trainer.stop()
        self._panel.book.clear()
        self._panel.notice.hide()
        self._panel.display.show()

    def start(self, settings: RunSettings | tuple[RunSettings, ...], origin: Origin | None = None) -> None:
        """Train one more run, or several, beside what is in view, from the weights of another if `origin` is given."""
        self._panel.set_folded(False)
        runs = settings if isinstance(settings, tuple) else (settings,)
        self._start_beside(lambda: runs, origin)

    def branch(self, record: RunRecord, iteration: int) -> None:
        """Ask how to train on from the weights that a run had at an iteration."""
        self.branching.ask(record, iteration, self._panel.losses.mapToGlobal(QPoint(0, 0)))

    def _start_beside(self, settings: Callable[[], Sequence[RunSettings]], origin: Origin | None) -> None:
        panel = self._panel
        if self._try(lambda: self._trainer.start(settings(), keep_in_view=True, origin=origin)):
            panel.travel.end()
            panel.choose(panel.book.current[0].id)
            self.begun.emit()

    def _begin(self, paused: bool) -> None:
        panel = self._panel
        panel.set_folded(False)
        panel.build()
        panel.notice.hide()
        if self.goes_on:
            if not self._trainer.go_on(panel.plan.training.iterations, paused=paused):
                panel.notice.say(
                    tr(
                        "Training goes on from the last weights that were kept; the optimiser begins anew, and the "
                        "mini-batches are others than without a break."
                    )
                )
            return
        settings, beginning = plan_runs(panel.problem, panel.plan), self.beginning
        panel.travel.leave()
        self.begins.emit()
        self._begun = Begun(panel.problem, panel.plan, beginning)
        self._trainer.start(settings, paused=paused, origin=beginning)
        self.begun.emit()
        said = [beginning.sentence] if beginning is not None else []
        if panel.story.isHidden():  # else the story says it
            said.append(how_trained(settings[0]))
        if any(said):
            panel.notice.say(" ".join(said))

    def _try(self, action: Callable[[], None]) -> bool:
        try:
            action()
        except ExplorerError as error:
            self._panel.notice.say(str(error))
            self.refused.emit(str(error))
            return False
        return True
