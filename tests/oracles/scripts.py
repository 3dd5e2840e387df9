"""Run the numpy source code of operations and terms on the numbers of a trace, one step of all sequences at a time."""

from collections.abc import Callable

import numpy as np

from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.declaration import Node, Ref, terms_of
from explorer.graph.refs import shape_of_size
from explorer.graph.uses import Use


class TraceScript:
    """Names for what a node of a trace reads at step t: variables of `variables`."""

    def __init__(self, trace: Trace, node: Node, t: int, back_to: int = 0):
        self.back_to = str(back_to)
        self.trace, self.node, self.t = trace, node, t
        self._helpers = ""
        batch = trace.batch
        self.variables: dict[str, object] = {"np": np, "theta": trace.parameters}
        self.mask, self.uniform, self.logits = "mask", "uniform", "o"
        if batch.mask is not None and trace.network.switched:
            self.variables["mask"] = batch.mask[t - 1][:, None]
        if batch.uniform is not None and trace.network.draws:
            self.variables["uniform"] = batch.uniform[t - 1][:, None]
        if trace.network.output is not None and node.name == trace.network.output.loss:
            self.variables["o"] = self._rows(Ref(trace.network.output.logits))

    def read(self, source: Ref) -> str:
        return self._named(self._rows(source))

    def _named(self, array: Array) -> str:
        name = f"read_{len(self.variables)}"
        self.variables[name] = array
        return name

    def every(self, source: Ref) -> str:
        steps = self.trace.steps(source.name)
        return f"[{', '.join(self._named(rows(self.trace, self.trace.value, source.name, t)) for t in steps)}]"

    def parameter(self, name: str) -> str:
        return f"theta[{name!r}]"

    def helper(self, source: str) -> str:
        self._helpers += source
        return source.strip().removeprefix("def ").partition("(")[0]

    def _rows(self, source: Ref) -> Array:
        read = (self.trace.read(source, self.t, b) for b in range(self.trace.B))
        return np.stack([_shaped(self.trace, source.name, units) for units in read])

    def run(self, expression: str, modules: dict[str, object] | None = None) -> Array:
        scope = self.variables | (modules or {})
        exec(self._helpers, scope)
        return eval(expression, scope)


def rows(trace: Trace, read: Callable[[str, int, int], Array], name: str, t: int) -> Array:
    """What every sequence has at one step, (B, n), or (B, rows, columns) of a matrix."""
    return np.stack([_shaped(trace, name, read(name, t, b)) for b in range(trace.B)])


def _shaped(trace: Trace, name: str, units: Array) -> Array:
    return units.reshape(shape_of_size(trace.network.node(name).size, trace.sizes))


def value_of(trace: Trace, node: Node, t: int) -> Array:
    """The value of a node, by its source code."""
    script = TraceScript(trace, node, t)
    return script.run(trace.operation(node, t).numpy_value(script))


def sent_back(trace: Trace, use: Use, t: int, back_to: int = 0) -> Array:
    """What the consumer at step t sends back to the source of a use, by its source code; of all steps to `back_to`."""
    script = TraceScript(trace, use.consumer, t, back_to)
    script.variables["g"] = rows(trace, trace.gradient, use.consumer.name, t)
    script.variables["value"] = rows(trace, trace.value, use.consumer.name, t)
    if use.term is not None:
        return script.run(use.term.numpy_vjp(use.slot, "g", script))
    return script.run(use.consumer.operation.numpy_vjp(use.slot, "g", "value", script))


def parameter_gradient(trace: Trace, name: str) -> Array:
    """The gradient of a parameter, by source code: the sum over all steps that use it, the mean over the batch."""
    total = np.zeros_like(trace.parameters[name])
    for node, term in terms_of(trace.network.nodes):
        if name in term.parameters and node.name in trace.gradients:
            for t in trace.term_steps(node, term):
                script = TraceScript(trace, node, t)
                script.variables["g"] = rows(trace, trace.gradient, node.name, t)
                total = total + script.run(term.numpy_parameter_vjp(name, "g", script))
    return total / trace.B
