"""Say where BPTT can be truncated in what is shown, and how far that leads the gradient of θ astray."""

from functools import lru_cache

import numpy as np
from msgspec import Struct

from explorer.graph.arrays import flat
from explorer.session.document import Shown, tracer_of
from explorer.training.truncation import borders as borders_between

SHORT = 20
"""Windows of up to so many steps are offered at the end of a sequence, whether or not they divide it."""


class Astray(Struct, frozen=True):
    """A truncated gradient g of θ beside the whole one: their cosine, and ‖g − whole‖ / ‖whole‖.

    The cosine is NaN where one of them is 0, and both are where a number is beyond a float, or the whole one is 0.
    """

    cosine: float
    share: float


def lengths_to_choose(shown: Shown) -> tuple[int, ...]:
    """The lengths k < T of windows that are apart: those that divide T; of one loss, any short one, or that shown."""
    T, one_output, now = shown.trace.T, shown.architecture.one_output, window_length(shown)
    apart = (k for k in range(1, T) if borders_between(T, k, k, one_output) is not None)
    return tuple(k for k in apart if k <= SHORT or T % k == 0 or k == now)


def window_length(shown: Shown) -> int | None:
    """The length of the windows that BPTT is cut into, or of the one back from one loss; None where it is whole."""
    borders = shown.trace.borders
    if not borders:
        return None
    return shown.trace.T - borders[0] if shown.architecture.one_output else borders[0]


@lru_cache(maxsize=1)
def astray(shown: Shown) -> Astray:
    """How far the gradient of θ that is shown is from that of whole BPTT, all parameters together."""
    trace = shown.trace
    weighted, held = trace.batch.loss_weights is not None, frozenset(trace.batch.held)
    whole = tracer_of(shown.network, tuple(shown.sizes.items()), trace.T, weighted, held)
    full = flat(whole.trace(trace.parameters, trace.batch).parameter_gradients)
    cut = flat(trace.parameter_gradients)
    norm, norm_cut = np.linalg.norm(full), np.linalg.norm(cut)
    with np.errstate(all="ignore"):  # what is 0 or has overflowed is NaN
        return Astray(float(full @ cut / (norm * norm_cut)), float(np.linalg.norm(cut - full) / norm))
