"""A declaration leaves a number to the learner where its value would stand; what cannot be chosen is refused."""

import pytest
from msgspec.structs import replace

from explorer.graph.adjustable import Chosen
from explorer.graph.declaration import Adjustable, Constant, ParameterStart
from explorer.reading.bounds import Bounds
from tests.oracles.declarations import LEAKY
from tests.refusals import refusal_of

LEFT_OPEN = replace(
    LEAKY,
    starts=(
        ParameterStart(
            "alpha",
            Constant(Adjustable("alpha", "α at first", 0.25, "help", Bounds(0, 1))),
            trained=Adjustable("learned", "α is learned", True, "help"),
        ),
    ),
)


def test_what_is_not_chosen_is_as_it_is_declared() -> None:
    assert [*LEFT_OPEN.choices] == ["alpha", "learned"] and LEFT_OPEN.decided({}) is LEFT_OPEN
    assert LEFT_OPEN.parameter("alpha").trained is True


def test_what_is_chosen_takes_the_place_of_the_choice() -> None:
    decided = LEFT_OPEN.decided({"alpha": 0.75, "learned": False})
    assert decided.starts == (ParameterStart("alpha", Constant(0.75), trained=False),)
    assert decided.parameter("alpha").trained is False and not decided.choices


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("alpha", 1.5, "'α at first' of Leaky units is 1.5; choose a number from 0 to 1."),
        ("alpha", float("nan"), "'α at first' of Leaky units is nan; choose a number from 0 to 1."),
        ("alpha", True, "'α at first' of Leaky units is True; choose a number from 0 to 1."),
        ("learned", 0.5, "'α is learned' of Leaky units is 0.5; choose true or false."),
        ("alpa", 0.5, "There is no choice of Leaky units called 'alpa'; did you mean 'alpha'?"),
    ],
)
def test_what_cannot_be_is_refused(name: str, value: Chosen, reason: str) -> None:
    assert refusal_of(LEFT_OPEN.decided, {name: value}) == reason
