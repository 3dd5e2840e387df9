"""The graph as TikZ, to be put into a text of one's own."""

from explorer.drawing.layout import layout
from explorer.drawing.steps import every, shortened
from explorer.export.format import ExportKind, Format, Material, Options
from explorer.export.tikz import tikz
from explorer.graph.drawn import drawn
from explorer.language import tr


def _picture(material: Material, options: Options) -> str:
    trace, view = material.trace, material.view
    folded = view.fold > 0.5
    graph = drawn(trace.graph, view.show_a, closed=not view.open_cells)
    front = material.event.t if material.event is not None and material.event.t is not None else 1
    steps = every(trace.T) if folded else shortened(trace.T)
    return tikz(layout(graph, trace.sizes, float(folded), min(max(front, 1), trace.T), steps), options.pixels())


FORMAT = Format(
    id="tikz",
    kind=ExportKind.GRAPH,
    title="TikZ",
    suffix=".tikz",
    about=tr("in the style of the book, for a LaTeX text; a size scales its letters too"),
    heeds=("size",),
    write=_picture,
)
