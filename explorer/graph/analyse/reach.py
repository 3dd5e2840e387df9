"""See how far gradients reach: ‖∂L(k)/∂h(t)‖ for every loss and every state.

Vanishing and exploding gradients (section 10.7) are statements about these. Each picture is one ordinary backward
pass over a batch: copies of one sequence that differ only in where their gradient begins.
"""

from functools import lru_cache

import numpy as np

from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.compute.program import Program
from explorer.graph.declaration import Sizes
from explorer.graph.feedback import Network

MOST_NUMBERS = 500_000
"""Largest T · B · n of one backward pass; longer sequences take several.

The two programs that are kept for the next picture then hold some 50 MB at most. Larger ones were no faster.
"""


def gradient_reach(trace: Trace, name: str) -> Array:
    """‖∂L(k)/∂(name, t)‖ as entry [k − 1, t − 1] of a trace of one sequence, without loss weights.

    (T, T), or with as many columns as the node has steps. Rows of steps without a loss are zero. Time O(T²), in one
    batched sweep as long as the arrays stay small.
    """
    output, steps = trace.network.output, list(trace.loss_steps)
    norms = np.zeros((trace.T, trace.steps(name)[-1]))
    largest = max(trace.sizes.values())
    if output is None:
        return norms
    at_once = max(1, min(len(steps), MOST_NUMBERS // (trace.T * largest)))
    for start in range(0, len(steps), at_once):
        chunk = steps[start : start + at_once]
        program = _loaded(trace, len(chunk), output.loss)
        seed = program.memory.seeds[output.loss]
        seed.fill(0.0)
        for b, k in enumerate(chunk):
            seed[k - steps[0], b] = 1.0
        program.backward()
        found = np.linalg.norm(program.memory.gradients[name], axis=2).T
        norms[[k - 1 for k in chunk], -found.shape[1] :] = found
    return norms


def _loaded(trace: Trace, B: int, seeded: str) -> Program:
    """A program with B copies of the trace's sequence, its values computed."""
    program = _program(trace.network, tuple(trace.sizes.items()), trace.T, B, seeded)
    for parameter, array in program.memory.parameters.items():
        np.copyto(array, trace.parameters[parameter])
    program.load(trace.batch.repeated(B))
    with np.errstate(all="ignore"):
        program.forward()
    return program


@lru_cache(maxsize=2)
def _program(network: Network, sizes: tuple[tuple[str, int], ...], T: int, B: int, seeded: str) -> Program:
    named: Sizes = dict(sizes)
    return Program(network, named, T, B, seeded=(seeded,))
