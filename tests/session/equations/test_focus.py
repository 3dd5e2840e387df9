"""What the inspector explains of an event, a node, a parameter."""

import numpy as np
import pytest

from explorer.graph.analyse.events import Kind
from explorer.graph.equations.by_event import equation_of
from explorer.graph.feedback import FEEDBACKS
from explorer.graph.unfold import Vertex
from explorer.session.document import show
from explorer.session.equations.focus import node_faces, parameter_faces, spelled_out
from tests.each import each
from tests.settings import a_document

FREE = a_document("hidden_and_output", feedback="free_running_yhat", length=3, hidden=2)


def test_a_node_has_a_value_and_a_gradient():
    assert [f.label for f in node_faces(show(FREE), Vertex("h", 2))] == ["value", "gradient"]


@pytest.mark.parametrize(("vertex", "says"), [
    (Vertex("x", 2), "x(2) is given: it comes from the data."),
    (Vertex("h", 0), "h(0) is the state before the first step: zero unless you set it."),
])  # fmt: skip
def test_what_is_given_is_said_to_be(vertex, says):
    shown = show(FREE)
    face = node_faces(shown, vertex)[0]
    assert face.event is None
    assert not face.equation.terms
    assert face.equation.caption == says
    assert (face.equation.left.array == shown.trace.value(vertex.name, vertex.t)).all()


def test_a_state_after_the_last_step_does_not_come_from_the_data():
    shown = show(a_document("bidirectional", feedback=None, length=3, hidden=2))
    assert node_faces(shown, Vertex("g", 4))[0].equation.caption == (
        "g(4) is the state after the last step: zero unless you set it."
    )


@pytest.mark.parametrize(("name", "where"), [("b", "node"), ("V", "leaf"), ("U", "inner node"), ("W", "inner node")])
def test_of_a_tree_it_is_said_at_which_nodes_a_parameter_is_used(name, where):
    shown = show(a_document("recursive_tree", "truth_value", feedback=None, length=3, hidden=2))
    value, gradient, _ = parameter_faces(shown, name)
    assert f"at every {where}, wherever" in value.equation.caption
    assert f"at every {where}, so" in gradient.equation.caption


def test_a_state_before_the_first_step_has_a_gradient_though_it_is_zero():
    shown = show(FREE)
    gradient = node_faces(shown, Vertex("h", 0))[1].equation
    by_hand = shown.trace.parameters["W"].T @ shown.trace.gradient("a", 1)
    np.testing.assert_allclose(gradient.left.array, by_hand, rtol=1e-12)


def test_states_before_the_first_step_that_are_set_as_one_are_named():
    shown = show(a_document("skip_in_time", feedback=None, length=4, hidden=2, lag=2))
    for vertex in shown.graph.boundary:
        (face, *_) = node_faces(shown, vertex)
        assert face.equation.caption.endswith(" h(−1) and h(0) are set as one, whose gradient is the sum of theirs.")


@each("test_time", [False, True])
@each("feedback", FEEDBACKS.values())
def test_the_signal_before_the_first_step_is_explained(feedback, test_time):
    shown = show(a_document("output_to_hidden", feedback=feedback.id, length=2, hidden=2, test_time=test_time))
    (vertex,) = shown.graph.boundary
    own = {None: "the arg max", "yhat": "the prediction", "o": "the logits", "argmax": "the arg max", "sample": "drawn"}
    fed = own[feedback.own]
    if feedback.target and not test_time:
        fed = "the target or the network's own signal" if feedback.mixed else "the target"
    caption = node_faces(shown, vertex)[0].equation.caption
    assert "what the first step is fed" in caption and fed in caption


def test_every_node_of_the_graph_can_be_explained():
    shown = show(FREE)
    for vertex in (*shown.graph.vertices, *shown.graph.boundary):
        assert node_faces(shown, vertex)


def test_a_parameter_has_a_value_a_gradient_and_an_update():
    shown = show(FREE)
    faces = parameter_faces(shown, "W")
    assert [f.label for f in faces] == ["value", "gradient", "update"]
    assert faces[0].equation.caption == "W is one and the same at every step, wherever a is computed."


def test_a_parameter_of_the_last_step_is_not_called_shared():
    shown = show(a_document("sequence_to_one", "majority", length=3, feedback=None))
    assert "used once" in parameter_faces(shown, "V")[0].equation.caption


def test_the_difference_at_the_logits_is_spelled_out_as_prediction_minus_target():
    shown = show(FREE)
    event = next(e for e in shown.events if (e.kind, e.name, e.t) == (Kind.GRADIENT, "o", 2))
    prediction, target, *_ = spelled_out(shown.trace, equation_of(shown.trace, event)).terms
    assert (prediction.factors[0].array == shown.trace.value("yhat", 2)).all()
    assert (target.factors[0].array == shown.trace.value("y", 2)).all()
    assert target.sign == -1


def test_a_node_that_reads_a_parameter_twice_is_named_once() -> None:
    shown = show(a_document("leaky", "running_parity", length=3, hidden=2, feedback=None))
    caption = parameter_faces(shown, "alpha")[0].equation.caption
    assert caption == "α is one and the same at every step, wherever h is computed."


def test_shares_that_have_left_the_range_of_one_are_named() -> None:
    document = a_document("leaky", "running_parity", length=3, hidden=3, feedback=None)
    theta = dict(show(document).trace.parameters)
    theta["alpha"] = np.array([0.0, 1.02, -0.5])
    caption = parameter_faces(show(document, theta), "alpha")[0].equation.caption
    assert "Outside 0 to 1 at units 2 (1.02) and 3 (−0.5): there it is no share of a mean" in caption
