"""Read data from a text: what there is, `read_source`, and by what is chosen about it the sequences, `understood`."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from operator import attrgetter
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from explorer.data.cells import never_changes, side_of
from explorer.data.choices import Choices
from explorer.data.data_set import LARGEST_NUMBER, DataSet, check
from explorer.data.json_data import read_json
from explorer.data.left_out import is_left_out, read_counted
from explorer.data.lines import ARROW, read_lines
from explorer.data.other_reading import OtherReading, other_reading
from explorer.data.source import (
    LEFT_OUT,
    Cell,
    Form,
    Pair,
    Refused,
    Source,
    is_number,
    nameless,
    number_in,
    plain_numbers,
)
from explorer.data.table import looks_like_table, read_table, with_tabs
from explorer.data.uncollected import uncollected
from explorer.errors import ExplorerError, check_known
from explorer.language import tr, trn
from explorer.reading.number import quoted

LARGEST = 10 * 2**20
"""Characters of a text of data."""
SERIES = 20
"""Steps from which on a single sequence is cut into windows, unless it is chosen otherwise."""
_NO_JSON = re.compile(rf"\s*\[[^\"{{}}\n]*({ARROW.pattern})|\s*\[[^\"{{}}]*[0-9.]\s+[-0-9.]")
"""Inputs in brackets and their targets, or numbers that nothing but blanks parts, as numpy prints them."""
_SEQUENCE_NAMES = ("sequence", "seq", "series", "id", "group", "sequence_id", "trial", "episode")
_STEP_NAMES = ("t", "step", "time")
_TARGET_NAMES = ("target", "targets", "label", "class", "output", "y")
"""A column that is called so is the target, the first of these before others: beside a label, y is an input like x."""


class DataRead(Struct, frozen=True):
    """The data, with every choice as it was made or followed, and the lines that were left out."""

    data: DataSet
    choices: Choices
    refused: tuple[Refused, ...]
    other: OtherReading | None = None
    """How they can be read as well."""


class _Raw(Struct, frozen=True):
    """A sequence before it is known of what kind its cells are; each step has as many cells as there are units."""

    line: int
    inputs: Sequence[Sequence[Cell]]
    targets: Sequence[Sequence[Cell]]


_SIDES = attrgetter("inputs"), attrgetter("targets")


@uncollected()
def read_source(text: str, form: Form | None = None) -> Source:
    """What a text holds, by its form: JSON, a table with a header, or symbols with one sequence a line."""
    if len(text) > LARGEST:
        raise ExplorerError(
            "This text has {count:,} characters, and at most {most:,} are read; give a part.",
            count=len(text),
            most=LARGEST,
        )
    if not text.strip():
        raise ExplorerError("There are no data here; paste some, or choose a file.")
    text = text.removeprefix("\ufeff")
    if form == "json" or (form is None and text.lstrip()[:1] in "[{" and not _NO_JSON.match(text)):
        return read_json(text)
    if form != "symbols":
        table = with_tabs(text)
        if form == "table" or looks_like_table(table):
            return read_table(table)
    return read_lines(text)


def read_data(text: str, choices: Choices | None = None, name: str = "") -> DataRead:
    """The data of a text; ExplorerError, in a sentence, if there are none."""
    choices = choices or Choices()
    return understood(read_source(text, choices.form), choices, name)


@uncollected()
def understood(source: Source, choices: Choices, name: str = "") -> DataRead:
    """The sequences of a source as they are chosen to be read."""
    units: tuple[tuple[str, ...] | str, tuple[str, ...] | str] = "x", "y"
    if source.columns:
        choices = _columns_chosen(source, choices)
        assert choices.inputs is not None and choices.targets is not None
        units = choices.inputs, choices.targets
        raw, refused = _rows_as_sequences(source, choices)
        same = choices.inputs == choices.targets
        if choices.one_target is None and _hold_words(source, choices):
            choices = replace(choices, one_target=True)
    else:
        if choices.one_target is None and _written_once(source.pairs):
            choices = replace(choices, one_target=True)
        raw, refused = _pairs_as_sequences(source.pairs, choices)
        same = all(one.targets is one.inputs for one in raw)
    ahead = choices.ahead if choices.ahead is not None else int(same)
    short = tr("is not longer than {steps}", steps=trn("1 step", "{n:,} steps", ahead))
    refused += [Refused(one.line, short) for one in raw if len(one.inputs) <= ahead]
    raw = [one for one in raw if len(one.inputs) > ahead]
    if not raw:
        why = tr(": line {line} {why}.", line=refused[0].line, why=refused[0].why) if refused else tr("; give others.")
        raise ExplorerError("No sequence is left of these data{why}", why=why)
    targets_also = choices.targets_also or (choices.inputs_also if same else ())
    asked_x, asked_y = (choices.inputs_are, choices.inputs_also), (choices.targets_are, targets_also)
    same = same and asked_x == asked_y
    inputs = side_of([one.inputs for one in raw], asked_x[0], units[0], choices.scaled, same, asked_x[1])
    targets, weights, told = inputs, tuple[list[float], ...](), [one.targets for one in raw]
    if not same:
        read = partial(side_of, kind=asked_y[0], units=units[1], scaled=choices.scaled, predicted=True, also=asked_y[1])
        targets, weights = (read(told), ()) if _is_symbol(raw, choices) else read_counted(told, read)
    pairs = [(x[: len(x) - ahead], y[ahead:]) for x, y in zip(inputs.steps, targets.steps, strict=True)]
    segment = _segment(source.pairs) if source.pairs and ahead == 0 else "T"
    apart = segment != "T"
    constant = not weights and never_changes([y for _, y in pairs])
    one_target = choices.one_target if choices.one_target is not None else constant
    one_target = one_target and not apart
    long = len(pairs) == 1 and len(pairs[0][0]) >= SERIES and not weights
    windows = choices.windows if choices.windows is not None else long
    windows = windows and not one_target and not apart
    data = DataSet(
        *(inputs.kind, targets.kind, inputs.names, targets.names),
        tuple((x, y[-1:] if one_target else y) for x, y in pairs),
        one_output=one_target,
        windows=windows,
        previous_target=same and ahead == 1 and not one_target,
        name=name,
        inputs_in=segment,
        weights=tuple(each[-1:] if one_target else each[ahead:] for each in weights),
    )
    check(data)
    made = replace(choices, form=source.form, ahead=ahead, one_target=one_target, windows=windows)
    steps = ([step for one in raw for step in side(one) if not (weights and is_left_out(step))] for side in _SIDES)
    other = other_reading(choices, *zip((inputs.kind, targets.kind), steps, strict=True))
    return DataRead(data, made, tuple(sorted((*source.refused, *refused), key=lambda one: one.line)), other)


def _is_symbol(raw: Sequence[_Raw], choices: Choices) -> bool:
    """Whether what stands for a target that is left out is a symbol of these data; it is none among numbers."""
    if choices.targets_are not in ("", "symbols"):
        return False
    told = (cell for one in raw for step in one.inputs for cell in step)
    return LEFT_OUT in told or LEFT_OUT in (*choices.inputs_also, *choices.targets_also)


def _columns_chosen(source: Source, choices: Choices) -> Choices:
    """Which columns are what, where that is left open: by their names, else the last one is the target."""
    columns = source.columns
    for chosen in (*(choices.inputs or ()), *(choices.targets or ()), *filter(None, [choices.sequence])):
        check_known(chosen, columns, tr("column"))
    sequence = choices.sequence
    if sequence is None:
        named = (column for column in columns if column.casefold() in _SEQUENCE_NAMES)
        sequence = next((column for column in named if len(columns) > 1), "")
    rest = [column for column in columns if column != sequence]
    rest = [column for column in rest if not _counts_steps(source, column)] or rest
    targets = choices.targets
    if targets is None:
        named = (column for name in _TARGET_NAMES for column in rest if column.casefold() == name)
        targets = (next(named, rest[-1]),)
    inputs = choices.inputs
    if inputs is None:
        inputs = tuple(column for column in rest if column not in targets and _numeric(source, column))
        inputs = inputs or tuple(column for column in rest if column not in targets)[:1] or targets
    if not inputs or not targets:
        raise ExplorerError("Choose at least one column of inputs and one of targets.")
    if choices.ahead is None and inputs == targets:
        choices = replace(choices, ahead=1)
    return replace(choices, inputs=inputs, targets=targets, sequence=sequence)


def _numeric(source: Source, column: str) -> bool:
    place = source.columns.index(column)
    cells = [cell for _, row in source.rows if (cell := row[place]) not in ("", LEFT_OUT)]
    if plain_numbers(cells) is not None:
        return True
    # 3/4 is rather a date than a fraction in a table.
    counts = Counter(cells).items()
    return sum(count for cell, count in counts if is_number(cell) and "/" not in cell) >= 0.5 * len(cells)


def _counts_steps(source: Source, column: str) -> bool:
    """Whether a column only counts the rows: one without a name, as pandas and R write it, or t with 1, 2, 3, …

    Targets t may be 0, 0, 1, 0, which are bits.
    """
    place = source.columns.index(column)
    if column == nameless(place + 1):
        return True
    if column.casefold() not in _STEP_NAMES:
        return False
    cells = [cells[place] for _, cells in source.rows]
    if {*cells} <= {"0", "1"} and len(cells) > len({*cells}):
        return False
    if cells[0] not in ("0", "1") or not all(map(str.isdecimal, cells)):
        return False
    return all(after in (str(int(before) + 1), cells[0]) for before, after in pairwise(cells))


def _rows_as_sequences(source: Source, choices: Choices) -> tuple[list[_Raw], list[Refused]]:
    """The rows of each sequence in the order in which they stand; rows with an empty or odd cell are refused."""
    assert choices.inputs is not None and choices.targets is not None
    places = [[source.columns.index(name) for name in side] for side in (choices.inputs, choices.targets)]
    by = source.columns.index(choices.sequence) if choices.sequence else None
    numeric = {place: _numeric(source, source.columns[place]) for side in places for place in side}
    for side, said, kind in zip(
        places, (tr("inputs"), tr("targets")), (choices.inputs_are, choices.targets_are), strict=True
    ):
        worded = [source.columns[place] for place in side if not numeric[place]]
        if worded and len(side) > 1:
            raise ExplorerError(
                "The column {column} holds words, which can be {said} only alone; choose it alone, or leave it out.",
                column=worded[0],
                said=said,
            )
        for place in side:
            numeric[place] = numeric[place] and kind != "symbols"
    words, apart = _hold_words(source, choices), {*places[0]}.isdisjoint(places[1])
    (inputs, faults), (targets, target_faults) = (_read_columns(source, side, numeric) for side in places)
    for at, why in target_faults.items():
        if not apart or any(source.rows[at][1][place] not in ("", LEFT_OUT) for place in places[1]):
            faults.setdefault(at, why)
    sequences: dict[str | int, tuple[int, list[list[Cell]], list[list[Cell]]]] = {}
    for at, ((line, cells), x, y) in enumerate(zip(source.rows, inputs, targets, strict=True)):
        if at in faults:
            continue
        of: str | int = line if words else cells[by] if by is not None else ""
        steps: list[list[Cell]] = [[word] for word in str(x[0]).split()] if words else [x]
        _, before, beside = sequences.setdefault(of, (line, [], []))
        before += steps
        beside += [y] * len(steps)
    raw = [_Raw(*sequence) for sequence in sequences.values()]
    return raw, [Refused(source.rows[at][0], why) for at, why in sorted(faults.items())]


def _read_columns(
    source: Source, places: Sequence[int], numeric: Mapping[int, bool]
) -> tuple[list[list[Cell]], dict[int, str]]:
    """The cells of each row in these columns, and why those of some rows cannot be read; there `LEFT_OUT` stands."""
    columns, faults = list[Sequence[Cell]](), dict[int, str]()
    for place in places:
        cells = [row[place] for _, row in source.rows]
        numbers = plain_numbers(cells) if numeric[place] else None
        if numbers is not None and all(abs(number) <= LARGEST_NUMBER for number in numbers):
            columns.append(numbers)
            continue
        found: list[Cell] = []
        for at, cell in enumerate(cells):
            try:
                found.append(_cell(cell, source.columns[place], numeric[place]))
            except ExplorerError as error:
                found.append(LEFT_OUT)
                faults.setdefault(at, str(error))
        columns.append(found)
    return [[*row] for row in zip(*columns, strict=True)], faults


def _hold_words(source: Source, choices: Choices) -> bool:
    """Whether each row is a sequence of its own, a text beside its label."""
    if choices.inputs is None or len(choices.inputs) > 1 or choices.inputs == choices.targets:
        return False
    if choices.sequence and len({row[source.columns.index(choices.sequence)] for _, row in source.rows}) < len(
        source.rows
    ):
        return False
    place = source.columns.index(choices.inputs[0])
    texts = sum(" " in row[place] and row[place][:1].isalpha() for _, row in source.rows)
    return 2 * texts > len(source.rows)


def _cell(cell: str, column: str, numeric: bool) -> Cell:
    if not cell:
        raise ExplorerError("has nothing in the column {column}", column=column)
    if not numeric:
        if not cell.isprintable():
            raise ExplorerError("has a character that cannot be seen in the column {column}", column=column)
        return cell
    try:
        number = number_in(cell)
    except ExplorerError as error:
        raise ExplorerError("has no number in the column {column}: {error}", column=column, error=error) from error
    if not abs(number) <= LARGEST_NUMBER:  # also catches NaN
        raise ExplorerError(
            "has no finite number of ordinary size in the column {column}, but {cell}", column=column, cell=quoted(cell)
        )
    return number


def _written_once(pairs: Sequence[Pair]) -> bool:
    """Whether one target stands for each sequence."""
    once = all(pair.targets is not None and len(pair.targets) == 1 for pair in pairs)
    return once and any(len(pair.inputs) > 1 for pair in pairs)


def _pairs_as_sequences(pairs: Iterable[Pair], choices: Choices) -> tuple[list[_Raw], list[Refused]]:
    """Sequences with as many targets as inputs, with one target, or with the inputs as targets of a step later.

    Or with another number of targets, where inputs are in a segment of their own.
    """
    raw, refused, one = [], [], choices.one_target
    pairs = list(pairs)
    apart = _segment(pairs) != "T"
    for pair in pairs:
        inputs = [cell if isinstance(cell, list) else [cell] for cell in pair.inputs]
        if pair.targets is None:
            raw.append(_Raw(pair.line, inputs, inputs))
            continue
        targets = [cell if isinstance(cell, list) else [cell] for cell in pair.targets]
        wanted = len(targets) if apart else 1 if one else len(inputs)
        if len(targets) != wanted:
            said = tr(
                "has {inputs} and {targets}",
                inputs=trn("1 input", "{n:,} inputs", len(inputs)),
                targets=trn("1 target", "{n:,} targets", len(targets)),
            )
            refused.append(Refused(pair.line, tr("{said}, not {wanted}", said=said, wanted=wanted)))
        else:
            raw.append(_Raw(pair.line, inputs, targets if apart or not one else [*[targets[0]] * len(inputs)]))
    return raw, refused


def _segment(pairs: Sequence[Pair]) -> Literal["T", "T_x", "1"]:
    """In what segment of time the inputs are, see DataSet: several targets may follow one input, or others in number.

    Of these all sequences have so many inputs, and so many targets.
    """
    lengths = {(len(pair.inputs), 0 if pair.targets is None else len(pair.targets)) for pair in pairs}
    if any(targets < 2 or targets == inputs for inputs, targets in lengths):
        return "T"
    return "1" if {inputs for inputs, _ in lengths} == {1} else "T_x" if len(lengths) == 1 else "T"
