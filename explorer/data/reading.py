"""Read data from a text: what there is, `read_source`, and by what is chosen about it the sequences, `understood`."""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from operator import attrgetter
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from explorer.data.cells import Column, never_changes, side_of
from explorer.data.choices import Choices
from explorer.data.data_set import DataSet, check
from explorer.data.json_data import read_json
from explorer.data.left_out import is_left_out, read_counted
from explorer.data.lines import ARROW, read_lines
from explorer.data.other_reading import OtherReading, other_reading
from explorer.data.rows import Raw, columns_chosen, hold_words, rows_as_sequences
from explorer.data.source import LEFT_OUT, Form, Pair, Refused, Source
from explorer.data.table import looks_like_table, read_table, with_tabs
from explorer.data.uncollected import uncollected
from explorer.errors import ExplorerError
from explorer.language import tr, trn

LARGEST = 10 * 2**20
"""Characters of a text of data."""
SERIES = 20
"""Steps from which on a single sequence is cut into windows, unless it is chosen otherwise."""
_NO_JSON = re.compile(rf"\s*\[[^\"{{}}\n]*({ARROW.pattern})|\s*\[[^\"{{}}]*[0-9.]\s+[-0-9.]")
"""Inputs in brackets and their targets, or numbers that nothing but blanks parts, as numpy prints them."""


class DataRead(Struct, frozen=True):
    """The data, with every choice as it was made or followed, and the lines that were left out."""

    data: DataSet
    choices: Choices
    refused: tuple[Refused, ...]
    other: OtherReading | None = None
    """How they can be read as well."""


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
    cells = (_of_columns if source.columns else _of_pairs)(source, choices)
    choices, ahead = cells.choices, int(cells.same) if cells.choices.ahead is None else cells.choices.ahead
    cells = _longer_than(ahead, cells)
    inputs, targets, weights = _sides(cells)
    pairs = [(x[: len(x) - ahead], y[ahead:]) for x, y in zip(inputs.steps, targets.steps, strict=True)]
    segment = _segment(source.pairs) if source.pairs and ahead == 0 else "T"
    apart = segment != "T"
    constant = not weights and never_changes([y for _, y in pairs])
    one_target = not apart and (constant if choices.one_target is None else choices.one_target)
    long = len(pairs) == 1 and len(pairs[0][0]) >= SERIES and not weights
    windows = not one_target and not apart and (long if choices.windows is None else choices.windows)
    data = DataSet(
        *(inputs.kind, targets.kind, inputs.names, targets.names),
        tuple((x, y[-1:] if one_target else y) for x, y in pairs),
        one_output=one_target,
        windows=windows,
        previous_target=targets is inputs and ahead == 1 and not one_target,
        name=name,
        inputs_in=segment,
        weights=tuple(each[-1:] if one_target else each[ahead:] for each in weights),
    )
    check(data)
    made = replace(choices, form=source.form, ahead=ahead, one_target=one_target, windows=windows)
    steps = (
        [step for one in cells.raw for step in side(one) if not (weights and is_left_out(step))] for side in _SIDES
    )
    other = other_reading(choices, *zip((inputs.kind, targets.kind), steps, strict=True))
    return DataRead(data, made, tuple(sorted((*source.refused, *cells.refused), key=lambda one: one.line)), other)


class _Cells(Struct, frozen=True):
    """Sequences of cells, the lines that are none, and the choices as they are followed."""

    raw: list[Raw]
    refused: list[Refused]
    choices: Choices
    same: bool
    """Whether the targets are the inputs."""
    units: tuple[tuple[str, ...] | str, tuple[str, ...] | str] = ("x", "y")


def _of_columns(source: Source, choices: Choices) -> _Cells:
    choices = columns_chosen(source, choices)
    assert choices.inputs is not None and choices.targets is not None
    units = choices.inputs, choices.targets
    raw, refused = rows_as_sequences(source, choices)
    if choices.one_target is None and hold_words(source, choices):
        choices = replace(choices, one_target=True)
    return _Cells(raw, refused, choices, choices.inputs == choices.targets, units)


def _of_pairs(source: Source, choices: Choices) -> _Cells:
    if choices.one_target is None and _written_once(source.pairs):
        choices = replace(choices, one_target=True)
    raw, refused = _pairs_as_sequences(source.pairs, choices)
    return _Cells(raw, refused, choices, all(one.targets is one.inputs for one in raw))


def _longer_than(ahead: int, cells: _Cells) -> _Cells:
    """The sequences of more steps than that; ExplorerError if there is none."""
    short = tr("is not longer than {steps}", steps=trn("1 step", "{n:,} steps", ahead))
    raw = [one for one in cells.raw if len(one.inputs) > ahead]
    refused = [*cells.refused, *(Refused(one.line, short) for one in cells.raw if len(one.inputs) <= ahead)]
    if not raw:
        why = tr(": line {line} {why}.", line=refused[0].line, why=refused[0].why) if refused else tr("; give others.")
        raise ExplorerError("No sequence is left of these data{why}", why=why)
    return replace(cells, raw=raw, refused=refused)


def _sides(cells: _Cells) -> tuple[Column, Column, Sequence[list[float]]]:
    """Inputs, targets, which are the inputs where both are read alike, and loss weights where some are left out."""
    raw, choices, (x_units, y_units) = cells.raw, cells.choices, cells.units
    y_also = choices.targets_also or (choices.inputs_also if cells.same else ())
    same = cells.same and (choices.inputs_are, choices.inputs_also) == (choices.targets_are, y_also)
    inputs = side_of(
        [one.inputs for one in raw], choices.inputs_are, x_units, choices.scaled, same, choices.inputs_also
    )
    if same:
        return inputs, inputs, ()
    told = [one.targets for one in raw]
    read = partial(side_of, kind=choices.targets_are, units=y_units, scaled=choices.scaled, predicted=True, also=y_also)
    return inputs, *((read(told), ()) if _is_symbol(raw, choices) else read_counted(told, read))


def _is_symbol(raw: Sequence[Raw], choices: Choices) -> bool:
    """Whether what stands for a target that is left out is a symbol of these data; it is none among numbers."""
    if choices.targets_are not in ("", "symbols"):
        return False
    told = (cell for one in raw for step in one.inputs for cell in step)
    return LEFT_OUT in told or LEFT_OUT in (*choices.inputs_also, *choices.targets_also)


def _written_once(pairs: Sequence[Pair]) -> bool:
    """Whether one target stands for each sequence."""
    once = all(pair.targets is not None and len(pair.targets) == 1 for pair in pairs)
    return once and any(len(pair.inputs) > 1 for pair in pairs)


def _pairs_as_sequences(pairs: Iterable[Pair], choices: Choices) -> tuple[list[Raw], list[Refused]]:
    """Sequences with as many targets as inputs, with one target, or with the inputs as targets of a step later.

    Or with another number of targets, where inputs are in a segment of their own.
    """
    raw, refused, one = [], [], choices.one_target
    pairs = list(pairs)
    apart = _segment(pairs) != "T"
    for pair in pairs:
        inputs = [cell if isinstance(cell, list) else [cell] for cell in pair.inputs]
        if pair.targets is None:
            raw.append(Raw(pair.line, inputs, inputs))
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
            raw.append(Raw(pair.line, inputs, targets if apart or not one else [*[targets[0]] * len(inputs)]))
    return raw, refused


def _segment(pairs: Sequence[Pair]) -> Literal["T", "T_x", "1"]:
    """In what segment of time the inputs are, see DataSet: several targets may follow one input, or others in number.

    Of these all sequences have so many inputs, and so many targets.
    """
    lengths = {(len(pair.inputs), 0 if pair.targets is None else len(pair.targets)) for pair in pairs}
    if any(targets < 2 or targets == inputs for inputs, targets in lengths):
        return "T"
    return "1" if {inputs for inputs, _ in lengths} == {1} else "T_x" if len(lengths) == 1 else "T"
