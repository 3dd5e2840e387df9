"""Explain what is shown: `explain` gives a node, an edge or a parameter its symbol, name, formulas, and their places.

The formulas are those of the equations, so what is explained is what is computed.
"""

from collections.abc import Sequence

from msgspec import Struct

from explorer.graph.analyse.events import Kind
from explorer.graph.analyse.gradient_flow import Cut
from explorer.graph.called import node_called, parameter_called
from explorer.graph.declaration import Node, terms_of
from explorer.graph.equations.cut_words import cut_reason
from explorer.graph.equations.notation import plain_vertex, symbol_tex
from explorer.graph.equations.typeset import Paint, Reading, latex, unpainted
from explorer.graph.unfold import Edge, Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.equations.focus import Face, node_faces, parameter_faces

MOST_FORMULAS = 2
"""A card is read at a glance: what is computed and its gradient, but not the update."""


class CitedFormula(Struct, frozen=True):
    """A formula as TeX, and where the book has it, as in "eq. 10.9"; "" for nowhere."""

    tex: str
    cited: str = ""


class Explanation(Struct, frozen=True):
    """What something is: its `symbol` as TeX, if it has one, its name, a sentence or two, and its formulas."""

    name: str
    symbol: str = ""
    says: str = ""
    formulas: tuple[CitedFormula, ...] = ()
    cited: str = ""
    """Where the book has it, where that is not beside a formula."""


def explain(
    shown: Shown, thing: Vertex | Edge | str, along: Sequence[Edge] = (), paint: Paint = unpainted
) -> Explanation:
    """What a node at a step, an edge, or a parameter by its name is. `paint` colours the factors of formulas.

    `along`: the edges of the whole graph along which an edge of a drawn one leads, where it is none itself.
    """
    match thing:
        case Vertex():
            return _node(shown, thing, paint)
        case Edge():
            return _edge(shown, thing, along or (thing,), paint)
    return _parameter(shown, thing, paint)


def _node(shown: Shown, vertex: Vertex, paint: Paint) -> Explanation:
    node, faces = shown.network.node(vertex.name), node_faces(shown, vertex)
    return Explanation(
        node_called(shown.network, node),
        _symbol(node, vertex.t),
        faces[0].equation.caption,
        _formulas(shown, faces, paint),
        "" if faces[0].equation.source else shown.architecture.cited,
    )


def _edge(shown: Shown, edge: Edge, along: Sequence[Edge], paint: Paint) -> Explanation:
    ends = edge.source, edge.target
    nodes = [shown.network.node(end.name) for end in ends]
    symbols = (_symbol(node, end.t) for node, end in zip(nodes, ends, strict=True))
    names = (node_called(shown.network, node) for node in nodes)
    readers = dict.fromkeys(one.target for one in along)
    faces = [face for reader in readers for face in node_faces(shown, reader) if face.label == "value"]
    source, target = (plain_vertex(shown.trace, end) for end in ends)
    says = tr("{target} is computed from {source}.", source=source, target=target)
    stop = edge.stop
    if stop is not None and stop.cut and shown.network.output is not None:
        why = cut_reason(shown.network, Cut(edge.source, edge.target, stop))
        says = " ".join((says, tr("No gradient comes back here: {why}.", why=why)))
    return Explanation(" → ".join(names), r" \to ".join(symbols), says, _formulas(shown, faces, paint))


def _parameter(shown: Shown, name: str, paint: Paint) -> Explanation:
    faces = parameter_faces(shown, name)
    users = [node.name for node, term in terms_of(shown.network.nodes) if name in term.parameters]
    used = next((event for event in shown.events if event.kind is Kind.VALUE and event.name in users), None)
    of_use = [Face("value", shown.equation(used), used)] if used is not None else []
    return Explanation(
        parameter_called(shown.network, name),
        shown.architecture.parameter(name).symbol,
        faces[0].equation.caption,
        _formulas(shown, [*of_use, *faces], paint),
    )


def _symbol(node: Node, t: int) -> str:
    return symbol_tex(node.symbol, "" if node.span.timeless else str(t))


def _formulas(shown: Shown, faces: Sequence[Face], paint: Paint) -> tuple[CitedFormula, ...]:
    equations = [face.equation for face in faces if face.equation.terms][:MOST_FORMULAS]
    return tuple(CitedFormula(latex(e, Reading.GENERAL, shown.sizes, paint), e.source) for e in equations)
