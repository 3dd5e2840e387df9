"""The stepping as an animated GIF."""

from explorer.export.format import ExportKind, Format
from explorer.export.stepping import animated
from explorer.language import tr

FORMAT = Format(
    id="gif",
    kind=ExportKind.STEPPING,
    title="GIF",
    suffix=".gif",
    about=tr("a picture that moves through the training step"),
    heeds=("every_step", "sentence", "seconds", "size", "scale", "colours", "transparent"),
    drawn=True,
    write=lambda material, options: animated(material, options, "GIF"),
)
