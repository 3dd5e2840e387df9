"""Whatever is declared: its gradients are right and its equations hold, or one sentence refuses it."""

from collections.abc import Iterable
from unittest.mock import patch

import numpy as np
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.graph.analyse.events import list_events
from explorer.graph.analyse.trace import Trace
from explorer.graph.analyse.tracer import Tracer
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.compute import blocks
from explorer.graph.drawn import drawn
from explorer.graph.equations.by_event import equation_of
from explorer.graph.feedback import Network, connect, get_feedback
from explorer.graph.schedule import schedule
from explorer.graph.unfold import unfold
from tests.oracles.any_declaration import declarations
from tests.oracles.evaluate import evaluate
from tests.oracles.examples import SIZES, computed, gradient_error, random_batch


def network_of(architecture: Architecture) -> Network | None:
    """The network, if an order computes it; the sentence that refuses it is a sentence."""
    feedback = get_feedback("free_running_yhat") if architecture.takes_feedback else None
    try:
        network = connect(architecture, feedback)
        schedule(network)
    except ExplorerError as refused:
        assert str(refused).endswith(".")
        event("refused")
        return None
    event("computed")
    return network


def traced(network: Network, T: int, seed: int) -> Trace:
    architecture, rng = network.architecture, np.random.default_rng(seed)
    theta = {p.name: rng.normal(0.0, 0.5, p.shape(SIZES)) for p in architecture.parameters}
    batch = random_batch(architecture, SIZES, T, 1, rng)
    return Tracer(network, SIZES, T).trace(theta, batch)


def tame(arrays: Iterable[Array]) -> bool:
    """Whether squares of squares have stayed of a size at which differences and logarithms mean something."""
    return all(bool(np.all(np.abs(array) < 30.0)) for array in arrays)


ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@ANY
@given(declarations(), st.integers(1, 4), st.booleans(), st.booleans())
def test_its_gradients_are_right(architecture: Architecture, T: int, keep: bool, many_blocks: bool) -> None:
    if network_of(architecture) is not None:
        feedback = "free_running_yhat" if architecture.takes_feedback else None
        with patch.object(blocks, "_BYTES", 1 if many_blocks else 10**6):
            program = computed(architecture, feedback, T=T, B=2, keep=keep)
        assume(tame(program.memory.values.values()))
        assert gradient_error(program) < 1e-6


@ANY
@given(declarations(), st.integers(1, 4), st.integers(0, 1000))
def test_its_equations_hold(architecture: Architecture, T: int, seed: int) -> None:
    network = network_of(architecture)
    if network is None:
        return
    trace = traced(network, T, seed)
    assume(tame(trace.values.values()))
    graph = unfold(network, T, sizes=SIZES)
    for optional in (False, True):
        assert {v.name for v in drawn(graph, optional).vertices} <= {node.name for node in network.nodes}
    for happened in list_events(graph, trace):
        said = equation_of(trace, happened)
        np.testing.assert_allclose(evaluate(said), said.left.array, rtol=1e-9, atol=1e-9)
