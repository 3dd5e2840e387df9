"""Compare what a case computes with what it says is `expected`: `check` finds the largest difference and its place."""

import msgspec
import numpy as np

from explorer.errors import ExplorerError, check_known
from explorer.files.case import Case, Result
from explorer.files.case_arrays import as_array
from explorer.graph.arrays import Array
from explorer.language import tr, trn
from explorer.reading.json_faults import in_words

TOLERANCE = 1e-10
"""The largest difference that rounding explains: relative to the expected number where that is above 1."""


class Expected(Result, frozen=True, forbid_unknown_fields=True):
    """The layout of `expected`: as much of a `Result` as somebody knows."""


class Comparison(msgspec.Struct, frozen=True):
    """How far the case is from what is expected: the place where it is furthest, and how many numbers differ."""

    numbers: int
    differing: int
    place: str
    computed: float
    expected: float

    @property
    def agrees(self) -> bool:
        return self.differing == 0

    @property
    def sentence(self) -> str:
        """What was found, in one sentence."""
        difference = abs(self.computed - self.expected)
        if self.agrees:
            return trn(
                "The one number under expected agrees; the largest difference is {difference:.1e}, at {place}.",
                "All {n} numbers under expected agree; the largest difference is {difference:.1e}, at {place}.",
                self.numbers,
                difference=difference,
                place=self.place,
            )
        return trn(
            "1 of {numbers} under expected differs; the worst is {place}, which is {computed!r} and not {expected!r}, "
            "a difference of {difference:.1e}.",
            "{n} of {numbers} under expected differ; the worst is {place}, which is {computed!r} and not {expected!r}, "
            "a difference of {difference:.1e}.",
            self.differing,
            numbers=trn("1 number", "{n:,} numbers", self.numbers),
            place=self.place,
            computed=self.computed,
            expected=self.expected,
            difference=difference,
        )


def check(case: Case, result: Result) -> Comparison:
    """Compare everything under `expected`; ExplorerError if there is nothing, or something that is not computed."""
    pairs = _pairs(_expected(case), result)
    if not any(expected.size for _, expected, _ in pairs):
        raise ExplorerError("The case has nothing under expected to compare with; add it, such as the loss.")
    numbers = differing = 0
    worst, found = -1.0, ("", 0.0, 0.0)
    for place, expected, computed in pairs:
        if not expected.size:
            continue
        off = np.abs(computed - expected) / np.maximum(1.0, np.abs(expected))
        numbers += off.size
        differing += int((off > TOLERANCE).sum())
        at = np.unravel_index(int(off.argmax()), off.shape)
        if off[at] > worst:
            worst = float(off[at])
            indices = "".join(f"[{i}]" for i in at)
            found = f"{place}{indices}", float(computed[at]), float(expected[at])
    return Comparison(numbers, differing, *found)


def _expected(case: Case) -> Expected:
    if not bytes(case.expected):
        return Expected()
    try:
        return msgspec.json.decode(case.expected, type=Expected)
    except (msgspec.DecodeError, RecursionError) as error:
        fault = in_words(bytes(case.expected), error)
        raise ExplorerError("What the case says under expected cannot be understood: {fault}.", fault=fault) from error


def _pairs(wanted: Expected, result: Result) -> list[tuple[str, Array, Array]]:
    """The place, the expected and the computed numbers of everything that is expected."""
    pairs: list[tuple[str, Array, Array]] = []

    def add(place: str, expected: object, computed: object) -> None:
        array = np.array(computed, dtype=np.float64)
        pairs.append((place, as_array(expected, array.shape, place), array))

    for name in Expected.__struct_fields__:
        expected, computed = getattr(wanted, name), getattr(result, name)
        if not isinstance(expected, dict):
            if expected is not None and computed is None:
                raise ExplorerError(
                    "expected gives {name}, but a network without an output has none; leave it out.", name=name
                )
            if expected is not None:
                add(f"expected.{name}", expected, computed)
            continue
        for key, numbers in expected.items():
            check_known(key, computed, tr("entry of {name}", name=name))
            add(f"expected.{name}.{key}", numbers, computed[key])
    return pairs
