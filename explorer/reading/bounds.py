"""Know which numbers a setting can be: `Bounds`, which `declared` reads from the declaration of a record's fields."""

from collections.abc import Iterator, Mapping
from functools import cache
from math import inf
from typing import Any, get_args

from msgspec import Meta, Struct
from msgspec.structs import FieldInfo, fields, replace

from explorer.language import grouped, tr
from explorer.wording import either


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
        kind = tr("a whole number") if self.whole else tr("a number")
        if self.low == -inf and self.high == inf:
            return kind
        low, high = (grouped(end) if isinstance(end, int) else grouped(end, ",.10g") for end in (self.low, self.high))
        if self.high == inf:
            return tr("{kind} of at least {low}", kind=kind, low=low)
        if self.above:
            if self.below:
                return tr("{kind} above {low} and below {high}", kind=kind, low=low, high=high)
            return tr("{kind} above {low}, up to {high}", kind=kind, low=low, high=high)
        if self.below:
            return tr("{kind} from {low} to below {high}", kind=kind, low=low, high=high)
        return tr("{kind} from {low} to {high}", kind=kind, low=low, high=high)


class Setting(Struct, frozen=True):
    """A field as forms, messages and commands speak of it.

    `type` is that of the field; `kind` int or float, within `bounds`, or str; `optional`: it can be None, which is off.
    """

    name: str
    title: str
    help: str
    type: Any
    kind: type[int] | type[float] | type[str]
    default: Any
    bounds: Bounds
    optional: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The words from which one is to be chosen; none for a number or a text."""
        return tuple(part for part in _parts(self.type) if isinstance(part, str))


@cache
def declared(kind: type[Struct]) -> Mapping[str, Setting]:
    """The settings in a kind of record by name, and those in its records; of two of one name the one nearer to it."""
    own = _own(kind)
    inside = [declared(setting.type) for setting in own.values() if _is_record(setting.type)]
    return {name: setting for settings in (*reversed(inside), own) for name, setting in settings.items()}


@cache
def _own(kind: type[Struct]) -> Mapping[str, Setting]:
    return {field.name: _setting(field) for field in fields(kind)}


def out_of_bounds(kind: type[Struct], settings: Any, most: Mapping[str, float]) -> str | None:
    """A sentence about the first setting that is no number or word it can be; None if there is none.

    `settings` is a record of this kind, or what JSON holds of one; what is neither is passed over. `most`: smaller
    upper bounds by name.
    """
    for name, setting in _own(kind).items() if isinstance(settings, Mapping | Struct) else ():
        value = settings.get(name) if isinstance(settings, Mapping) else getattr(settings, name)
        if _is_record(setting.type):
            if found := out_of_bounds(setting.type, value, most):
                return found
            continue
        if setting.words and isinstance(value, str) and value not in setting.words:
            choices = either([word for word in setting.words if word])  # an empty one leaves the choice open
            return tr("'{setting}' is {value}; choose {bounds}.", setting=setting.title, value=value, bounds=choices)
        bounds = replace(setting.bounds, high=most.get(name, setting.bounds.high))
        numbers = tuple(value) if isinstance(value, list | tuple) else (value,)
        if any(isinstance(number, int | float) and number not in bounds for number in numbers):
            return tr(
                "'{setting}' is {value}; choose {bounds}.",
                setting=setting.title,
                value=value if value in numbers else numbers,
                bounds=bounds,
            )
    return None


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _setting(field: FieldInfo) -> Setting:
    parts = [*_parts(field.type)]
    metas = [part for part in parts if isinstance(part, Meta)]
    known = ("gt", "ge", "lt", "le", "title", "description")
    said = {key: value for meta in metas for key in known if (value := getattr(meta, key)) is not None}
    kind = next((kind for kind in (int, float) if kind in parts), str)
    low, high = said.get("gt", said.get("ge", -inf)), said.get("lt", said.get("le", inf))
    return Setting(
        name=field.name,
        title=said.get("title", field.name),
        help=said.get("description", ""),
        type=field.type,
        kind=kind,
        default=field.default,
        bounds=Bounds(low, high, whole=kind is int, above="gt" in said, below="lt" in said),
        optional=type(None) in parts,
    )


def _parts(hint: Any) -> Iterator[Any]:
    """A type, and all that it is made of."""
    yield hint
    for part in get_args(hint):
        yield from _parts(part)
