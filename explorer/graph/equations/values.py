"""The equation behind each forward event: eqs. 10.8 to 10.11, the losses, and what is fed back."""

from explorer.graph.analyse.trace import Trace
from explorer.graph.equation import Equation
from explorer.graph.equations.citations import value_cited
from explorer.graph.equations.here import NodeHere
from explorer.graph.equations.notation import node_factor, plain
from explorer.graph.equations.outputs import loss_factor


def value_equation(trace: Trace, name: str, t: int) -> Equation:
    """How the value of node (name, t) comes about."""
    network, node = trace.network, trace.network.node(name)
    title, left = f"{plain(node.symbol)} at step {t}", node_factor(trace, name, t)
    if network.output is not None and name == network.output.loss:
        title, left = f"Loss at step {t}", loss_factor(trace, network.output, t)
    said = node.operation.value_said(NodeHere(trace, node, t))
    return Equation(
        title=said.title or title,
        left=left,
        terms=said.terms,
        source=value_cited(network, name),
        caption=said.caption,
        function=said.function,
        entry=said.entry,
        derivation=said.derivation,
    )
