"""The values of many sequences at once are those that a trace keeps of each by itself."""

import numpy as np

from explorer.architectures import get_architecture
from explorer.graph.architecture import Architecture
from explorer.graph.compute.states import values_of
from tests.each import each
from tests.oracles.traces import APP_NETWORKS, run_trace, traced


@each(("architecture", "feedback"), APP_NETWORKS)
def test_every_node_has_the_value_of_its_trace(architecture: Architecture, feedback: str | None) -> None:
    trace = traced(architecture, feedback, B=3).trace
    found = values_of(trace.network, trace.sizes, trace.T, trace.parameters, trace.batch)
    assert found.keys() == trace.values.keys()
    for b in range(3):
        alone = run_trace(trace.network, trace.sizes, trace.parameters, trace.batch.sequences(b, b + 1))
        for name, values in found.items():
            assert values.shape == trace.values[name].shape
            np.testing.assert_allclose(values[:, b : b + 1], alone.values[name], atol=1e-12, err_msg=name)


def test_values_stay_as_they_are_when_the_next_are_computed() -> None:
    trace = traced(get_architecture("gru")).trace
    first = values_of(trace.network, trace.sizes, trace.T, trace.parameters, trace.batch)
    kept = {name: values.copy() for name, values in first.items()}
    doubled = {name: 2.0 * array for name, array in trace.parameters.items()}
    then = values_of(trace.network, trace.sizes, trace.T, doubled, trace.batch)
    assert all(np.array_equal(first[name], kept[name]) for name in kept)
    assert not np.array_equal(first["h"], then["h"])
