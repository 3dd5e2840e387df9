"""Check a declaration as it is written: `check`, which says what is no such thing as its field takes."""

from collections.abc import Callable, Iterator
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields

from explorer.errors import ExplorerError, refuse
from explorer.graph.architecture import Architecture
from explorer.graph.refs import factors, refs_in
from explorer.language import tr
from explorer.wording import either

_LONGEST = 40


def check(architecture: Architecture) -> None:
    """Raise ExplorerError about the first slip: a value of a wrong kind, a size nothing gives, a node not there."""
    refuse(next(_faults(architecture, ()), None))
    known = ("n_h", *(node.size for node in architecture.nodes if node.given), *architecture.lengths)
    for node in architecture.nodes:
        if not {*factors(node.size)} <= {*known}:
            raise ExplorerError(
                "The node {node} has {size} units, which nothing decides; give it the size of another, {known}.",
                node=node.name,
                size=node.size,
                known=either([*dict.fromkeys(known)]),
            )
        for ref in refs_in(node.operation.sources):
            try:
                architecture.node(ref.name)
            except ExplorerError as error:
                raise ExplorerError(
                    "The node {node} reads {name}: {error}", node=node.name, name=ref.name, error=error
                ) from error


def _faults(record: Struct, around: tuple[Struct, ...]) -> Iterator[str]:
    """A sentence for each field that holds what it cannot, `around` being the records it stands in."""
    place = *around, record
    for name, hint, fits in _fields(type(record)):
        value = getattr(record, name)
        if not fits(value):
            yield tr(
                "{where}: {name} is {value}, and must be {said}{mended}.",
                where=_where(place),
                name=name,
                value=_short(value),
                said=_said(hint),
                mended=_mended(value, hint),
            )
        for inside in value if isinstance(value, tuple) else (value,):
            if isinstance(inside, Struct):
                yield from _faults(inside, place)


def _where(place: tuple[Struct, ...]) -> str:
    """The last of these records by its name, or by what it stands in."""
    record, kind = place[-1], type(place[-1]).__name__
    called = getattr(record, "name", "") or getattr(record, "id", "")
    return f"{kind} {called}" if called else tr("{kind} in {where}", kind=kind, where=_where(place[:-1]))


@cache
def _fields(kind: type[Struct]) -> tuple[tuple[str, Any, Callable[[object], bool]], ...]:
    """The fields of a kind of record: name, what it takes, and what tells whether a value is that."""
    return tuple((field.name, field.type, _test(field.type)) for field in fields(kind))


@cache
def _test(hint: Any) -> Callable[[object], bool]:
    """Tells whether a value is of this kind."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        kinds = tuple(kind for kind in parts if isinstance(kind, type))
        others = [_test(part) for part in parts if not isinstance(part, type)]
        plain = (*kinds, int) if float in kinds else kinds
        return lambda value: isinstance(value, plain) or any(other(value) for other in others)
    if origin is Literal:
        return lambda value: value in parts
    if origin is tuple:
        inside = _test(parts[0])
        return lambda value: isinstance(value, tuple) and all(map(inside, value))
    kind = (int, float) if hint is float else origin or hint
    return (lambda value: isinstance(value, kind)) if isinstance(kind, type | tuple) else lambda _: True


def _said(hint: Any) -> str:
    """A kind of value, in words."""
    parts = get_args(hint)
    if get_origin(hint) is tuple:
        return tr("a tuple of {name}s", name=_name(parts[0]))
    if get_origin(hint) in (Union, UnionType):
        return either([_name(part) for part in parts])
    return _name(hint)


def _name(kind: Any) -> str:
    names = {str: "text", int: tr("whole number"), float: "number", bool: tr("True or False"), NoneType: "None"}
    return names.get(kind) or str(getattr(kind, "__name__", kind))


def _mended(value: object, hint: Any) -> str:
    """How to write it, where that is a matter of a comma or of brackets."""
    if get_origin(hint) is not tuple:
        return ""
    if isinstance(value, list):
        return tr(": write it in round brackets")
    if isinstance(value, get_args(hint)[0]):
        return tr(": a comma after it makes it a tuple of one")
    return ""


def _short(value: object) -> str:
    said = repr(value)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
