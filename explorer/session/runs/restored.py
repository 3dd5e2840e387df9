"""Bring back the runs that a file keeps, `restore_runs`, if they fit together."""

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.graph.compute.updates import Moments
from explorer.graph.optimizers import OPTIMIZERS
from explorer.session.beginning import Beginning
from explorer.session.runs.kept import Arrays, KeptRun
from explorer.session.runs.names import name_apart
from explorer.session.runs.run_book import MOST_RUNS
from explorer.session.runs.runs import RunRecord, Stage, StepMeasure, most_rows
from explorer.session.training_plan import usual_name
from explorer.training.commands import Origin
from explorer.training.messages import Standing
from explorer.training.problem import architecture_of, sizes_of
from explorer.training.record import MOST_JUDGEMENTS, Measure
from explorer.training.series import FACTOR, CurveParts, Envelope
from explorer.training.thinned import Thinned, most_snapshots
from explorer.training.validation import validated
from explorer.wording import by_size


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
    name_apart(records)
    return records, tuple(record for record, run in zip(records, runs, strict=True) if run.current)


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
