"""Read sequences by their names, as sheets and programs give them, x = (1, 2, 3) or x_1 = 1, x_2 = 2: `read_named`."""

import re
from collections.abc import Collection, Iterable

from msgspec import Struct

from explorer.data.sides import PARTING, numbers_in, parts
from explorer.data.source import LEFT_OUT, Cell, Pair, Refused, is_number, number_in
from explorer.errors import ExplorerError
from explorer.grouping import by_key
from explorer.language import tr
from explorer.reading.bodies import bodies, opened
from explorer.reading.number import quoted

INPUTS = ("x", "input", "inputs", "x_train", "data", "u")
TARGETS = ("target", "targets", "label", "class", "output", "outputs", "labels", "y", "y_train", "d", "t")
"""Names, the first of these before others: beside y, t counts steps."""
_CALL = re.compile(r"[A-Za-z_][\w.]*\(\[")
_BEGUN = re.compile(r"[(\[{\\]|[A-Za-z_][\w.]*\(")
_LIST = re.compile(r"[(\[{]\s*([^\W\d]\w*(?:[\s,;]+[^\W\d]\w*)*)[\s,;]*[)\]}]")
_QUOTED = re.compile(r"""'[^']+'|"[^"]+\"""")


class _Named(Struct, frozen=True):
    """What stands after one name: its index, as of x_1, and the steps."""

    name: str
    index: int | None
    line: int
    cells: list[Cell]


def read_named(text: str) -> tuple[list[Pair], list[Refused]] | None:
    """The sequences of a text in which all has a name, and what is neither input nor target; None for another text.

    Of two names the second is that of the targets. x_1, x_2, … are the steps of one sequence, each a number or a
    vector; a name that comes again begins another sequence.
    """
    found = _found(text)
    if not found:
        return None
    lines = {one.name: one.line for one in reversed(found)}
    x, y = roles([*dict.fromkeys(one.name for one in found)])
    sequences = _sequences(found, x, y)
    if sequences is None:
        return None
    if x is None:
        if any(one.index is not None for one in found):
            return None
        return [Pair(one.line, one.cells, None) for one in found], []
    others = [name for name in sequences if name not in (x, y, "t")]
    refused = [
        Refused(lines[name], tr("gives {name}, which is neither input nor target", name=name)) for name in others
    ]
    if y is None:
        return [Pair(lines[x], _upright(a, a), None) for a in sequences[x]], refused
    if len(sequences[x]) != len(sequences[y]):
        return None
    both = zip(sequences[x], sequences[y], strict=True)
    return [Pair(lines[x], _upright(a, b), _upright(b, a)) for a, b in both], refused


def is_named(text: str) -> bool:
    """Whether the names of inputs and targets stand in a text, x = … and y = …; of a name alone it may be any text."""
    try:
        found = read_named(text)
    except ExplorerError:
        return True  # which then says what it is about
    return found is not None and found[0][0].targets is not None


def are_roles(names: Collection[str]) -> bool:
    """Whether these are names of inputs and of targets and nothing else."""
    folded = {name.casefold() for name in names}
    return not folded.isdisjoint(INPUTS) and not folded.isdisjoint(TARGETS) and folded <= {*INPUTS, *TARGETS}


def _found(text: str) -> list[_Named] | None:
    """What each name stands for; None if anything has none, or is neither numbers nor symbols."""
    first = text.lstrip().partition("\n")[0]
    # An array alone, as numpy and PyTorch print it over several lines.
    printed = (first.startswith("[") and opened(first) > 0) or _CALL.match(first) is not None
    found = []
    for one in bodies(f"x = {text}" if printed else text):
        cells = _cells(one.name, one.text)
        if cells is None and one.equated and not printed and _BEGUN.match(one.text):
            raise ExplorerError(
                "What stands after {name} = cannot be read: {body}; write numbers there, parted by commas.",
                name=one.name,
                body=quoted(one.text),
            )
        if cells is None:
            return None
        found.append(_Named(one.name, one.index, one.line, cells))
    return found


def _cells(name: str, body: str) -> list[Cell] | None:
    """The steps that stand after a name: numbers, symbols in quotation marks or, after one that is known, any."""
    words = [*body] if len(body) > 1 and {*body} <= {"0", "1"} else parts(body)
    numbers = numbers_in(body) or (words if words and all(map(is_number, words)) else None)
    if numbers is not None:
        return [cell if isinstance(cell, list) or cell == LEFT_OUT else number_in(cell) for cell in numbers]
    if not body.isprintable():
        return None
    symbols = [symbol[1:-1] for symbol in _QUOTED.findall(body)]
    if symbols and not _QUOTED.sub("", body).strip(" ,;[](){}"):
        return [*(symbols if len(symbols) > 1 else symbols[0])]
    if name.casefold() in (*INPUTS, *TARGETS) and (listed := _LIST.fullmatch(body)):
        body, words = listed[1], parts(listed[1])
    if name.casefold() not in (*INPUTS, *TARGETS) or {*body} & {*"()[]{}\\=\"'"}:
        return None
    return [*(words if PARTING.search(body) else body)] or None


def _sequences(found: Iterable[_Named], x: str | None, y: str | None) -> dict[str, list[list[Cell]]] | None:
    """The sequences of each name; x_1, x_2, … are the steps of one, whose targets are left out where none is given.

    None if inputs leave a step out.
    """
    grouped = by_key(found, lambda one: one.name)
    sequences, inputs = dict[str, list[list[Cell]]](), list[int]()
    for name, group in sorted(grouped.items(), key=lambda item: item[0] != x):
        steps = {one.index: step for one in group if one.index is not None and (step := _step(one.cells)) is not None}
        if all(one.index is None for one in group):
            sequences[name] = [one.cells for one in group]
            continue
        places = [*range(min(steps, default=0), max(steps, default=0) + 1)]
        if name == x:
            inputs = places
        if name == y and {*steps} < {*inputs} and [*steps] != inputs[-1:]:
            places = inputs
        if len(steps) < len(group) or (name != y and len(places) > len(steps)):
            return None
        sequences[name] = [[steps.get(place, LEFT_OUT) for place in places]]
    return sequences


def _step(cells: list[Cell]) -> Cell | None:
    """The only entry of a step, or its numbers as a vector."""
    if len(cells) == 1:
        return cells[0]
    flat = [cell for cell in cells if isinstance(cell, float)]
    return flat if len(flat) == len(cells) else None


def roles(names: list[str]) -> tuple[str | None, str | None]:
    """The names of inputs and targets; of three or more they must be known."""
    known = {side: [n for one in side for n in names if n.casefold() == one] for side in (INPUTS, TARGETS)}
    x, y = (next(iter(known[side]), None) for side in (INPUTS, TARGETS))
    if len(names) == 1:
        return names[0], None
    if x is not None and x != y and (y is not None or len(names) > 2):
        return x, y
    return (names[0], names[1]) if len(names) == 2 else (None, None)


def _upright(steps: list[Cell], beside: list[Cell]) -> list[Cell]:
    """Vectors as rows, where what stands beside them shows that they are columns: of as many steps, or a row alone."""
    vectors = [step for step in steps if isinstance(step, list)]
    width = len(vectors[0]) if vectors else 0
    if len(vectors) < len(steps) or any(len(vector) != width for vector in vectors):
        return steps
    rows = len(beside) == len(steps) == 1 and isinstance(beside[0], list) and len(beside[0]) == width
    turned = rows or len(steps) != len(beside) == width
    return [*map(list, zip(*vectors, strict=True))] if turned else steps
