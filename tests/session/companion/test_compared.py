"""Two graphs are compared number by number; what differs is found where it begins."""

import numpy as np

from explorer.graph.unfold import Vertex
from explorer.session.companion.compared import Compared
from explorer.session.companion.words import first_difference, on_the_right
from explorer.session.document import Document, show
from explorer.session.edits import TargetEdit, WeightEdit
from tests.session.shown import example
from tests.settings import a_document, changed

FORCED = a_document("output_to_hidden", length=5, hidden=3)


def pair(left: Document, **fields: object) -> Compared:
    return Compared(show(left), show(changed(left, **fields)))


def test_train_and_test_time_part_at_the_first_node_that_reads_what_is_fed_back() -> None:
    both = pair(FORCED, test_time=True)
    assert both.first is not None
    event = both.left.events[both.first - 1]
    left, right = both.left.trace, both.right.trace
    parted = next(t for t in range(1, 6) if not np.allclose(left.value("a", t), right.value("a", t), atol=1e-12))
    assert event.vertex == Vertex("a", parted)
    said = first_difference(both, len(both.left.events))
    assert f"a({parted}) is the first to differ: it reads y({parted - 1}) in the first graph, k̂({parted - 1})" in said
    assert f"L = {left.loss:.3g} in the first graph, {right.loss:.3g} in the second." in said


def test_nothing_is_told_before_it_is_computed() -> None:
    both = pair(FORCED, test_time=True)
    assert both.first is not None
    assert first_difference(both, 0) == "Nothing is computed yet. Step forward: what differs is marked."
    assert first_difference(both, both.first - 1) == "So far both compute the same."


def test_what_is_the_same_but_for_rounding_does_not_differ() -> None:
    weight = float(show(FORCED).trace.parameters["U"][0, 0])
    nearly = (WeightEdit("U", (0, 0), weight * (1 + 1e-14)),)
    both = pair(FORCED, edits=nearly)
    assert (both.values, both.gradients, both.first) == (frozenset(), frozenset(), None)
    loss = f"{both.left.trace.loss:.3g}"
    said = first_difference(both, len(both.left.events))
    assert said == f"Every number is the same in both graphs. L = {loss} in both graphs."


def test_another_target_leaves_the_values_as_they_are_where_none_is_fed_back() -> None:
    plain = a_document("hidden_to_hidden", length=5, hidden=3, feedback=None)
    target = int(show(plain).trace.value("y", 5).argmax())
    both = pair(plain, edits=(TargetEdit(5, 1 - target),))
    assert {v.name for v in both.values} == {"y", "L"}
    assert first_difference(both, len(both.left.events)).startswith("L(5) is the first to differ: unit 1 is ")


def test_of_two_networks_only_what_the_task_gives_and_judges_is_compared() -> None:
    both = Compared(example("hidden_to_hidden", None), example("output_to_hidden", "teacher_forcing"))
    assert both.comparable == {"x", "y", "yhat", "L"}
    said = first_difference(both, len(both.left.events))
    assert said.startswith("Only in the first graph: h(t−1) → a(t). Only in the second graph: y(t−1) → a(t).")
    networks = ("hidden_to_hidden", "lstm")
    numbers = Compared(*(show(a_document(name, "damped_pendulum", feedback=None, length=4)) for name in networks))
    assert "outputs and losses are compared. o(1) is the first" in first_difference(numbers, len(numbers.left.events))


def test_outputs_that_name_another_symbol_are_found() -> None:
    both = pair(FORCED, edits=(WeightEdit("c", (0,), 50.0),))
    named = {t: both.left.trace.value("yhat", t).argmax() for t in range(1, 6)}
    assert both.symbols == {Vertex("yhat", t) for t, symbol in named.items() if symbol != 0}


def test_the_number_on_the_right_is_said_once_it_is_there() -> None:
    both = pair(FORCED, test_time=True)
    assert both.first is not None
    event = both.left.events[both.first - 1]
    assert on_the_right(both, event, both.first - 1) == ""
    assert on_the_right(both, both.left.events[0], 1) == "It is the same in the second graph."
    numbers = both.right.trace.value("a", event.t or 0)
    said = on_the_right(both, event, both.first)
    assert said.startswith("In the second graph: ") and said.endswith(".")
    words = said.removeprefix("In the second graph: ").rstrip(".").split(", ")
    found = [float(number.replace("−", "-")) for number in words]
    assert np.allclose(found, numbers, rtol=0.006)


def test_the_one_output_of_a_longer_sequence_is_compared_where_it_stands() -> None:
    both = pair(a_document("sequence_to_one", "majority", length=4, hidden=3, feedback=None), length=5)
    assert both.right.trace.loss != both.left.trace.loss
    assert Vertex("L", 4) in both.values and Vertex("o", 4) in both.gradients
