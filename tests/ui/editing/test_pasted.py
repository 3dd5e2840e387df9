"""A block copied from a spreadsheet is read as it is meant, or refused in a sentence that says what to mend."""

import numpy as np
import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.ui.editing.pasted import block_of, check_room, text_of
from explorer.ui.typography.numbers import exact


@pytest.mark.parametrize(
    "text",
    [
        "1\t-2.5\n3e-2\t4",
        "1\t−2.5\r\n3×10⁻²\t4\r\n",
        "1, -2.5\n0.03, 4",
        "1;-2.5\n.03;4",
        "1 -2.5\n 0.03   4\n",
        "1\t-2.5\r0.03\t4",
    ],
)
def test_every_usual_way_to_separate_numbers_is_understood(text: str) -> None:
    np.testing.assert_array_equal(block_of(text), [[1, -2.5], [0.03, 4]])


def test_a_single_number_is_a_block(text: str = " 0.5 \n") -> None:
    assert block_of(text).tolist() == [[0.5]]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no numbers to paste"),
        (" \n\n", "no numbers to paste"),
        ("1\t2\n3", "row 2 has 1 numbers and row 1 has 2"),
        ("1\t2\n\t4", "row 2, column 1 of what was pasted is empty"),
        ("1\tW", "“W” in row 1, column 2 of what was pasted is not a number; mend it there"),
        ("0,5\t1", "“0,5” in row 1, column 1 of what was pasted is not a number; write it with a point, 0.5"),
        ("0,5\n-1,5", "“0,5” can be one number or two: write decimals with a point"),
        ("a,b\tc", "“a,b” in row 1, column 1 of what was pasted is not a number; mend it"),
    ],
)
def test_what_is_no_block_of_numbers_is_named(text: str, sentence: str) -> None:
    with pytest.raises(ExplorerError, match=sentence):
        block_of(text)


@pytest.mark.parametrize(("row", "column", "fits"), [(0, 0, True), (1, 2, True), (2, 2, False), (1, 3, False)])
def test_a_block_must_fit_between_its_cell_and_the_end_of_the_table(row: int, column: int, fits: bool) -> None:
    block = np.zeros((2, 2))
    if fits:
        check_room(block, row, column, 3, 4)
        return
    with pytest.raises(ExplorerError, match="The pasted block is 2×2, but from row"):
        check_room(block, row, column, 3, 4)


ODD = st.sampled_from(["1e400", "−.5", "2×10⁻³", "∞", "٣", "1_0"])
NUMBER = st.floats().map(str) | st.floats(-9, 9).map(exact) | ODD
SEPARATOR = st.sampled_from(["\t", ";", ",", ", ", " ", "  ", "\u00a0"])
LINE_END = st.sampled_from(["\n", "\r\n", "\r", "\u2028", "\v"])


@st.composite
def copied(draw: st.DrawFn) -> str:
    """A rectangle of numbers as programs copy it, with a few characters changed, or anything at all."""
    separator, end = draw(SEPARATOR), draw(LINE_END)
    columns = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(NUMBER, min_size=columns, max_size=columns), min_size=1, max_size=4))
    text = end.join(separator.join(row) for row in rows)
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.text(max_size=2)) + text[place + draw(st.integers(0, 2)) :]
    return text


@given(copied() | st.text(max_size=40))
@example("9" * 5000)
@example("1e" + "9" * 5000)
def test_whatever_is_pasted_is_a_block_or_refused_in_a_sentence(text: str) -> None:
    try:
        block = block_of(text)
    except ExplorerError as error:
        assert str(error).endswith(".") and "\n" not in str(error) and len(str(error)) < 250
        event("refused")
    else:
        assert block.ndim == 2 and block.size and block.dtype == np.float64
        event("read")


def test_most_of_what_is_copied_is_read() -> None:
    """So that the test above looks at more than what is refused at once."""
    read: list[bool] = []

    @settings(max_examples=100, database=None, derandomize=True)
    @given(copied())
    def look(text: str) -> None:
        try:
            block_of(text)
        except ExplorerError:
            read.append(False)
        else:
            read.append(True)

    look()
    assert 0.3 < sum(read) / len(read) < 1


@given(
    st.lists(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=3, max_size=3), min_size=1, max_size=4)
)
def test_what_is_copied_is_pasted_to_the_last_figure(rows: list[list[float]]) -> None:
    assert block_of(text_of(rows)).tolist() == rows
