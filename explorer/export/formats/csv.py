"""All values and gradients as a table with a row for each number."""

from explorer.export.format import ExportKind, Format
from explorer.export.tables import csv
from explorer.language import tr

FORMAT = Format(
    id="csv",
    kind=ExportKind.DATA,
    title=tr("Numbers, as CSV"),
    suffix=".csv",
    about=tr("every value, gradient and parameter, one a row"),
    write=lambda material, options: csv(material.trace),
)
