"""Read a schedule of scheduled sampling from the command line: KIND[:k=…,start=…,end=…,over=…,coin=…]."""

from typing import Any

from explorer.errors import ExplorerError, suggest
from explorer.language import tr
from explorer.reading.bounds import declared
from explorer.training.settings import FIRST_K, SCHEDULE_PARTS, Schedule

_PARTS = declared(Schedule)
_CHOICES = {name: _PARTS[name].words for name in ("kind", "coin")}


def schedule(text: str) -> Schedule:
    """The schedule that is written; ExplorerError for a name or number that is none."""
    kind, _, rest = text.partition(":")
    if kind not in _CHOICES["kind"]:
        raise suggest(kind, _CHOICES["kind"], tr("schedule"))
    found: dict[str, Any] = {"kind": kind, "k": FIRST_K.get(kind)}
    for given in rest.split(",") if rest else ():
        name, equals, value = given.partition("=")
        if not equals:
            raise ExplorerError(f"--schedule holds {given!r}, which is not NAME=VALUE, such as end=0.2.")
        if name not in (parts := (*SCHEDULE_PARTS[kind], "coin")):
            raise suggest(name, parts, f"part of a schedule that is {kind}")
        if name == "coin" and value not in _CHOICES["coin"]:
            raise suggest(value, _CHOICES["coin"], tr("coin of a schedule"))
        try:
            found[name] = _PARTS[name].kind(value)
        except ValueError as error:
            kind_of = "whole number" if _PARTS[name].bounds.whole else "number"
            raise ExplorerError(f"The schedule's {name} must be a {kind_of}, not {value!r}.") from error
    return Schedule(**found)
