"""The equation behind each forward event: eqs. 10.8 to 10.11, the losses, and what is fed back."""

from collections.abc import Sequence

from explorer.graph.analyse.trace import Trace
from explorer.graph.declaration import Operation
from explorer.graph.equation import Equation, Factor, TermOf
from explorer.graph.equations.citations import value_cited
from explorer.graph.equations.held import held_equation, partly_held
from explorer.graph.equations.here import NodeHere
from explorer.graph.equations.notation import node_factor, place_plain, plain_vertex
from explorer.graph.equations.outputs import loss_factor
from explorer.graph.plain import plain
from explorer.graph.refs import refs_in
from explorer.graph.unfold import Vertex
from explorer.language import tr


def value_equation(trace: Trace, name: str, t: int) -> Equation:
    """How the value of node (name, t) comes about."""
    network, node = trace.network, trace.network.node(name)
    here = place_plain(trace, Vertex(name, t))
    title, left = f"{plain(node.symbol)} {here}", node_factor(trace, name, t)
    if network.output is not None and name == network.output.loss:
        title, left = tr("Loss {here}", here=here), loss_factor(trace, network.output, t)
    units = trace.held_units(name, t)
    if units and len(units) == left.array.size:
        return held_equation(trace, title, left)
    operation = trace.operation(node, t)
    said = operation.value_said(NodeHere(trace, node, t))
    if units:
        said = partly_held(said, left.array, units, plain_vertex(trace, Vertex(name, t)))
    return Equation(
        title=said.title or title,
        left=left,
        terms=said.terms,
        source=value_cited(network, name),
        caption=" ".join([said.caption, *_beyond(trace, said.terms), *_children(operation)]),
        function=said.function,
        entry=said.entry,
        why=tuple(_why_transposed(f) for term in said.terms for f in term.factors if f.transposed),
        derivation=said.derivation,
    )


def _why_transposed(matrix: Factor) -> str:
    """Why a matrix that is computed is transposed."""
    n, rows = matrix.array.shape
    return tr(
        "{matrix} has {rows} rows of {n} numbers; its transpose takes {rows} numbers to {n}: the sum of its rows, each "
        "times its number.",
        matrix=plain(matrix.tex_here).removesuffix("ᵀ"),
        rows=rows,
        n=n,
    )


def _beyond(trace: Trace, terms: Sequence[TermOf]) -> list[str]:
    """What is said of states that are read where their sequence has not begun, or is over for those that run back."""
    read = [factor.vertex for term in terms for factor in term.factors if factor.vertex is not None]
    before = any(vertex.t < 1 for vertex in read)
    after = any(vertex.t > trace.steps(vertex.name)[-1] for vertex in read)
    said = [tr("What comes before the first step is zero unless you set it.")] if before else []
    return [*said, tr("What comes after the last step is zero unless you set it.")] if after else said


def _children(operation: Operation) -> list[str]:
    """How the nodes are called from which one of a tree is computed."""
    joins = any(ref.child is not None for ref in refs_in(operation.sources))
    return [tr("The children of node t are c₁(t) and c₂(t).")] if joins else []
