"""The graph as it is shown, as a picture."""

from explorer.export.format import ExportKind, Format, drawn_as
from explorer.language import tr

FORMAT = Format(
    id="png",
    kind=ExportKind.GRAPH,
    title="PNG",
    suffix=".png",
    about=tr("as it is shown, as a picture of any size"),
    heeds=("size", "scale", "colours", "transparent"),
    drawn=True,
    write=drawn_as(".png"),
)
