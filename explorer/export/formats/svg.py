"""The graph as it is shown, as SVG."""

from explorer.export.format import ExportKind, Format, drawn_as, not_drawn

FORMAT = Format(
    id="svg",
    kind=ExportKind.GRAPH,
    title="SVG",
    suffix=".svg",
    about="as it is shown; letters as outlines or as text",
    heeds=("size", "transparent", "text"),
    why_not=not_drawn,
    write=drawn_as(".svg"),
)
