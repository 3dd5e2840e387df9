"""The graph as it is shown, as a page of PDF."""

from explorer.export.format import ExportKind, Format, drawn_as
from explorer.language import tr

FORMAT = Format(
    id="pdf",
    kind=ExportKind.GRAPH,
    title="PDF",
    suffix=".pdf",
    about=tr("as it is shown, as one page"),
    heeds=("size", "colours", "transparent"),
    drawn=True,
    write=drawn_as(".pdf"),
)
