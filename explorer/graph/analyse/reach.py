"""See how far gradients reach: ‖∂L(k)/∂h(t)‖ for every loss and every state.

Vanishing and exploding gradients (section 10.7) are statements about these. Each picture is one ordinary backward
pass over a batch: copies of one sequence that differ only in where their gradient begins.
"""

from collections.abc import Sequence

import numpy as np

from explorer.graph.analyse.copies import computed, passes
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array


def gradient_reach(trace: Trace, name: str, losses: Sequence[int] | None = None) -> Array:
    """‖∂L(k)/∂(name, t)‖ as entry [k − 1, t − 1] of a trace of one sequence, without loss weights.

    (T, T), or with as many columns as the node has steps. Rows of steps without a loss are zero, and those that
    are not among `losses`, where only these are asked for; nothing comes over a border of truncated BPTT. Time O(T²),
    in one batched sweep as long as the arrays stay small.
    """
    output, steps = trace.network.output, list(trace.loss_steps if losses is None else losses)
    norms = np.zeros((trace.last, trace.steps(name)[-1]))
    if output is None:
        return norms
    for part in passes(trace, len(steps)):
        chunk = steps[part]
        program = computed(trace, len(chunk), seeded=output.loss, borders=trace.borders)
        seed = program.memory.seeds[output.loss]
        seed.fill(0.0)
        for b, k in enumerate(chunk):
            seed[k - trace.loss_steps[0], b] = 1.0
        program.backward()
        found = np.linalg.norm(program.memory.gradients[name], axis=2).T
        norms[[k - 1 for k in chunk], -found.shape[1] :] = found
    return norms
