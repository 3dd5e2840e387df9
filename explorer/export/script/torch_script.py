"""Write forward propagation as a PyTorch program that stands alone; its autograd computes the gradients."""

from explorer.export.script.update import by_name, trained
from explorer.export.script.writer import Lines, ScriptWriter, WrittenStep
from explorer.graph.analyse.trace import Trace
from explorer.graph.declaration import Node

_BY_STEP = '''
def by_step(rows, first=1):
    """One tensor (B, units) for each step, by the number of the step."""
    return dict(enumerate(torch.as_tensor(rows, dtype=torch.float64), first))
'''
_PARAMETER = '''
def parameter(rows):
    """A tensor of which PyTorch keeps the gradient."""
    return torch.tensor(rows, dtype=torch.float64, requires_grad=True)
'''
_CARRIED = '''
def carried(values, s, t):
    """What step s hands to step t; over a border of truncated BPTT, as numbers that no gradient comes back to."""
    return values[s].detach() if any(s <= border < t for border in borders) else values[s]
'''


def torch_script(trace: Trace) -> str:
    """The program; the numbers of the trace must be finite."""
    return TorchWriter(trace).text()


class TorchWriter(ScriptWriter):
    """Whatever a parameter has a hand in remembers its gradient, `grad`: that of the mean loss over the sequences."""

    title, package, array = "PyTorch", "torch", "parameter"
    plain_array = "torch.DoubleTensor"

    def value(self, node: Node, script: WrittenStep) -> str:
        return node.operation.torch_value(script)

    def carried(self, name: str, step: str, at: str) -> str:
        return f"{self.define(_CARRIED)}({name}, {step}, {at})"

    def zeros(self, shape: tuple[int, ...]) -> str:
        return f"torch.zeros({shape})"

    def _own_helpers(self) -> tuple[str, ...]:
        return _BY_STEP, _PARAMETER

    def data(self) -> Lines:
        yield from super().data()
        yield from (f"{state}.requires_grad_()" for state in self.outer_states())

    def _rest(self) -> Lines:
        output = self.network.output
        if output is not None:
            L, weighted = self.names.node(output.loss), self.trace.batch.loss_weights is not None
            yield f"loss = sum({'w[t] * ' if weighted else ''}{L}[t] for t in {L}).mean()"
            nodes = ", ".join(self.names.node(n.name) for n in self.network.nodes if n.name in self.uses)
            yield from ("", "# Back-propagation: the gradient at h(t) is h[t].grad, that at W is W.grad.")
            yield f"for node in {nodes}:"
            yield "    for value in node.values():"
            yield "        if value.requires_grad:"
            yield "            value.retain_grad()"
            yield "loss.backward()"
            yield from self.update()
        yield from ("", "", 'if __name__ == "__main__":')
        yield from (f"    {line}" for line in self.printing('print(f"{name}.grad =\\n{{{name}.grad}}")', "loss.item()"))

    def gradients(self) -> Lines:
        own = {name: self.names.parameter(name) for name in trained(self.trace)}
        yield from by_name("theta = ", {name: f"{name}.detach()" for name in own.values()})
        grads = {name: f"{name}.grad" for name in own.values()}
        yield from by_name("gradient = ", grads)
        yield "# PyTorch has no gradient where the loss does not depend on a parameter."
        yield "gradient = {name: torch.zeros_like(theta[name]) if g is None else g for name, g in gradient.items()}"
