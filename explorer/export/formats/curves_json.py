"""The curves of the runs in view as JSON."""

import msgspec

from explorer.export.format import ExportKind, Format, Material, Options, no_runs
from explorer.files.curves import columns, record_rows
from explorer.language import tr


def _document(material: Material, options: Options) -> bytes:
    """A list of objects, one for each run and evaluation."""
    names = columns(material.records)
    rows = [dict(zip(names, row, strict=True)) for row in record_rows(material.records)]
    return msgspec.json.format(msgspec.json.encode(rows), indent=1) + b"\n"


FORMAT = Format(
    id="curves_json",
    kind=ExportKind.DATA,
    title=tr("Curves, as JSON"),
    suffix=".json",
    about=tr("the losses and scores of the runs in view, by iteration"),
    lacks=no_runs,
    write=_document,
)
