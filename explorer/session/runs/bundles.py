"""Put runs that differ in nothing but the seed together: `bundles`; a bundle has a median and a band."""

from collections.abc import Iterable

import numpy as np
from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from explorer.graph.arrays import Array
from explorer.grouping import by_key
from explorer.language import tr
from explorer.session.runs.runs import Measure, RunRecord, Stage


class Bundle(Struct, frozen=True, eq=False):
    """One run, or several that were started together and differ in the seed only."""

    records: tuple[RunRecord, ...]

    @property
    def first(self) -> RunRecord:
        """The run that lends the bundle its name, colour and weights."""
        return self.records[0]

    @property
    def id(self) -> int:
        return self.first.id

    @property
    def title(self) -> str:
        """What was fed back, or the name that was given by hand; with the number of seeds, and of those left."""
        title, count, left = self.first.title, len(self.records), len(self.left)
        if left < count:
            return tr("{title} · {left} of {records} seeds", title=title, left=left, records=count)
        return title if count == 1 else tr("{title} · {records} seeds", title=title, records=count)

    @property
    def left(self) -> tuple[RunRecord, ...]:
        """All but the runs that stopped, as where their process ended, while others went on."""
        on = tuple(record for record in self.records if record.stage is not Stage.STOPPED)
        return on if any(record.stage is not Stage.DIVERGED for record in on) else self.records

    @property
    def apart(self) -> str:
        """What tells it from the others in the list, see explorer.session.runs.names; "" beside a given name."""
        return "" if self.first.given else self.first.apart

    @property
    def name(self) -> str:
        """Title and what tells it apart."""
        return ", ".join(filter(None, (self.title, self.apart)))

    @property
    def stage(self) -> Stage:
        """That of all, or training while any trains, diverged if any has."""
        stages = [record.stage for record in self.records]
        for stage in (Stage.TRAINING, Stage.DIVERGED, Stage.STOPPED):
            if stage in stages:
                return stage
        return Stage.FINISHED

    def curve(self, measure: Measure) -> tuple[Array, Array]:
        """Iterations and values, the median over seeds, (n,) each."""
        if len(self.records) == 1:
            return self.first.curve(measure)
        x, values = self._together(measure)
        with np.errstate(invalid="ignore"):
            return x, np.nanmedian(values, axis=0) if len(x) else x

    def band(self, measure: Measure) -> tuple[Array, Array, Array] | None:
        """Iterations, lower and upper quartile over seeds, (n,) each; None for a single run."""
        if len(self.records) == 1:
            return None
        x, values = self._together(measure)
        if not len(x):
            return x, x, x
        quantile = np.nanquantile if np.isnan(values).any() else np.quantile  # 200 times as fast
        with np.errstate(invalid="ignore"):
            low, high = quantile(values, (0.25, 0.75), axis=0)
        return x, low, high

    def latest(self, measure: Measure) -> float | None:
        """The newest value of the curve."""
        if len(self.records) == 1:
            return self.first.latest(measure)
        values = self.curve(measure)[1]
        return float(values[-1]) if len(values) else None

    def nearest(self, measure: Measure, iteration: float) -> tuple[int, float] | None:
        """The judgement nearest to an iteration: its iteration and the value of the curve; None before the first."""
        x, values = self.curve(measure)
        if not len(x):
            return None
        place = int(np.abs(x - iteration).argmin())
        return round(x[place]), float(values[place])

    def _together(self, measure: Measure) -> tuple[Array, Array]:
        """The iterations at which all runs that are left were judged, (n,), and the values there, (runs, n).

        A run that has diverged counts, from there on, as infinitely bad: leaving it out would flatter. One that stopped
        while others went on is left out from there on, as NaN.
        """
        curves = [record.curve(measure) for record in self.records]
        alive = [record.curve(measure)[0] for record in self.left if record.stage is not Stage.DIVERGED]
        x = min(alive or [x for x, _ in curves], key=len)
        falls = measure in (Measure.OPEN_LOSS, Measure.CLOSED_LOSS) or not self.first.kind.metric.share
        worst = np.inf if falls else 0.0
        values = np.full((len(curves), len(x)), np.nan)
        for row, (own, y), record in zip(values, curves, self.records, strict=True):
            if record.stage is Stage.DIVERGED:
                row.fill(worst)
            shared = np.isin(x, own)
            row[shared] = y[np.searchsorted(own, x[shared])]
        return x, values


def bundles(records: Iterable[RunRecord]) -> list[Bundle]:
    """The bundles of these runs, in the order of their first ones."""

    def alike(record: RunRecord) -> tuple[int, bytes]:
        return record.group, encode(replace(record.settings, seed=0, name=""))

    return [Bundle(tuple(together)) for together in by_key(records, alike).values()]
