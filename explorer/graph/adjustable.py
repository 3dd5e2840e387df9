"""Leave a number of a declaration to the learner: an `Adjustable`, such as a spectral radius, in its place."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.reading.bounds import Bounds

Chosen = float | bool
"""What can be chosen."""
S = TypeVar("S", bound=Struct)


class Adjustable(Struct, frozen=True):
    """A number within bounds, or yes or no, which is `default` unless something else is chosen.

    `name` is how files and commands call it, `title` what stands beside its field and `help` a sentence about it.
    """

    name: str
    title: str
    default: Chosen
    help: str
    bounds: Bounds = Bounds(0, 1)

    @property
    def switch(self) -> bool:
        """Whether it is yes or no."""
        return isinstance(self.default, bool)

    def check(self, value: Chosen, where: str) -> None:
        """Raise ExplorerError for what it cannot be; `where` names the network."""
        if self.switch and not isinstance(value, bool):
            raise ExplorerError(
                "'{title}' of {where} is {value}; choose true or false.", title=self.title, where=where, value=value
            )
        if not self.switch and (isinstance(value, bool) or value not in self.bounds):
            raise ExplorerError(
                "'{title}' of {where} is {value}; choose {bounds}.",
                title=self.title,
                where=where,
                value=value,
                bounds=self.bounds,
            )


def number(value: float | Adjustable) -> float:
    """The number that it is, or is unless another is chosen."""
    return float(value.default if isinstance(value, Adjustable) else value)


def choices_in(record: Struct) -> Iterator[Adjustable]:
    """What is left to the learner in a record, and in the records inside."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, Adjustable):
            yield value
        elif isinstance(value, Struct):
            yield from choices_in(value)


def decided(record: S, values: Mapping[str, Chosen]) -> S:
    """The record with these values in the place of the choices of that name."""
    found: dict[str, object] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, Adjustable):
            found[name] = values.get(value.name, value)
        elif isinstance(value, Struct):
            found[name] = decided(value, values)
    return replace(record, **found)
