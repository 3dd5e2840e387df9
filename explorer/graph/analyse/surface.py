"""See the loss over two entries of θ, and descend on it: the cliff of fig. 10.17, with and without clipping.

Every height is one ordinary forward pass of what is shown, every step of a descent one forward and backward pass.
"""

from collections.abc import Iterator
from time import perf_counter

import numpy as np
from msgspec import Struct

from explorer.graph.analyse.recurrent import enlarged
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array, Index
from explorer.graph.compute.program import Program

POINTS = 49
"""How many points a side of the surface has: odd, so that the weights as they are are one."""
FIRST_STRIDE = 16
Entry = tuple[str, Index]
"""One entry of a parameter, by its name and place."""


class Descent(Struct, frozen=True, eq=False):
    """Steps of gradient descent in the two entries alone.

    `places` (steps + 1, 2) are distances from the entries as they are; `losses` (steps + 1,); `norms` (steps,) of the
    gradient, which has two entries, before it is clipped.

    It ends early where it leaves the surface, or where a number is not finite.
    """

    places: Array
    losses: Array
    norms: Array
    clipped: int
    """How many steps were shortened."""

    @property
    def longest(self) -> float:
        """The length of the longest step; 0 without any."""
        return float(np.linalg.norm(np.diff(self.places, axis=0), axis=1).max(initial=0.0))


class Steepest(Struct, frozen=True):
    """The greatest rise between neighbouring points: from `low` to `high`, both (column, row).

    `share` is that of all the height of the surface, `times` that of the median rise.
    """

    low: tuple[int, int]
    high: tuple[int, int]
    share: float
    times: float


class Surface:
    """L over a square of side 2 · `half` around two entries of θ, worked out little by little.

    The loss is that of a trace of one sequence, with recurrent weights `gain` times as large. `losses` [row, column]
    (POINTS, POINTS) has columns along the first entry; NaN is what is not known yet, or no finite number.
    """

    def __init__(self, trace: Trace, axes: tuple[Entry, Entry], half: float, gain: float = 1.0) -> None:
        self.trace, self.axes, self.half, self.gain = trace, axes, half, gain
        weighted = trace.batch.loss_weights is not None
        self._program = Program(trace.network, trace.sizes, trace.T, 1, weighted=weighted)
        for name, array in enlarged(trace.network, trace.parameters, gain).items():
            np.copyto(self._program.memory.parameters[name], array)
        self._program.load(trace.batch)
        self.centre = tuple(float(self._program.memory.parameters[name][index]) for name, index in axes)
        self.by: Array = np.linspace(-half, half, POINTS)
        self.losses: Array = np.full((POINTS, POINTS), np.nan)
        self.stride = 0
        """Every so many-th point is known; 0 as long as there are too few for a picture."""
        self._order = self._coarse_to_fine()
        self.done = False

    def advance(self, seconds: float) -> None:
        """Go on for about so long, at least one point."""
        until = perf_counter() + seconds
        while not self.done:
            place = next(self._order, None)
            if place is None:
                self.done = True
            else:
                row, column = place
                loss = self.loss(float(self.by[column]), float(self.by[row]))
                self.losses[row, column] = loss if np.isfinite(loss) else np.nan
            if perf_counter() >= until:
                break

    def _coarse_to_fine(self) -> Iterator[tuple[int, int]]:
        stride = FIRST_STRIDE
        while stride:
            coarser = 2 * stride if stride < FIRST_STRIDE else 0
            for row in range(0, POINTS, stride):
                for column in range(0, POINTS, stride):
                    if not coarser or row % coarser or column % coarser:
                        yield row, column
            self.stride = stride
            stride //= 2

    def loss(self, x: float, y: float) -> float:
        """L at these distances from the entries as they are."""
        self._place(x, y)
        self._program.forward()
        return self._program.loss

    def _place(self, x: float, y: float) -> None:
        for (name, index), start, by in zip(self.axes, self.centre, (x, y), strict=True):
            self._program.memory.parameters[name][index] = start + by

    def descend(self, start: tuple[float, float], rate: float, clip: float | None, steps: int) -> Descent:
        """Gradient descent from `start` with learning rate η: places ← places − η g, with g clipped to the norm `clip`.

        g is ∂L of the two entries, all others stay (eqs. 10.48 and 10.49).
        """
        place = np.array(start)
        places, losses, norms, clipped = [place], [self.loss(*start)], list[float](), 0
        for _ in range(steps):
            with np.errstate(all="ignore"):  # what overflows ends the descent
                self._program.backward()
            gradients = self._program.memory.parameter_gradients
            g = np.array([gradients[name][index] for name, index in self.axes])
            norm = float(np.linalg.norm(g))
            if not np.isfinite(norm):
                break
            norms.append(norm)
            if clip is not None and norm > clip:
                g, clipped = g * (clip / norm), clipped + 1
            place = place - rate * g
            loss = self.loss(*place.tolist())
            places.append(place)
            losses.append(loss)
            if np.abs(place).max() > self.half or not np.isfinite(loss):
                break
        return Descent(np.array(places), np.array(losses), np.array(norms), clipped)


def steepest(losses: Array, margin: int = 0) -> Steepest | None:
    """Where a surface is steepest; None where fewer than two neighbours are known, or all is level.

    With a margin, so many points along each border are left out; height and usual rise are those of the whole.
    """
    along, up = np.diff(losses, axis=1), np.diff(losses, axis=0)
    rises = np.concatenate([np.abs(along).ravel(), np.abs(up).ravel()])
    known = rises[np.isfinite(rises)]
    if not known.size or known.max() == 0:
        return None
    for one in (along, up) if margin else ():
        kept = one[margin:-margin, margin:-margin].copy()
        one[:] = np.nan
        one[margin:-margin, margin:-margin] = kept
    rises = np.concatenate([np.abs(along).ravel(), np.abs(up).ravel()])
    if not np.isfinite(rises).any():
        return None
    at = int(np.nanargmax(rises))
    if at < along.size:
        row, column = divmod(at, along.shape[1])
        ends, rise = ((column, row), (column + 1, row)), along[row, column]
    else:
        row, column = divmod(at - along.size, up.shape[1])
        ends, rise = ((column, row), (column, row + 1)), up[row, column]
    low, high = ends if rise > 0 else ends[::-1]
    largest, median = float(abs(rise)), float(np.median(known))
    height = float(np.nanmax(losses) - np.nanmin(losses))
    return Steepest(low, high, largest / height, largest / median if median > 0 else np.inf)
