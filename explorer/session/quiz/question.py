"""Hold a question about what comes next, with its answer; and tell whether two numbers are far enough apart to ask."""

from collections.abc import Iterable

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike

from explorer.graph.analyse.events import Event
from explorer.graph.arrays import Array
from explorer.session.equations.figures import figures

TIE = 1e-9
"""Numbers nearer than this are a tie, which nobody is asked about: rounding would decide it."""

MOST_OPTIONS = 3


class Question(Struct, frozen=True):
    """Two or three options, the place of the right one, and why it is; `event`, if it is about what comes next."""

    event: Event | None
    text: str
    options: tuple[str, ...]
    answer: int
    explanation: str


def among(right: str, wrong: Iterable[str], text: str, why: str, rng: np.random.Generator) -> Question | None:
    """A question with the right answer somewhere among at most two wrong ones; None if there is no wrong one."""
    others = [option for option in dict.fromkeys(wrong) if option != right]
    if not others:
        return None
    kept = [others[i] for i in sorted(rng.permutation(len(others))[: MOST_OPTIONS - 1])]
    kept.insert(int(rng.integers(len(kept) + 1)), right)
    return Question(None, text, tuple(kept), kept.index(right), why)


def differ(a: float, b: float) -> bool:
    """Whether both are finite and more than a tie apart."""
    return bool(np.isfinite(a) and np.isfinite(b) and abs(a - b) > TIE)


def tell_apart(a: float, b: float) -> bool:
    """Whether somebody who thinks could tell which of two sizes is larger: they are a tenth of the larger apart."""
    return differ(a, b) and abs(a - b) > max(abs(a), abs(b)) / 10


def clear_entry(array: ArrayLike, rng: np.random.Generator) -> tuple[int, ...] | None:
    """The index of an entry, drawn from those whose sign is beyond doubt; None if there is none."""
    values = np.asarray(array, float)
    found = np.argwhere(np.isfinite(values) & (np.abs(values) > TIE))
    return tuple(int(i) for i in found[rng.integers(len(found))]) if len(found) else None


def said(value: float | Array) -> str:
    """A number as it is written elsewhere, with its sign and power of ten."""
    return figures(np.asarray(value, float)).written().strip("()")
