"""Name the equation of the book behind a value or a gradient: what the declaration cites, else the network's figure."""

from explorer.graph.analyse.trace import Trace
from explorer.graph.feedback import Network
from explorer.graph.unfold import Vertex


def value_cited(network: Network, name: str) -> str:
    """Where the book has how this node is computed."""
    output = network.output
    if output is not None and name == output.prediction and name != output.logits:
        return output.kind.prediction_cited
    if output is not None and name == output.loss:
        return output.kind.loss_cited
    cited, figure = network.node(name).cited, network.architecture.cited
    return _beside(cited.value, figure) if cited.with_figure else cited.value or figure


def gradient_cited(trace: Trace, name: str, t: int) -> str:
    """Where the book has the gradient at node (name, t)."""
    network, figure = trace.network, trace.network.architecture.cited
    if network.output is not None and name == network.output.logits:
        cited = network.output.kind.gradient_cited
        # What comes back through a fed-back signal has only its drawing.
        return cited if trace.flow.losses(Vertex(name, t)) == (t,) else _beside(cited, figure)
    cited_at = network.node(name).cited
    alone = all(reader.t == t for c in trace.reaching(name, t) for reader in trace.consumers(c.use, t))
    return (alone and cited_at.gradient_alone) or cited_at.gradient or figure


def parameter_cited(network: Network, name: str) -> str:
    """Where the book has the gradient of a parameter: as the first of its terms that cites it says."""
    return network.architecture.parameter(name).cited or network.architecture.cited


def _beside(*cited: str) -> str:
    return " · ".join(filter(None, cited))
