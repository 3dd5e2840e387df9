"""Growing curves: what is drawn looks like what is there, memory stays bounded, nothing is lost that was promised."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.training import series
from explorer.training.series import Envelope, smoothed


def filled(values: np.ndarray, *pieces: int) -> Envelope:
    envelope = Envelope()
    for part in np.split(values, sorted(piece % (len(values) + 1) for piece in pieces)):
        envelope.extend(part)
    return envelope


@given(
    st.integers(0, 3000),
    st.lists(st.integers(0, 3000), max_size=6),
    st.integers(1, 3000),
    st.integers(1, 3000),
    st.integers(16, 4000),
)
def test_what_is_drawn_has_the_peaks_of_what_is_there(count, pieces, one, other, most):
    values = np.random.default_rng(count).normal(size=count)
    start, stop = sorted((one, other))
    x, y = filled(values, *pieces).drawn(start, stop, most)
    inside = values[start - 1 : stop]
    assert (np.diff(x) > 0).all()
    if len(inside):
        assert y.min() <= inside.min() and y.max() >= inside.max()
        assert set(y) <= set(values)
    assert len(x) <= most + 2 * 2 * 8 * 5


def test_few_values_are_drawn_singly_at_their_iterations():
    x, y = filled(np.array([3.0, 1.0, 2.0])).drawn(0, 10, 100)
    assert x.tolist() == [1, 2, 3] and y.tolist() == [3, 1, 2]


def test_a_part_can_be_drawn():
    x, _ = filled(np.arange(100.0)).drawn(40.5, 42.5, 100)
    assert x.tolist() == [40, 41, 42, 43]


def test_old_values_are_forgotten_singly_but_still_drawn(monkeypatch):
    monkeypatch.setattr(series, "MOST_SINGLE", 1000)
    values = np.random.default_rng(1).random(5003)
    values[17] = 9.0
    envelope = Envelope()
    for part in np.split(values, range(70, 5003, 70)):
        envelope.extend(part)
    assert len(envelope) == 5003
    assert envelope.at(1) is None and envelope.at(5003) == values[-1] and envelope.at(5004) is None
    x, y = envelope.drawn(0, 5003, 10_000)
    assert y.max() == 9.0 and x[0] == 1 and x[-1] == 5003
    assert envelope.drawn(4990, 5003, 100)[1][-14:].tolist() == values[-14:].tolist()
    forgotten = envelope.parts.forgotten
    envelope.cut(1)
    assert len(envelope) == forgotten > 0
    envelope.extend(values[forgotten:])
    for size, found in zip((8, 64, 512, 4096), envelope.parts.levels, strict=True):
        whole = values[: 5003 // size * size].reshape(-1, size)
        assert np.array_equal(found, np.stack([whole.min(1), whole.max(1)], 1))


@given(st.integers(1, 900), st.integers(0, 900), st.integers(0, 900))
def test_a_cut_curve_goes_on_as_if_nothing_had_been_there(count, cut, more):
    rng = np.random.default_rng(count)
    values, fresh = rng.random(count), rng.random(more)
    envelope = filled(values)
    envelope.cut(cut)
    envelope.extend(fresh)
    expected = filled(np.concatenate([values[:cut], fresh]))
    for most in (16, 10_000):
        for one, other in zip(envelope.drawn(0, 2000, most), expected.drawn(0, 2000, most), strict=True):
            assert one.tolist() == other.tolist()


def test_smoothing_keeps_a_slope_and_both_ends():
    line = np.linspace(3, 8, 11)
    assert smoothed(line, 5) == pytest.approx(line)


def test_smoothing_averages_over_neighbours_and_leaves_out_what_is_infinite():
    assert smoothed(np.array([0.0, 3.0, 0.0, 3.0, 0.0]), 3).tolist() == pytest.approx([0, 1, 2, 1, 0])
    assert smoothed(np.array([1.0, np.inf, 3.0]), 3).tolist() == [1, np.inf, 3]


def test_no_smoothing_changes_nothing():
    assert smoothed(np.array([1.0, 5.0]), 0).tolist() == [1, 5]
