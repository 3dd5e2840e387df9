"""Say what numbers that may be symbols, or the other way round, are read as, and offer the other: `other_reading`."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from explorer.data.cells import is_one_hot
from explorer.data.choices import Choices, Kind
from explorer.data.source import MOST_NAMES, PARTED, Cell, is_number, number_in
from explorer.graph.output import Target
from explorer.language import tr
from explorer.wording import begun, listed

Step = Sequence[Cell]
_SIDES = {"inputs": tr("inputs"), "targets": tr("targets")}


class OtherReading(Struct, frozen=True):
    """How data can be read as well: `said` says how they are read now, `title` the other, `choices` choose it."""

    said: str
    title: str
    choices: Choices


def other_reading(
    choices: Choices, inputs: tuple[Target, Sequence[Step]], targets: tuple[Target, Sequence[Step]]
) -> OtherReading | None:
    """The other reading of all that can be read otherwise, by the kinds and the steps of inputs and targets."""
    sides = {"inputs": inputs, "targets": targets}
    unclear = {said: kind for said, (kind, cells) in sides.items() if _may_be_either(cells)}
    if not unclear:
        return None
    now = next(iter(unclear.values()))
    others: dict[str, Kind] = {
        said: _other(sides[said][1]) if kind is Target.SYMBOLS else "symbols"
        for said, kind in unclear.items()
        if (kind is Target.SYMBOLS) == (now is Target.SYMBOLS)
    }
    names = listed([_SIDES[side] for side in others])
    title = listed([Target(kind).called for kind in dict.fromkeys(others.values())])
    said = tr("{names} are read as {saying}, but could be {title}.", names=begun(names), saying=now.called, title=title)
    made = replace(choices, **{f"{side}_are": kind for side, kind in others.items()})
    return OtherReading(said, tr("Read as {title}", title=title), made)


def _may_be_either(steps: Sequence[Step]) -> bool:
    """Whether these are whole numbers of few values, or one-hot, that could name symbols as well as count something."""
    if any(len(step) > 1 for step in steps):
        return all(map(is_one_hot, steps))
    seen, found = set[str | float](), set[float]()
    for (cell,) in steps:
        if isinstance(cell, list):
            return False
        if cell in seen:
            continue
        seen.add(cell)
        if isinstance(cell, str) and (not is_number(cell) or any(mark in cell for mark in PARTED)):
            return False
        number = number_in(cell)
        found.add(number)
        if not number.is_integer() or len(found) > MOST_NAMES:
            return False
    return bool(found)


def _other(steps: Sequence[Step]) -> Kind:
    cells = [cell for step in steps for cell in step]
    return "bits" if all(not isinstance(cell, list) and number_in(cell) in (0.0, 1.0) for cell in cells) else "numbers"
