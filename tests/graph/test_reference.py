"""PyTorch's autograd computed the same: every reference case, to 1e-10."""

from collections.abc import Callable

import numpy as np

from explorer.architectures import architectures
from explorer.graph.architecture import Architecture
from explorer.graph.batch import Batch
from explorer.graph.compute.program import Program
from explorer.graph.feedback import connect, get_feedback
from explorer.graph.output import get_output
from tests.each import each
from tests.oracles.declarations import (
    AUTOREGRESSIVE,
    BIDIRECTIONAL,
    GRU,
    LEAKY,
    LSTM,
    SKIP_IN_TIME,
    TWO_LAYERS,
    TWO_SEGMENTS,
    VECTOR_TO_SEQUENCE,
)
from tests.oracles.reference import TOLERANCE, Reference, Tensor, reference, reference_names
from tests.oracles.traces import run_trace

DECLARED = LSTM, GRU, BIDIRECTIONAL, TWO_LAYERS, TWO_SEGMENTS, VECTOR_TO_SEQUENCE, AUTOREGRESSIVE, SKIP_IN_TIME, LEAKY
NETWORKS = architectures() | {network.id: network for network in DECLARED}
Stacked = dict[str, Tensor]


def unstacked(stacked: Stacked, gates: str) -> dict[str, Tensor]:
    """PyTorch lays the gates' matrices on top of one another, and has two biases for each, b and d here."""
    found = {"V": stacked["V"], "c": stacked["c"]}
    for letter, name in (("U", "weight_ih_l0"), ("W", "weight_hh_l0"), ("b", "bias_ih_l0"), ("d", "bias_hh_l0")):
        parts = np.split(stacked[name], len(gates))
        found |= {f"{letter}_{gate}": part for gate, part in zip(gates, parts, strict=True)}
    return found


def lstm_parameters(stacked: Stacked) -> dict[str, Tensor]:
    """θ of the declaration, which has one bias for each gate."""
    found = unstacked(stacked, "gfvq")
    return {name: array + found.get(f"d{name[1:]}", 0.0) if name[0] == "b" else array for name, array in found.items()}


def gru_parameters(stacked: Stacked) -> dict[str, Tensor]:
    """θ of the declaration, which has a second bias d where the reset gate is applied, and nowhere else."""
    found = unstacked(stacked, "ruv")
    for gate in "ru":
        found[f"b_{gate}"] = found[f"b_{gate}"] + found[f"d_{gate}"]
    return found | {"d": found["d_v"]}


def same(parameters: Stacked) -> dict[str, Tensor]:
    """θ as it stands in the case."""
    return parameters


READ: dict[str, Callable[[Stacked], dict[str, Tensor]]] = {"lstm": lstm_parameters, "gru": gru_parameters}
"""How a case's parameters become those of a declaration."""
GRADIENTS: dict[str, Callable[[Stacked], dict[str, Tensor]]] = {
    "lstm": lambda stacked: unstacked(stacked, "gfvq"),
    "gru": lambda stacked: (found := unstacked(stacked, "ruv")) | {"d": found["d_v"]},
}
"""How its gradients do: that of a sum of two biases is that of either."""


def agree(computed: Tensor | float, expected: Tensor | float) -> None:
    assert np.shape(computed) == np.shape(expected)
    np.testing.assert_allclose(computed, expected, rtol=0, atol=TOLERANCE)


def declared(case: Reference) -> Architecture:
    return NETWORKS[case.architecture].with_output(get_output(case.output))


@each("name", reference_names())
def test_everything_is_as_expected(name: str) -> None:
    case = reference(name)
    network = connect(declared(case), get_feedback(case.feedback) if case.feedback else None, case.activation)
    parameters = READ.get(case.architecture, same)(case.parameters)
    batch = Batch(case.inputs, case.y, initial=case.initial, loss_weights=case.loss_weights)
    trace = run_trace(network, case.sizes, parameters, batch)
    agree(trace.loss, case.loss)
    agree(trace.loss_per_step, case.loss_per_step)
    for node, values in case.nodes.items():
        agree(trace.values[node], values)
    for node, gradient in case.node_gradients.items():
        agree(trace.gradients[node], gradient)
    for node, gradient in case.initial_gradients.items():
        agree(trace.initial_gradients[node], gradient)
    expected = GRADIENTS.get(case.architecture, same)(case.parameter_gradients)
    for parameter, gradient in trace.parameter_gradients.items():
        agree(gradient, expected[parameter])


@each("name", reference_names())
def test_training_computes_the_same_with_less_memory(name: str) -> None:
    case = reference(name)
    network = connect(declared(case), get_feedback(case.feedback) if case.feedback else None, case.activation)
    program = Program(network, case.sizes, case.T, case.B, weighted=case.loss_weights is not None)
    parameters = READ.get(case.architecture, same)(case.parameters)
    for parameter, array in program.memory.parameters.items():
        array[...] = parameters[parameter]
    program.load(Batch(case.inputs, case.y, initial=case.initial, loss_weights=case.loss_weights))
    program.forward()
    program.backward()
    agree(program.loss, case.loss)
    agree(program.loss_per_step, case.loss_per_step)
    expected = GRADIENTS.get(case.architecture, same)(case.parameter_gradients)
    for parameter, gradient in program.memory.parameter_gradients.items():
        agree(gradient, expected[parameter])
