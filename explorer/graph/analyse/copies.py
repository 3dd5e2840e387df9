"""Run many copies of one sequence at once, which differ in where a gradient or a state begins."""

from collections.abc import Generator, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

import numpy as np

from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.program import Program
from explorer.graph.declaration import Sizes
from explorer.graph.feedback import Network
from explorer.graph.truncated import Borders

Made = TypeVar("Made")

MOST_NUMBERS = 500_000
"""Largest T · B · n of one pass; what is longer takes several.

The few programs that are kept for the next picture then hold some 50 MB each at most. Larger ones were no faster.
"""


A_FRAME = 100_000
"""As many numbers, where others wait for their turn between two passes: one takes some 10 ms."""


def passes(trace: Trace, wanted: int, most: int | None = None) -> Iterator[slice]:
    """Which of the wanted copies go into each pass of so many numbers; the last ones again, if they fill none.

    So all passes are of one size, and one program does.
    """
    width = max(1, min(wanted, (most or MOST_NUMBERS) // (trace.T * max(trace.sizes.values()))))
    for first in range(0, wanted, width):
        start = min(first, wanted - width)
        yield slice(start, start + width)


def computed(
    trace: Trace,
    B: int,
    *,
    seeded: str | None = None,
    root: str | None = None,
    parameters: Mapping[str, Array] | None = None,
    batch: Batch | None = None,
    borders: Borders = (),
) -> Program:
    """A program with B copies of the trace's sequence, its values computed.

    `batch`, of B sequences, and θ may be others than those of the trace. `seeded` and `root` as for a program, where a
    root is seeded. BPTT is whole, as derivatives are, but for `borders`.
    """
    sizes, held = tuple(trace.sizes.items()), frozenset(trace.batch.held)
    program = _program(trace.network, sizes, trace.T, B, seeded or root, root, held, borders)
    for name, array in program.memory.parameters.items():
        np.copyto(array, (parameters or trace.parameters)[name])
    program.load(batch or trace.batch.repeated(B))
    program.forward()
    return program


@lru_cache(maxsize=6)
def _program(
    network: Network,
    sizes: tuple[tuple[str, int], ...],
    T: int,
    B: int,
    seeded: str | None,
    root: str | None,
    held: frozenset[str],
    borders: Borders,
) -> Program:
    named: Sizes = dict(sizes)
    return Program(
        network, named, T, B, seeded=() if seeded is None else (seeded,), root=root, held=held, borders=borders
    )


def drained(work: Generator[None, None, Made]) -> Made:
    """What comes of work that is done a little at a time."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            made: Made = end.value
            return made
