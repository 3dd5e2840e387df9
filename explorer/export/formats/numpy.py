"""The network on its data as a numpy program that stands alone."""

from explorer.export.format import ExportKind, Format, not_finite
from explorer.export.script.numpy_script import numpy_script
from explorer.language import tr

FORMAT = Format(
    id="numpy",
    kind=ExportKind.PROGRAM,
    title="numpy",
    suffix=".py",
    about=tr("forward propagation and BPTT written out, on the numbers that are shown"),
    lacks=not_finite,
    write=lambda material, options: numpy_script(material.trace),
)
