"""Colours of norms: what is tiny can be told from what is zero, on either scale."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from explorer.ui.look.theme import Theme
from explorer.ui.reach.scale import TINT, ReachScale
from tests.ui.painting import painted

NORMS = np.array([0.0, 1e-30, 1e-4, 1e-2, 1.0])


@pytest.mark.parametrize("logarithmic", [True, False])
def test_a_tiny_norm_has_a_colour_that_zero_has_not(logarithmic: bool, theme: Theme) -> None:
    scale = ReachScale.of((1e-30, 1.0), logarithmic)
    zero, tiny, *_, most = scale.colours(NORMS, theme)[:, :3].astype(int)
    surface = [theme.surface.red(), theme.surface.green(), theme.surface.blue()]
    assert zero.tolist() == surface
    assert np.abs(tiny - zero).sum() >= 10
    assert np.abs(most - zero).sum() > 4 * np.abs(tiny - zero).sum()


def test_equal_factors_are_equal_steps_of_a_logarithmic_scale() -> None:
    shares = ReachScale.of((1e-4, 1.0), True).shares(np.array([1e-4, 1e-3, 1e-2, 1e-1, 1.0]))
    np.testing.assert_allclose(np.diff(shares), (1 - TINT) / 4)


def test_equal_differences_are_equal_steps_of_a_linear_scale() -> None:
    shares = ReachScale.of((0.25, 1.0), False).shares(np.array([0.25, 0.5, 0.75, 1.0]))
    np.testing.assert_allclose(np.diff(shares), (1 - TINT) / 4)


def test_what_is_no_number_has_the_colour_of_that(theme: Theme) -> None:
    colours = ReachScale.of((0.1, 1.0), True).colours(np.array([np.nan, np.inf]), theme)
    assert (colours == theme.gradient.table[-1]).all()


def test_its_ends_say_what_they_stand_for() -> None:
    assert ReachScale.of((0.0123, 0.456), True).ends == ("0.012", "0.46")
    assert ReachScale.of((0.0123, 0.456), False).ends == ("0", "0.46")
    assert ReachScale.of((1e-30, 1.0), True).ends == ("≤ 1×10⁻⁸", "1.0")
    assert ReachScale.of((0.5, 0.5), True).ends == ("0.050", "0.50")


def test_it_is_painted_from_pale_to_full(theme: Theme) -> None:
    scale = ReachScale.of((0.01, 1.0), True)
    picture = painted(lambda p: scale.paint(p, QRectF(0, 0, 150, 15)), 150, 15, ground=theme.surface.name())
    row = picture[7]
    full = theme.gradient.table[-2][:3].astype(int)
    inside = np.flatnonzero(np.abs(row - full).max(axis=1) <= 3)
    assert inside.size and inside.min() > 100
