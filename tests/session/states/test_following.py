"""How well a unit follows what is known: the correlation ratio of labels, the squared correlation of numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.states.following import how_well, ranked
from explorer.tasks.facts import UNKNOWN, Fact

SEEDS = st.integers(0, 2**32 - 1)


def by_hand(unit: np.ndarray, labels: np.ndarray) -> float:
    """η² as textbooks have it, value by value."""
    groups = [[v for v, label in zip(unit, labels, strict=True) if label == one] for one in set(labels.tolist())]
    mean = sum(unit) / len(unit)
    between = sum(len(group) * (sum(group) / len(group) - mean) ** 2 for group in groups)
    return float(between / sum((v - mean) ** 2 for v in unit))


@given(SEEDS, st.integers(2, 4), st.floats(1e-6, 1e150), st.floats(-3, 3))
def test_of_labels_it_is_the_share_of_variance_between_them(seed: int, k: int, scale: float, shift: float) -> None:
    """Whatever the unit's scale and sign, and where nothing is known is left out."""
    rng = np.random.default_rng(seed)
    values, labels = rng.normal(size=(6, 5, 3)), rng.integers(k, size=(6, 5))
    labels[:2, 0] = 0, 1
    labels[-1, 2] = UNKNOWN
    known = labels != UNKNOWN
    fact = Fact("f", "F", labels, tuple("abcd"[:k]))
    found = how_well(-scale * (values + shift), fact)
    assert found == pytest.approx([by_hand(values[known][:, unit], labels[known]) for unit in range(3)], abs=1e-9)


@given(SEEDS)
def test_of_numbers_it_is_the_squared_correlation(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values, numbers = rng.normal(size=(6, 5, 3)), rng.normal(size=(6, 5))
    numbers[0, 0] = np.nan
    known = np.isfinite(numbers)
    found = how_well(values, Fact("f", "F", numbers))
    for unit in range(3):
        assert found[unit] == pytest.approx(np.corrcoef(values[known][:, unit], numbers[known])[0, 1] ** 2, abs=1e-9)


def test_what_tells_all_apart_follows_wholly_and_what_is_constant_not_at_all() -> None:
    labels = np.array([[0, 1], [1, 0], [0, 0]])
    values = np.stack([labels * 2.0 - 7, np.full((3, 2), 0.3), np.full((3, 2), 0.3) + 1e-17 * labels], 2)
    found = how_well(values, Fact("f", "F", labels, ("a", "b")))
    assert found[0] == pytest.approx(1.0) and np.isnan(found[1:]).all()
    assert ranked(found) == (0, 1, 2)
    assert np.isnan(how_well(values, Fact("f", "F", np.zeros((3, 2), int), ("a",)))).all(), "one label tells nothing"
    assert ranked(np.array([0.2, np.nan, 0.9])) == (2, 0, 1)
