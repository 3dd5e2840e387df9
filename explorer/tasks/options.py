"""Declare what a learner may choose about a task, a delay say, with its default, limits and a sentence."""

from typing import Any, Literal

from msgspec import Struct

from explorer.errors import ExplorerError
from explorer.language import tr, trn
from explorer.reading.bounds import Bounds
from explorer.wording import either


class Option(Struct, frozen=True, kw_only=True):
    """One choice a task offers.

    `minimum` and `maximum` bound the value of an 'int', or the number of characters of a 'text' or of 'data', which
    are such as explorer.data.data_set writes them. `help` is one sentence for the learner; `examples` are values
    worth offering, and all that a 'choice' can be. One that is `common` to many tasks comes after those of a task's
    own, and stands beside their heading.
    """

    name: str = ""
    """That of the field which declares it."""
    title: str
    kind: Literal["int", "text", "data", "choice"]
    default: int | str
    minimum: int
    maximum: int
    help: str
    examples: tuple[str, ...] = ()
    common: bool = False

    @property
    def bounds(self) -> Bounds:
        """The numbers that it can be, or the numbers of characters that it can have."""
        return Bounds(self.minimum, self.maximum, whole=True)

    def check(self, value: object, where: str) -> None:
        """Raise ExplorerError for a `value` of a wrong type or outside the limits; `where` names the task."""
        opening = tr("'{title}' of '{where}'", title=self.title, where=where)
        if self.kind == "int":
            # A bool is an int to Python, but True is no number a person would give as a delay.
            if not isinstance(value, int) or isinstance(value, bool):
                raise ExplorerError(
                    "{opening} must be a whole number, not {value}.", opening=opening, value=_shortened(value)
                )
            if value not in self.bounds:
                raise ExplorerError(
                    "{opening} is {value}; choose {bounds}.", opening=opening, value=value, bounds=self.bounds
                )
        else:
            if not isinstance(value, str):
                raise ExplorerError("{opening} must be text, not {value}.", opening=opening, value=_shortened(value))
            if self.kind == "choice" and value not in self.examples:
                raise ExplorerError(
                    "{opening} is {value}; choose {examples}.",
                    opening=opening,
                    value=_shortened(value),
                    examples=either(self.examples),
                )
            if len(value) < self.minimum:
                least = trn("1 character", "{n:,} characters", self.minimum)
                if not value:
                    raise ExplorerError("{opening} is empty; give it at least {least}.", opening=opening, least=least)
                raise ExplorerError(
                    "{opening} has {characters}; give it at least {least}.",
                    opening=opening,
                    characters=trn("1 character", "{n:,} characters", len(value)),
                    least=least,
                )
            if len(value) > self.maximum:
                most = trn("1 character", "{n:,} characters", self.maximum)
                raise ExplorerError(
                    "{opening} has {characters}; give it at most {most}.",
                    opening=opening,
                    characters=trn("1 character", "{n:,} characters", len(value)),
                    most=most,
                )


# What declares the option in the class of a task, under its name; Any, for in a task that is its value.
def integer_option(default: int, *, title: str, minimum: int, maximum: int, help: str) -> Any:
    """Declare a whole-number option."""
    return Option(kind="int", title=title, default=default, minimum=minimum, maximum=maximum, help=help)


def text_option(default: str, *, title: str, minimum: int, maximum: int, help: str, examples: tuple[str, ...]) -> Any:
    """Declare a text option."""
    return Option(
        kind="text", title=title, default=default, minimum=minimum, maximum=maximum, help=help, examples=examples
    )


def choice_option(values: tuple[str, ...], *, title: str, help: str, common: bool = False) -> Any:
    """Declare an option that is one of a few values, the first unless chosen."""
    return Option(
        kind="choice", title=title, default=values[0], minimum=1, maximum=100, help=help, examples=values, common=common
    )


def data_option(default: str, *, title: str, maximum: int, help: str) -> Any:
    """Declare an option for sequences that a learner brings."""
    return Option(kind="data", title=title, default=default, minimum=2, maximum=maximum, help=help)


def _shortened(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else f"{shown[:40]}…"
