"""Truncate BPTT: every k1 steps, send the losses of these steps back through the last k2 steps only.

(Williams and Peng 1990, BPTT(k2; k1); Sutskever 2013.) The gradients of all windows are added, so that truncated
and full BPTT both make one update per mini-batch and differ in nothing but the paths that are cut.
"""

from itertools import pairwise

import numpy as np
from msgspec import Struct

from explorer.graph.architecture import Architecture
from explorer.graph.batch import Batch
from explorer.graph.compute.program import Program
from explorer.graph.declaration import EVERY
from explorer.graph.truncated import Borders
from explorer.training.meaning import why_not
from explorer.training.problem import architecture_of, task_of
from explorer.training.settings import RunSettings, TrainingSettings
from explorer.training.shared import shared_program


class Window(Struct, frozen=True):
    """The losses of steps `fresh` ≤ t < `stop` go back as far as step `start`, counted from 0."""

    start: int
    fresh: int
    stop: int


def windows(T: int, k1: int, k2: int, one_output: bool) -> tuple[Window, ...]:
    """The windows that cover each loss once; one at the end if there is one loss."""
    if one_output:
        return (Window(max(0, T - k2), T - 1, T),)
    stops = [*range(k1, T, k1), T]
    return tuple(Window(max(0, stop - k2), (stop - 1) // k1 * k1, stop) for stop in stops)


def borders(T: int, k1: int, k2: int, one_output: bool) -> Borders | None:
    """The steps after which BPTT is cut; None where windows overlap, so that a gradient passes for some losses only.

    They are apart where k1 = k2 divides T, and where there is one loss; where k2 is T or more nothing is cut.
    """
    found = windows(T, k1, k2, one_output)
    if any(before.start < after.start < before.stop for before, after in pairwise(found)):
        return None
    return tuple(sorted({window.start for window in found} - {0}))


def borders_of(architecture: Architecture, training: TrainingSettings, T: int) -> Borders | None:
    """The `borders` by which a network is trained on T steps; none where nothing is truncated, or nothing can be."""
    if training.truncate is None or why_not("truncate", architecture, training, ()):
        return ()
    return borders(T, *training.truncate, architecture.one_output)


def windows_of(architecture: Architecture, training: TrainingSettings, T: int) -> tuple[Window, ...]:
    """The windows of a network's training on T steps that overlap, so that each has a cut of its own; else none."""
    if training.truncate is None or borders_of(architecture, training, T) is not None:
        return ()
    return windows(T, *training.truncate, architecture.one_output)


def can_be_told(settings: RunSettings) -> bool:
    """Whether updates can be shown event by event: made of one gradient, be it cut where windows are apart."""
    architecture, training = architecture_of(settings), settings.training
    lengths = [T for T, _ in task_of(settings).shapes(settings.length, training.batch)]
    return training.ridge is None and all(borders_of(architecture, training, T) is not None for T in lengths)


def window_lengths(T: int, k1: int, k2: int, one_output: bool) -> set[int]:
    """The numbers of steps for which a program is needed.

    Before its fresh losses a window may hold some that were counted already. Loss and gradient are sums over steps,
    so the gradient of those, back to the same start, is taken off again.
    """
    found = windows(T, k1, k2, one_output)
    counted = set() if one_output else {w.fresh - w.start for w in found if w.fresh > w.start}
    return {w.stop - w.start for w in found} | counted


class TruncatedGradient:
    """Computes the truncated gradient of what `program` has just computed forward."""

    def __init__(self, program: Program, k1: int, k2: int):
        self._full = program
        self._one_output = program.loss_per_step.shape[0] == 1
        self._windows = windows(program.T, k1, k2, self._one_output)
        network = program.network
        self._every_step = [name for name in network.inputs if network.node(name).span == EVERY]
        self._total = np.zeros_like(program.memory.theta_gradient)
        self._programs = {
            length: shared_program(
                network, program.sizes, length, program.B, program.memory.dtype, weighted=program.weighted
            )
            for length in window_lengths(program.T, k1, k2, self._one_output)
        }

    def backward(self, batch: Batch) -> None:
        """Write the gradient to the full program's `theta_gradient`; it has computed this batch forward."""
        self._total.fill(0.0)
        for program in self._programs.values():
            np.copyto(program.memory.theta, self._full.memory.theta)
        for window in self._windows:
            self._add(1.0, window.start, window.stop, batch)
            if window.fresh > window.start and not self._one_output:
                self._add(-1.0, window.start, window.fresh, batch)
        np.copyto(self._full.memory.theta_gradient, self._total)

    def _add(self, sign: float, start: int, stop: int, batch: Batch) -> None:
        """Add ± the gradient of the losses of steps start ≤ t < stop; the state before them is constant."""
        program = self._programs[stop - start]
        program.load(self._part(batch, start, stop))
        program.forward()
        program.backward()
        if sign > 0:
            np.add(self._total, program.memory.theta_gradient, self._total)
        else:
            np.subtract(self._total, program.memory.theta_gradient, self._total)

    def _part(self, batch: Batch, start: int, stop: int) -> Batch:
        """Steps start ≤ t < stop, and the states before them as they were computed."""
        rows = slice(None) if self._one_output else slice(start, stop)
        values, before = self._full.memory.values, self._full.memory.before
        return Batch(
            {name: x[start:stop] if name in self._every_step else x for name, x in batch.inputs.items()},
            batch.y[rows],
            loss_weights=None if batch.loss_weights is None else batch.loss_weights[rows],
            mask=None if batch.mask is None else batch.mask[start:stop],
            uniform=None if batch.uniform is None else batch.uniform[start:stop],
            initial={name: values[name][start : start + rows] for name, rows in before.items()},
        )
