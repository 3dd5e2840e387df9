"""Write forward propagation and BPTT as a numpy program that stands alone: eqs. 10.8 to 10.28 line by line."""

from explorer.export.script.update import by_name, trained
from explorer.export.script.writer import Lines, ScriptWriter, WrittenStep, cited
from explorer.graph.analyse.trace import Trace
from explorer.graph.declaration import Node
from explorer.graph.equations.citations import parameter_cited
from explorer.graph.uses import Use

_BY_STEP = '''
def by_step(rows, first=1):
    """One array (B, units) for each step, by the number of the step."""
    return dict(enumerate(np.array(rows, float), first))
'''
_ZEROS = '''
def zeros(values):
    """A gradient for each step of a node, to add to."""
    return {t: np.zeros_like(value) for t, value in values.items()}
'''
_CROSSES = '''
def crosses(s, t):
    """Whether a border of truncated BPTT lies between these steps."""
    return any(s <= border < t for border in borders)
'''


def numpy_script(trace: Trace) -> str:
    """The program; the numbers of the trace must be finite."""
    return NumpyScript(trace).text()


class NumpyScript(ScriptWriter):
    """Each node, once its gradient is complete, sends back to what it was computed from: the order is that of forward
    propagation, reversed."""

    title, package, array, plain_array = "numpy", "numpy as np", "np.array", "np.array"

    def value(self, node: Node, script: WrittenStep) -> str:
        return node.operation.numpy_value(script)

    def zeros(self, shape: tuple[int, ...]) -> str:
        return f"np.zeros({shape})"

    def _own_helpers(self) -> tuple[str, ...]:
        backward = () if self.network.output is None else (_ZEROS, *((_CROSSES,) if self.trace.borders else ()))
        return (_BY_STEP, *backward)

    def _rest(self) -> Lines:
        if self.network.output is not None:
            yield from self._loss()
            yield from self._backward()
            yield from self.update()
        yield from ("", "", 'if __name__ == "__main__":')
        yield from (f"    {line}" for line in self.printing('print(f"grad_{name} =\\n{{grad_{name}}}")', "loss"))

    def gradients(self) -> Lines:
        own = {name: self.names.parameter(name) for name in trained(self.trace)}
        yield from by_name("theta = ", {name: name for name in own.values()})
        yield from by_name("gradient = ", {name: f"grad_{name}" for name in own.values()})

    def _loss(self) -> Lines:
        output = self.network.output
        assert output is not None
        L, weighted = self.names.node(output.loss), self.trace.batch.loss_weights is not None
        each = f"w[t] * {L}[t]" if weighted else f"{L}[t]"
        yield f"loss = float(np.mean(sum({each} for t in {L})))"
        yield from ("", "# Back-propagation through time: each gradient is complete before it is sent back.")
        for node in self.network.nodes:
            if node.name == output.loss:
                ones = "w" if weighted else f"{{t: np.ones((B, 1)) for t in {L}}}"
                yield cited(f"grad_{L} = {ones}", "eq. 10.17")
            elif node.name in self.uses:
                yield f"grad_{self.names.node(node.name)} = zeros({self.names.node(node.name)})"
        for name in self.trace.parameters:
            yield f"grad_{self.names.parameter(name)} = np.zeros_like({self.names.parameter(name)})"

    def _backward(self) -> Lines:
        for block in reversed(self.blocks):
            at, (indent, opening) = self.opening(block, backward=True)
            lines = [line for node in reversed(block.nodes) for line in self._sent_back(node, at)]
            if lines:
                yield from opening
                yield from (indent + line for line in lines)
        if self.trace.B > 1:
            yield "# The loss is the mean over the sequences."
            for name in self.trace.parameters:
                yield f"grad_{self.names.parameter(name)} /= B"

    def _sent_back(self, node: Node, at: str) -> Lines:
        """What a node adds to the gradients of what it was computed from, and of its parameters."""
        if node.name not in self.uses:
            return
        script, name = WrittenStep(self, node, at), self.names.node(node.name)
        gradient, value = f"grad_{name}[{at}]", f"{name}[{at}]"
        for use in self._uses_by(node):
            place = f"grad_{self.names.node(use.source.name)}[{'t' if use.source.every else script.step(use.source)}]"
            if use.term is not None:
                sent = use.term.numpy_vjp(use.slot, gradient, script)
            else:
                sent = node.operation.numpy_vjp(use.slot, gradient, value, script)
            indent = ""
            if use.source.every:
                yield f"for t in {script.steps(use.source)}:"
                indent = "    "
            if script.may_cross(use.source):
                yield f"if not crosses({script.step(use.source)}, {at}):"
                indent = "    "
            yield cited(f"{indent}{place} += {sent}", self._gradient_cited(use))
        for term in node.operation.terms:
            for parameter in term.parameters:
                sent = term.numpy_parameter_vjp(parameter, gradient, script)
                line = f"grad_{self.names.parameter(parameter)} += {sent}"
                yield cited(line, parameter_cited(self.network, parameter))

    def _uses_by(self, node: Node) -> list[Use]:
        terms = (None, *node.operation.terms)
        found = (use for uses in self.uses.of.values() for use in uses if use.consumer.name == node.name)
        return [use for use in found if use.term in terms]

    def _gradient_cited(self, use: Use) -> str:
        output = self.network.output
        if output is not None and use.consumer.name == output.loss:
            return output.kind.gradient_cited
        return self.network.node(use.source.name).cited.gradient
