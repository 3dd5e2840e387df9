"""Give each use of chance in a run a generator of its own, so that twin runs share all but what differs.

Runs of one seed start from the same θ and see the same batches, whatever is fed back; how often one of them
tosses a coin or draws a sample shifts nothing else.
"""

import numpy as np

PARAMETERS, BATCHES, COINS, SAMPLES, EVALUATION = range(5)


def generator(seed: int, use: int, iteration: int = 0) -> np.random.Generator:
    """Return the generator of one use; the k-th child of the seed's SeedSequence, as `spawn` numbers them.

    A run that branches off at `iteration` draws what no run drew before it.
    """
    key = (use, iteration) if iteration else (use,)
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
