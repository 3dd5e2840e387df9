"""The line that says how one entry of a result is made, from the displayed numbers."""

import re

import numpy as np
import pytest

from explorer.graph.equations import equation_of
from explorer.graph.events import Kind
from explorer.session.by_hand import line_by_hand, operands_of
from explorer.session.document import Document, Shown, show
from explorer.session.figures import equation_figures


@pytest.fixture(scope="module")
def shown() -> Shown:
    return show(Document("hidden_and_output", feedback="free_running_yhat", length=3, hidden=3))


def line(shown: Shown, kind: Kind, name: str, t: int | None, index: tuple[int, ...]) -> str:
    event = next(e for e in shown.events if (e.kind, e.name, e.t) == (kind, name, t))
    equation = equation_of(shown.trace, event)
    return line_by_hand(equation, equation_figures(equation), index)


RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def calculated(text: str) -> tuple[float, float]:
    """The result that a line claims, and what its right side comes to."""
    plain = re.sub(r"×10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)", lambda m: f"*10.0**{m[1].translate(RAISED)}", text)
    for sign, meaning in (("−log", "-log"), ("−", "-"), ("·", "*"), ("σ", "sigmoid")):
        plain = plain.replace(sign, meaning)
    result, right = plain.split(" = ")
    names = {"exp": np.exp, "tanh": np.tanh, "log": np.log}
    return float(eval(result, {}, {})), float(eval(right, {}, names))


@pytest.mark.parametrize(
    ("kind", "name", "t", "index"),
    [
        (Kind.VALUE, "a", 2, (1,)),
        (Kind.VALUE, "h", 2, (0,)),
        (Kind.VALUE, "yhat", 2, (1,)),
        (Kind.VALUE, "L", 2, ()),
        (Kind.TOTAL_LOSS, "L", None, ()),
        (Kind.GRADIENT, "o", 2, (0,)),
        (Kind.GRADIENT, "h", 2, (2,)),
        (Kind.GRADIENT, "a", 2, (1,)),
        (Kind.PARAMETER_GRADIENT, "W", None, (1, 2)),
        (Kind.PARAMETER_GRADIENT, "c", None, (1,)),
        (Kind.UPDATE, "W", None, (1, 2)),
        (Kind.LOSS_AFTER, "L", None, ()),
    ],
)
def test_the_right_side_comes_to_the_left(shown, kind, name, t, index):
    result, made = calculated(line(shown, kind, name, t, index))
    assert made == pytest.approx(result, abs=6e-4)


@pytest.mark.parametrize(("feedback", "name"), [("free_running_argmax", "argmax"), ("free_running_sample", "sample")])
def test_a_choice_is_said_in_words(feedback, name):
    shown = show(Document(feedback=feedback, length=2, hidden=3))
    chosen = int(shown.trace.value(name, 1).argmax())
    for index in range(2):
        text = line(shown, Kind.VALUE, name, 1, (index,))
        assert text.endswith(f"hence {int(index == chosen)}")
        assert ("not " in text) == (index != chosen)


def test_it_names_the_operands_that_are_taken(shown):
    event = next(e for e in shown.events if (e.kind, e.name, e.t) == (Kind.VALUE, "a", 2))
    used = operands_of(equation_of(shown.trace, event), (1,))
    assert used[0, 0] == {(1,)}, "one entry of the bias"
    assert used[1, 0] == {(1, 0), (1, 1), (1, 2)}, "a row of W"
    assert used[1, 1] == {(0,), (1,), (2,)}, "all of h"


def test_a_long_sum_is_shortened_in_its_middle():
    wide = show(Document("hidden_to_hidden", feedback=None, length=2, hidden=20))
    assert "… 16 more …" in line(wide, Kind.VALUE, "a", 2, (0,))
