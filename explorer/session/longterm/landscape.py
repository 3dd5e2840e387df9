"""Look at the loss over two weights of what is shown, and descend on it with and without clipping (fig. 10.17)."""

from collections.abc import Generator, Iterator

import numpy as np
from msgspec import Struct

from explorer.errors import ExplorerError
from explorer.graph.analyse.recurrent import recurrent_weights
from explorer.graph.analyse.surface import Descent, Entry, Place, Steepest, Surface, steepest
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import has_entry
from explorer.graph.declaration import terms_of
from explorer.session.document import Shown, stepped
from explorer.session.viewing import LongTerm

CLIFF = (0.2, 10.0)
"""A cliff rises by this share of all the height from one point to the next, and so many times as fast as is usual."""
GAINS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
"""How much larger the recurrent weights may be taken."""
MARGIN = 10
"""How many points from the border a cliff must be for descents to begin there: else they would leave at once."""
RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
"""Learning rates to choose from."""
STEPS = 30
"""How many steps a descent has."""
USUAL_CLIP = 1.0
"""The norm to clip to, where training clips none."""
BETWEEN = 9
"""How many places between two points are tried as the edge of a cliff."""


class SurfaceWanted(Struct, frozen=True):
    """What decides the surface of a trace."""

    axes: tuple[Entry, Entry]
    half: float
    gain: float


class Descents(Struct, frozen=True, eq=False):
    """Two descents from one place with one learning rate: with gradients as they are, and clipped to a norm."""

    rate: float
    clip: float
    plain: Descent
    clipped: Descent


def wanted(shown: Shown, settings: LongTerm) -> SurfaceWanted:
    """What a view asks for. Raises ExplorerError with the reason where there is no surface."""
    title = shown.architecture.title
    if shown.network.output is None:
        raise ExplorerError("'{title}' has no output and so no loss: there is no surface to descend on.", title=title)
    if sum(array.size for array in shown.trace.parameters.values()) < 2:
        raise ExplorerError("'{title}' has one weight alone, and a surface takes two.", title=title)
    axes = settings.axes
    if axes is None or axes[0] == axes[1] or not all(_there(shown.trace, entry) for entry in axes):
        axes = usual_axes(shown)
    return SurfaceWanted(axes, settings.half, settings.gain)


def usual_axes(shown: Shown) -> tuple[Entry, Entry]:
    """A weight of the recurrence and a bias beside it, as in fig. 10.17; else the first two entries of θ."""
    parameters = shown.trace.parameters
    entries = [(name, (0,) * parameters[name].ndim) for name in (*recurrent_weights(shown.network), *parameters)]
    first = entries[0]
    sums = [node.operation.terms for node, term in terms_of(shown.network.nodes) if first[0] in term.parameters]
    biases = [(term.bias, (0,)) for terms in sums for term in terms if term.bias]
    every = [(name, index) for name, array in parameters.items() for index in np.ndindex(array.shape)]
    return first, next(entry for entry in (*biases, *every) if entry != first)


def _there(trace: Trace, entry: Entry) -> bool:
    name, index = entry
    return name in trace.parameters and has_entry(trace.parameters[name], index)


def is_cliff(found: Steepest | None) -> bool:
    """Whether the steepest place of a surface is a cliff."""
    return found is not None and found.share >= CLIFF[0] and found.times >= CLIFF[1]


def descending(surface: Surface, shown: Shown, settings: LongTerm) -> Generator[None, None, Descents]:
    """Both descents that a view asks for, a little at a time.

    Learning rate and threshold are those of training unless the view names others.
    """
    rate, clip = planned(shown, settings)
    start = settings.start if max(map(abs, settings.start)) <= surface.half else (0.0, 0.0)
    plain = yield from surface.descending(start, rate, None, STEPS)
    clipped = yield from surface.descending(start, rate, clip, STEPS)
    return Descents(rate, clip, plain, clipped)


def planned(shown: Shown, settings: LongTerm) -> tuple[float, float]:
    """Learning rate and norm to clip to."""
    training = stepped(shown.document)
    rate = training.learning_rate if settings.rate is None else settings.rate
    return rate, settings.clip or training.clip_norm or USUAL_CLIP


class Found(Struct, frozen=True):
    """A cliff: how much larger recurrent weights are for it, and the place on its edge where it is steepest.

    `rate` is the least learning rate, of those to choose from, at which a step from there leaps as far as the surface
    reaches.
    """

    gain: float
    start: Place
    rate: float


class Search:
    """Looks for the least gain, of those from the one that is shown on, whose surface has a cliff; little by little."""

    def __init__(self, trace: Trace, asked: SurfaceWanted, rate: float) -> None:
        self._trace, self._asked, self._rate = trace, asked, rate
        self.found: Found | None = None
        self.done = False
        self._surfaces = self._larger()
        self._surface = next(self._surfaces)
        self.tried = self._surface.gain
        """The gain that was tried last."""

    def _larger(self) -> Iterator[Surface]:
        for gain in (self._asked.gain, *(gain for gain in GAINS if gain > self._asked.gain)):
            yield Surface(self._trace, self._asked.axes, self._asked.half, gain)

    def advance(self, seconds: float) -> None:
        """Go on for about so long."""
        self._surface.advance(seconds)
        if not self._surface.done:
            return
        steep = steepest(self._surface.losses, MARGIN)
        if steep is not None and is_cliff(steep):
            start, norm = edge(self._surface, steep)
            rates = (self._rate, *(rate for rate in RATES if rate > self._rate))
            leaping = (rate for rate in rates if rate * norm > self._surface.half)
            self.found, self.done = Found(self._surface.gain, start, next(leaping, rates[-1])), True
            return
        following = next(self._surfaces, None)
        if following is None:
            self.done = True
        else:
            self._surface, self.tried = following, following.gain


def edge(surface: Surface, steep: Steepest) -> tuple[Place, float]:
    """Between the two points of the steepest rise, the place where the gradient is largest, and its norm."""
    low, high = (np.array([surface.by[column], surface.by[row]]) for column, row in (steep.low, steep.high))
    found: list[tuple[float, Place]] = []
    for part in np.linspace(0.0, 1.0, BETWEEN):
        x, y = (low + (high - low) * part).tolist()
        norms = surface.descend((x, y), 0.0, None, 1).norms
        found.append((float(norms[0]) if norms.size else 0.0, (x, y)))
    norm, place = max(found)
    return place, norm
