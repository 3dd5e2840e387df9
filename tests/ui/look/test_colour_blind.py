"""Colours that must be told apart are, by eyes that lack a kind of cones too, or differ in another way, named here."""

from itertools import combinations

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtGui import QColor

from explorer.session.runs.runs import RunRecord
from explorer.training.settings import RunSettings
from explorer.ui.look.theme import DARK, LIGHT, Theme
from explorer.ui.training.run_style import run_colour
from tests.oracles.colour_vision import EYES, apart, ciede2000
from tests.ui.painting import contrast

AT_A_GLANCE, BESIDE = 8.0, 4.0
"""How far apart, in CIEDE2000, are lines that one meets anywhere, and areas and shades that touch or are listed."""
ROLES = ("forward", "backward", "target", "loss", "parameter")
FEEDBACKS = ("teacher_forcing", "free_running_yhat", "mixed_yhat", None)
OTHERWISE = {
    ("value", "gradient"): "the strip of gradients stands below that of values, and each has a legend with its name",
    ("cut", "carried"): "a cut is two slanted strokes across the edge, a gradient an arrow along it",
    ("selected", "not selected"): "what is selected has a second outline around it",
    ("fed targets", "fed its own output"): "of one run, the first line is solid and the second dashed",
    (
        "run",
        "run fed the same",
    ): "from the third on, the name in the list lights up the line, and a colour can be chosen",
}
"""What has one colour, or colours too near for some eyes, and how it is told apart all the same."""


@pytest.fixture(params=[LIGHT, DARK], ids=lambda theme: theme.name)
def look(request: pytest.FixtureRequest) -> Theme:
    theme: Theme = request.param
    return theme


def nearest(one: QColor, other: QColor) -> float:
    """How far apart two colours look to the eyes that tell them apart least."""
    return min(apart(one.name(), other.name(), eyes) for eyes in EYES)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ],
)
def test_the_distance_is_that_of_the_published_pairs(
    one: tuple[float, ...], other: tuple[float, ...], distance: float
) -> None:
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(distance, abs=1e-4)


def test_meanings_differ(look: Theme) -> None:
    for one, other in combinations(ROLES, 2):
        assert nearest(look.role(one).line, look.role(other).line) >= AT_A_GLANCE, (one, other)


def test_what_is_computed_now_differs_from_what_is_not(look: Theme) -> None:
    for role in ("forward", "backward"):
        assert nearest(look.role(role).line, look.strong_border) >= AT_A_GLANCE


def test_a_wrong_symbol_differs_from_a_right_one(look: Theme) -> None:
    for right in (look.window, look.target.soft, look.surface):
        assert nearest(look.backward.text, right) >= 2 * AT_A_GLANCE


@pytest.mark.parametrize("kind", ["value", "gradient"])
def test_above_zero_differs_from_below_and_both_from_zero(look: Theme, kind: str) -> None:
    colours = look.value if kind == "value" else look.gradient
    for size in (0.25, 0.5, 1.0):
        below, above = (QColor(*map(int, colours.rgba(np.array(sign * size), 1.0))) for sign in (-1, 1))
        assert min(nearest(below, above), nearest(below, look.surface), nearest(above, look.surface)) >= AT_A_GLANCE


def of_run(look: Theme, feedback: str | None, shade: int = 0) -> QColor:
    return run_colour(RunRecord(0, replace(RunSettings(), feedback=feedback), shade=shade), look)


def test_runs_fed_in_different_ways_differ(look: Theme) -> None:
    for one, other in combinations(FEEDBACKS, 2):
        assert nearest(of_run(look, one), of_run(look, other)) >= AT_A_GLANCE, (one, other)


@pytest.mark.parametrize("feedback", FEEDBACKS)
def test_three_runs_fed_the_same_differ_in_their_shades(look: Theme, feedback: str | None) -> None:
    for one, other in combinations([of_run(look, feedback, shade) for shade in range(3)], 2):
        assert nearest(one, other) >= BESIDE


@pytest.mark.parametrize("feedback", FEEDBACKS)
def test_every_line_stands_out_from_its_ground(look: Theme, feedback: str | None) -> None:
    for shade in range(4):
        assert contrast(of_run(look, feedback, shade).name(), look.surface.name()) >= 3
