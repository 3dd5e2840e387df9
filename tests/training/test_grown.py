"""An array that grows at its end holds what it was given, and what it handed out stays as it was."""

import numpy as np

from explorer.training.grown import Grown


def test_it_takes_more_rows_than_it_could_double_to() -> None:
    grown = Grown((2,))
    rows = np.arange(2000.0).reshape(1000, 2)
    grown.extend(rows)
    grown.extend(rows[:0])
    grown.extend(rows)
    assert np.array_equal(grown.values, np.concatenate((rows, rows)))


def test_what_was_handed_out_outlives_a_larger_buffer() -> None:
    grown = Grown()
    grown.extend(np.arange(3.0))
    early = grown.values
    grown.extend(np.arange(1000.0))
    assert early.tolist() == [0.0, 1.0, 2.0]


def test_rows_can_be_taken_off_and_chosen_anew() -> None:
    grown = Grown((), np.int64)
    grown.extend(np.arange(10))
    grown.shorten(8)
    grown.shorten(9)
    assert grown.values.tolist() == list(range(8))
    grown.keep(grown.values[::2])
    assert grown.values.tolist() == [0, 2, 4, 6] and len(grown) == 4
