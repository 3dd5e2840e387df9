"""Read a schedule of scheduled sampling from the command line: KIND[:k=…,start=…,end=…,over=…,coin=…]."""

from collections.abc import Callable
from typing import Any

from explorer.errors import ExplorerError, suggest
from explorer.language import tr
from explorer.reading.bounds import declared
from explorer.reading.number import read_number, read_whole
from explorer.training.schedules import SCHEDULES, Schedule

_PARTS = declared(Schedule)
_COINS = _PARTS["coin"].words
_READ: dict[type, Callable[[str], float | str]] = {int: read_whole, float: read_number, str: str}


def schedule(text: str) -> Schedule:
    """The schedule that is written; ExplorerError for a name or number that is none."""
    kind, _, rest = text.partition(":")
    chosen = SCHEDULES.get(kind)
    if chosen is None:
        raise suggest(kind, SCHEDULES, tr("schedule"))
    found: dict[str, Any] = {"kind": kind, "k": chosen.first_k}
    for given in rest.split(",") if rest else ():
        name, equals, value = given.partition("=")
        if not equals:
            raise ExplorerError(f"--schedule holds {given!r}, which is not NAME=VALUE, such as end=0.2.")
        if name not in (parts := (*chosen.parts, "coin")):
            raise suggest(name, parts, f"part of a schedule that is {kind}")
        if name == "coin" and value not in _COINS:
            raise suggest(value, _COINS, tr("coin of a schedule"))
        try:
            found[name] = _READ[_PARTS[name].kind](value)
        except ExplorerError as error:
            kind_of = "whole number" if _PARTS[name].bounds.whole else "number"
            raise ExplorerError(f"The schedule's {name} must be a {kind_of}, not {value!r}.") from error
    return Schedule(**found)
