"""Number words against a translator in plain Python."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.tasks import get_task
from tests.oracles.typed import typed


def in_words(number: str) -> list[str]:
    words = []
    for start in range(0, len(number), 2):
        ten, *unit = number[start : start + 2]
        words += [unit[0], "and", f"{ten}0"] if unit else [ten]
    return words


@given(st.text("123456789", min_size=2, max_size=15))
def test_words_are_translated_back_into_the_digits_they_say(number: str) -> None:
    task = get_task("number_words", digits=9)
    batch = typed(task, in_words(number))
    assert "".join(task.output_symbols[digit] for digit in batch.y[:, 0]) == number
    assert len(batch.inputs["x"]) == task.lengths(len(number))["T_x"]


@given(seed=st.integers(0, 2**32 - 1), T=st.integers(2, 15))
def test_what_is_drawn_says_its_digits_in_words(seed: int, T: int) -> None:
    task = get_task("number_words", digits=5)
    batch = task.batch(np.random.default_rng(seed), T, 1)
    number = "".join(task.output_symbols[digit] for digit in batch.y[:, 0])
    assert [task.input_symbols[word] for word in batch.symbols["x"][:, 0]] == in_words(number)


@pytest.mark.parametrize(("said", "digits"), [("3 and 20", "23"), ("2 3 and", "12"), ("40 and 1 4", "144")])
def test_a_word_out_of_place_stands_for_its_digit_and_and_for_one(said: str, digits: str) -> None:
    task = get_task("number_words")
    assert "".join(task.output_symbols[digit] for digit in typed(task, said).y[:, 0]) == digits
