"""Train in the worker process and keep what it reports: the link between a `RunBook` and the training panel.

It polls the worker 20 times a second and says once per poll what changed, so views repaint once however many
messages came.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.session.runs.going_on import same_origin
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import RunRecord, Stage
from explorer.training.commands import Continued, GoOn, Origin, Pause, Resume, SetPace, Start, StepOnce, StopRuns
from explorer.training.messages import Told
from explorer.training.settings import RunSettings
from explorer.training.validation import extended, validated
from explorer.ui.parts.turns import Turns

if TYPE_CHECKING:
    from explorer.training.crew import TrainingCrew

POLL_MS = 50
"""From one look at what the worker has reported to the next: curves that grow 20 times a second are fluid."""
FIRST_POLL_MS = 10
"""The same until the worker has answered that it has begun: then the first loss is not kept waiting."""


class Trainer(QObject):
    """`progressed`: curves have grown. `changed`: runs have come, gone or ended. `failed`: one sentence.

    `told` carries a run and what an update of it was made of, a Told; `slow_changed`: it has become slow motion or is
    no more, and whether it was going on.
    """

    progressed = Signal()
    changed = Signal()
    failed = Signal(str)
    told = Signal(object, object)
    slow_changed = Signal(bool)

    def __init__(self, book: RunBook, parent: QObject | None = None, pace: float | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.turns = Turns(self)
        """In which is shown what changes again and again, the graph that plays and follows a run included."""
        self.running = False
        """Whether the worker trains at this moment."""
        self.pace = pace
        """How many iterations a second are made at most; None: as many as can be."""
        self.telling = False
        """Whether one update after another is told."""
        self._held = False
        """Whether it has runs that are paused."""
        self._again = 0
        """How many updates, which were shown already, it has to make again before the next one."""
        self.trained: tuple[RunRecord, ...] = ()
        """The runs that the worker has, at their end or not; the same places."""
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(lambda: self.turns.ask(self.poll))

    @cached_property
    def worker(self) -> "TrainingCrew":
        """The link to the processes; what it is made of is imported once the window is there."""
        from explorer.training.crew import TrainingCrew

        return TrainingCrew()

    def warm_up(self) -> None:
        """Start a process, so that the first run begins at once."""
        if not self._closed:
            self.worker.start()
            self._timer.start()

    @property
    def paused(self) -> bool:
        """Whether the current runs wait to be resumed."""
        return self._held and not self.running and self.book.training

    @property
    def can_go_on(self) -> bool:
        """Whether there are runs from whose last weights training could go on."""
        return any(self._resumable(record) for record in self.book.current)

    def start(
        self,
        settings: Sequence[RunSettings],
        *,
        paused: bool = False,
        keep_in_view: bool = False,
        origin: Origin | None = None,
    ) -> None:
        """Begin new runs, all of them at `origin` if it is given.

        ExplorerError for impossible settings, and then nothing has changed.
        """
        settings = tuple(validated(one) for one in settings)
        self._forget_repeated(settings, origin)
        records = self.book.start(settings, keep_in_view, origin)
        place = origin and Origin(origin.theta, origin.iteration)  # what else it says is for people
        self._begin(Start(_named(records), (place,) * len(settings), paused or self.slow, self.pace or None))

    def go_on(self, iterations: int, *, paused: bool = False) -> bool:
        """Train the current runs on: to their end, or for so many iterations more if they are there.

        Return whether that is as if they had been meant to go further from the beginning. Where no worker has them any
        more, nor all is kept that they had to go on with, it is from their last kept weights, with other batches and an
        optimiser that remembers nothing.
        """
        done = all(record.stage is not Stage.STOPPED for record in self.book.current)
        records = tuple(record for record in self.book.current if self._resumable(record))
        again, more = 0, dict[int, int]()
        origins: list[Origin] = []
        for record in records:
            origin = record.left_off
            assert origin is not None
            at, meant = origin.iteration, record.settings.training.iterations
            again = max(again, record.iteration - at if isinstance(origin, Continued) else 0)
            more[record.id] = at + iterations if done else max(meant, at + 1)
            record.go_on(extended(record.settings, more[record.id]), at)
            origins.append(origin)
        self.book.name()
        command: GoOn | Start = Start(_named(records), tuple(origins), paused or self.slow, self.pace or None)
        if self.trained and self.worker.alive:
            command = GoOn(
                tuple(more.get(record.id) for record in self.trained), paused or self.slow, self.pace or None
            )
        self.book.current = records
        self._begin(command)
        self._again = again
        return isinstance(command, GoOn) or all(isinstance(origin, Continued) for origin in origins)

    def pause(self) -> None:
        """Wait after the update that is under way."""
        self.worker.send(Pause())
        self.running = False
        self.changed.emit()

    def resume(self) -> None:
        """Go on after a pause."""
        self.worker.send(Resume())
        self.running = True
        self.changed.emit()

    def set_pace(self, pace: float | None) -> None:
        """Make at most so many iterations a second, from now on; 0 is slow motion: none but those that are told."""
        if pace == self.pace:
            return
        slow, went_on, self.pace = self.slow, self.running or self.telling, pace
        if self._held:
            self.worker.send(SetPace(pace or None))
        if self.slow and self.running:
            self.pause()
        if slow != self.slow:
            self.slow_changed.emit(went_on)
        self.changed.emit()

    def set_telling(self, on: bool) -> None:
        """Note whether one update after another is told."""
        if on != self.telling:
            self.telling = on
            self.changed.emit()

    @property
    def slow(self) -> bool:
        """Whether training is in slow motion."""
        return self.pace == 0

    @property
    def rate(self) -> float | None:
        """Iterations a second, as they are made at this pace; None if that is not known yet."""
        known = [rate for rate in (self.book.rate, self.pace) if rate]
        return min(known, default=None)

    @property
    def seconds_left(self) -> float | None:
        """Time until the last run ends, at this rate; None if unknown."""
        if not self.rate or not self.book.training:
            return None
        return max(0, self.book.iterations - self.book.iteration) / self.rate

    def step(self) -> None:
        """Make one update of each current run, then wait; in slow motion, tell what it was made of.

        Where runs have just been taken up, it is the one after those that were shown.
        """
        self.worker.send(StepOnce(1 + self._again, told=self.slow))
        self._again = 0
        self.running, self._held = False, True
        self.changed.emit()

    def stop(self) -> None:
        """Leave the current runs as they are."""
        if self._held or self.running:
            self.worker.send(StopRuns())
        self.running = self._held = self.telling = False
        self.trained = ()
        self.book.stop()
        self.changed.emit()

    def follow_book(self) -> None:
        """Leave runs that the book does not hold any more."""
        if self.trained and not any(record in self.book.records for record in self.trained):
            self.stop()

    def poll(self) -> None:
        """Take what the worker has reported since the last time."""
        messages = () if self._closed else self.worker.poll()
        if not messages:
            return
        self._poll_every(POLL_MS)
        before = [record.stage for record in self.book.current]
        failed = self.book.take(messages)
        tales = [(self.trained[message.run], message) for message in messages if isinstance(message, Told)]
        lost = failed is not None and not self.book.training
        ended = lost or (self.running and not self.book.training)
        if ended:
            self.running = self._held = False
        if lost:
            self.trained, self.telling = (), False
        self.progressed.emit()
        for record, told in tales:
            self.told.emit(record, told)
        if ended or before != [record.stage for record in self.book.current]:
            self.changed.emit()
        if failed is not None:
            others = tr("The other seeds go on.") if self.running else ""
            self.failed.emit(f"{failed} {others}".rstrip())

    def close(self) -> None:
        """End the worker process; nothing can be trained afterwards."""
        self._closed = True
        self._timer.stop()
        self.running = self._held = False
        self.worker.close()

    def _poll_every(self, milliseconds: int) -> None:
        if self._timer.interval() != milliseconds:  # a timer that is given one, the same or not, begins anew
            self._timer.setInterval(milliseconds)

    def _resumable(self, record: RunRecord) -> bool:
        return record.stage in (Stage.FINISHED, Stage.STOPPED) and bool(record.kept)

    def _begin(self, command: Start | GoOn) -> None:
        if self._closed:
            raise ExplorerError("Training has been shut down with the window; open the window again.")
        self.worker.send(command)
        self.trained = self.book.current
        self.running, self._held, self._again = not command.paused, True, 0
        self._poll_every(FIRST_POLL_MS)
        self._timer.start()
        self.changed.emit()

    def _forget_repeated(self, settings: Sequence[RunSettings], origin: Origin | None) -> None:
        """Drop earlier runs that the same settings would only repeat, curve for curve."""
        for record in list(self.book.records):
            if record.given is None and record.settings in settings and same_origin(record.origin, origin):
                self.book.delete(record)


def _named(records: Sequence[RunRecord]) -> tuple[RunSettings, ...]:
    """The settings for the worker, which calls the runs as the list does."""
    return tuple(replace(record.settings, name=record.name) for record in records)
