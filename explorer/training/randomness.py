"""Give each use of chance in a run a generator of its own, so that twin runs share all but what differs.

Runs of one seed start from the same θ and see the same batches, whatever is fed back; how often one of them
tosses a coin or draws a sample shifts nothing else.
"""

from collections.abc import Iterator

import numpy as np

from explorer.graph.batch import Batch
from explorer.tasks import Task

PARAMETERS, BATCHES, COINS, SAMPLES, EVALUATION = range(5)

_BLOCK_VALUES = 500_000


def generator(seed: int, use: int, iteration: int = 0) -> np.random.Generator:
    """Return the generator of one use; the k-th child of the seed's SeedSequence, as `spawn` numbers them.

    A run that branches off at `iteration` draws what no run drew before it.
    """
    key = (use, iteration) if iteration else (use,)
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))


def batches(task: Task, rng: np.random.Generator, T: int, B: int, in_order: bool = False) -> Iterator[Batch]:
    """Yield batches of B sequences, for ever; `in_order`: each sequence goes on where that of the batch before ended.

    Else up to 32 batches are drawn at once: for small ones, numpy's cost per call outweighs the drawing.
    """
    if in_order:
        yield from map(task.encode, task.draw_on(rng, T, B))
    count = max(1, min(32, _BLOCK_VALUES // (T * B * task.n_x)))
    while True:
        block = task.batch(rng, T, B * count)
        for start in range(0, B * count, B):
            yield block.sequences(start, start + B)
