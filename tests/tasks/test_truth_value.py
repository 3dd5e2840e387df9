"""Truth value against Python's own reading of the brackets; every bracketing is drawn equally often."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.tasks import get_task

TASK = get_task("truth_value")


class Bit(int):
    """A bit for which the comma of a bracket, written as a product, is "not both"."""

    def __mul__(self, other: int) -> "Bit":
        return Bit(not (self and other))


expressions = st.recursive(
    st.sampled_from("01"), lambda parts: st.tuples(parts, parts).map(lambda p: f"({p[0]} {p[1]})")
)


@given(expressions.filter(lambda text: len(text) > 1))
@settings(max_examples=50)
def test_a_bracket_is_not_both_all_the_way_up(text: str) -> None:
    batch = TASK.encode(TASK.typed(text).drawn)
    python = text.replace(" ", "*").replace("0", "Bit(0)").replace("1", "Bit(1)")
    assert batch.y.tolist() == [[int(eval(python, {"Bit": Bit}))]]
    assert "".join(map(str, batch.symbols["x"][:, 0])) == "".join(character for character in text if character in "01")
    assert TASK.written(TASK.typed(text).drawn) == text


def test_every_bracketing_is_drawn_equally_often_and_with_it_the_values_that_it_has() -> None:
    for T, bracketings in ((2, 1), (3, 2), (4, 5), (5, 14)):
        drawn = TASK.draw(np.random.default_rng(T), T, 20_000)
        counts = Counter(map(tuple, drawn[T:].T.tolist()))
        assert len(counts) == bracketings
        assert max(counts.values()) < 1.15 * 20_000 / bracketings
        np.testing.assert_allclose(TASK.encode(drawn).y.mean(), TASK.target_distribution(T)[1], atol=0.012)


def test_bits_that_were_typed_stay_at_another_length_and_take_its_brackets() -> None:
    drawn = TASK.draw(np.random.default_rng(0), 5, 1)
    brackets = drawn[5:].copy()
    TASK.write_over(drawn, TASK.typed("((1 1) 1)").drawn)
    assert drawn[:3, 0].tolist() == [1, 1, 1] and np.array_equal(drawn[5:], brackets)
