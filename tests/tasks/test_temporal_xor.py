"""Temporal XOR: every third bit follows from the two before it, and the next bit is asked for."""

from math import log

import numpy as np
import pytest

from explorer.tasks import get_task

XOR = get_task("temporal_xor")


def test_every_third_bit_is_the_exclusive_or_of_the_two_before_it_and_each_next_bit_the_target() -> None:
    batch = XOR.batch(np.random.default_rng(1), 11, 50)
    x, y = batch.inputs["x"][..., 0], batch.y[..., 0]
    np.testing.assert_array_equal(y[:-1], x[1:])
    bits = np.concatenate([x, y[-1:]])
    for t in (2, 5, 8, 11):
        np.testing.assert_array_equal(bits[t], bits[t - 1] != bits[t - 2])


@pytest.mark.parametrize(("T", "settled"), [(2, 1), (3, 1), (4, 1), (5, 2), (9, 3)])
def test_the_floor_is_a_coin_at_each_step_whose_next_bit_is_not_settled(T: int, settled: int) -> None:
    assert XOR.entropy_floor(T) == pytest.approx((T - settled) * log(2) / T)
