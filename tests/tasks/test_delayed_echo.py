"""Delayed echo against a queue in plain Python."""

from collections import deque
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.tasks import get_task
from tests.oracles.typed import typed
from tests.refusals import refusal_of


@given(data=st.data(), k=st.integers(1, 12), symbols=st.integers(2, 26))
def test_each_symbol_comes_back_k_steps_later_and_blanks_before(data: st.DataObject, k: int, symbols: int) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"[:symbols]
    heard = data.draw(st.text(letters, min_size=k + 1, max_size=40), label="heard")
    task = get_task("delayed_echo", k=k, symbols=symbols)

    queue, expected = deque(["–"] * k), []
    for letter in heard:
        queue.append(letter)
        expected.append(queue.popleft())
    assert [task.output_symbols[y] for y in typed(task, heard).y[:, 0]] == expected


def test_the_blank_is_an_output_only() -> None:
    task = get_task("delayed_echo", symbols=3)
    assert task.input_symbols == ("a", "b", "c")
    assert task.output_symbols == ("a", "b", "c", "–")


def test_a_sequence_no_longer_than_the_delay_is_refused() -> None:
    message = refusal_of(get_task("delayed_echo", k=3).check_length, 3)
    assert message == "'Delayed echo' needs at least 4 steps, not 3; make the sequence longer."


def test_a_longer_delay_brings_a_longer_sequence() -> None:
    assert get_task("delayed_echo").default_length == 8
    assert get_task("delayed_echo", k=10).default_length == 20


def test_chance_knows_how_many_blanks_there_are() -> None:
    # 2 blanks, and 3 of each letter expected, in 8 steps
    expected = -(2 / 8 * log(2 / 8) + 2 * 3 / 8 * log(3 / 8))
    assert get_task("delayed_echo", k=2).chance_loss(8) == pytest.approx(expected)
    assert get_task("delayed_echo", k=2).entropy_floor(8) == 0
