"""Thinning: memory stays bounded, and what stays depends on the iterations alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.training.history import History, most_snapshots, stride_at


@given(st.integers(0, 10**9), st.integers(1, 500))
def test_the_stride_is_the_least_that_keeps_few_enough(iteration: int, most: int) -> None:
    stride = stride_at(iteration, most)
    assert iteration // stride + 1 <= most
    assert stride == 1 or iteration // (stride // 2) + 1 > most


@pytest.mark.parametrize("last", [3, 100, 1001, 25_000])
def test_a_history_stays_small_and_keeps_exact_iterations(last: int) -> None:
    history: History[str] = History(16)
    for iteration in range(last):
        history.add(iteration, str(iteration))
        assert len(history) <= 17
    stride = stride_at(last - 1, 16)
    kept = sorted({*range(0, last, stride), last - 1})
    assert history.iterations == tuple(kept)
    assert history.values == tuple(map(str, kept))


def test_a_sender_that_leaves_out_what_would_be_dropped_changes_nothing() -> None:
    whole: History[int] = History(20)
    sparse: History[int] = History(20)
    for iteration in range(5000):
        whole.add(iteration, iteration)
        if iteration % stride_at(iteration, 20) == 0:
            sparse.add(iteration, iteration)
    whole.add(5000, 5000)
    sparse.add(5000, 5000)
    assert whole.iterations == sparse.iterations


def test_the_newest_that_is_not_newer_is_found() -> None:
    history: History[str] = History(100)
    assert history.at(5) is None
    history.add(10, "ten")
    history.add(20, "twenty")
    assert history.at(9) is None
    assert history.at(10) == history.at(19) == (10, "ten")
    assert history.at(10**6) == (20, "twenty")


def test_a_value_of_the_same_iteration_replaces_the_last() -> None:
    history: History[str] = History(4)
    history.add(0, "old")
    history.add(0, "new")
    assert history.values == ("new",)


def test_large_parameters_are_kept_less_often_than_small_ones() -> None:
    assert most_snapshots(1000) == 500
    assert most_snapshots(1_000_000) == 64
    assert most_snapshots(10**9) == 16
