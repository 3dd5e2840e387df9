"""One thing that can be done: what it is called, its keys, whether it can be done now, and what it does."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from inspect import Parameter, signature
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct

from explorer.errors import ExplorerError, check_known, refuse
from explorer.language import tr
from explorer.reading.bounds import declared
from explorer.reading.json_faults import in_words
from explorer.session.session import Session

WhyNot = Callable[[Session], str]
"""Why something cannot be done now, in one sentence; "" if it can."""


def always(session: Session) -> str:
    """It can always be done."""
    return ""


def unless(possible: Callable[[Session], object], why: str) -> WhyNot:
    """This sentence, unless what makes it possible is there."""
    return lambda session: "" if possible(session) else why


class Command(Struct, frozen=True, dict=True):
    """`do` takes the session and, by name, the arguments that its signature declares; it may return a sentence.

    It either succeeds or raises ExplorerError and leaves everything as it was. A sentence says what it had to give up,
    or what came of it that cannot be seen.
    """

    id: str
    title: str
    """As in a menu: the letter after & leads to it."""
    do: Callable[..., object]
    keys: tuple[str, ...] = ()
    """Alternatives, of which menus show the first."""
    why_not: WhyNot = always
    on: Callable[[Session], bool] | None = None
    """Whether a switch is on; `do` takes the argument `on`, to turn it on or off. None: it is no switch."""
    local: bool = False
    """Whether its keys work only where the graph has the focus: elsewhere arrows move through fields and lists."""
    choice: str = ""
    """Of the switches of one choice, one is on."""
    takes: type[Struct] | None = None
    """A record of whose settings the arguments are some, those of records inside too; None: the parameters of `do`."""
    reveals: bool = False
    """Whether it shows events to come, so that a learner may be asked first what they bring."""

    @property
    def plain_title(self) -> str:
        """The title without the mark of its letter."""
        return self.title.replace("&", "")

    @property
    def arguments(self) -> tuple[str, ...]:
        """The arguments that it takes beside the session, where they are not the fields of a record."""
        return () if self.takes else tuple(self._parameters)[1:]

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Those that it cannot do without; a switch can do without `on`."""
        given = ("on",) if self.on is not None else ()
        return tuple(n for n in self.arguments if self._parameters[n].default is Parameter.empty and n not in given)

    @cached_property
    def types(self) -> Mapping[str, Any]:
        """The types of the arguments that it can take, by their names."""
        if self.takes:
            return {name: setting.type for name, setting in declared(self.takes).items()}
        hints = get_type_hints(getattr(self.do, "func", self.do), include_extras=True)
        return {name: hints[name] for name in self.arguments}

    @cached_property
    def _parameters(self) -> Mapping[str, Parameter]:
        return signature(self.do).parameters

    def run(self, session: Session, arguments: Mapping[str, object] | None = None) -> str:
        """Do it, with arguments as Python values or as JSON has them; return the sentence that it has to say, or "".

        A switch is turned over where the arguments do not say `on`.
        """
        refuse(self.why_not(session))
        turned = {"on": not self.on(session)} if self.on is not None else {}
        said = self.do(session, **_checked(self, {**turned, **(arguments or {})}))
        return said if isinstance(said, str) else ""


def _checked(command: Command, arguments: Mapping[str, object]) -> dict[str, Any]:
    """The arguments as the types that the command declares."""
    found = {}
    for name, value in arguments.items():
        check_known(name, command.types, tr("argument of the command {command}", command=command.id))
        try:
            found[name] = msgspec.convert(value, command.types[name])
        except msgspec.ValidationError as error:
            raise ExplorerError(
                "The command {command} cannot take its argument {name}: {in_words}.",
                command=command.id,
                name=name,
                in_words=in_words(b"{}", error),
            ) from error
    missing = [name for name in command.needs if name not in found]
    if missing:
        raise ExplorerError(
            "The command {command} needs its argument {missing}; give it.", command=command.id, missing=missing[0]
        )
    return found


class Call(Struct, frozen=True, forbid_unknown_fields=True):
    """A command to do, as lessons and tests write it in JSON: {"id": "go_to", "arguments": {"cursor": 12}}."""

    id: str
    arguments: dict[str, Any] = {}


def named(*groups: Iterable[Command]) -> dict[str, Command]:
    """Commands by their ids, no two of which are the same."""
    every = [command for group in groups for command in group]
    found = {command.id: command for command in every}
    assert len(found) == len(every)
    return found


def apply(commands: Mapping[str, Command], calls: Iterable[Call], session: Session) -> None:
    """Do one command after another. Raises ExplorerError at the first that cannot be done; those before it are done."""
    for call in calls:
        check_known(call.id, commands, "command")
        commands[call.id].run(session, call.arguments)
