"""See the loss over two entries of θ, and descend on it: the cliff of fig. 10.17, with and without clipping.

Every height is one ordinary forward pass of what is shown, every step of a descent one forward and backward pass.
"""

from collections.abc import Generator, Iterator
from functools import lru_cache
from time import perf_counter

import numpy as np
from msgspec import Struct

from explorer.graph.analyse.copies import drained
from explorer.graph.analyse.recurrent import enlarged
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array, Index
from explorer.graph.compute.program import Program
from explorer.graph.feedback import Network

POINTS = 49
"""How many points a side of the surface has: odd, so that the weights as they are are one."""
FIRST_STRIDE = 16
Entry = tuple[str, Index]
"""One entry of a parameter, by its name and place."""
Place = tuple[float, float]
"""How far both entries are from what they are."""


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
        self._parameters = enlarged(trace.network, trace.parameters, gain)
        self.centre = tuple(float(self._parameters[name][index]) for name, index in axes)
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
        program = self._placed(x, y)
        program.forward()
        return program.loss

    def _placed(self, x: float, y: float) -> Program:
        """The program with the weights of this surface, and these two entries moved."""
        weighted = self.trace.batch.loss_weights is not None
        held = frozenset(self.trace.batch.held)
        shared = _shared(self.trace.network, tuple(self.trace.sizes.items()), self.trace.T, weighted, held)
        program = shared.program
        if shared.by is not self:
            shared.by = self
            for name, array in program.memory.parameters.items():
                np.copyto(array, self._parameters[name])
            program.load(self.trace.batch)
        for (name, index), start, by in zip(self.axes, self.centre, (x, y), strict=True):
            program.memory.parameters[name][index] = start + by
        return program

    def descend(self, start: Place, rate: float, clip: float | None, steps: int) -> Descent:
        """All of `descending` at once."""
        return drained(self.descending(start, rate, clip, steps))

    def descending(self, start: Place, rate: float, clip: float | None, steps: int) -> Generator[None, None, Descent]:
        """Gradient descent from `start` with learning rate η: places ← places − η g, with g clipped to the norm `clip`.

        g is ∂L of the two entries, all others stay (eqs. 10.48 and 10.49). It pauses after each step.
        """
        place = np.array(start)
        places, losses, norms, clipped = [place], [self.loss(*start)], list[float](), 0
        for _ in range(steps):
            g = self._gradient(*place.tolist())
            norm = float(np.linalg.norm(g))
            if not np.isfinite(norm):
                break
            norms.append(norm)
            if clip is not None and norm > clip:
                g, clipped = g * (clip / norm), clipped + 1
            place = place - rate * g
            places.append(place)
            losses.append(self.loss(*place.tolist()))
            if np.abs(place).max() > self.half or not np.isfinite(losses[-1]):
                break
            yield
        return Descent(np.array(places), np.array(losses), np.array(norms), clipped)

    def _gradient(self, x: float, y: float) -> Array:
        """∂L of both entries, (2,)."""
        program = self._placed(x, y)
        program.forward()
        with np.errstate(all="ignore"):  # what overflows ends a descent
            program.backward()
        gradients = program.memory.parameter_gradients
        return np.array([gradients[name][index] for name, index in self.axes])


class _Shared:
    """A program, and the surface whose weights and sequence it holds."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.by: Surface | None = None


@lru_cache(maxsize=2)
def _shared(
    network: Network, sizes: tuple[tuple[str, int], ...], T: int, weighted: bool, held: frozenset[str]
) -> _Shared:
    """To compile one for each surface would take longer than a frame, and there is one whenever a weight changes."""
    return _Shared(Program(network, dict(sizes), T, 1, weighted=weighted, held=held))


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
