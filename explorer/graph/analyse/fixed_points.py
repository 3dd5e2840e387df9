"""Find where a step with a constant input leaves the state as it is, s = F(s), and say whether it draws or repels.

From many starts, by Newton's method on F(s) − s in the whole state space. Near a fixed point the state moves by the
eigenvalues of ∂F/∂s: all within the unit circle it comes back (stable), all beyond it leaves (unstable), else it comes
along some directions and leaves along others (a saddle). Where the largest is on the circle, as with an orthogonal W
and no activation, they do not decide (neutral).
"""

from collections.abc import Generator
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.analyse.spectrum import eigenvalues
from explorer.graph.analyse.step_map import Inputs, StepMap
from explorer.graph.arrays import Array

Stability = Literal["stable", "neutral", "saddle", "unstable"]
TOLERANCE = 1e-9
"""A state counts as fixed where no unit moves by more than this."""
ALIKE = 1e-5
"""Fixed points no further apart than this in any unit are one."""
ON_CIRCLE = 1e-6
"""An eigenvalue whose size is within this of 1 is on the unit circle, as far as can be told from what is rounded."""
ROUNDS = 24
SETTLING = 8
"""Rounds of Newton's method at most, and steps taken beforehand by half of the starts, to come near what is stable."""


class FixedPoint(Struct, frozen=True, eq=False):
    """A whole state (size,) that a step leaves within TOLERANCE, and the eigenvalues there, the largest first."""

    state: Array
    eigenvalues: NDArray[np.complex128]

    @property
    def radius(self) -> float:
        """The spectral radius ρ(∂F/∂s)."""
        return float(np.abs(self.eigenvalues[0]))

    @property
    def stability(self) -> Stability:
        largest, least = np.abs(self.eigenvalues[[0, -1]])
        if largest <= 1 + ON_CIRCLE:
            return "stable" if largest < 1 - ON_CIRCLE else "neutral"
        return "saddle" if least < 1 - ON_CIRCLE else "unstable"


def finding(step: StepMap, inputs: Inputs, starts: Array) -> Generator[None, None, tuple[FixedPoint, ...]]:
    """The fixed points that are reached from these whole states (B, size): there may be others.

    The most stable come first. It pauses after each round.
    """
    states = starts.copy()
    for _ in range(SETTLING):
        states[::2] = step.after(states, inputs)[::2]
        yield
    far = 2.0 + 2.0 * np.abs(starts[np.isfinite(starts)]).max(initial=1.0)
    for _ in range(ROUNDS):
        off = _moved(step, inputs, states)
        if np.abs(off).max(initial=0.0) <= TOLERANCE / 100:
            break
        yield
        states = _nearer(states, off, step.jacobians(states, inputs))
        lost = ~(np.abs(states).max(1, initial=0.0) < far)
        states[lost] = starts[lost]
        yield
    fixed = states[np.abs(_moved(step, inputs, states)).max(1, initial=0.0) <= TOLERANCE]
    found: list[Array] = []
    for state in fixed:
        if all(np.abs(state - other).max(initial=0.0) > ALIKE for other in found):
            found.append(state)
    if not found:
        return ()
    yield
    # As many as there were starts, since a program is compiled for so many.
    jacobians = step.jacobians(np.resize(np.stack(found), states.shape), inputs)
    made = (FixedPoint(state, eigenvalues(jacobian)) for state, jacobian in zip(found, jacobians, strict=False))
    return tuple(sorted(made, key=lambda point: (point.radius, *point.state.tolist())))


def _moved(step: StepMap, inputs: Inputs, states: Array) -> Array:
    """F(s) − s of each state, infinite where that overflows."""
    with np.errstate(all="ignore"):
        moved: Array = np.nan_to_num(step.after(states, inputs) - states, nan=np.inf)
    return moved


def _nearer(states: Array, off: Array, jacobians: Array) -> Array:
    """The states after a step of Newton's method, a long one being cut off: far away its derivative means nothing."""
    moves = _solved(np.eye(states.shape[1]) - jacobians, off)
    longest = np.abs(moves).max(1, keepdims=True)
    nearer: Array = states + moves / np.maximum(longest, 1.0)
    return nearer


def _solved(matrices: Array, right: Array) -> Array:
    """x with A x = b for each of B systems; the shortest x where A cannot be inverted, none where it is not finite."""
    usable = np.isfinite(matrices).all((1, 2)) & np.isfinite(right).all(1)
    found = np.zeros_like(right)
    try:
        found[usable] = np.linalg.solve(matrices[usable], right[usable, :, np.newaxis])[..., 0]
    except np.linalg.LinAlgError:
        found[usable] = (np.linalg.pinv(matrices[usable]) @ right[usable, :, np.newaxis])[..., 0]
    return found
