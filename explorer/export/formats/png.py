"""The graph as it is shown, as a picture."""

from explorer.export.format import ExportKind, Format, drawn_as

FORMAT = Format(
    id="png",
    kind=ExportKind.GRAPH,
    title="PNG",
    suffix=".png",
    about="as it is shown, as a picture of any size",
    heeds=("size", "scale", "transparent"),
    drawn=True,
    write=drawn_as(".png"),
)
