"""The graph as TikZ, to be put into a text of one's own."""

from explorer.drawing.layout import layout
from explorer.drawing.steps import every, shortened
from explorer.export.derivation.parts import matrix
from explorer.export.format import ExportKind, Format, Material, Options
from explorer.export.tikz import tikz
from explorer.graph.analyse.trace import Trace
from explorer.graph.drawn import drawn
from explorer.graph.equations.notation import weight_factor
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.equations.figures import figures


def _picture(material: Material, options: Options) -> str:
    trace, view = material.trace, material.view
    folded = view.fold > 0.5
    graph = drawn(trace.graph, view.show_a, closed=not view.open_cells)
    front = material.event.t if material.event is not None and material.event.t is not None else 1
    steps = every(trace.T) if folded else shortened(trace.T)
    geometry = layout(graph, trace.sizes, float(folded), min(max(front, 1), trace.T), steps)
    return tikz(geometry, options.pixels(), _factors(trace))


def _factors(trace: Trace) -> dict[Vertex, str]:
    """w(t) of each loss, where it is not 1."""
    if trace.network.output is None:
        return {}
    weights = ((t, weight_factor(trace, t)) for t in trace.loss_steps)
    return {
        Vertex(trace.network.output.loss, t): matrix(figures(weight.array, 2))
        for t, weight in weights
        if weight is not None and weight.array != 1.0
    }


FORMAT = Format(
    id="tikz",
    kind=ExportKind.GRAPH,
    title="TikZ",
    suffix=".tikz",
    about=tr("in the style of the book, for a LaTeX text; a size scales its letters too"),
    heeds=("size",),
    write=_picture,
)
