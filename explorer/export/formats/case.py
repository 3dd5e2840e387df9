"""What is shown as a case, for other programs and for `trace`."""

from explorer.export.format import ExportKind, Format, Material, Options, not_finite
from explorer.language import tr
from explorer.session.cases import case_of


def _lacks(material: Material) -> str:
    return not_finite(material) if material.shown is not None else tr("It is a case already; copy the file.")


def _document(material: Material, options: Options) -> bytes:
    assert material.shown is not None, "see _lacks"
    return case_of(material.shown)


FORMAT = Format(
    id="case",
    kind=ExportKind.DATA,
    title=tr("Case"),
    suffix=".json",
    about=tr("network, weights, data and what they compute, as trace reads it"),
    lacks=_lacks,
    write=_document,
)
