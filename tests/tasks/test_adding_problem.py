"""Adding problem: the target is the sum of the two marked numbers, one in each half."""

import numpy as np
import pytest

from explorer.tasks import get_task

ADDING = get_task("adding_problem")


@pytest.mark.parametrize("T", [2, 3, 8, 101])
def test_two_numbers_are_marked_one_in_each_half_and_their_sum_is_asked_for(T: int) -> None:
    batch = ADDING.batch(np.random.default_rng(1), T, 200)
    for x, y in zip(batch.inputs["x"].swapaxes(0, 1), batch.y[0, :, 0], strict=True):
        first, second = (t for t, (_, mark) in enumerate(x) if mark)
        assert first < T // 2 <= second
        assert y == x[first, 0] + x[second, 0]


def test_right_is_what_is_about_as_near_as_in_the_paper() -> None:
    assert ADDING.tolerance(8) == pytest.approx(0.04, abs=0.001)
