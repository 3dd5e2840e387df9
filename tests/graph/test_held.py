"""A node can be held: what follows is computed from the held numbers, and no gradient goes back through them."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.graph.analyse.events import Phase, list_events
from explorer.graph.analyse.trace import Trace
from explorer.graph.analyse.tracer import Tracer
from explorer.graph.architecture import Architecture
from explorer.graph.compute.program import Program
from explorer.graph.equations.by_event import equation_of
from explorer.graph.feedback import connect, get_feedback
from explorer.graph.held import Held
from explorer.graph.unfold import Vertex
from explorer.session.equations.figures import equation_figures
from tests.each import each
from tests.oracles.examples import EVERY_NETWORK, SIZES, random_batch
from tests.oracles.traces import traced

T = 4


def holding(trace: Trace, **held: Held) -> Trace:
    """The same computed again with this held."""
    tracer = Tracer(trace.network, trace.sizes, trace.T, trace.B, held=held)
    return tracer.trace(trace.parameters, replace(trace.batch, held=held))


def at(trace: Trace, name: str, t: int, *units: int, by: float = 0.0) -> Held:
    """These units of a node at one step held where they are, or so much beside."""
    array = trace.values[name][:, :1] + by
    mask = np.zeros(array.shape, bool)
    mask[t - trace.steps(name)[0], 0, list(units)] = True
    return Held(mask, array)


def every(trace: Trace, name: str, t: int, by: float = 0.0) -> Held:
    """All units of a node at one step."""
    return at(trace, name, t, *range(trace.values[name].shape[2]), by=by)


def a_trace(architecture: Architecture, feedback: str | None, B: int = 1) -> Trace:
    rng = np.random.default_rng(0)
    network = connect(architecture, get_feedback(feedback) if feedback else None)
    theta = {p.name: rng.normal(size=p.shape(SIZES)) for p in architecture.parameters}
    return Tracer(network, SIZES, T, B).trace(theta, random_batch(architecture, SIZES, T, B, rng))


def computed(trace: Trace) -> list[str]:
    """The nodes that can be held."""
    output = trace.network.output
    judged = () if output is None else (output.loss, output.prediction)
    return [node.name for node in trace.network.nodes if not node.given and node.name not in judged]


@each(("architecture", "feedback"), EVERY_NETWORK)
def test_a_node_held_where_it_is_changes_no_number_forward(architecture: Architecture, feedback: str | None) -> None:
    trace = a_trace(architecture, feedback)
    for name in computed(trace):
        held = holding(trace, **{name: every(trace, name, trace.steps(name)[len(trace.steps(name)) // 2])})
        for other, values in trace.values.items():
            assert (held.values[other] == values).all(), (name, other)


@each(("architecture", "feedback"), EVERY_NETWORK)
def test_the_gradients_with_something_held_are_those_of_finite_differences(
    architecture: Architecture, feedback: str | None
) -> None:
    """In a batch, of θ and of the held numbers themselves; the summands of the equations add up to them."""
    free = a_trace(architecture, feedback, B=2)
    if free.network.output is None or any(n.operation.tag for n in free.network.nodes):
        return  # no loss, or one that jumps where another symbol is picked
    names = [architecture.state, *[name for name in computed(free) if name != architecture.state][:2]]
    held = {name: at(free, name, free.steps(name)[len(free.steps(name)) // 2], 0, by=0.3) for name in names}
    held[names[0]] = every(free, names[0], free.steps(names[0])[len(free.steps(names[0])) // 2], by=0.3)
    trace = holding(free, **held)
    program = Program(trace.network, trace.sizes, T, 2, held=held)
    for name, array in program.memory.parameters.items():
        array[...] = trace.parameters[name]

    def loss_with(held: dict[str, Held]) -> float:
        program.load(replace(trace.batch, held=held))
        program.forward()
        return program.loss

    assert loss_with(held) == pytest.approx(trace.loss, abs=1e-12)
    for name, array in program.memory.parameters.items():
        index = np.unravel_index(np.abs(trace.parameter_gradients[name]).argmax(), array.shape)
        found = []
        for by in (1e-6, -1e-6):
            array[index] = trace.parameters[name][index] + by
            found.append(loss_with(held))
        array[index] = trace.parameters[name][index]
        assert (found[0] - found[1]) / 2e-6 == pytest.approx(trace.parameter_gradients[name][index], abs=1e-7), name
        np.testing.assert_allclose(
            trace.parameter_contributions(name).sum(0), trace.parameter_gradients[name], atol=1e-12
        )
    for name in held.keys() & trace.gradients.keys():
        one = held[name]
        row, _, unit = np.argwhere(one.mask)[0]
        moved = [
            loss_with({**held, name: one.written(row, unit, one.values[row, 0, unit] + by)}) for by in (1e-6, -1e-6)
        ]
        gradient = trace.gradients[name][row, :, unit].mean()  # of the loss of each sequence by itself
        assert (moved[0] - moved[1]) / 2e-6 == pytest.approx(gradient, abs=1e-7), name


def test_what_follows_a_held_state_is_the_network_begun_there() -> None:
    """Fig. 10.3: its last steps with h(2) held are a sequence of their own whose initial state is the held vector."""
    whole = traced(get_architecture("hidden_to_hidden"), T=T).trace
    held = holding(whole, h=every(whole, "h", 2, by=0.5))
    rest = replace(
        whole.batch,
        inputs={"x": whole.batch.inputs["x"][2:]},
        y=whole.batch.y[2:],
        initial={"h": held.value("h", 2)[None]},
    )
    after = Tracer(whole.network, whole.sizes, T - 2).trace(whole.parameters, rest)
    for name in ("h", "o", "L"):
        np.testing.assert_allclose(held.values[name][2:], after.values[name], atol=1e-12)
    np.testing.assert_allclose(
        held.gradient("h", 2), after.gradient("h", 0) + held.parameters["V"].T @ held.gradient("o", 2), atol=1e-12
    )
    alone = held.parameters["V"].T @ held.gradient("o", 1)
    np.testing.assert_allclose(held.gradient("h", 1), alone, atol=1e-12)


@each(("architecture", "feedback"), EVERY_NETWORK)
def test_every_equation_with_something_held_gives_its_result(architecture: Architecture, feedback: str | None) -> None:
    free = a_trace(architecture, feedback)
    state, summed = architecture.state, computed(free)[0]
    middle = free.steps(state)[len(free.steps(state)) // 2]
    held = {state: every(free, state, middle, by=0.4)} | {summed: at(free, summed, free.steps(summed)[0], 0, by=-0.4)}
    trace = holding(free, **held)
    for event in list_events(trace.graph, trace):
        equation = equation_of(trace, event)
        if event.phase is not Phase.UPDATE and equation.terms:
            assert equation_figures(equation).reproduced, (event, equation.caption)
    if trace.network.output is not None:
        assert not any(edge.stop is None for edge in trace.graph.into.get(Vertex(state, middle), ()))
