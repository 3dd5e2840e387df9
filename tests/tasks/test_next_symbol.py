"""Next symbol against walking round the text in plain Python."""

from collections import Counter
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.tasks import get_task
from explorer.tasks.next_symbol import LONGEST_PATTERN, NextSymbol
from tests.each import each
from tests.oracles.typed import typed
from tests.refusals import refusal_of

texts = st.text(min_size=2, max_size=60).filter(
    lambda text: len(set(text)) > 1 and not any("\ud800" <= character <= "\udfff" for character in text)
)
patterns = st.text("abc", min_size=2, max_size=14).filter(lambda text: len(set(text)) > 1)


@given(text=texts, seed=st.integers(0, 2**32 - 1), T=st.integers(1, 90))
def test_a_batch_is_windows_of_the_endlessly_repeated_text(text: str, seed: int, T: int) -> None:
    task = NextSymbol(text=text)
    batch = task.batch(np.random.default_rng(seed), T, B=3)
    assert task.alphabet == tuple(sorted(set(text)))

    windows = [(text * (T // len(text) + 3))[start : start + T + 1] for start in range(len(text))]
    for b in range(3):
        x = "".join(task.alphabet[i] for i in batch.symbols["x"][:, b])
        y = "".join(task.alphabet[i] for i in batch.y[:, b])
        assert x[1:] == y[:-1]
        assert x + y[-1] in windows


def test_every_place_in_the_text_is_a_beginning() -> None:
    batch = NextSymbol(text="abcdefgh").batch(np.random.default_rng(2), T=1, B=200)
    assert set(batch.y[0].tolist()) == set(range(8))


def test_a_typed_sequence_ends_with_the_last_target() -> None:
    task = get_task("next_symbol")
    batch = typed(task, "hello")
    assert batch.inputs["x"].shape == (4, 1, 4)
    assert [task.output_symbols[y] for y in batch.y[:, 0]] == ["e", "l", "l", "o"]


def test_blanks_are_symbols_and_can_be_typed_as_they_are_or_as_they_are_shown() -> None:
    task = get_task("next_symbol", text="a b\n\tc")
    assert task.input_symbols == ("⇥", "⏎", "␣", "a", "b", "c")
    assert typed(task, "a \n\t").y[:, 0].tolist() == [2, 1, 0]
    assert typed(task, "a␣⏎⇥").y[:, 0].tolist() == [2, 1, 0]


def test_chance_is_the_entropy_of_the_letters() -> None:
    expected = -(3 * 1 / 5 * log(1 / 5) + 2 / 5 * log(2 / 5))
    assert get_task("next_symbol", text="hello").chance_loss(10) == pytest.approx(expected)


@given(text=patterns, T=st.integers(1, 20))
def test_the_floor_is_the_entropy_of_the_next_symbol_given_all_before(text: str, T: int) -> None:
    endless = text * (T // len(text) + 3)
    total = 0.0
    for t in range(1, T + 1):
        seen = Counter(endless[start : start + t] for start in range(len(text)))
        continued = Counter(endless[start : start + t + 1] for start in range(len(text)))
        for window, count in continued.items():
            total -= count / len(text) * log(count / seen[window[:-1]])
    assert NextSymbol(text=text).entropy_floor(T) == pytest.approx(total / T, abs=1e-12)


def test_the_floor_of_hello_is_the_one_doubt_which_l_came_first() -> None:
    # Only a window that begins with an l leaves a choice, once: 2 of 5 windows, 1 bit.
    assert NextSymbol(text="hello").entropy_floor(10) == pytest.approx(2 / 5 * log(2) / 10)


def test_a_long_text_has_no_known_floor() -> None:
    assert NextSymbol(text="ab" * (LONGEST_PATTERN // 2)).entropy_floor(5) == pytest.approx(0)
    assert NextSymbol(text="ab" * (LONGEST_PATTERN // 2) + "a").entropy_floor(5) is None


def test_a_text_of_one_repeated_character_is_refused() -> None:
    assert refusal_of(get_task, "next_symbol", text="aaaa") == (
        "The text holds no character but 'a', so there is nothing to predict; give at least two different characters."
    )


def test_the_usual_length_shows_a_pattern_twice_but_not_a_whole_book() -> None:
    assert [NextSymbol(text=text).default_length for text in ("ab", "hello", "ab" * 500)] == [8, 10, 25]


def test_a_text_of_ten_megabytes_is_one_byte_a_character_and_not_copied_for_a_batch() -> None:
    task = NextSymbol(text="The quick brown fox jumps over the lazy dog.\n" * 233_000)
    codes = task._indexed[1]
    assert codes.nbytes == len(task.text)
    task.batch(np.random.default_rng(0), T=50, B=64)
    assert task._indexed[1] is codes


def test_a_text_is_indexed_once_however_often_its_task_is_made() -> None:
    text = "The quick brown fox jumps over the lazy dog.\n"
    assert NextSymbol(text=text)._indexed[1] is NextSymbol(text=text)._indexed[1]


# Where windows begin, and how many symbols there are.

LINES = "man eats\nlion\n\ncat sees dog"


def brute(task: NextSymbol, T: int) -> tuple[list[int], np.ndarray, float]:
    """The starts, the frequencies of the targets, and the floor, by looking at every window."""
    text, n = task.text, len(task.text)
    if task.starts == "lines":
        starts = [i for i in range(n) if (i == 0 or text[i - 1] == "\n") and text[i] != "\n"]
    else:
        starts = [i for i in range(n) if i % T == 0 and (i + T <= n or i == 0)]
    windows = ["".join(text[(i + t) % n] for t in range(T + 1)) for i in starts]
    targets = [task.alphabet.index(c) for window in windows for c in window[1:]]
    frequencies = np.bincount(targets, minlength=task.n_x) / len(targets)
    parts = [Counter(windows), Counter(window[0] for window in windows)]
    whole, first = (sum(-k / len(windows) * log(k / len(windows)) for k in part.values()) for part in parts)
    return starts, frequencies, (whole - first) / T


@each("text", [LINES, "abcabdabc"])
@each("starts", ["lines", "blocks"])
@each("T", [1, 3, 8, 50])
def test_windows_begin_with_lines_or_blocks(text: str, starts: str, T: int) -> None:
    task = NextSymbol(text=text, starts=starts)
    places, frequencies, floor = brute(task, T)
    drawn = task.draw(np.random.default_rng(1), T, 300)
    seen = {"".join(task.alphabet[i] for i in window) for window in drawn.T}
    assert seen == {"".join(text[(i + t) % len(text)] for t in range(T + 1)) for i in places}
    np.testing.assert_allclose(task.target_distribution(T), frequencies, atol=1e-12)
    assert task.entropy_floor(T) == pytest.approx(floor, abs=1e-12)


def test_in_order_the_first_windows_begin_so_and_the_others_go_on() -> None:
    task = NextSymbol(text="abcdefgh", starts="blocks")
    stream = task.draw_on(np.random.default_rng(0), 4, 5)
    first, second = next(stream), next(stream)
    assert set(first[0]) <= {0, 4} and np.array_equal(second[0], (first[0] + 4) % 8)


def test_the_rest_of_the_characters_is_one_symbol_that_is_typed_as_any_of_them() -> None:
    task = NextSymbol(text="banana split", symbols=4)
    assert task.input_symbols == ("␣", "a", "n", "◇")
    assert task.note == "◇ stands for 6 rarer characters, 50.0 % of the text."
    assert NextSymbol().note == ""
    assert task.step_index("s") == task.step_index("◇") == 3
    assert task.target_distribution(5).sum() == pytest.approx(1.0)


def test_where_windows_begin_is_one_of_three() -> None:
    with pytest.raises(ExplorerError, match="'Starts' of 'Next symbol' is 'words'; choose anywhere, lines or"):
        NextSymbol(starts="words")
