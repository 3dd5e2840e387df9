"""What operations and terms write as source code computes what the executor computes: values and derivatives."""

from importlib import import_module
from pkgutil import iter_modules

import numpy as np
import pytest

from explorer.graph import operations, terms
from explorer.graph.analyse.trace import Trace
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.operations.base import Operation
from explorer.graph.terms.base import Term
from tests.each import each
from tests.oracles.examples import EVERY_NETWORK
from tests.oracles.scripts import TraceScript, parameter_gradient, sent_back, value_of
from tests.oracles.traces import traced

try:
    import torch
except ImportError:
    from tests.oracles.torch_like import torch

every_network = each(("architecture", "feedback"), EVERY_NETWORK)


def run(architecture: Architecture, feedback: str | None) -> Trace:
    return traced(architecture, feedback, T=4, B=2, seed=1, scale=0.7).trace


def close(found: object, expected: object) -> None:
    np.testing.assert_allclose(*np.broadcast_arrays(found, expected), rtol=1e-9, atol=1e-12)


def flat(found: Array, trace: Trace) -> Array:
    """Rows (B, n) of what may be matrices; of what is the same in every sequence as it is."""
    return found.reshape(trace.B, -1) if found.ndim > 2 else found


@every_network
def test_a_value_is_what_the_executor_computes(architecture: Architecture, feedback: str | None) -> None:
    trace = run(architecture, feedback)
    for node in trace.network.nodes:
        for row, t in enumerate(trace.steps(node.name)):
            if not node.given:
                close(flat(value_of(trace, node, t), trace), trace.values[node.name][row])


@every_network
def test_so_is_what_comes_back_over_each_use(architecture: Architecture, feedback: str | None) -> None:
    trace = run(architecture, feedback)
    for name, contributions in trace.contributions.items():
        steps = trace.steps(name)
        for contribution in contributions:
            use = contribution.use
            expected = np.zeros_like(contribution.array)
            for t in trace.steps(use.consumer.name) if use.term is None else trace.term_steps(use.consumer, use.term):
                for b in range(trace.B):
                    for source in steps if use.source.every else (trace.step_read(use.source, t, b),):
                        if source in steps:
                            expected[source - steps[0], b] += flat(sent_back(trace, use, t, source), trace)[b]
            close(expected, contribution.array)


@every_network
def test_so_is_the_gradient_of_each_parameter(architecture: Architecture, feedback: str | None) -> None:
    trace = run(architecture, feedback)
    for name, gradient in trace.parameter_gradients.items():
        close(parameter_gradient(trace, name), gradient)


@every_network
def test_pytorch_computes_the_same(architecture: Architecture, feedback: str | None) -> None:
    trace = run(architecture, feedback)
    theta = {name: torch.tensor(array) for name, array in trace.parameters.items()}
    for node in trace.network.nodes:
        for row, t in enumerate(trace.steps(node.name) if not node.given else ()):
            script = TraceScript(trace, node, t)
            expression = trace.operation(node, t).torch_value(script)
            tensors = {k: torch.tensor(v) for k, v in script.variables.items() if isinstance(v, np.ndarray)}
            found = script.run(expression, {**tensors, "theta": theta, "torch": torch})
            close(flat(found, trace), trace.values[node.name][row])


@pytest.mark.parametrize(("package", "kind"), [(operations, Operation), (terms, Term)], ids=["operations", "terms"])
def test_each_is_found_in_some_network(package: object, kind: type) -> None:
    """So that nothing goes untested."""
    modules = [import_module(f"{package.__name__}.{info.name}") for info in iter_modules(package.__path__)]
    declared = {found for module in modules for found in vars(module).values() if isinstance(found, type)}
    concrete = {
        c for c in declared if issubclass(c, kind) and not any(d is not c and issubclass(d, c) for d in declared)
    }
    networks = [run(*parameters.values).network for parameters in EVERY_NETWORK]
    used = {type(node.operation) for network in networks for node in network.nodes}
    used |= {type(term) for network in networks for node in network.nodes for term in node.operation.terms}
    assert concrete <= used, concrete - used
