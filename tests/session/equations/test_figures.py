"""Displayed numbers: the displayed operands of every event give its displayed result, to the last figure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from explorer.architectures import get_architecture
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.equations.by_event import equation_of
from explorer.graph.feedback import FEEDBACKS
from explorer.session.document import Shown, show
from explorer.session.edits import WeightEdit
from explorer.session.equations.figures import Figures, equation_figures, evaluate, figures, sum_figures
from explorer.session.equations.focus import parameter_faces, spelled_out
from explorer.tasks import get_task, task_ids
from explorer.training.matching import mismatch
from tests.each import each
from tests.settings import FOUR, a_document

CASES = [
    (architecture, feedback)
    for architecture in map(get_architecture, FOUR)
    for feedback in (FEEDBACKS if architecture.takes_feedback else (None,))
]


def shown_of(architecture, feedback, **fields) -> Shown:
    task = next(t for t in task_ids() if not mismatch(architecture, get_task(t)))
    document = a_document(architecture.id, task, feedback=feedback, length=4, fed_target=(True, False, True), **fields)
    return show(document)


def written(figures: Figures) -> np.ndarray:
    """The numbers that the cells' texts say, read back as a person would."""
    entries = [figures.text(tuple(i)).replace("−", "-") for i in np.ndindex(figures.exact.shape)]
    return np.array([float(e) for e in entries]).reshape(figures.exact.shape) * 10.0**figures.exponent


@each("activation", ACTIVATIONS)
@each(("architecture", "feedback"), CASES)
def test_the_displayed_operands_of_every_event_give_its_displayed_result(architecture, feedback, activation):
    shown = shown_of(architecture, feedback, activation=activation, hidden=3)
    for event in shown.events:
        equation = spelled_out(shown.trace, equation_of(shown.trace, event))
        display = equation_figures(equation)
        by_hand = evaluate(equation, [[written(f) for f in term] for term in display.terms])
        unit = 10.0 ** (display.left.exponent - display.left.decimals)
        apart = np.abs(by_hand - written(display.left)).max() / unit
        assert apart <= 0.5 + 1e-6, f"{event}: {apart} units of the last figure"


@each(("architecture", "feedback"), CASES)
def test_an_equation_spelled_out_has_the_same_result(architecture, feedback):
    shown = shown_of(architecture, feedback)
    for event in shown.events:
        equation = equation_of(shown.trace, event)
        spelled = spelled_out(shown.trace, equation)
        for same in (equation, spelled):
            operands = [[f.array for f in term.factors] for term in same.terms]
            np.testing.assert_allclose(evaluate(same, operands), equation.left.array, atol=1e-12)


numbers = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)


@given(arrays.arrays(float, arrays.array_shapes(max_dims=2, max_side=4), elements=numbers))
def test_figures_are_within_half_a_unit_of_the_number(array):
    shown = figures(array)
    unit = 10.0 ** (shown.exponent - shown.decimals)
    assert (np.abs(shown.array - array) <= 0.5 * unit * (1 + 1e-9) + 1e-300).all()


@given(arrays.arrays(float, arrays.array_shapes(max_dims=1, max_side=4), elements=numbers))
def test_the_largest_entry_keeps_three_figures(array):
    largest = np.abs(array).max()
    assert np.abs(figures(array).array - array).max() <= 0.5e-2 * largest + 1e-300


@pytest.mark.parametrize(
    ("array", "texts", "exponent"),
    [
        ([0.0, 1.0], ["0", "1"], 0),
        ([0.5, 0.25], ["0.50", "0.25"], 0),
        ([0.73105, -0.00001], ["0.731", "−0.000"], 0),
        ([0.0123456], ["0.0123"], 0),
        ([1.23456e-7, -2e-8], ["1.235", "−0.200"], -7),
        ([12345.678], ["1.235"], 4),
        ([np.nan, np.inf, -np.inf], ["NaN", "∞", "−∞"], 0),
    ],
)
def test_how_numbers_are_written(array, texts, exponent):
    shown = figures(np.array(array))
    assert [shown.text((i,)) for i in range(len(array))] == texts
    assert shown.exponent == exponent


@pytest.mark.parametrize(
    ("array", "longest"),
    [
        ([1.5, -2.25, 0.0], "−2.25"),
        ([12.5, np.inf, 3.0], "12.5"),
        ([np.nan, -np.inf], "NaN"),
        ([0.5, np.nan], "NaN"),
    ],
)
def test_a_column_is_as_wide_as_its_widest_entry(array, longest):
    assert figures(np.array(array)).longest == longest


def test_a_tiny_probability_keeps_its_figures_so_that_its_logarithm_can_be_checked():
    entry = Figures(np.array([1.0, 3.21098765432e-20]), 9, apart=True)
    assert entry.text((1,)) == "3.210987654×10⁻²⁰"
    few = Figures(np.array([1.0, -0.25, 0.0012345, 1e6, -3.5e-9]), 9, apart=True)
    assert [few.text((i,)) for i in range(5)] == ["1", "−0.25", "0.0012345", "1×10⁶", "−3.5×10⁻⁹"]
    assert entry.array[1] == 3.210987654e-20


def test_what_cancels_beyond_all_figures_is_shown_with_powers_of_its_own_and_said_not_to_add_up():
    edits = (WeightEdit("b", (0,), 1e6), *(WeightEdit("U", (0, j), 1e-7 - 1e6) for j in range(2)))
    shown = show(a_document("hidden_to_hidden", feedback=None, length=1, hidden=1, edits=edits))
    equation = equation_of(shown.trace, next(e for e in shown.events if e.name == "a"))
    display = equation_figures(equation)
    assert not display.reproduced
    assert display.left.written((0,)).startswith("1.") and display.left.written((0,)).endswith("×10⁻⁷")
    bias = display.terms[0][0]
    assert bias.text((0,)) == "1×10⁶"


def test_what_is_given_needs_no_operands():
    shown = show(a_document(length=2, hidden=2))
    given, *_ = parameter_faces(shown, "W")
    assert equation_figures(given.equation).reproduced


def test_parts_that_cancel_beyond_all_figures_keep_as_many_as_there_are():
    parts = [np.array([1.0 + 2**-50]), np.array([-1.0])]
    shown, whole = sum_figures(parts, sum(parts))
    assert [part.text((0,)) for part in shown] == ["1.000000000", "−1"]
    assert whole.exponent == -16 and whole.array[0] == pytest.approx(2**-50, rel=1e-3)


@given(st.lists(arrays.arrays(float, 3, elements=st.floats(-10, 10)), min_size=1, max_size=5))
def test_displayed_parts_add_up_to_the_displayed_sum(parts):
    total = np.sum(parts, axis=0)
    shown, whole = sum_figures(parts, total)
    unit = 10.0 ** (whole.exponent - whole.decimals)
    assert np.abs(sum(f.array for f in shown) - whole.array).max() <= (0.5 + 1e-5) * unit
