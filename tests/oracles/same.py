"""Compare what two documents lead to, by value: every number, every event, every edge."""

import numpy as np

from explorer.session.document import Shown


def assert_same(one: Shown, other: Shown) -> None:
    """Equal to the last bit."""
    assert one.document == other.document
    assert (one.network, one.sizes, one.graph, one.events) == (other.network, other.sizes, other.graph, other.events)
    a, b = one.trace, other.trace
    assert (a.loss, a.loss_after, a.update.rule) == (b.loss, b.loss_after, b.update.rule)
    for name in ("parameters", "values", "initial", "gradients", "parameter_gradients", "parameters_after"):
        first, second = getattr(a, name), getattr(b, name)
        assert first.keys() == second.keys()
        for key, array in first.items():
            np.testing.assert_array_equal(array, second[key])
    for key, kept in a.contributions.items():
        assert len(kept) == len(b.contributions[key])
        for mine, theirs in zip(kept, b.contributions[key], strict=True):
            assert (mine.use, mine.lo, mine.hi) == (theirs.use, theirs.lo, theirs.hi)
            np.testing.assert_array_equal(mine.array, theirs.array)
