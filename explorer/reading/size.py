"""Read the size of a picture, as in 1280x720: `read_size`."""

import re

from explorer.errors import ExplorerError

Size = tuple[int, int]
"""Width and height, in pixels."""


def read_size(text: str, least: Size, most: Size) -> Size:
    """The size that a text says, no side of which is beyond `least` and `most`; ExplorerError for what is none."""
    found = re.fullmatch(r"([0-9]{1,9})[xX×]([0-9]{1,9})", text.replace(" ", ""))
    if not found:
        raise ExplorerError("The size {text!r} is not WIDTHxHEIGHT, such as 1280x720.", text=text)
    size = int(found[1]), int(found[2])
    if not all(low <= side <= high for low, side, high in zip(least, size, most, strict=True)):
        raise ExplorerError(
            "The size {text} is out of range; choose one from {least} to {most}.",
            text=text,
            least="{}x{}".format(*least),
            most="{}x{}".format(*most),
        )
    return size
