"""∂h(t + 1)/∂h(t) by backward sweeps: slow, but it knows nothing of how a step is linearised."""

from collections.abc import Iterator

import numpy as np

from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.compute.program import Program


def jacobians(trace: Trace, name: str, start: int, stop: int) -> Iterator[Array]:
    """∂(name, t + 1)/∂(name, t) for t = start … stop − 1: (n, n) each, over all paths between neighbours.

    Their product, latest first, is ∂(name, stop)/∂(name, start) where all paths run through the node.
    """
    assert trace.network.output is not None
    loss = trace.network.output.loss
    n = trace.gradients[name].shape[2]
    program = Program(trace.network, trace.sizes, trace.T, n, seeded=(loss, name))
    memory = program.memory
    for parameter, array in memory.parameters.items():
        np.copyto(array, trace.parameters[parameter])
    program.load(trace.batch.repeated(n))
    program.forward()
    memory.seeds[loss].fill(0.0)
    for t in range(start, stop):
        memory.seeds[name].fill(0.0)
        memory.seeds[name][t] = np.eye(n)
        program.backward()
        yield memory.gradients[name][t - 1].copy()
