"""The line that says how one entry of a result is made, from the displayed numbers."""

import re

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.graph.analyse.events import Kind
from explorer.graph.equations.by_event import equation_of
from explorer.graph.output import LINEAR, SIGMOID, SIGMOID_SQUARED_ERROR, OutputKind
from explorer.session.document import Shown, show
from explorer.session.edits import TargetEdit, WeightEdit
from explorer.session.equations.by_hand import line_by_hand, operands_of, why_not_by_hand
from explorer.session.equations.figures import equation_figures, evaluate
from explorer.session.equations.focus import parameter_faces, spelled_out
from tests.oracles.traces import traced
from tests.settings import a_document


@pytest.fixture(scope="module")
def shown() -> Shown:
    return show(a_document("hidden_and_output", feedback="free_running_yhat", length=3, hidden=3))


def line(shown: Shown, kind: Kind, name: str, t: int | None, index: tuple[int, ...]) -> str:
    event = next(e for e in shown.events if (e.kind, e.name, e.t) == (kind, name, t))
    equation = equation_of(shown.trace, event)
    return line_by_hand(equation, equation_figures(equation), index)


RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def calculated(text: str) -> tuple[float, float]:
    """The result that a line claims, and what its right side comes to."""
    plain = re.sub(r"×10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)", lambda m: f"*10.0**{m[1].translate(RAISED)}", text)
    for sign, meaning in (("−log", "-log"), ("−", "-"), ("·", "*"), ("²", "**2"), ("σ", "sigmoid"), ("ζ", "softplus")):
        plain = plain.replace(sign, meaning)
    result, right = plain.split(" = ")
    names = {
        "exp": np.exp, "tanh": np.tanh, "log": np.log, "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
        "softplus": lambda a: np.log1p(np.exp(a)),
    }  # fmt: skip
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


@pytest.mark.parametrize("kind", [SIGMOID, LINEAR, SIGMOID_SQUARED_ERROR], ids=lambda kind: str(kind.id))
@pytest.mark.parametrize("weighted", [False, True])
def test_a_loss_that_adds_up_its_units_comes_to_the_left_too(kind: OutputKind, weighted: bool) -> None:
    found = traced(get_architecture("hidden_to_hidden").with_output(kind), scale=0.3, weighted=weighted)
    for event in found.events:
        if event.name in ("o", "yhat", "L"):
            equation = equation_of(found.trace, event)
            index = (1,) * equation.left.array.ndim
            result, made = calculated(line_by_hand(equation, equation_figures(equation), index))
            assert made == pytest.approx(result, rel=5e-4, abs=6e-4)
            taken = operands_of(equation, index)
            assert all(entries <= set(np.ndindex(equation.terms[i].factors[j].array.shape))
                       for (i, j), entries in taken.items())  # fmt: skip


@pytest.mark.parametrize(("feedback", "name"), [("free_running_argmax", "argmax"), ("free_running_sample", "sample")])
def test_a_choice_is_said_in_words(feedback, name):
    shown = show(a_document(feedback=feedback, length=2, hidden=3))
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


@pytest.mark.parametrize(
    ("architecture", "feedback", "activation"),
    [("hidden_and_output", "free_running_yhat", "sigmoid"), ("output_to_hidden", "mixed_yhat", "tanh")],
)
def test_the_operands_that_are_taken_are_those_that_a_result_depends_on(architecture, feedback, activation):
    document = a_document(
        architecture, feedback=feedback, activation=activation, length=2, hidden=3, fed_target=(False,)
    )
    shown, rng = show(document), np.random.default_rng(0)
    for event in shown.events:
        equation = spelled_out(shown.trace, equation_of(shown.trace, event))
        operands = [[rng.uniform(0.1, 0.9, f.array.shape) for f in term.factors] for term in equation.terms]
        before = evaluate(equation, operands)
        taken = {index: operands_of(equation, index) for index in np.ndindex(before.shape)}
        for (i, j), array in (((i, j), array) for i, term in enumerate(operands) for j, array in enumerate(term)):
            for entry in np.ndindex(array.shape):
                array[entry] += 0.05
                changed = np.abs(evaluate(equation, operands) - before) > 1e-6
                array[entry] -= 0.05
                for index, found in taken.items():
                    assert (entry in found[i, j]) == changed[index], (event, index, (i, j), entry)


@pytest.mark.parametrize("feedback", ["free_running_argmax", "free_running_sample"])
def test_a_choice_takes_every_entry(feedback):
    shown = show(a_document(feedback=feedback, length=2, hidden=3))
    event = next(e for e in shown.events if e.name in ("argmax", "sample"))
    assert operands_of(equation_of(shown.trace, event), (1,)) == {(0, 0): {(0,), (1,)}}


def test_what_is_given_is_not_made_of_anything(shown):
    given, *_ = parameter_faces(shown, "W")
    assert line_by_hand(given.equation, equation_figures(given.equation), (0, 0)) == ""
    assert operands_of(given.equation, (0, 0)) == {}


def test_a_long_softmax_is_shortened_in_its_middle():
    text = {"text": "abcdefghijkl" * 3}
    shown = show(a_document("hidden_to_hidden", "next_symbol", task_options=text, feedback=None, length=3, hidden=2))
    assert shown.task.n_y == 12
    made = line(shown, Kind.VALUE, "yhat", 2, (0,))
    assert made.count("exp(") == 1 + 7 and " + … + exp(" in made


def why(shown: Shown, name: str) -> str:
    equation = equation_of(shown.trace, next(e for e in shown.events if e.name == name))
    return why_not_by_hand(equation, equation_figures(equation))


def test_where_the_numbers_agree_there_is_nothing_to_explain(shown):
    assert {why(shown, event.name) for event in shown.events} == {""}
    given, *_ = parameter_faces(shown, "W")
    assert why_not_by_hand(given.equation, equation_figures(given.equation)) == ""


def test_a_probability_that_has_become_zero_explains_the_loss():
    sure = tuple(WeightEdit("c", (entry,), 2000.0 * entry) for entry in range(2))
    shown = show(a_document("hidden_to_hidden", feedback=None, length=1, hidden=2, edits=(*sure, TargetEdit(1, 0))))
    assert shown.trace.value("yhat", 1)[0] == 0
    assert why(shown, "L").startswith("The probability of the target is too small for the computer's numbers")


def test_figures_that_cancel_too_far_are_admitted():
    edits = (WeightEdit("b", (0,), 1e6), *(WeightEdit("U", (0, j), 1e-7 - 1e6) for j in range(2)))
    shown = show(a_document("hidden_to_hidden", feedback=None, length=1, hidden=1, edits=edits))
    assert why(shown, "a").startswith("The displayed figures are rounded too far to give this result")
    assert why(shown, "h") == ""


def test_a_long_sum_is_shortened_in_its_middle():
    wide = show(a_document("hidden_to_hidden", feedback=None, length=2, hidden=20))
    assert "… 16 more …" in line(wide, Kind.VALUE, "a", 2, (0,))
