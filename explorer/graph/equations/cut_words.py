"""Say what cuts a gradient, in the sentences of the equations, of the picture of gradients, and of the loop."""

from explorer.graph.analyse.gradient_flow import Cut
from explorer.graph.analyse.trace import Trace
from explorer.graph.equations.notation import plain_vertex
from explorer.graph.feedback import Network
from explorer.graph.operations.base import Stop
from explorer.graph.plain import plain
from explorer.language import tr


def cut_origin(trace: Trace, cut: Cut) -> str:
    """From where no gradient comes back: another step, or a node of the same or of a tree."""
    if cut.reader.t == cut.vertex.t or trace.network.tree is not None:
        return tr("from {plain_vertex}", plain_vertex=plain_vertex(trace, cut.reader))
    return tr("from step {t}", t=cut.reader.t)


def cut_reason(network: Network, cut: Cut) -> str:
    """Why no gradient comes back from there."""
    return cut.stop.cut.format(t=cut.reader.t, **_symbols(network))


def cut_between(network: Network, stop: Stop | None, s: int, t: int) -> str:
    """Why none comes back from step t to step s."""
    words = "" if stop is None else stop.fed
    return words.format(s=s, t=t, **_symbols(network)) if words else tr("step {t} reads nothing of step {s}", t=t, s=s)


def never_between(network: Network, stop: Stop | None) -> str:
    """Why none comes back from any step to the one before."""
    words = "" if stop is None else stop.always
    return words.format(**_symbols(network)) if words else tr("no step reads anything of the one before")


def _symbols(network: Network) -> dict[str, str]:
    output = network.output
    assert output is not None
    names = {"o": output.logits, "yhat": output.prediction, "y": output.target, "h": network.state}
    return {part: plain(network.node(name).symbol) for part, name in names.items()}
