"""Signed numbers become colours that show sign and size, and contrast is what WCAG says it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.ui.look.colour import STEPS, luminance, rgb, symmetric_limit
from explorer.ui.look.diverging import DivergingMap
from explorer.ui.look.theme import DARK, LIGHT
from tests.ui.painting import contrast

MAPS = {f"{theme.name} {name}": theme.map(name) for theme in (LIGHT, DARK) for name in ("value", "gradient")}
finite = st.floats(allow_nan=False, allow_infinity=False)


@pytest.fixture(params=MAPS.values(), ids=MAPS)
def diverging(request: pytest.FixtureRequest) -> DivergingMap:
    return request.param


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_zero_is_the_surface_and_the_ends_are_the_last_stops(diverging: DivergingMap) -> None:
    ends = diverging.rgba([-2.0, 0.0, 2.0], 2.0)[:, :3] / 255
    for colour, code in zip(ends, (diverging.negative[-1], diverging.zero, diverging.positive[-1]), strict=True):
        assert colour == pytest.approx(rgb(code), abs=1 / 255)


def test_both_sides_move_away_from_zero_alike(diverging: DivergingMap) -> None:
    away = np.abs(luminance(diverging.table[:-1, :3] / 255) - luminance(rgb(diverging.zero)))
    below, above = away[STEPS::-1], away[STEPS:]
    assert (np.diff(below) > -0.01).all() and (np.diff(above) > -0.01).all()
    assert below == pytest.approx(above, abs=0.16)


@given(st.lists(finite, min_size=1), finite)
def test_colour_depends_on_the_share_of_the_limit_only(values: list[float], limit: float) -> None:
    steps = LIGHT.value.steps(values, limit)
    assert ((steps >= 0) & (steps <= 2 * STEPS)).all()
    if limit > 0:
        for value, step in zip(values, steps, strict=True):
            assert step - STEPS == pytest.approx(STEPS * max(-1, min(1, value / limit)), abs=0.51)
    else:
        assert (steps == STEPS).all()


def test_what_is_not_finite_is_shown_and_never_raises() -> None:
    low, high, missing = LIGHT.value.steps([-np.inf, np.inf, np.nan], 1.0)
    assert (low, high, missing) == (0, 2 * STEPS, 2 * STEPS + 1)
    assert (LIGHT.value.steps([1.0, np.inf], np.nan) == STEPS).all()
    assert (LIGHT.value.steps([1.0, -np.inf], np.inf) == STEPS).all()


def test_ink_on_each_cell_is_legible(diverging: DivergingMap) -> None:
    light = luminance(diverging.table[:, :3] / 255)
    with_black, with_white = (light + 0.05) / 0.05, 1.05 / (light + 0.05)
    assert np.where(diverging.dark_ink, with_black, with_white).min() >= 4.5


def test_the_limit_is_the_largest_finite_magnitude() -> None:
    assert symmetric_limit([0.5, -3.0], [[np.nan, np.inf]], 2) == 3.0
    assert symmetric_limit([0.0], []) == 1.0
