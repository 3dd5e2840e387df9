"""Compose the step of a network with itself: a state after t steps as a function of where it began (fig. 10.15).

The initial state moves along a random line, and what comes of it is projected to one number: a cut through a function
of many dimensions. All points of the line are one batch.
"""

from collections.abc import Generator
from typing import Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.graph.analyse.copies import A_FRAME, computed, passes
from explorer.graph.analyse.recurrent import enlarged
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.memory import final_states, initial_states
from explorer.graph.feedback import Network

Drive = Literal["own", "held", "zero"]
"""The input while the step is repeated: that of the sequence, that of one of its steps held, or none."""
REACH = 6.0
"""How far the line reaches to both sides, in √n: 60 for 100 units, as in the book's figure."""
POINTS = 401
FLAT = 0.01
"""A slope below this share of the steepest is called flat."""


class Composition(Struct, frozen=True, eq=False):
    """`curves[c]` (points,) is pᵀ(name, t) with t = `steps[c]`, after c steps from where the state began.

    `at` (points,) is where that was along the line: name(0) + at · u. u and p are random and of length 1.
    """

    name: str
    at: Array
    steps: tuple[int, ...]
    curves: Array


class CurveShape(Struct, frozen=True):
    """What a curve looks like: how often it turns, on which share of the line it is flat, and its steepest slope."""

    turns: int
    flat: float
    steepest: float


def composed_states(network: Network) -> tuple[str, ...]:
    """The nodes that a step computes and the next reads, so that there is something to repeat; none in a tree."""
    read = dict.fromkeys((*initial_states(network), *final_states(network)))
    nodes = [network.node(name) for name in read]
    return tuple(node.name for node in nodes if not node.given and not node.span.tree)


def composing(
    trace: Trace,
    name: str,
    *,
    gain: float = 1.0,
    drive: Drive = "own",
    held: int = 1,
    draw: int = 0,
    reach: float = REACH,
    points: int = POINTS,
) -> Generator[None, None, Composition]:
    """Repeat the step of a trace of one sequence, with its θ, from `points` initial values of a composed state.

    It pauses after each pass. Recurrent weights are taken `gain` times as large; `held` is the step whose input is
    held. `draw` numbers the random line and projection; the line reaches to `reach` · √n on both sides.
    """
    backward = name not in trace.initial
    start: Array = (trace.final if backward else trace.initial)[name][:, 0]
    n = start.shape[1]
    rng = np.random.default_rng([draw, n])
    along, across = (vector / np.linalg.norm(vector) for vector in rng.normal(size=(2, n)))
    at = np.linspace(-1.0, 1.0, points) * reach * np.sqrt(n)
    begun = start[:, None] + at[:, None] * along  # (rows, points, n)
    parameters = enlarged(trace.network, trace.parameters, gain)
    T = trace.steps(name)[-1]
    curves = np.empty((T + 1, points))
    for part in passes(trace, points, A_FRAME):
        states = begun[:, part]
        batch = _driven(trace.batch, drive, held).repeated(states.shape[1])
        if backward:
            batch = replace(batch, final={**batch.final, name: states})
        else:
            batch = replace(batch, initial={**batch.initial, name: states})
        program = computed(trace, states.shape[1], parameters=parameters, batch=batch)
        values = program.memory.steps_of(name)[:: -1 if backward else 1]
        with np.errstate(all="ignore"):  # what overflows is shown as a gap
            curves[1:, part] = values @ across
        yield
    curves[0] = begun[0 if backward else -1] @ across
    steps = tuple(range(T + 1, 0, -1) if backward else range(T + 1))
    return Composition(name, at, steps, curves)


def shape_of(composition: Composition, c: int) -> CurveShape:
    """The shape of one curve; nothing of it is known where a number is beyond a float."""
    rises, width = np.diff(composition.curves[c]), composition.at[1] - composition.at[0]
    if not np.isfinite(rises).all():
        return CurveShape(0, float("nan"), float("nan"))
    sizes = np.abs(rises)
    steepest = float(sizes.max())
    # What is but rounding is no turn.
    least = 1e-9 * max(steepest, float(np.abs(composition.curves[c]).max()) * 1e-3)
    signs = np.sign(rises[sizes > least])
    flat = float((sizes < FLAT * steepest).mean()) if steepest > 0 else 1.0
    return CurveShape(int((signs[1:] != signs[:-1]).sum()), flat, steepest / width)


def _driven(batch: Batch, drive: Drive, held: int) -> Batch:
    if drive == "own":
        return batch
    inputs = {
        name: np.zeros_like(x) if drive == "zero" else np.repeat(x[[min(held, len(x)) - 1]], len(x), 0)
        for name, x in batch.inputs.items()
    }
    return replace(batch, inputs=inputs)
