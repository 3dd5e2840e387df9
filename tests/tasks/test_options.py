"""An option's limits, and what a user reads who oversteps them."""

import pytest

from explorer.graph.output import OUTPUTS
from explorer.tasks import get_task, task_options
from explorer.tasks.damped_pendulum import DampedPendulum
from explorer.tasks.temporal_xor import TemporalXor
from explorer.tasks.text_file import LARGEST_FILE
from tests.refusals import refusal_of


def refusal(id: str, **options: object) -> str:
    return refusal_of(get_task, id, **options)


@pytest.mark.parametrize("k", [0, -1, 101, 10**30])
def test_a_number_outside_its_limits(k: int) -> None:
    expected = f"'Delay k' of 'Delayed echo' is {k}; choose a whole number from 1 to 100."
    assert refusal("delayed_echo", k=k) == expected


@pytest.mark.parametrize("k", [2.0, True, None, "2"])
def test_a_number_that_is_none(k: object) -> None:
    expected = f"'Delay k' of 'Delayed echo' must be a whole number, not {k!r}."
    assert refusal("delayed_echo", k=k) == expected


def test_a_long_wrong_value_is_shortened() -> None:
    assert len(refusal("delayed_echo", k="long " * 1000)) < 120


@pytest.mark.parametrize(("text", "said"), [("", "is empty"), ("h", "has 1 character")])
def test_a_text_too_short(text: str, said: str) -> None:
    expected = f"'Text' of 'Next symbol' {said}; give it at least 2 characters."
    assert refusal("next_symbol", text=text) == expected


def test_a_text_too_long() -> None:
    assert "has 10,485,761 characters" in refusal("next_symbol", text="ab" * (LARGEST_FILE // 2) + "a")


def test_a_text_that_is_none() -> None:
    assert refusal("next_symbol", text=7) == "'Text' of 'Next symbol' must be text, not 7."


def test_an_option_says_all_a_form_needs() -> None:
    delay, symbols, output = task_options("delayed_echo")
    assert (output.name, output.default, output.examples) == ("output", "softmax", tuple(OUTPUTS))
    assert (delay.name, delay.title, delay.kind) == ("k", "Delay k", "int")
    assert (delay.default, delay.minimum, delay.maximum) == (2, 1, 100)
    assert (symbols.name, symbols.maximum) == ("symbols", 26)
    text, *_ = task_options("next_symbol")
    assert (text.name, text.kind, text.default) == ("text", "text", "hello")
    assert "hello" in text.examples
    assert all(option.help.endswith(".") for option in (delay, symbols, text))


def test_a_long_text_stays_out_of_the_repr() -> None:
    assert "abcdef" not in repr(get_task("next_symbol", text="abcdef" * 100))


def test_a_task_has_the_options_of_all_that_it_is_made_of() -> None:
    class Both(TemporalXor, DampedPendulum):
        pass

    assert [option.name for option in Both.options()] == ["period", "output"]
