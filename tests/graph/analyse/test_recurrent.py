"""The weights of the recurrence are those on a cycle, whatever the network."""

import numpy as np
import pytest

from explorer.graph.analyse.recurrent import enlarged, recurrent_weights
from explorer.session.document import show
from tests.settings import a_document


@pytest.mark.parametrize(
    ("architecture", "feedback", "names"),
    [
        ("hidden_to_hidden", None, ("W",)),
        ("output_to_hidden", "free_running_yhat", ("W", "V")),
        ("output_to_hidden", "teacher_forcing", ()),
        ("hidden_and_output", "teacher_forcing", ("W",)),
        ("lstm", None, ("W_g", "W_f", "W_v", "W_q")),
        ("skip_in_time", None, ("W", "W_d")),
    ],
)
def test_recurrent_weights_are_on_a_cycle(architecture: str, feedback: str | None, names: tuple[str, ...]) -> None:
    network = show(a_document(architecture, feedback=feedback)).network
    assert set(recurrent_weights(network)) == set(names)


def test_only_they_are_enlarged() -> None:
    trace = show(a_document("hidden_to_hidden", feedback=None)).trace
    larger = enlarged(trace.network, trace.parameters, 3.0)
    np.testing.assert_array_equal(larger["W"], 3.0 * trace.parameters["W"])
    assert all(larger[name] is array for name, array in trace.parameters.items() if name != "W")
