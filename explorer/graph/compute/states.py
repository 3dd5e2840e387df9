"""Run a network forward on many sequences at once and keep the value of every node: its states, its gates."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.program import Program
from explorer.graph.declaration import Sizes
from explorer.graph.feedback import Network


def values_of(
    network: Network, sizes: Sizes, T: int, parameters: Mapping[str, Array], batch: Batch
) -> dict[str, Array]:
    """The value of every node by name, (steps, B, n), or (1, B, n) of a node at one step alone; arrays of their own.

    The steps of a node in a tree are its leaves, then its inner nodes, as each sequence of the batch has them. What
    overflows is infinite or NaN.
    """
    sides = [*(x.shape[1] for x in batch.inputs.values()), batch.y.shape[1]]
    sides += [state.shape[-2] for state in batch.initial.values()]
    count = max(sides) or 1
    program = _program(network, tuple(sizes.items()), T, count)
    memory = program.memory
    for name, array in memory.parameters.items():
        np.copyto(array, parameters[name])
    program.load(batch)
    program.forward()
    return {node.name: memory.steps_of(node.name).copy() for node in network.nodes}


@lru_cache(maxsize=4)
def _program(network: Network, sizes: tuple[tuple[str, int], ...], T: int, B: int) -> Program:
    """With arrays of their own for pre-activations and gates, which else are overwritten."""
    named: Sizes = dict(sizes)
    return Program(network, named, T, B, keep=True)
