"""Check any entry of a traced gradient by finite differences, and say what is in the way where they disagree."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from msgspec import Struct

from explorer.graph.analyse.differences import STEP, finite_difference, relative_error
from explorer.graph.arrays import Array, Index
from explorer.graph.compute.program import Program
from explorer.graph.plain import plain
from explorer.language import tr
from explorer.session.document import Shown
from explorer.training.threads import beside_training

AGREES = 1e-7
"""Largest error that counts as agreement: finite differences are good to about 1e-9, with long sequences less."""
MOST_ENTRIES = 64
"""How many entries of a parameter are checked unasked."""


class Checked(Struct, frozen=True):
    """One entry checked: ∂L/∂θ by back-propagation and by finite difference, and how far apart they are.

    `error` is relative to the larger of both, or to 1. `obstacle` says in words why the two need not agree, where
    the loss has a corner or a jump between the two points of the difference.
    """

    name: str
    index: Index
    gradient: float
    difference: float
    error: float
    obstacle: str = ""

    @property
    def agrees(self) -> bool:
        return self.error <= AGREES


class Nudge(Struct, frozen=True):
    """A small change of one entry: what the loss really does, and what the gradient foretells.

    `whole`: whether that is the whole gradient, not what truncated BPTT has of it.
    """

    by: float
    change: float
    foretold: float
    whole: bool = True


class GradientCheck:
    """Runs one shown network again with single entries changed; the trace itself is never touched.

    Making one compiles the network, about as long as ten runs. Each check is three runs.
    """

    def __init__(self, shown: Shown):
        self.shown, trace = shown, shown.trace
        weighted, held = trace.batch.loss_weights is not None, frozenset(trace.batch.held)
        self._program = Program(shown.network, shown.sizes, trace.T, trace.B, weighted=weighted, held=held)
        for name, array in self._program.memory.parameters.items():
            np.copyto(array, trace.parameters[name])
        self._program.load(trace.batch)

    def check(self, name: str, index: Index) -> Checked:
        """Compare the gradient of one entry with its finite difference."""
        gradient = float(self.shown.trace.parameter_gradients[name][index])
        with np.errstate(all="ignore"):
            difference = finite_difference(self._program, name, index)
        error = relative_error(gradient, difference)
        if not np.isfinite(error):
            return Checked(
                name, index, gradient, difference, np.inf, tr("The loss or its gradient is not finite here.")
            )
        obstacle = "" if error <= AGREES else self._obstacle(name, index)
        return Checked(name, index, gradient, difference, error, obstacle)

    def nudge(self, name: str, index: Index, by: float) -> Nudge:
        """Change one entry by this much and compare ΔL with gradient · nudge."""
        trace = self.shown.trace
        with np.errstate(all="ignore"), self._changed(name, index, by):
            change = self._program.loss - trace.loss
        return Nudge(by, change, float(trace.parameter_gradients[name][index]) * by, not trace.borders)

    @contextmanager
    def _changed(self, name: str, index: Index, by: float) -> Iterator[None]:
        entries = self._program.memory.parameters[name]
        entry = entries[index]
        try:
            entries[index] = entry + by
            program = self._program
            with beside_training(program.T * program.sizes["n_h"] ** 2), np.errstate(all="ignore"):
                program.forward()
            yield
        finally:
            entries[index] = entry

    def _obstacle(self, name: str, index: Index) -> str:
        """Truncation, or what switches between the two points: a relu unit, an arg-max, a drawn symbol."""
        if self.shown.trace.borders:
            return tr("BPTT is truncated: it leaves out ways on which the loss changes, a finite difference none.")
        s = STEP * max(1.0, abs(float(self._program.memory.parameters[name][index])))
        with self._changed(name, index, s):
            above = self._switches()
        with self._changed(name, index, -s):
            below = self._switches()
        for node, on in above.items():
            places = np.argwhere(on != below[node])
            if len(places):
                row, _, unit = places[0]
                declared = self.shown.network.node(node)
                here = f"{plain(declared.symbol)}({self.shown.trace.T if declared.last_only else row + 1})"
                return declared.operation.jump.format(unit=unit + 1, here=here)
        return tr("Nothing switches in between: the loss is smooth here, so one of the two is wrong or too coarse.")

    def _switches(self) -> dict[str, Array]:
        """Every on-off pattern in the network, (T, B, n) by node."""
        memory, jumping = self._program.memory, [n.name for n in self.shown.network.nodes if n.operation.jump]
        return {name: np.asarray(memory.steps_of(name) > 0, float) for name in jumping}


def entries_to_check(gradient: Array, most: int = MOST_ENTRIES) -> list[Index]:
    """All entries of a parameter's gradient, or the largest of many, by rows."""
    order = np.argsort(-np.abs(gradient), axis=None, kind="stable")[:most]
    return sorted(tuple(map(int, np.unravel_index(i, gradient.shape))) for i in order)
