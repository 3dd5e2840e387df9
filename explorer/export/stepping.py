"""The pictures of a training step, one after another: before the first event, and on by nodes, steps or phases."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.export.format import Material, Options
from explorer.session.stepping import Grain, next_cursor

if TYPE_CHECKING:  # when the program starts, nothing waits for what only a moving picture needs
    from PIL.Image import Image

MOST = 2000
"""Pictures of one file; more would be hundreds of megabytes, and nobody could watch them."""


def cursors(material: Material, options: Options) -> list[int]:
    """After how many events each picture is; ExplorerError for too many."""
    found, grain = [0], Grain[options.every_step.upper()]
    while found[-1] < len(material.events):
        found.append(next_cursor(material.events, found[-1], 1, grain))
        if len(found) > MOST:
            raise ExplorerError(
                "The stepping would have more than {most:,} pictures; take one for each step or phase.", most=MOST
            )
    return found


def pictures(material: Material, options: Options) -> Iterator[bytes]:
    """Each as PNG, all of one size."""
    assert material.shown is not None and material.draw is not None, "see why_not"
    for cursor in cursors(material, options):
        view = replace(material.view, cursor=cursor, selection=None, path=None)
        yield material.draw(material.shown, view, ".png", options, told=options.sentence == "below")


def animated(material: Material, options: Options, kind: str) -> bytes:
    """The pictures as one that moves, GIF or WEBP, again and again; the last stays longer."""
    from PIL import Image

    read = (Image.open(BytesIO(picture)) for picture in pictures(material, options))
    images = [_few_colours(image) if kind == "GIF" else image.convert("RGBA") for image in read]
    each = round(1000 * options.seconds)
    durations = [each] * (len(images) - 1) + [3 * each]
    out = BytesIO()
    settings = {"lossless": True, "method": 2} if kind == "WEBP" else {"disposal": 2 if options.transparent else 1}
    images[0].save(out, kind, save_all=True, append_images=images[1:], duration=durations, loop=0, **settings)
    return out.getvalue()


def _few_colours(image: "Image") -> "Image":
    """A picture of at most 256 colours, by those of its own that it has most of."""
    from PIL.Image import Dither, Quantize

    if image.mode == "RGBA":
        return image.quantize(255, Quantize.FASTOCTREE)
    return image.convert("RGB").quantize(256, Quantize.MEDIANCUT, dither=Dither.NONE)
