"""The stepping as numbered pictures in a folder, for a film or slides."""

from collections.abc import Iterator

from explorer.export.format import ExportKind, Format, Material, Options
from explorer.export.stepping import cursors, pictures
from explorer.language import tr


def _frames(material: Material, options: Options) -> Iterator[tuple[str, bytes]]:
    digits = len(str(len(cursors(material, options))))
    for number, picture in enumerate(pictures(material, options), 1):
        yield f"{number:0{digits}}.png", picture


FORMAT = Format(
    id="frames",
    kind=ExportKind.STEPPING,
    title=tr("Numbered pictures"),
    suffix="",
    about=tr("a folder of PNG files, 001.png and so on"),
    heeds=("every_step", "sentence", "size", "scale", "colours", "transparent"),
    drawn=True,
    frames=_frames,
)
