"""Keep runs in a file, `keep_runs`, within a size, and bring them back, `restore_runs`, if they fit together."""

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import Annotated, Any

import numpy as np
from msgspec import Meta, Struct, field
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.graph.compute.updates import Moments
from explorer.graph.optimizers import OPTIMIZERS
from explorer.language import tr, trn
from explorer.session.beginning import Beginning
from explorer.session.edits import Edit
from explorer.session.runs.run_book import MOST_RUNS
from explorer.session.runs.runs import RunRecord, Stage, StepMeasure, most_rows
from explorer.session.training_plan import usual_name
from explorer.training.commands import Origin
from explorer.training.messages import Divergence, Standing
from explorer.training.problem import architecture_of, sizes_of
from explorer.training.record import MOST_JUDGEMENTS, Measure
from explorer.training.series import FACTOR, CurveParts, Envelope
from explorer.training.settings import RunSettings
from explorer.training.thinned import Thinned, most_snapshots
from explorer.training.validation import validated
from explorer.wording import by_size, listed

MOST_BYTES = 64 * 2**20
"""What the arrays of all runs in one file may take."""
LATEST = 2048
"""Mini-batch losses of a run that stay single where there is little room."""
Arrays = Mapping[str, NDArray[Any]]
Count = Annotated[int, Meta(ge=0, le=2**62)]
Colour = Annotated[str, Meta(pattern="^#[0-9a-f]{6}$")]
Stride = Annotated[int, Meta(ge=1, le=2**40)]


class KeptOrigin(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An `Origin` without its weights; with `said` it is a `Beginning`."""

    iteration: Count
    said: str | None = None
    edits: tuple[Edit, ...] = ()
    looked_at: bool = False


class KeptStanding(Struct, frozen=True, forbid_unknown_fields=True):
    """A `Standing` without its arrays."""

    iteration: Count
    since: Count
    updates: Count


class KeptRun(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A run without its arrays, which are named after its `id`. `current`: one of those of the last start."""

    id: Annotated[int, Meta(ge=0, le=10**9)]
    settings: RunSettings
    stage: Stage
    iteration: Count
    group: Annotated[int, Meta(ge=0, le=10**9)] = 0
    shade: Annotated[int, Meta(ge=0, le=1000)] = 0
    reached: bool = False
    given: str | None = None
    colour: Colour | None = None
    shown: bool = True
    current: bool = False
    origin: KeptOrigin | None = None
    standing: KeptStanding | None = None
    divergence: Divergence | None = None
    forgotten: Count = 0
    """How many of the first mini-batch losses are not there singly."""
    strides: dict[str, Stride] = field(default_factory=dict)
    """Between what is kept of judgements, steps and weights, see `Thinned`."""


class Kept(Struct, frozen=True, eq=False):
    """Runs for a file. `given_up`: in words what had no room in it, or ""."""

    runs: tuple[KeptRun, ...]
    arrays: dict[str, NDArray[Any]]
    given_up: str


def keep_runs(
    records: Sequence[RunRecord],
    current: Iterable[RunRecord] = (),
    looked_at: tuple[int, int] | None = None,
    most: int = MOST_BYTES,
) -> Kept:
    """What a file holds of these runs, in at most so many bytes.

    Curves come first, those of the newest runs before others; where they would take more than half, only the latest of
    the mini-batch losses stay single, and of the others least and largest. What they leave is shared by the weights
    along the runs, which are thinned to it; the newest of each stay, and those of the run that is looked at. What the
    optimisers of the `current` runs remember comes between, all of it or nothing: they go on together.
    """
    curves, now = _curves_within(most, records), {record.id for record in current}
    room = most - sum(map(_bytes, curves.values()))
    kept = [record for record in records if record.id in curves]
    moments = {record.id: _moments(record) for record in kept if record.id in now}
    remembered = sum(map(_bytes, moments.values()))
    if forgets := remembered > room:
        moments.clear()
    else:
        room -= remembered
    runs, every, thinned = [], dict[str, NDArray[Any]](), 0
    for record in kept:
        arrays, strides = curves[record.id] | moments.get(record.id, {}), {"judged": record.judged.stride}
        if record.by_step is not None:
            strides["steps"] = record.by_step.stride
        if record.snapshots is not None:
            at = looked_at[1] if looked_at is not None and looked_at[0] == record.id else None
            weights = _within(record.snapshots, max(1, room // len(kept)), at)
            thinned += len(weights) < len(record.snapshots)
            arrays |= {"weights": weights.rows, "weights_at": weights.iterations}
            strides["weights"] = weights.stride
        every |= {f"runs/{record.id}/{name}": array for name, array in arrays.items()}
        forgotten = len(record.training) - len(arrays["losses"])
        standing = record.standing if record.id in moments else None
        runs.append(_kept(record, record.id in now, strides, forgotten, standing))
    short = sum(run.forgotten > record.training.parts.forgotten for run, record in zip(runs, kept, strict=True))
    return Kept(tuple(runs), every, _given_up(len(records) - len(kept), short, thinned, forgets))


def _curves_within(most: int, records: Sequence[RunRecord]) -> dict[int, dict[str, NDArray[Any]]]:
    """The curves of each run, from the newest on as far as so many bytes go."""
    curves = dict[int, dict[str, NDArray[Any]]]()
    single = None if sum(_bytes(_curves(record)) for record in records) <= most // 2 else LATEST
    for record in reversed(records):
        arrays = _curves(record, single)
        most -= _bytes(arrays)
        if most < 0:
            break
        curves[record.id] = arrays
    return curves


def _given_up(lost: int, short: int, thinned: int, forgets: bool) -> str:
    """In words what had no room: of how many runs the curves, each loss, and some of the weights."""

    def runs(n: int) -> str:
        return trn("1 run", "{n:,} runs", n)

    left = (
        (lost, tr("the curves of {runs}", runs=runs(lost))),
        (short, tr("each single mini-batch loss of {runs}", runs=runs(short))),
        (thinned, tr("some of the weights along {runs}", runs=runs(thinned))),
        (forgets, tr("what optimisers remember")),
    )
    said = [words for some, words in left if some]
    return listed(said) if said else ""


def restore_runs(runs: Sequence[KeptRun], arrays: Arrays) -> tuple[tuple[RunRecord, ...], tuple[RunRecord, ...]]:
    """All runs of a file, and those of the last start; ExplorerError, whose message is a clause, if they do not fit.

    One that was still training is stopped: the worker that trained it is gone.
    """
    ids = [run.id for run in runs]
    if len(set(ids)) < len(ids) or len(ids) > MOST_RUNS:
        raise ExplorerError(
            "it holds {ids} runs; there can be {most}, each with an id of its own", ids=len(ids), most=MOST_RUNS
        )
    records = tuple(_restored(run, arrays) for run in runs)
    return records, tuple(record for record, run in zip(records, runs, strict=True) if run.current)


def _curves(record: RunRecord, single: int | None = None) -> dict[str, NDArray[Any]]:
    """The arrays of a run except the weights along it; of its mini-batch losses at most so many singly."""
    parts = record.training.parts if single is None else record.training.parts.shortened(single)
    found: dict[str, NDArray[Any]] = {"losses": parts.single}
    found |= {f"losses_{k}": level for k, level in enumerate(parts.levels, 1)}
    found |= {"judged": record.judged.rows, "judged_at": record.judged.iterations}
    if record.by_step is not None:
        found |= {"steps": record.by_step.rows, "steps_at": record.by_step.iterations}
    if record.origin is not None:
        found["origin"] = record.origin.theta
    return found


def _moments(record: RunRecord) -> dict[str, NDArray[Any]]:
    """What a run goes on with where that is known: what its optimiser remembered, and the weights beside that."""
    if record.standing is None:
        return {}
    moments = {f"moment_{name}": array for name, array in record.standing.moments.arrays.items()}
    return moments | {"standing": record.standing.theta}


def _bytes(arrays: Arrays) -> int:
    return sum(array.nbytes for array in arrays.values())


def _within(snapshots: Thinned, most: int, looked_at: int | None) -> Thinned:
    """The snapshots that so many bytes have room for, and at least the newest and the one that is looked at."""
    iterations, rows, stride = snapshots.iterations, snapshots.rows, snapshots.stride
    stay = np.ones(len(iterations), bool)
    while stay.sum() * rows[0].nbytes > most:
        stride *= 2
        stay = iterations % stride == 0
        if looked_at is not None:
            stay |= iterations == looked_at
        stay[-1] = True
        if stride > iterations[-1]:
            break
    return Thinned.of(iterations[stay], rows[stay], snapshots.most, stride)


def _kept(
    record: RunRecord, current: bool, strides: dict[str, int], forgotten: int, standing: Standing | None
) -> KeptRun:
    origin = record.origin
    own = {}
    if isinstance(origin, Beginning):
        own = {"said": origin.said, "edits": origin.edits, "looked_at": origin.looked_at}
    return KeptRun(
        record.id, record.settings, record.stage, record.iteration, record.group, record.shade, record.reached,
        record.given, record.colour, record.shown, current,
        origin=None if origin is None else KeptOrigin(origin.iteration, **own),  # type: ignore[arg-type]
        standing=None if standing is None else KeptStanding(
            standing.iteration, standing.since, standing.moments.updates
        ),
        divergence=record.divergence,
        forgotten=forgotten,
        strides=strides,
    )  # fmt: skip


def _restored(run: KeptRun, arrays: Arrays) -> RunRecord:
    settings = validated(run.settings)
    reader = _Reader(run, arrays)
    size = sum(map(prod, architecture_of(settings).shapes(sizes_of(settings)).values()))
    steps = reader.judged_steps()
    origin = _origin(run, reader, size)
    if origin is None or isinstance(origin, Beginning):
        settings = replace(settings, name=usual_name(settings))  # in the language that is spoken now
    record = RunRecord(run.id, settings, run.group, run.shade, origin)
    record.given, record.colour, record.shown = run.given, run.colour, run.shown
    record.stage = Stage.STOPPED if run.stage is Stage.TRAINING else run.stage
    record.iteration, record.reached = run.iteration, run.reached
    record.divergence = run.divergence
    record.training = Envelope.of(record.start + 1, reader.losses())
    record.judged = reader.thinned("judged", (len(Measure),), MOST_JUDGEMENTS) or record.judged
    record.by_step = reader.thinned("steps", (len(StepMeasure), steps), most_rows(steps), np.float32)
    record.snapshots = reader.thinned("weights", (size,), most_snapshots(8 * size))
    if record.snapshots is not None and not np.isfinite(record.snapshots.rows).all():
        raise ExplorerError("weights along its run {run} are no finite numbers", run=run.id)
    record.standing = _standing(run, reader, size)
    return record


def _standing(run: KeptRun, reader: "_Reader", size: int) -> Standing | None:
    if run.standing is None or not reader.has("standing"):
        return None
    optimizer = run.settings.training.optimizer
    arrays = {name: reader.array(f"moment_{name}", (size,)) for name in OPTIMIZERS[optimizer].kept}
    theta = reader.array("standing", (size,))
    if not all(np.isfinite(array).all() for array in (theta, *arrays.values())):
        raise ExplorerError("what the optimiser of its run {run} remembers are no finite numbers", run=run.id)
    kept = run.standing
    if kept.since + kept.updates != kept.iteration:
        raise ExplorerError("what its run {run} has to go on with does not fit together", run=run.id)
    return Standing(0, kept.iteration, theta, kept.since, Moments(optimizer, kept.updates, arrays))


def _origin(run: KeptRun, reader: "_Reader", size: int) -> Origin | None:
    if run.origin is None:
        return None
    theta = reader.array("origin", (size,))
    if not np.isfinite(theta).all():
        raise ExplorerError("the weights that its run {run} began with are no finite numbers", run=run.id)
    if run.origin.said is None:
        return Origin(theta, run.origin.iteration)
    return Beginning(theta, run.origin.iteration, run.origin.said, run.origin.edits, run.origin.looked_at)


class _Reader:
    """The arrays of one run of a file."""

    def __init__(self, run: KeptRun, arrays: Arrays):
        self._run, self._arrays = run, arrays

    def has(self, name: str) -> bool:
        return f"runs/{self._run.id}/{name}" in self._arrays

    def array(self, name: str, shape: tuple[int | None, ...], kind: type = np.float64) -> NDArray[Any]:
        """An array of the run, of this shape, None for any number; ExplorerError where there is none."""
        found = self._arrays.get(f"runs/{self._run.id}/{name}")
        if found is None or found.dtype != kind or found.ndim != len(shape):
            raise ExplorerError("its run {run} lacks the numbers “{name}”", run=self._run.id, name=name)
        if any(wanted is not None and wanted != there for wanted, there in zip(shape, found.shape, strict=True)):
            there = by_size(found.shape)
            raise ExplorerError(
                "the numbers “{name}” of its run {run} are {there}, which does not fit it",
                name=name,
                run=self._run.id,
                there=there,
            )
        return found

    def losses(self) -> CurveParts:
        single, forgotten = self.array("losses", (None,)), self._run.forgotten
        total, levels = forgotten + len(single), list[NDArray[Any]]()
        while groups := total // FACTOR ** (len(levels) + 1):
            levels.append(self.array(f"losses_{len(levels) + 1}", (groups, 2)))
        return CurveParts(forgotten, single, tuple(levels))

    def judged_steps(self) -> int:
        """The predicted steps of the longest sequence that the run was judged on: own data have several lengths."""
        if not self.has("steps"):
            return 1
        return self.array("steps", (None, len(StepMeasure), None), np.float32).shape[-1] or 1

    def thinned(self, name: str, shape: tuple[int, ...], most: int, kind: type = np.float64) -> Thinned | None:
        """Rows by iteration; None where there are none."""
        if not self.has(name):
            return None
        rows = self.array(name, (None, *shape), kind)
        at = self.array(f"{name}_at", (len(rows),), np.int64)
        if (at < 0).any():
            raise ExplorerError("an iteration of “{name}” of its run {run} is below 0", name=name, run=self._run.id)
        if not len(rows):
            return None
        # Files of earlier versions keep what a run had gone back from when it diverged.
        stay = np.append(at[:-1] < np.minimum.accumulate(at[:0:-1])[::-1], True)
        return Thinned.of(at[stay], rows[stay], most, self._run.strides.get(name, 1))
