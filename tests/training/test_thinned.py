"""Thinning: memory stays bounded, and what stays depends on the iterations alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.training.thinned import Thinned, most_snapshots, stride_at


@given(st.integers(0, 10**9), st.integers(1, 500))
def test_the_stride_is_the_least_that_keeps_few_enough(iteration: int, most: int) -> None:
    stride = stride_at(iteration, most)
    assert iteration // stride + 1 <= most
    assert stride == 1 or iteration // (stride // 2) + 1 > most


@pytest.mark.parametrize("last", [3, 100, 1001, 25_000])
def test_few_rows_of_many_stay_and_are_those_of_their_iterations(last: int) -> None:
    rows = Thinned((), 16)
    for iteration in range(last):
        rows.add(iteration, np.array(2.0 * iteration))
        assert len(rows) <= 17
    kept = sorted({*range(0, last, stride_at(last - 1, 16)), last - 1})
    assert rows.iterations.tolist() == kept
    assert rows.rows.tolist() == [2.0 * iteration for iteration in kept]


def test_a_sender_that_leaves_out_what_would_be_dropped_changes_nothing() -> None:
    whole, sparse = Thinned((), 20), Thinned((), 20)
    for iteration in range(5001):
        whole.add(iteration, np.array(iteration))
        if iteration % stride_at(iteration, 20) == 0 or iteration == 5000:
            sparse.add(iteration, np.array(iteration))
    assert whole.iterations.tolist() == sparse.iterations.tolist()


def test_the_nearest_is_found_and_stays_what_it_was() -> None:
    rows = Thinned((), 100)
    assert rows.nearest(5) is None
    for iteration in (10, 20, 31):
        rows.add(iteration, np.array(float(iteration)))
    assert [rows.nearest(iteration)[0] for iteration in (0, 10, 15, 16, 10**6)] == [10, 10, 10, 20, 31]
    found = rows.nearest(31)
    rows.add(31, np.array(-1.0))
    assert found == (31, 31.0)


@given(st.integers(1, 300), st.integers(2, 20))
def test_of_many_rows_an_even_choice_stays_and_always_the_newest(count: int, most: int) -> None:
    rows = Thinned((1,), most)
    for place in range(count):
        rows.add(place * 25, np.array([place]))
        assert len(rows) <= most + 1
        assert rows.iterations[-1] == place * 25 and rows.iterations[0] == 0
    assert (rows.iterations == rows.rows[:, 0] * 25).all()
    gaps = np.diff(rows.iterations)[:-1]
    assert len(set(gaps)) <= 1


def test_a_row_of_the_same_iteration_takes_the_place_of_the_last() -> None:
    rows = Thinned((), 10)
    for iteration, value in ((0, 1.0), (5, 2.0), (5, 3.0)):
        rows.add(iteration, np.array(value))
    assert rows.iterations.tolist() == [0, 5] and rows.rows.tolist() == [1, 3]


def test_rows_after_an_iteration_can_be_cut() -> None:
    rows = Thinned((), 10)
    for iteration in range(0, 50, 10):
        rows.add(iteration, np.array(float(iteration)))
    rows.cut(25)
    rows.add(26, np.array(26.0))
    assert rows.rows.tolist() == [0, 10, 20, 26]


@given(st.integers(0, 60), st.integers(1, 60), st.integers(2, 20))
def test_cutting_after_the_newest_row_changes_nothing(before: int, after: int, most: int) -> None:
    cut, whole = Thinned((), most), Thinned((), most)
    for iteration in range(before + after):
        if iteration == before:
            cut.cut(iteration)
        for rows in (cut, whole):
            rows.add(iteration, np.array(float(iteration)))
    assert cut.rows.tolist() == whole.rows.tolist()


def test_large_parameters_are_kept_less_often_than_small_ones() -> None:
    assert most_snapshots(1000) == 500
    assert most_snapshots(1_000_000) == 64
    assert most_snapshots(10**9) == 16
