"""Binary addition against Python's own whole numbers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.tasks import get_task
from tests.oracles.typed import typed

ADDITION = get_task("binary_addition")


def bits(number: int, length: int) -> list[int]:
    return [number >> t & 1 for t in range(length)]


@given(length=st.integers(1, 80), data=st.data())
def test_the_targets_are_the_bits_of_the_sum(length: int, data: st.DataObject) -> None:
    a = data.draw(st.integers(0, 2**length - 1), label="a")
    b = data.draw(st.integers(0, 2**length - 1), label="b")
    steps = [f"{i}+{j}" for i, j in zip(bits(a, length), bits(b, length), strict=True)]

    batch = typed(ADDITION, steps)
    assert batch.y[:, 0].tolist() == bits(a + b, length)
    assert batch.inputs["x"][:, 0, 0].tolist() == bits(a, length)
    assert batch.inputs["x"][:, 0, 1].tolist() == bits(b, length)


@given(seed=st.integers(0, 2**32 - 1), T=st.integers(1, 40))
def test_every_sequence_of_a_batch_adds_up(seed: int, T: int) -> None:
    batch = ADDITION.batch(np.random.default_rng(seed), T, B=4)
    powers = [2**t for t in range(T)]
    for b in range(4):
        first, second, total = (
            sum(int(bit) * power for bit, power in zip(row, powers, strict=True))
            for row in (batch.inputs["x"][:, b, 0], batch.inputs["x"][:, b, 1], batch.y[:, b])
        )
        assert (first + second) % 2**T == total


def test_a_line_is_cut_at_its_blanks() -> None:
    assert typed(ADDITION, "1+0  1+1 0+1").y[:, 0].tolist() == [1, 0, 0]
