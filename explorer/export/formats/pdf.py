"""The graph as it is shown, as a page of PDF."""

from explorer.export.format import ExportKind, Format, drawn_as, not_drawn

FORMAT = Format(
    id="pdf",
    kind=ExportKind.GRAPH,
    title="PDF",
    suffix=".pdf",
    about="as it is shown, as one page",
    heeds=("size", "transparent"),
    why_not=not_drawn,
    write=drawn_as(".pdf"),
)
