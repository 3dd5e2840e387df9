"""Say how uncertain a symbol or some bits are: the least loss of whoever knows how likely they are."""

import numpy as np
from numpy.typing import NDArray


def entropy(probabilities: NDArray[np.float64]) -> float:
    """Return −Σ p log p in nats; outcomes of probability zero add nothing."""
    positive = probabilities[probabilities > 0]
    # max: one certain outcome gives −0.0, which would be shown with its sign.
    return max(0.0, float(-(positive * np.log(positive)).sum()))


def entropy_of_bits(probabilities: NDArray[np.float64]) -> float:
    """Return the sum of the entropies, in nats, of bits that are 1 with these probabilities."""
    return sum(entropy(np.array([p, 1.0 - p])) for p in probabilities)
