"""Write nodes, gradients and parameters in the book's symbols, as TeX, as plain text and as factors."""

import numpy as np

from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.graph.declaration import Node, Ref
from explorer.graph.equation import TRANSPOSED, Factor, Role
from explorer.graph.plain import at_step, plain
from explorer.graph.refs import factors, shape_of_size
from explorer.graph.unfold import Vertex
from explorer.language import tr

ROOT = r"2\tau - 1"
"""The number of the root of a tree, which has τ leaves."""


def _step_tex(lag: int = 0) -> str:
    """The superscript of a step: t − lag."""
    return "t" if lag == 0 else f"t{'-' if lag > 0 else '+'}{abs(lag)}"


def _read_tex(ref: Ref) -> str:
    """The superscript of what is read: t − lag, or c_1(t) for the first child of t."""
    return _step_tex(ref.lag) if ref.child is None else f"c_{{{ref.child + 1}}}(t)"


def last_tex(node: Node) -> str:
    """The superscript of the last step of a node: τ, τ_x of the segment "T_x", none for what has no time."""
    if node.span.timeless:
        return ""
    return r"\tau" + "".join(f"_{{{name}}}" for name in node.span.length.split("_")[1:])


def place_plain(trace: Trace, vertex: Vertex) -> str:
    """Where a node stands, in words: at step 3, once for all steps, in a tree at node 3 or at the root."""
    span = trace.network.node(vertex.name).span
    if span.tree:
        return tr("at the root") if span.timeless else tr("at node {t}", t=vertex.t)
    if span.timeless:
        return tr("once for all steps")
    return tr("at step {t}", t=vertex.t)


def symbol_tex(symbol: str, step: str) -> str:
    return f"{symbol}^{{({step})}}" if step else symbol


def _gradient_tex(symbol: str, step: str) -> str:
    """∇_{h^(t)} L."""
    return rf"\nabla_{{{symbol_tex(symbol, step)}}} L"


def plain_vertex(trace: Trace, vertex: Vertex) -> str:
    """A node as plain text, such as h(3); without a step where it has no time."""
    node = trace.network.node(vertex.name)
    return plain(node.symbol) + ("" if node.span.timeless else at_step(vertex.t))


def plain_parameter(trace: Trace, name: str) -> str:
    """A parameter as plain text."""
    return plain(trace.network.architecture.parameter(name).symbol)


def value_factor(trace: Trace, ref: Ref, t: int) -> Factor:
    """What a node at step t reads at `ref`."""
    node = trace.network.node(ref.name)
    at, timeless = trace.step_read(ref, t), node.span.timeless
    return Factor(
        tex=symbol_tex(node.symbol, last_tex(node) if node.span.single else _read_tex(ref)),
        tex_here=symbol_tex(node.symbol, "" if timeless else str(at)),
        array=_shaped(trace, node, trace.read(ref, t)),
        role=Role.TARGET if ref.name == trace.network.target else Role.VALUE,
        shape=factors(node.size) or ("1",),
        vertex=Vertex(ref.name, at),
    )


def _shaped(trace: Trace, node: Node, units: Array) -> Array:
    """The units of a node as the matrix that it is, or as they are."""
    return units.reshape(shape_of_size(node.size, trace.sizes))


def every_factor(trace: Trace, name: str) -> Factor:
    """All steps of a node, a matrix with a row for each."""
    node, steps = trace.network.node(name), trace.steps(name)
    first, last = (symbol_tex(node.symbol, step) for step in ("1", last_tex(node)))
    here = symbol_tex(node.symbol, str(steps[-1]))
    return Factor(
        tex=rf"\left( {first}, \ldots, {last} \right){TRANSPOSED}",
        tex_here=rf"\left( {first}, \ldots, {here} \right){TRANSPOSED}",
        array=np.stack([trace.value(name, t) for t in steps]),
        role=Role.VALUE,
        shape=(node.span.length, *factors(node.size)),
        vertex=Vertex(name, steps[-1]),
    )


def node_factor(trace: Trace, name: str, t: int) -> Factor:
    """The value of node (name, t) itself."""
    return value_factor(trace, Ref(name), t)


def gradient_factor(trace: Trace, name: str, t: int, lag: int = 0) -> Factor:
    """The gradient at node (name, t − lag), written relative to step t."""
    node = trace.network.node(name)
    at, timeless = t - lag, node.span.timeless
    return Factor(
        tex=_gradient_tex(node.symbol, last_tex(node) if node.span.single else _step_tex(lag)),
        tex_here=_gradient_tex(node.symbol, "" if timeless else str(at)),
        array=_shaped(trace, node, trace.gradient(name, at)),
        role=Role.GRADIENT,
        shape=factors(node.size) or ("1",),
        vertex=Vertex(name, at),
    )


def weight_factor(trace: Trace, t: int) -> Factor | None:
    """w(t), by which the loss of step t counts, of the first sequence; None where the batch has no loss weights."""
    weights = trace.batch.loss_weights
    if weights is None:
        return None
    array = np.array(weights[t - trace.loss_steps[0], 0])
    return Factor(symbol_tex("w", "t"), symbol_tex("w", str(t)), array, Role.CONSTANT)


def parameter_gradient_tex(trace: Trace, name: str) -> str:
    """∇_W L."""
    return rf"\nabla_{{{trace.network.architecture.parameter(name).symbol}}} L"


def parameter_factor(trace: Trace, name: str, transposed: bool = False) -> Factor:
    """A weight matrix, transposed if asked, or a bias."""
    parameter = trace.network.architecture.parameter(name)
    factor = Factor(
        tex=parameter.symbol,
        tex_here=parameter.symbol,
        array=trace.parameters[name],
        role=Role.PARAMETER,
        shape=parameter.dimensions,
        parameter=name,
    )
    return factor.turned if transposed else factor
