"""Keep runs in a file within a size, `keep_runs`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import numpy as np
from msgspec import Meta, Struct, field
from numpy.typing import NDArray

from explorer.language import tr, trn
from explorer.session.beginning import Beginning
from explorer.session.edits import Edit
from explorer.session.runs.runs import RunRecord, Stage
from explorer.training.messages import Divergence, Standing
from explorer.training.settings import RunSettings
from explorer.training.thinned import Thinned
from explorer.wording import listed

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
