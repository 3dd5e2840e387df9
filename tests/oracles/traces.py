"""Random traces: a network of the app with drawn θ and one drawn sequence, unfolded, with all its events."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import architectures
from explorer.graph.analyse.events import Event, list_events
from explorer.graph.analyse.trace import Trace
from explorer.graph.analyse.tracer import PLAIN_DESCENT, Tracer
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.updates import Moments, Rule
from explorer.graph.declaration import EVERY, Sizes
from explorer.graph.feedback import Network, connect, get_feedback
from explorer.graph.unfold import Graph
from tests.oracles.examples import SIZES, random_batch, some_feedbacks

APP_NETWORKS = [
    pytest.param(architecture, feedback, id=f"{architecture.id}-{feedback}")
    for architecture in architectures().values()
    if architecture.output is not None
    for feedback in some_feedbacks(architecture)
]
"""Every architecture of the app that has a loss, with the feedbacks that tell them apart: parameters for a test."""


@dataclass(frozen=True)
class Traced:
    """One sequence of a network, computed."""

    trace: Trace
    graph: Graph
    events: tuple[Event, ...]


def run_trace(
    network: Network,
    sizes: Sizes,
    parameters: Mapping[str, Array],
    batch: Batch,
    rule: Rule = PLAIN_DESCENT,
    moments: Moments | None = None,
) -> Trace:
    """Trace a network once; T follows from x, or from y where x has steps of its own, and B from either."""
    given = [x for name, x in batch.inputs.items() if network.node(name).span == EVERY]
    T, B = (given[0] if given else batch.y).shape[:2]
    tracer = Tracer(network, sizes, T, B, weighted=batch.loss_weights is not None)
    return tracer.trace(parameters, batch, rule, moments)


def traced(
    architecture: Architecture,
    feedback: str | None = None,
    activation: str = "tanh",
    *,
    T: int = 4,
    seed: int = 0,
    scale: float = 1.0,
    mask: tuple[bool, ...] | None = None,
    weighted: bool = False,
    B: int = 1,
) -> Traced:
    """Everything drawn from the seed, θ and x with standard deviation `scale`; a mixed feedback's mask too if None."""
    network = connect(architecture, get_feedback(feedback) if feedback else None, activation)
    rng = np.random.default_rng(seed)
    drawn = random_batch(architecture, SIZES, T, B, rng)
    theta = {p.name: rng.normal(0.0, scale, p.shape(SIZES)) for p in architecture.parameters}
    mixed = network.feedback is not None and network.feedback.mixed
    switches = None
    if mixed:
        switches = drawn.mask if mask is None else np.repeat(np.array(mask, float)[:, None], B, axis=1)
    initial = {name: rng.normal(0.0, scale, (B, SIZES[architecture.node(name).size])) for name in architecture.states}
    weights = rng.random(drawn.y.shape[:2]) if weighted else None
    inputs = {name: scale * x for name, x in drawn.inputs.items()}
    batch = replace(drawn, inputs=inputs, mask=switches, initial=initial, loss_weights=weights)
    trace = run_trace(network, SIZES, theta, batch)
    return Traced(trace, trace.graph, list_events(trace.graph, trace))
