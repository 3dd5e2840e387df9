"""Keep the runs of a session (`RunBook`), MOST_RUNS of them, named apart; know which of them the worker trains now."""

from collections.abc import Callable, Collection, Iterable, Sequence

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.session.runs.bundles import Bundle, bundles
from explorer.session.runs.names import name_apart
from explorer.session.runs.runs import RunRecord, Stage
from explorer.training.commands import Origin
from explorer.training.messages import Failed, Message, Rate, Told
from explorer.training.settings import RunSettings
from explorer.wording import listed

MOST_RUNS = 40


class RunBook:
    """All runs that are kept, the oldest first; `current` are those of the last start, as the worker counts them."""

    def __init__(self) -> None:
        self.records: list[RunRecord] = []
        self.current: tuple[RunRecord, ...] = ()
        self.rate: float | None = None
        """Iterations per second of the current runs together in lock-step."""
        self.changes = 0
        """How often one was called, coloured, shown or hidden, deleted or brought back by hand."""
        self._bring_back: Callable[[], None] | None = None
        self.held = 0
        """How often others took the place of all."""
        self._next_id = self._groups = 0

    def start(
        self, settings: Sequence[RunSettings], keep_in_view: bool = False, origin: Origin | None = None
    ) -> tuple[RunRecord, ...]:
        """Begin new runs; those under way are stopped, the others put out of view or not.

        `origin`: where all of them branch off, if they do. Beyond MOST_RUNS the oldest are forgotten.
        """
        self.stop()
        if not keep_in_view:
            self.clear()
        fresh: list[RunRecord] = []
        for one in settings:
            alike = {record.group for record in self.shown if record.settings.feedback == one.feedback}
            fresh.append(RunRecord(self._next_id, one, self._groups, len(alike), origin))
            self._next_id += 1
        self._groups += 1
        self.current = tuple(fresh)
        self.records = [*self.records, *fresh][-max(MOST_RUNS, len(fresh)) :]
        self.rate = None
        self.name()
        return self.current

    def hold(self, records: Iterable[RunRecord], current: Iterable[RunRecord] = ()) -> None:
        """Hold these runs in place of all others, those of the last start among them; what trains is stopped."""
        self.stop()
        self.held += 1
        self._bring_back = None
        self.records, self.current, self.rate = list(records), tuple(current), None
        self._next_id = max((record.id for record in self.records), default=-1) + 1
        self._groups = max((record.group for record in self.records), default=-1) + 1
        self.name()

    def clear(self) -> None:
        """Put all runs out of view, and forget those that never got anywhere."""
        self.current = ()
        self.records = self.begun
        for record in self.records:
            record.shown = False

    def stop(self, places: Collection[int] | None = None) -> None:
        """Mark what has not come to its end; `places`: of these current runs alone."""
        for place, record in enumerate(self.current):
            if record.stage is Stage.TRAINING and (places is None or place in places):
                record.stage = Stage.STOPPED

    def take(self, messages: Iterable[Message]) -> str | None:
        """Note what the worker reports; return its sentence if it says why runs do not train any more."""
        failed: str | None = None
        for message in messages:
            match message:
                case Rate():
                    self.rate = message.iterations_per_second
                case Failed():
                    failed = message.sentence
                    self.stop(message.runs)
                case Told():
                    pass  # which the graph shows
                case _:
                    if message.run < len(self.current):
                        self.current[message.run].take(message)
        return failed

    def name(self) -> None:
        """Name the runs so that each says what tells it from the others."""
        name_apart(self.records)

    def alter(self, id: int, **look: object) -> None:
        """Change how a run and those that differ from it in the seed only look: `shown`, `given` or `colour`."""
        for record in self.bundle(id).records:
            for name, value in look.items():
                setattr(record, name, value)
        self.changes += 1
        self.name()

    def bundle(self, id: int) -> Bundle:
        """The run with this id, and those that differ from it in the seed only; ExplorerError if it is not kept."""
        run = self.find(id)
        return next(bundle for bundle in bundles(self.records) if run in bundle.records)

    @property
    def can_bring_back(self) -> bool:
        """Whether runs have been deleted since others were held."""
        return self._bring_back is not None

    def bring_back(self) -> None:
        """Take back the runs that were deleted last."""
        if self._bring_back is not None:
            self._bring_back()

    def delete(self, *records: RunRecord) -> Callable[[], None]:
        """Forget runs, and return what brings them back.

        One that is still training trains on unseen beside others of its start; without them it is stopped.
        """
        before, current = self.records, self.current
        gone = {record.id for record in records}
        self.records = [record for record in before if record.id not in gone]
        if not any(record in self.records for record in current):
            self.stop()
            self.current = ()
        self.name()

        def bring_back() -> None:
            later = [record for record in self.records if record not in before]
            self.records = [record for record in before if record.id in gone or record in self.records] + later
            self.current = self.current or current
            self._bring_back = None
            self.changes += 1
            self.name()

        self.changes += 1
        self._bring_back = bring_back
        return bring_back

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of all runs."""
        return tuple(record.id for record in self.records)

    def find(self, id: int) -> RunRecord:
        """The run with this id; ExplorerError if it is not kept."""
        for record in self.records:
            if record.id == id:
                return record
        kept = (
            tr("those that are kept are {id}", id=listed([str(id) for id in self.ids]))
            if self.records
            else tr("none is kept")
        )
        raise ExplorerError("There is no run {id}; {kept}.", id=id, kept=kept)

    @property
    def shown(self) -> list[RunRecord]:
        """The runs to draw."""
        return [record for record in self.records if record.shown]

    @property
    def begun(self) -> list[RunRecord]:
        """The runs that have got anywhere."""
        return got_anywhere(self.records)

    @property
    def content(self) -> tuple[tuple[object, ...], ...]:
        """What a file would hold of the runs, to compare: which, how far they are and what they are called."""
        return content_of(self.begun)

    @property
    def training(self) -> bool:
        """Whether any run is not at its end."""
        return any(record.stage is Stage.TRAINING for record in self.current)

    @property
    def iteration(self) -> int:
        """How far the current runs are: the last of those that train, or of those that did not diverge, or of all."""
        training = [record for record in self.current if record.stage is Stage.TRAINING]
        going = training or [r for r in self.current if r.stage is not Stage.DIVERGED] or self.current
        return min((record.iteration for record in going), default=0)

    @property
    def iterations(self) -> int:
        """How far they are to go."""
        return max((record.settings.training.iterations for record in self.current), default=0)


def got_anywhere(records: Iterable[RunRecord]) -> list[RunRecord]:
    """Those of these runs that have made an update."""
    return [record for record in records if record.iteration > record.start]


def content_of(records: Iterable[RunRecord]) -> tuple[tuple[object, ...], ...]:
    """See `RunBook.content`."""
    return tuple((record.id, record.iteration, record.given, record.colour) for record in records)
