"""PyTorch's autograd computed the same: every reference case, to 1e-10."""

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.graph.architecture import Architecture
from explorer.graph.feedback import connect, get_feedback
from explorer.graph.program import Program
from tests.oracles.declarations import GRU, LSTM
from tests.oracles.reference import TOLERANCE, Reference, Tensor, reference, reference_names

GATED = ("lstm", "gru")


def run(case: Reference, architecture: Architecture, parameters: dict[str, Tensor], *, keep: bool) -> Program:
    network = connect(architecture, get_feedback(case.feedback) if case.feedback else None, case.activation)
    program = Program(network, case.sizes, case.T, case.B, keep=keep)
    assert set(parameters) == set(program.memory.parameters)
    for name, values in parameters.items():
        program.memory.parameters[name][...] = values
    program.load(case.x, case.y)
    program.forward()
    program.backward()
    return program


def agree(computed: Tensor | float, expected: Tensor | float) -> None:
    assert np.shape(computed) == np.shape(expected)
    np.testing.assert_allclose(computed, expected, rtol=0, atol=TOLERANCE)


def check_loss_and_nodes(program: Program, case: Reference) -> None:
    agree(program.loss, case.loss)
    agree(program.loss_per_step, case.loss_per_step)
    for name, values in case.nodes.items():
        agree(program.memory.steps_of(name), values)
    for name, gradient in case.node_gradients.items():
        agree(program.memory.gradients[name], gradient)


@pytest.mark.parametrize("name", [name for name in reference_names() if name not in GATED])
def test_an_architecture_of_the_app(name: str) -> None:
    case = reference(name)
    architecture = get_architecture(case.architecture)
    kept = run(case, architecture, case.parameters, keep=True)
    frugal = run(case, architecture, case.parameters, keep=False)
    check_loss_and_nodes(kept, case)
    for program in (kept, frugal):
        agree(program.loss, case.loss)
        agree(program.loss_per_step, case.loss_per_step)
        for parameter, gradient in case.parameter_gradients.items():
            agree(program.memory.parameter_gradients[parameter], gradient)


def unstack(stacked: dict[str, Tensor], gates: str) -> dict[str, Tensor]:
    """PyTorch lays the gates' matrices on top of one another, and has two biases for each."""
    found = {"V": stacked["V"], "c": stacked["c"]}
    for letter, name in (("U", "weight_ih_l0"), ("W", "weight_hh_l0"), ("b", "bias_ih_l0"), ("d", "bias_hh_l0")):
        parts = np.split(stacked[name], len(gates))
        found |= {f"{letter}_{gate}": part for gate, part in zip(gates, parts, strict=True)}
    return found


@pytest.mark.parametrize("keep", [True, False])
def test_an_lstm(keep: bool) -> None:
    case = reference("lstm")
    parameters = unstack(case.parameters, "ifgq")
    for gate in "ifgq":
        parameters[f"b_{gate}"] = parameters[f"b_{gate}"] + parameters.pop(f"d_{gate}")
    program = run(case, LSTM, parameters, keep=keep)
    check_loss_and_nodes(program, case)
    expected = unstack(case.parameter_gradients, "ifgq")
    for name, gradient in program.memory.parameter_gradients.items():
        agree(gradient, expected[name])


@pytest.mark.parametrize("keep", [True, False])
def test_a_gru(keep: bool) -> None:
    case = reference("gru")
    parameters = unstack(case.parameters, "rzn")
    for gate in "rz":
        parameters[f"b_{gate}"] = parameters[f"b_{gate}"] + parameters.pop(f"d_{gate}")
    parameters["d"] = parameters.pop("d_n")
    program = run(case, GRU, parameters, keep=keep)
    check_loss_and_nodes(program, case)
    expected = unstack(case.parameter_gradients, "rzn")
    expected["d"] = expected["d_n"]
    for name, gradient in program.memory.parameter_gradients.items():
        agree(gradient, expected[name])
