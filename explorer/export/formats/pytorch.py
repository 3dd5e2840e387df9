"""The network on its data as a PyTorch program that stands alone."""

from explorer.export.format import ExportKind, Format, not_finite
from explorer.export.script.torch_script import torch_script
from explorer.language import tr

FORMAT = Format(
    id="pytorch",
    kind=ExportKind.PROGRAM,
    title="PyTorch",
    suffix=".py",
    about=tr("forward propagation written out, gradients by autograd"),
    lacks=not_finite,
    write=lambda material, options: torch_script(material.trace),
)
