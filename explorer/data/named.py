"""Read sequences by their names, as sheets and programs give them, x = (1, 2, 3) or x_1 = 1, x_2 = 2: `read_named`."""

import re
from collections.abc import Collection, Iterable

from msgspec import Struct

from explorer.data.sides import PARTING, numbers_in, parts
from explorer.data.source import LEFT_OUT, Cell, Pair, Refused, is_number, number_in
from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.number import quoted
from explorer.reading.sheet import plainly

INPUTS = ("x", "input", "inputs", "x_train", "data", "u")
TARGETS = ("target", "targets", "label", "class", "output", "outputs", "labels", "y", "y_train", "d", "t")
"""Names, the first of these before others: beside y, t counts steps."""
_NAME = re.compile(r"(?<![^\s,;&$])([A-Za-z]\w*?)_?([0-9]+)?[ ]*(?:=(?!=)|<-|:(?!\w)|\t)")
_CALL = re.compile(r"[A-Za-z_][\w.]*\(\[")
_QUOTED = re.compile(r"""'([^']+)'|"([^"]+)\"""")
_BEGINNING = 200
LONGEST = 100_000
"""Characters of a text up to which names are looked for."""
_BETWEEN = re.compile(
    r"(?:[\s,;.&$]|\\\\|\\q?quad|\\[,;!]|\b(?:and|und)\b|\\(?:begin|end)\s*\{(?:align|equation|gather)(?:ed)?\*?\})*"
)


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
    begins = _NAME.search(plainly(text.lstrip()[:_BEGINNING])) or _printed(text)
    found = _found(plainly(text)) if begins and len(text) <= LONGEST else None
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
    whole, text = text, f"x = {text}" if _printed(text) else text
    names, end, depth = [], 0, 0
    for match in _NAME.finditer(text):
        depth, end = depth + _opened(text[end : match.start()]), match.start()
        if depth == 0:
            names.append(match)
    if not names or not _BETWEEN.fullmatch(text[: names[0].start()]):
        return None
    found = []
    for match, end in zip(names, [*(name.start() for name in names[1:]), len(text)], strict=True):
        body = text[match.end() : end]
        cells = _cells(match[1], body)
        if (
            cells is None
            and not _printed(whole)
            and match[0].endswith("=")
            and body.lstrip()[:1] in ("(", "[", "{", "\\")
        ):
            raise ExplorerError(
                "What stands after {name} = cannot be read: {body}; write numbers there, parted by commas.",
                name=match[1],
                body=quoted(body),
            )
        if cells is None:
            return None
        line = text.count("\n", 0, match.start()) + 1
        found.append(_Named(match[1], None if match[2] is None else int(match[2]), line, cells))
    return found


def _printed(text: str) -> bool:
    """Whether this can be an array, as numpy and PyTorch print it over several lines."""
    first = text.lstrip().partition("\n")[0]
    return (first.startswith("[") and _opened(first) > 0) or _CALL.match(first) is not None


def _opened(text: str) -> int:
    """How many brackets more are open at the end of a text than at its beginning."""
    return sum(map(text.count, "([{")) - sum(map(text.count, ")]}"))


def _cells(name: str, body: str) -> list[Cell] | None:
    """The steps that stand after a name: numbers, symbols in quotation marks or, after one that is known, any."""
    body = body[: next(m.start() for m in _BETWEEN.finditer(body) if m.end() == len(body))].lstrip()
    words = [*body] if len(body) > 1 and {*body} <= {"0", "1"} else parts(body)
    numbers = numbers_in(body) or (words if words and all(map(is_number, words)) else None)
    if numbers is not None:
        return [cell if isinstance(cell, list) or cell == LEFT_OUT else number_in(cell) for cell in numbers]
    if not body.isprintable():
        return None
    quoted = [one or other for one, other in _QUOTED.findall(body)]
    if quoted and not _QUOTED.sub("", body).strip(" ,[]()"):
        return [*(quoted if len(quoted) > 1 else quoted[0])]
    if name.casefold() not in (*INPUTS, *TARGETS) or {*body} & {*"()[]{}\\=\"'"}:
        return None
    return [*(words if PARTING.search(body) else body)] or None


def _sequences(found: Iterable[_Named], x: str | None, y: str | None) -> dict[str, list[list[Cell]]] | None:
    """The sequences of each name; x_1, x_2, … are the steps of one, whose targets are left out where none is given.

    None if inputs leave a step out.
    """
    grouped: dict[str, list[_Named]] = {}
    for one in found:
        grouped.setdefault(one.name, []).append(one)
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
