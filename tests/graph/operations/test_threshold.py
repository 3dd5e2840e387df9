"""A threshold unit computes forward, and says that no gradient comes back through it."""

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.graph.operations.activation import THRESHOLD
from explorer.session.document import show
from explorer.session.reach.reach import reach_of
from tests.settings import a_document


def test_it_is_on_from_zero_on() -> None:
    shown = show(a_document("hidden_to_hidden", feedback=None, activation="step"))
    np.testing.assert_array_equal(shown.trace.values["h"], shown.trace.values["a"] >= 0)


def test_only_what_lies_behind_it_has_a_gradient_and_the_edges_say_why() -> None:
    trace = show(a_document("hidden_to_hidden", feedback=None, activation="step")).trace
    assert {name for name, gradient in trace.parameter_gradients.items() if gradient.any()} == {"V", "c"}
    assert {edge.stop for edge in trace.graph.edges if edge.target.name == "h" and edge.source.t} == {THRESHOLD}
    with pytest.raises(ExplorerError, match="threshold units, which have no slope"):
        reach_of(trace)
