"""Copy memory against a sequence written out in plain Python."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.tasks import get_task
from tests.oracles.typed import typed
from tests.refusals import refusal_of


@given(data=st.data(), k=st.integers(1, 8), blanks=st.integers(0, 20), seed=st.integers(0, 2**32 - 1))
def test_the_letters_come_back_in_order_on_the_go_mark(data: st.DataObject, k: int, blanks: int, seed: int) -> None:
    letters = data.draw(st.text("abc", min_size=k, max_size=k), label="letters")
    task = get_task("copy_memory", k=k, symbols=3)
    heard = letters + "–" * blanks + "!" + "–" * (k - 1)
    y = typed(task, heard).y[:, 0]
    assert "".join(task.output_symbols[symbol] for symbol in y) == "–" * (k + blanks) + letters

    drawn = task.batch(np.random.default_rng(seed), len(heard), 1).symbols["x"][:, 0]
    written = "".join(task.input_symbols[symbol] for symbol in drawn)
    assert written[k:] == heard[k:]
    assert set(written[:k]) <= set("abc")


@pytest.mark.parametrize(
    ("heard", "answer"),
    [
        ("ab–––––", "–––––––"),
        ("ab–!–!–", "–––ab––"),
        ("a!–––––", "–a–––––"),
        ("a–b!–––", "–––a–––"),
        ("!ab––––", "–––––––"),
    ],
    ids=["no mark", "two marks", "one letter before it", "a blank among them", "none before it"],
)
def test_what_is_changed_by_hand_has_an_answer_from_what_came_before(heard: str, answer: str) -> None:
    task = get_task("copy_memory", k=2)
    assert "".join(task.output_symbols[symbol] for symbol in typed(task, heard).y[:, 0]) == answer


def test_the_letters_and_their_repetition_must_fit() -> None:
    message = refusal_of(get_task("copy_memory", k=3).check_length, 5)
    assert message == "'Copy memory' needs at least 6 steps, not 5; make the sequence longer."


def test_chance_knows_how_many_blanks_there_are() -> None:
    expected = -(6 / 8 * log(6 / 8) + 2 * 1 / 8 * log(1 / 8))
    assert get_task("copy_memory", k=2, symbols=2).chance_loss(8) == pytest.approx(expected)
    assert get_task("copy_memory").entropy_floor(8) == 0
