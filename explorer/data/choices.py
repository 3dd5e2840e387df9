"""How data are read: `Choices`."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from explorer.data.source import Form

Kind = Literal["", "symbols", "bits", "numbers"]


class Choices(Struct, frozen=True, forbid_unknown_fields=True):
    """How data are read; what is left open, None or "", follows from the data.

    inputs, targets, sequence: columns of a table; `sequence` "" takes all rows as one sequence. ahead: the targets are
    those of so many steps later. one_target: the last target alone is that of the whole sequence. scaled: numbers less
    their mean, divided by their spread. ..._also: symbols that could occur as well, or all of them in the order of
    their units; those of the inputs are those of targets that are inputs, too, where these have none of their own.
    """

    form: Form | None = None
    inputs: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None
    sequence: str | None = None
    ahead: Annotated[int, Meta(ge=0)] | None = None
    one_target: bool | None = None
    windows: bool | None = None
    scaled: bool = False
    inputs_are: Kind = ""
    targets_are: Kind = ""
    inputs_also: tuple[str, ...] = ()
    targets_also: tuple[str, ...] = ()
