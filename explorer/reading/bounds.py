"""Know which numbers a setting can be: `Bounds`, which `declared` reads from the declaration of a record's fields."""

from collections.abc import Iterator, Mapping
from functools import cache
from math import inf
from typing import Any, get_type_hints

from msgspec import Struct, inspect
from msgspec.structs import replace

_NOTHING: Mapping[str, float] = {}


class Bounds(Struct, frozen=True):
    """The numbers from `low` to `high`; `above` and `below` leave these themselves out."""

    low: float = -inf
    high: float = inf
    whole: bool = False
    above: bool = False
    below: bool = False

    def __contains__(self, value: float) -> bool:
        enough = value > self.low if self.above else value >= self.low
        little = value < self.high if self.below else value <= self.high
        return enough and little and not (self.whole and value % 1)

    def __str__(self) -> str:
        """In words, as in "a whole number from 1 to 4,096"."""
        kind = "a whole number" if self.whole else "a number"
        low, high = (f"{end:,}" if isinstance(end, int) else f"{end:,.10g}" for end in (self.low, self.high))
        if self.high == inf:
            return f"{kind} of at least {low}"
        if self.above:
            return f"{kind} above {low}{' and below' if self.below else ', up to'} {high}"
        return f"{kind} from {low} to {'below ' if self.below else ''}{high}"


class Setting(Struct, frozen=True):
    """A field as forms, messages and commands speak of it.

    `type`: that of the field. `kind`: int or float, within `bounds`, or str; `optional`: it can be None, which is off.
    """

    name: str
    title: str
    help: str
    type: Any
    kind: type[int] | type[float] | type[str]
    default: Any
    bounds: Bounds
    optional: bool


def declared(kind: type[Struct]) -> dict[str, Setting]:
    """The settings in a kind of record by name, and those in its records; of two of one name the one nearer to it."""
    found: dict[str, Setting] = {}
    for setting, inside in _fields(kind):
        found |= {} if inside is None else {name: one for name, one in declared(inside).items() if name not in found}
        found[setting.name] = setting
    return found


def out_of_bounds(kind: type[Struct], settings: Any, most: Mapping[str, float] = _NOTHING) -> str | None:
    """A sentence about the first setting that is no number it can be; None if there is none.

    `settings` is a record of this kind, or what JSON holds of one; what is no number is passed over. `most`: smaller
    upper bounds by name.
    """
    for setting, inside in _fields(kind) if isinstance(settings, Mapping | Struct) else ():
        name = setting.name
        value = settings.get(name) if isinstance(settings, Mapping) else getattr(settings, name)
        if inside is not None and (found := out_of_bounds(inside, value, most)):
            return found
        bounds = replace(setting.bounds, high=most[name]) if name in most else setting.bounds
        numbers = value if isinstance(value, list | tuple) else (value,)
        if any(isinstance(number, int | float) and number not in bounds for number in numbers):
            shown = tuple(value) if isinstance(value, list) else value  # as a record has what JSON has as a list
            return f"'{setting.title}' is {shown}; choose {bounds}."
    return None


@cache
def _fields(kind: type[Struct]) -> tuple[tuple[Setting, type[Struct] | None], ...]:
    """The fields of a kind of record, each with the kind of record that it is, if it is one."""
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)
    types = get_type_hints(kind, include_extras=True)
    return tuple((_setting(field, types[field.name]), _record(field.type)) for field in described.fields)


def _record(type: inspect.Type) -> type[Struct] | None:
    return type.cls if isinstance(type, inspect.StructType) else None


def _setting(field: inspect.Field, type: Any) -> Setting:
    words: dict[str, str] = {}
    kind: type[int] | type[float] | type[str] = str
    bounds, optional = Bounds(), False
    for part in _parts(field.type):
        match part:
            case inspect.Metadata():
                words = (part.extra_json_schema or {}) | words
            case inspect.IntType() | inspect.FloatType():
                bounds, kind = _bounds(part), int if isinstance(part, inspect.IntType) else float
            case inspect.NoneType():
                optional = True
    title, help = words.get("title", field.name), words.get("description", "")
    return Setting(field.name, title, help, type, kind, field.default, bounds, optional)


def _parts(type: inspect.Type) -> Iterator[inspect.Type]:
    """What a type is made of, as far as that can hold a number."""
    yield type
    match type:
        case inspect.Metadata():
            yield from _parts(type.type)
        case inspect.UnionType():
            for one in type.types:
                yield from _parts(one)
        case inspect.TupleType():
            yield from _parts(type.item_types[0])


def _bounds(number: inspect.IntType | inspect.FloatType) -> Bounds:
    low, high = (number.ge if number.gt is None else number.gt), (number.le if number.lt is None else number.lt)
    return Bounds(
        low=-inf if low is None else low,
        high=inf if high is None else high,
        whole=isinstance(number, inspect.IntType),
        above=number.gt is not None,
        below=number.lt is not None,
    )
