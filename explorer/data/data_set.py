"""Sequences of inputs and targets of which a task is made: `DataSet`, which is kept as JSON."""

from functools import lru_cache
from itertools import chain
from math import sin, sqrt
from typing import Literal

import msgspec
from msgspec import Struct

from explorer.data.uncollected import uncollected
from explorer.errors import ExplorerError
from explorer.graph.output import Target
from explorer.graph.tree import Tree
from explorer.language import tr, trn
from explorer.reading.json_faults import in_words
from explorer.reading.json_text import NOT_JSON
from explorer.wording import listed

MOST_SYMBOLS = 256
"""Each has a column in U or a row in V; nobody can look at more."""
LONGEST_WHOLE = 1000
"""Steps of a sequence that is not cut into windows: all of them are drawn."""
MOST_VALUES = 1_000_000
LARGEST_NUMBER = 1e12
"""Numbers are no larger: their squares, which a loss adds up, stay far from the end of float64."""
Steps = list[list[float]]
"""A row for each step: its numbers or bits, or the place of its symbol."""


class DataSet(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was read. `..._names` are those of the symbols, or of the units of a step.

    sequences: inputs and targets of each, of equal length, or a single target where there is `one_output`. With
    `windows` they are long, and learned in windows of any length. `previous_target`: x(t) is y(t − 1) throughout.
    inputs_in: the segment of time that inputs are in, as `Span.length` names it; in one of their own, or once, there
    are as many inputs in every sequence. weights, trees: of each sequence, if they are given, the loss weight of each
    target, and the children of each inner node as in `Tree`.
    """

    inputs: Target
    targets: Target
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    sequences: tuple[tuple[Steps, Steps], ...]
    one_output: bool = False
    windows: bool = False
    previous_target: bool = False
    name: str = ""
    inputs_in: Literal["T", "T_x", "1"] = "T"
    weights: tuple[list[float], ...] = ()
    trees: tuple[list[tuple[int, int]], ...] = ()

    @property
    def lengths(self) -> tuple[int, ...]:
        """The steps of each sequence; of its targets, where inputs are in a segment of their own."""
        return tuple(len(inputs if self.inputs_in == "T" else targets) for inputs, targets in self.sequences)

    def said(self) -> str:
        """What it holds, in one sentence."""
        low, high = min(self.lengths), max(self.lengths)
        steps = (
            trn("1 step", "{n:,} steps", low) if low == high else tr("{low:,} to {high:,} steps", low=low, high=high)
        )
        of = tr("of {steps}", steps=steps) if not self.windows else tr("of {steps}, cut into windows", steps=steps)

        def named(kind: Target, names: tuple[str, ...]) -> str:
            n, shown = len(names), listed(names, most=4)
            return {
                Target.SYMBOLS: trn("the symbol {names}", "the symbols {names}", n, names=shown),
                Target.BITS: trn("the bit {names}", "the bits {names}", n, names=shown),
                Target.NUMBERS: trn("the number {names}", "the numbers {names}", n, names=shown),
            }[kind]

        x, y = named(self.inputs, self.input_names), named(self.targets, self.output_names)
        one = tr("one target each") if self.one_output else tr("targets")
        more = (
            [tr("after {inputs}", inputs=trn("1 input", "{n:,} inputs", len(self.sequences[0][0])))]
            if self.inputs_in != "T"
            else []
        )
        more += [tr("with a tree each")] if self.trees else []
        counts = [weight for weights in self.weights for weight in weights]
        if counts and {*counts} <= {0.0, 1.0}:
            more += [trn("1 target left out of the loss", "{n:,} targets left out of the loss", counts.count(0.0))]
        elif counts:
            more += [tr("with loss weights")]
        beside = "".join(f", {one}" for one in more)
        return tr(
            "{sequences} {of}{beside}; inputs: {x}; {one}: {y}.",
            sequences=trn("1 sequence", "{n:,} sequences", len(self.sequences)),
            of=of,
            beside=beside,
            x=x,
            one=one,
            y=y,
        )


def sample() -> DataSet:
    """Two swings of different periods on top of each other, of which the next value is asked for."""
    values = [[round(sin(0.5 * t) + 0.5 * sin(0.5 * sqrt(5) * t), 2)] for t in range(121)]
    kind, names, pairs = Target.NUMBERS, ("swing",), ((values[:-1], values[1:]),)
    return DataSet(kind, kind, names, names, pairs, windows=True, previous_target=True, name="sample")


def encoded(data: DataSet) -> str:
    """As a document keeps it."""
    return msgspec.json.encode(data).decode()


@lru_cache(maxsize=4)
@uncollected()
def decoded(text: str) -> DataSet:
    """The data of a text that `encoded` wrote. Raises ExplorerError for one that does not hold together."""
    content = text.encode(errors="surrogatepass")
    try:
        data = msgspec.json.decode(content, type=DataSet)
    except NOT_JSON as error:
        raise ExplorerError("These data cannot be read: {fault}.", fault=in_words(content, error)) from error
    check(data)
    return data


def check(data: DataSet) -> None:
    """Raise ExplorerError, in a sentence, for data of which no task can be made."""
    if not data.sequences:
        raise ExplorerError("There is no sequence in these data; give at least one.")
    if sum(len(inputs) * len(data.input_names) for inputs, _ in data.sequences) > MOST_VALUES:
        raise ExplorerError(
            "These data have more than {most:,} numbers or symbols; give a part of them.", most=MOST_VALUES
        )
    sides = (data.inputs, data.input_names, tr("inputs")), (data.targets, data.output_names, tr("targets"))
    for side, (kind, names, said) in enumerate(sides):
        least = 2 if kind is Target.SYMBOLS and side else 1
        if len(set(names)) < max(least, len(names)):
            also = (
                tr("give others") if kind is not Target.SYMBOLS else tr("give others, or say what they could also be")
            )
            raise ExplorerError(
                "The {said} of these data are always {names}; {also}.",
                said=said,
                names=" ".join(names) or tr("nothing"),
                also=also,
            )
        if len(names) > MOST_SYMBOLS:
            what = tr("symbols") if kind is Target.SYMBOLS else tr("units")
            raise ExplorerError(
                "The {said} of these data are {names:,} different {what}, and at most {most} can be looked "
                "at; read them as numbers, or give fewer.",
                said=said,
                names=len(names),
                what=what,
                most=MOST_SYMBOLS,
            )
        if any(not name.isprintable() or name.strip() != name or not name for name in names):
            raise ExplorerError("A name among the {said} of these data cannot be seen; give it another.", said=said)
        width = 1 if kind is Target.SYMBOLS else len(names)
        for number, pair in enumerate(data.sequences, 1):
            _check_steps(pair[side], kind, width, len(names), said, number)
    _check_lengths(data)
    _check_weights_and_trees(data)


def _check_lengths(data: DataSet) -> None:
    apart = data.inputs_in != "T"
    if apart and (data.one_output or data.windows):
        raise ExplorerError("Inputs in a segment of their own go with targets at every step; give whole sequences.")
    first = len(data.sequences[0][0]) if data.inputs_in == "T_x" else 1
    for number, ((inputs, targets), steps) in enumerate(zip(data.sequences, data.lengths, strict=True), 1):
        if apart and len(inputs) != first:
            raise ExplorerError(
                "Sequence {number} has {inputs}, not {first}; give as many.",
                number=number,
                inputs=trn("1 input", "{n:,} inputs", len(inputs)),
                first=first,
            )
        if len(targets) != (1 if data.one_output else steps):
            raise ExplorerError(
                "Sequence {number} has {inputs} steps and {targets} targets; give as many.",
                number=number,
                inputs=len(inputs),
                targets=len(targets),
            )
        if max(len(inputs), steps) > LONGEST_WHOLE and not data.windows:
            raise ExplorerError(
                "Sequence {number} has {inputs:,} steps, and at most {most:,} can be shown; cut the "
                "sequences into windows.",
                number=number,
                inputs=len(inputs),
                most=LONGEST_WHOLE,
            )


def _check_weights_and_trees(data: DataSet) -> None:
    for given, said in ((data.weights, tr("loss weights")), (data.trees, tr("a tree"))):
        if given and data.windows:
            raise ExplorerError("Only a whole sequence has {said}; do not cut it into windows.", said=said)
        if given and len(given) != len(data.sequences):
            raise ExplorerError(
                "Every whole sequence has {said}, or none has; give {count} of them.",
                said=said,
                count=len(data.sequences),
            )
    for number, (weights, (_, targets)) in enumerate(zip(data.weights, data.sequences, strict=False), 1):
        if len(weights) != len(targets) or not all(0 <= weight <= LARGEST_NUMBER for weight in weights):
            each = tr("each of its {targets}", targets=trn("1 target", "{n:,} targets", len(targets)))
            raise ExplorerError(
                "Sequence {number} needs a loss weight, 0 or more, for {each}; give as many.", number=number, each=each
            )
    for number, (tree, (inputs, _)) in enumerate(zip(data.trees, data.sequences, strict=False), 1):
        if Tree(tuple(tree)).leaves != len(inputs):
            leaves = trn("1 leaf", "{n:,} leaves", len(inputs))
            raise ExplorerError(
                "The tree of sequence {number} has not {leaves}; give one over all its inputs.",
                number=number,
                leaves=leaves,
            )


def _check_steps(steps: Steps, kind: Target, width: int, symbols: int, said: str, number: int) -> None:
    def fits(value: float) -> bool:
        if kind is Target.SYMBOLS:
            return value.is_integer() and 0 <= value < symbols
        return value in (0.0, 1.0) if kind is Target.BITS else abs(value) <= LARGEST_NUMBER

    different = {*chain.from_iterable(steps)}  # of many steps there are few values, or all are checked once
    if steps and {*map(len, steps)} == {width} and all(map(fits, different)):
        return
    where = tr("the {said} of sequence {number}", said=said, number=number)
    if not steps:
        raise ExplorerError("There is nothing in {where}; leave it out.", where=where)
    for step in steps:
        if len(step) != width:
            raise ExplorerError(
                "A step of {where} has {count} numbers, and others {width}; give all alike.",
                where=where,
                count=len(step),
                width=width,
            )
        for value in step:
            if not fits(value):
                raise ExplorerError(
                    "{value:g} cannot be among {where}, which are {kind}; mend it or leave it out.",
                    value=value,
                    where=where,
                    kind=kind.called,
                )
