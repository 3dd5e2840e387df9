"""Sequences of inputs and targets of which a task is made: `DataSet`, which is kept as JSON."""

from functools import lru_cache

import msgspec
from msgspec import Struct

from explorer.errors import ExplorerError, sentence
from explorer.graph.output import Target
from explorer.wording import counted, listed

MOST_SYMBOLS = 256
"""Each has a column in U or a row in V; nobody can look at more."""
LONGEST_WHOLE = 1000
"""Steps of a sequence that is not cut into windows: all of them are drawn."""
MOST_VALUES = 1_000_000
LARGEST_NUMBER = 1e12
"""Numbers are no larger: their squares, which a loss adds up, stay far from the end of float64."""
Steps = list[list[float]]
"""A row for each step: its numbers or bits, or the place of its symbol."""


class DataSet(Struct, frozen=True, forbid_unknown_fields=True):
    """What was read. `..._names` are those of the symbols, or of the units of a step.

    sequences: inputs and targets of each, of equal length, or a single target where there is `one_output`. With
    `windows` they are long, and learned in windows of any length. `previous_target`: x(t) is y(t − 1) throughout.
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

    @property
    def lengths(self) -> tuple[int, ...]:
        """The steps of each sequence."""
        return tuple(len(inputs) for inputs, _ in self.sequences)

    def said(self) -> str:
        """What it holds, in one sentence."""
        low, high = min(self.lengths), max(self.lengths)
        steps = counted(low, "step") if low == high else f"{low:,} to {high:,} steps"
        of = f"of {steps}" if not self.windows else f"of {steps}, cut into windows"

        def named(kind: Target, names: tuple[str, ...]) -> str:
            shown = listed(names) if len(names) <= 4 else f"{', '.join(names[:3])} and {len(names) - 3} more"
            return f"{'the symbols' if kind is Target.SYMBOLS else kind} {shown}"

        x, y = named(self.inputs, self.input_names), named(self.targets, self.output_names)
        one = "one target each, " if self.one_output else "targets "
        return f"{counted(len(self.sequences), 'sequence')} {of}; inputs {x}; {one}{y}."


def encoded(data: DataSet) -> str:
    """As a document keeps it."""
    return msgspec.json.encode(data).decode()


@lru_cache(maxsize=4)
def decoded(text: str) -> DataSet:
    """The data of a text that `encoded` wrote. Raises ExplorerError for one that does not hold together."""
    try:
        data = msgspec.json.decode(text.encode(errors="surrogatepass"), type=DataSet)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExplorerError(sentence(f"These data cannot be read: {error}")) from error
    check(data)
    return data


def check(data: DataSet) -> None:
    """Raise ExplorerError, in a sentence, for data of which no task can be made."""
    if not data.sequences:
        raise ExplorerError("There is no sequence in these data; give at least one.")
    if sum(len(inputs) * len(data.input_names) for inputs, _ in data.sequences) > MOST_VALUES:
        raise ExplorerError(f"These data have more than {MOST_VALUES:,} numbers or symbols; give a part of them.")
    sides = (data.inputs, data.input_names, "inputs"), (data.targets, data.output_names, "targets")
    for side, (kind, names, said) in enumerate(sides):
        least = 2 if kind is Target.SYMBOLS and side else 1
        if len(set(names)) < max(least, len(names)):
            raise ExplorerError(f"The {said} of these data are always {' '.join(names) or 'nothing'}; give others.")
        if len(names) > MOST_SYMBOLS:
            what = "symbols" if kind is Target.SYMBOLS else "units"
            raise ExplorerError(
                f"The {said} of these data are {len(names):,} different {what}, and at most {MOST_SYMBOLS} can be "
                "looked at; read them as numbers, or give fewer."
            )
        if any(not name.isprintable() or name.strip() != name or not name for name in names):
            raise ExplorerError(f"A name among the {said} of these data cannot be seen; give it another.")
        width = 1 if kind is Target.SYMBOLS else len(names)
        for number, pair in enumerate(data.sequences, 1):
            _check_steps(pair[side], kind, width, len(names), f"the {said} of sequence {number}")
    for number, (inputs, targets) in enumerate(data.sequences, 1):
        if len(targets) != (1 if data.one_output else len(inputs)):
            raise ExplorerError(f"Sequence {number} has {len(inputs)} steps and {len(targets)} targets; give as many.")
        if len(inputs) > LONGEST_WHOLE and not data.windows:
            raise ExplorerError(
                f"Sequence {number} has {len(inputs):,} steps, and at most {LONGEST_WHOLE:,} can be shown; cut the "
                "sequences into windows."
            )


def _check_steps(steps: Steps, kind: Target, width: int, symbols: int, where: str) -> None:
    if not steps:
        raise ExplorerError(f"There is nothing in {where}; leave it out.")
    for step in steps:
        if len(step) != width:
            raise ExplorerError(f"A step of {where} has {len(step)} numbers, and others {width}; give all alike.")
        for value in step:
            fits = (
                value.is_integer() and 0 <= value < symbols if kind is Target.SYMBOLS
                else value in (0.0, 1.0) if kind is Target.BITS
                else abs(value) <= LARGEST_NUMBER
            )  # fmt: skip
            if not fits:
                raise ExplorerError(f"{value:g} cannot be among {where}, which are {kind}; mend it or leave it out.")
