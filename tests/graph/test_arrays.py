"""Zeros lie where they are good to compute in: at the start of a line of the cache, each array at another one."""

import numpy as np
import pytest

from explorer.graph.arrays import zeros


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(), (5,), (3, 2, 7), (1000, 8, 32)])
def test_zeros_begin_at_a_line_and_no_two_in_a_row_at_the_same_one(shape: tuple[int, ...], dtype: type) -> None:
    made = [zeros(shape, dtype) for _ in range(3)]
    addresses = [array.__array_interface__["data"][0] for array in made]
    for array in made:
        np.testing.assert_array_equal(array, np.zeros(shape, dtype), strict=True)
        assert array.flags.c_contiguous and array.flags.writeable
        array += 1  # which must not reach the others
    assert all(address % 64 == 0 for address in addresses)
    assert len({address % 4096 for address in addresses}) == 3
