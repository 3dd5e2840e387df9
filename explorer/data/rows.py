"""Make sequences of the rows of a table: which columns are what, `columns_chosen`, and `rows_as_sequences`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from explorer.data.choices import Choices
from explorer.data.data_set import LARGEST_NUMBER
from explorer.data.source import LEFT_OUT, Cell, Refused, Source, is_number, nameless, number_in, plain_numbers
from explorer.errors import ExplorerError, check_known
from explorer.language import tr
from explorer.reading.number import quoted

_SEQUENCE_NAMES = ("sequence", "seq", "series", "id", "group", "sequence_id", "trial", "episode")
_STEP_NAMES = ("t", "step", "time")
_TARGET_NAMES = ("target", "targets", "label", "class", "output", "y")
"""A column that is called so is the target, the first of these before others: beside a label, y is an input like x."""


class Raw(Struct, frozen=True):
    """A sequence before it is known of what kind its cells are; each step has as many cells as there are units."""

    line: int
    inputs: Sequence[Sequence[Cell]]
    targets: Sequence[Sequence[Cell]]


def columns_chosen(source: Source, choices: Choices) -> Choices:
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


def rows_as_sequences(source: Source, choices: Choices) -> tuple[list[Raw], list[Refused]]:
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
    words, apart = hold_words(source, choices), {*places[0]}.isdisjoint(places[1])
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
    raw = [Raw(*sequence) for sequence in sequences.values()]
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


def hold_words(source: Source, choices: Choices) -> bool:
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
