"""The stepping as an animated GIF."""

from explorer.export.format import ExportKind, Format, not_drawn
from explorer.export.stepping import animated

FORMAT = Format(
    id="gif",
    kind=ExportKind.STEPPING,
    title="GIF",
    suffix=".gif",
    about="a picture that moves through the training step",
    heeds=("every_step", "sentence", "seconds", "size", "scale", "transparent"),
    why_not=not_drawn,
    write=lambda material, options: animated(material, options, "GIF"),
)
