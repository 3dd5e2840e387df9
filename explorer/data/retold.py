"""Write data as a text from which they are read again, so that they can be changed: `retold`."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import msgspec
from msgspec.structs import replace

from explorer.data.cells import letters
from explorer.data.choices import Choices
from explorer.data.data_set import DataSet, Steps
from explorer.data.reading import read_data
from explorer.data.source import LEFT_OUT
from explorer.errors import ExplorerError
from explorer.graph.output import Target

MOST_CELLS = 20_000
"""Of more than these nothing is written: nobody changes them by hand, and to try takes time."""
_Side = list[object]
"""Symbols, numbers, or lists of them."""
_Written = tuple[_Side, _Side | None]
"""Inputs and targets of a sequence; no targets: they are the inputs to come."""


def retold(data: DataSet) -> tuple[str, Choices] | None:
    """A text, and the choices by which exactly these data are read from it; None if there is none, or they are many."""
    if sum(len(step) for pair in data.sequences for side in pair for step in side) > MOST_CELLS:
        return None
    if not data.previous_target and data.output_names == letters("x", len(data.output_names)):
        data = replace(
            data, output_names=letters("y", len(data.output_names))
        )  # in documents saved before they are x, too
    symbols = data.inputs is Target.SYMBOLS, data.targets is Target.SYMBOLS
    said = Choices(
        ahead=int(data.previous_target),
        one_target=data.one_output,
        windows=data.windows,
        inputs_are=data.inputs.value,
        targets_are=data.targets.value,
        inputs_also=data.input_names if symbols[0] else (),
        targets_also=data.output_names if symbols[1] else (),
    )
    for text, chosen in _ways(data, said):
        for choices in (Choices(), chosen):
            try:
                if read_data(text, choices, data.name).data == data:
                    return text, choices
            except ExplorerError:
                continue
    return None


def _ways(data: DataSet, said: Choices) -> Iterator[tuple[str, Choices]]:
    """One sequence a line, by characters or in words, a table, and JSON, which can say all but the names of columns."""
    written = [_sequence(data, x, y, weights) for (x, y), weights in zip_longest(data.sequences, data.weights)]
    for parting in (" ",) if Target.NUMBERS in (data.inputs, data.targets) else ("", " "):
        sides = ([parting.join(map(str, side)) for side in pair if side is not None] for pair in written)
        yield "\n".join(" -> ".join(pair) for pair in sides), said
    yield _table(data, written, said)
    items = ({"inputs": x} | ({} if y is None else {"targets": y}) for x, y in written)
    yield "[" + ",\n".join(msgspec.json.encode(item).decode() for item in items) + "]", said


def _table(data: DataSet, written: Sequence[_Written], said: Choices) -> tuple[str, Choices]:
    """A row for each step, with the number of its sequence where there are several."""
    x_names = ("x",) if data.inputs is Target.SYMBOLS else data.input_names
    y_names = ("y",) if data.targets is Target.SYMBOLS else data.output_names
    apart = ["sequence"] if len(written) > 1 else []
    rows: list[_Side] = [[*apart, *x_names, *(() if data.previous_target else y_names)]]
    for number, (x, y) in enumerate(written, 1):
        beside = [[]] * len(x) if y is None else y * len(x) if data.one_output else y
        first = [number] if apart else []
        rows += [[*first, *_cells(a), *_cells(b)] for a, b in zip(x, beside, strict=False)]
    targets = x_names if data.previous_target else y_names
    columns = replace(said, inputs=x_names, targets=targets, sequence="".join(apart))
    return "\n".join(",".join(map(str, row)) for row in rows), columns


def _sequence(data: DataSet, inputs: Steps, targets: Steps, weights: Sequence[float] | None) -> _Written:
    x = _side(data.inputs, data.input_names, inputs)
    y = _side(data.targets, data.output_names, targets)
    y = [step if weight else LEFT_OUT for step, weight in zip(y, weights or [1.0] * len(y), strict=True)]
    return ([*x, y[-1]], None) if data.previous_target else (x, y)


def _side(kind: Target, names: Sequence[str], steps: Steps) -> _Side:
    if kind is Target.SYMBOLS:
        return [names[int(place)] for (place,) in steps]
    numbers = [[int(value) if value.is_integer() else value for value in step] for step in steps]
    return [step[0] if len(step) == 1 else step for step in numbers]


def _cells(step: object) -> _Side:
    return step if isinstance(step, list) else [step]
