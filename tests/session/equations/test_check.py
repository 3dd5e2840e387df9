"""Finite differences against back-propagation, entry by entry, and what is said where they cannot agree."""

import numpy as np
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.data.data_set import encoded
from explorer.data.reading import read_data
from explorer.graph.feedback import FEEDBACKS
from explorer.session.document import show
from explorer.session.edits import InitialEdit, WeightEdit
from explorer.session.equations.check import AGREES, GradientCheck, entries_to_check
from explorer.session.session import Session
from explorer.training.settings import TaskSettings
from tests.each import each
from tests.settings import FOUR, a_document

CASES = [(a, f) for a in map(get_architecture, FOUR) for f in (FEEDBACKS if a.takes_feedback else (None,))]


@each(("architecture", "feedback"), CASES)
def test_every_entry_of_every_parameter_agrees(architecture, feedback):
    task = "majority" if architecture.one_output else "running_parity"
    shown = show(a_document(architecture.id, task, feedback=feedback, length=4, hidden=2, fed_target=(True, False)))
    check = GradientCheck(shown)
    for name, gradient in shown.trace.parameter_gradients.items():
        for index in np.ndindex(gradient.shape):
            found = check.check(name, index)
            assert found.error <= AGREES, found
            assert found.gradient == gradient[index]
            assert not found.obstacle


def test_initial_states_that_were_set_take_part():
    shown = show(a_document("hidden_to_hidden", feedback=None, length=3, edits=(InitialEdit("h", 0, 0.7),)))
    assert GradientCheck(shown).check("W", (1, 0)).agrees


def test_losses_count_by_their_weights():
    data = replace(read_data("101 -> 110").data, weights=([3.0, 1.0, 0.5],))
    session = Session()
    session.change(task=TaskSettings("own_data", {"data": encoded(data)}))
    check = GradientCheck(session.shown)
    assert check.check("V", (0, 0)).agrees
    assert abs(check.nudge("V", (0, 0), 1e-6).change) < 1e-4


def test_a_corner_of_relu_is_named():
    at_the_corner = tuple(WeightEdit("W", (0, j), 0.0) for j in range(2))
    edits = (*at_the_corner, WeightEdit("U", (0, 0), 0.0), WeightEdit("U", (0, 1), 0.0), WeightEdit("b", (0,), 0.0))
    document = a_document("hidden_to_hidden", activation="relu", feedback=None, length=3, hidden=2, edits=edits)
    found = GradientCheck(show(document)).check("b", (0,))
    assert not found.agrees
    assert found.obstacle == "Unit 1 of h(1) switches on or off in between: relu has a corner there."


def test_a_symbol_that_flips_is_named():
    # Unit 1 is 0 at step 1 and alone decides the logits, so these are level there: the smallest change of c turns
    # the arg max, and step 2, where unit 1 listens to what is fed back, jumps.
    zeros = (("U", (0, 0)), ("U", (0, 1)), ("b", (0,)), ("V", (0, 1)), ("V", (1, 1)), ("c", (0,)), ("c", (1,)))
    edits = [WeightEdit(name, index, 0.0) for name, index in zeros]
    edits += [WeightEdit("V", (0, 0), 1.0), WeightEdit("V", (1, 0), -1.0)]
    edits += [WeightEdit("W", (0, 0), 0.5), WeightEdit("W", (0, 1), -0.9)]
    shown = show(a_document(feedback="free_running_argmax", length=3, hidden=2, edits=tuple(edits)))
    found = GradientCheck(shown).check("c", (0,))
    assert not found.agrees
    assert found.obstacle == "The symbol of k̂(1) changes in between: the loss jumps, and has no gradient there."


def test_of_what_could_switch_only_what_does_is_named():
    # At step 1 both units are off, at step 2 on, on either side of the arg max that turns in between.
    edits = [WeightEdit("U", (i, j), 0.0) for i in range(2) for j in range(2)]
    edits += [WeightEdit("b", (i,), -0.5) for i in range(2)] + [WeightEdit("c", (i,), 0.0) for i in range(2)]
    edits += [WeightEdit("W", (i, j), 1.0 + j / 2) for i in range(2) for j in range(2)]
    document = a_document(feedback="free_running_argmax", activation="relu", length=2, hidden=2, edits=tuple(edits))
    shown = show(document)
    assert shown.trace.values["h"].any(axis=(1, 2)).tolist() == [False, True]
    found = GradientCheck(shown).check("c", (0,))
    assert found.obstacle.startswith("The symbol of k̂(1) changes in between")


def test_where_the_loss_is_smooth_but_bends_too_soon_that_is_said():
    # A chaotic state: after 60 steps the loss turns within less than the step of the difference.
    edits = tuple(WeightEdit("W", (i, j), -4.0 if (i, j) == (0, 1) else 4.0) for i in range(2) for j in range(2))
    shown = show(a_document("hidden_to_hidden", feedback=None, length=60, hidden=2, seed=0, edits=edits))
    found = GradientCheck(shown).check("W", (0, 0))
    assert AGREES < found.error < 0.01
    assert found.obstacle.startswith("Nothing switches in between: the loss is smooth here")


def test_what_is_not_finite_is_said():
    edits = tuple(WeightEdit("V", (i, j), 1e6) for i in range(2) for j in range(2))
    shown = show(a_document("output_to_hidden", feedback="free_running_o", activation="identity", length=60,
                          hidden=2, edits=edits))  # fmt: skip
    assert not shown.trace.finite
    found = GradientCheck(shown).check("W", (0, 0))
    assert found.obstacle == "The loss or its gradient is not finite here."


def test_a_nudge_changes_the_loss_as_the_gradient_foretells_the_better_the_smaller_it_is():
    check = GradientCheck(show(a_document(length=4, hidden=3)))
    errors = [abs(n.change - n.foretold) / by for by in (1e-1, 1e-3) for n in [check.nudge("V", (0, 1), by)]]
    assert errors[1] < errors[0] / 10
    assert check.check("V", (0, 1)).agrees, "a nudge leaves no trace"


def test_of_many_entries_the_largest_are_checked():
    gradient = np.arange(12.0).reshape(3, 4) - 6
    assert entries_to_check(gradient, most=3) == [(0, 0), (0, 1), (2, 3)]
    assert len(entries_to_check(gradient)) == 12
