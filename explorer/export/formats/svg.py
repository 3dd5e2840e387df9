"""The graph as it is shown, as SVG."""

from explorer.export.format import ExportKind, Format, drawn_as
from explorer.language import tr

FORMAT = Format(
    id="svg",
    kind=ExportKind.GRAPH,
    title="SVG",
    suffix=".svg",
    about=tr("as it is shown; letters as outlines or as text"),
    heeds=("size", "colours", "transparent", "text"),
    drawn=True,
    mime="image/svg+xml",
    write=drawn_as(".svg"),
)
