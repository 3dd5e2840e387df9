"""The curves of the runs in view as a table."""

from explorer.export.format import ExportKind, Format, no_runs
from explorer.files.curves import curves_csv
from explorer.language import tr

FORMAT = Format(
    id="curves",
    kind=ExportKind.DATA,
    title=tr("Curves, as CSV"),
    suffix=".csv",
    about=tr("the losses and scores of the runs in view, by iteration"),
    lacks=no_runs,
    write=lambda material, options: curves_csv(material.records),
)
