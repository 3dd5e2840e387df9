"""Say what cuts a gradient, in the sentences of the equations, of the picture of gradients, and of the loop."""

from explorer.graph.analyse.gradient_flow import Cut
from explorer.graph.analyse.trace import Trace
from explorer.graph.equations.notation import plain, plain_vertex
from explorer.graph.feedback import Network
from explorer.graph.uses import Stop

_REASON = {
    Stop.TARGET: "cut by teacher forcing: step {t} was fed the target, not this output",
    Stop.ARG_MAX: "cut by the arg max: a small change of {o} does not change which entry is largest",
    Stop.SAMPLE: "cut by the draw: no gradient flows through a random choice",
}
_FED = {
    Stop.TARGET: "step {t} is fed the target {y}({s})",
    Stop.ARG_MAX: "step {t} is fed the arg max of {o}({s}), which has no derivative",
    Stop.SAMPLE: "step {t} is fed a symbol drawn from {yhat}({s}), which has no derivative",
}
_PICKED = "what each step is fed is picked from {o}(t−1), and a pick has no derivative"
_ALWAYS = {
    Stop.TARGET: "under teacher forcing each step is fed the target {y}(t−1), and nothing of {h}(t−1)",
    Stop.ARG_MAX: _PICKED,
    Stop.SAMPLE: _PICKED,
}


def cut_origin(trace: Trace, cut: Cut) -> str:
    """From where no gradient comes back: another step, or a node of the same."""
    same = cut.reader.t == cut.vertex.t
    return f"from {plain_vertex(trace, cut.reader)}" if same else f"from step {cut.reader.t}"


def cut_reason(network: Network, cut: Cut) -> str:
    """Why no gradient comes back from there."""
    return _REASON[cut.stop].format(t=cut.reader.t, **_symbols(network))


def cut_between(network: Network, stop: Stop | None, s: int, t: int) -> str:
    """Why none comes back from step t to step s."""
    words = _FED.get(stop) if stop else None
    return f"step {t} reads nothing of step {s}" if words is None else words.format(s=s, t=t, **_symbols(network))


def never_between(network: Network, stop: Stop | None) -> str:
    """Why none comes back from any step to the one before."""
    words = _ALWAYS.get(stop) if stop else None
    return "no step reads anything of the one before" if words is None else words.format(**_symbols(network))


def _symbols(network: Network) -> dict[str, str]:
    output = network.output
    assert output is not None
    names = {"o": output.logits, "yhat": output.prediction, "y": output.target, "h": network.state}
    return {part: plain(network.node(name).symbol) for part, name in names.items()}
