"""The stepping as an animated WebP."""

from explorer.export.format import ExportKind, Format
from explorer.export.stepping import animated
from explorer.language import tr

FORMAT = Format(
    id="webp",
    kind=ExportKind.STEPPING,
    title="WebP",
    suffix=".webp",
    about=tr("a picture that moves through the training step"),
    heeds=("every_step", "sentence", "seconds", "size", "scale", "colours", "transparent"),
    drawn=True,
    write=lambda material, options: animated(material, options, "WEBP"),
)
