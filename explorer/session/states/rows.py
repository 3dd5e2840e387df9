"""Run the network that is shown on examples of its task one after another, to write them out symbol by symbol."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
from msgspec import Struct

from explorer.graph.arrays import Array
from explorer.session.document import Shown, chances
from explorer.session.states.many import Many, facts_at, many_values
from explorer.tasks import Fact, Task, all_known
from explorer.tasks.declared import Drawn

SYMBOLS, FEWEST, MOST = 480, 4, 32
"""About so many symbols of all examples together, and how few or many examples there are."""
_TRIED = 4
"""So many times as many numbers are looked through for examples that differ and have as many steps."""


class ReadLine(Struct, frozen=True, eq=False):
    """One example: what a node is at each of its steps, (steps, n), what is read there, and what is known.

    `read` and `known` are texts, "" where there is nothing; `shown`: it is the sequence of the graph, with its edits.
    """

    number: int
    shown: bool
    values: Array
    read: tuple[str, ...]
    known: tuple[str, ...]


class Examples(Struct, frozen=True, eq=False):
    """Some examples of one task and length, by their numbers, drawn side by side."""

    numbers: tuple[int, ...]
    many: Many


def examples_of(shown: Shown) -> Examples:
    """Those from the first on, or from the one that is shown where it is not among these."""
    document, T = shown.document, shown.trace.T
    count = min(max(FEWEST, SYMBOLS // T), MOST)
    start = 0 if document.example < count else document.example
    return _examples(shown.task, T, start, count)


@lru_cache(maxsize=4)
def _examples(task: Task, T: int, start: int, count: int) -> Examples:
    found: dict[bytes, tuple[int, Drawn]] = {}
    for number in range(start, start + _TRIED * count):
        if task.length_of(number) in (None, T) and len(found) < count:
            drawn = task.example(number, T)
            found.setdefault(drawn.tobytes(), (number, drawn))
    numbers = tuple(number for number, _ in found.values())
    together = np.concatenate([drawn for _, drawn in found.values()], 1)
    uniform = np.concatenate([chances(number, T) for number in numbers], 1)
    return Examples(numbers, Many(task.encode(together), all_known(task, together), uniform))


def lines(shown: Shown, examples: Examples, node: str, fact: str | None) -> tuple[ReadLine, ...]:
    """The examples as a node sees them, and the value at each step of the fact of this id, if it is known there."""
    values, facts = many_values(shown, examples.many)[node], facts_at(shown, examples.many.facts, node)
    mine = facts_at(shown, all_known(shown.task, shown.draft.drawn), node)
    here = examples.numbers.index(shown.document.example) if shown.document.example in examples.numbers else None
    found = [
        _line(number, b == here, values[:, b], facts, fact, b)
        if b != here
        else _line(number, True, shown.trace.values[node][:, 0], mine, fact, 0)
        for b, number in enumerate(examples.numbers)
    ]
    if here is None:
        found.insert(0, _line(shown.document.example, True, shown.trace.values[node][:, 0], mine, fact, 0))
    return tuple(found)


def _line(number: int, shown: bool, values: Array, facts: Iterable[Fact], fact: str | None, b: int) -> ReadLine:
    facts, steps = tuple(facts), range(1, len(values) + 1)
    chosen = next((one for one in facts if one.id == fact), None)
    known = tuple("" if chosen is None else said_of(chosen, t, b) for t in steps)
    return ReadLine(number, shown, values, tuple("".join(_read(facts, t, b)) for t in steps), known)


def _read(facts: tuple[Fact, ...], t: int, b: int) -> Iterator[str]:
    """What is read at a step, else what is asked for; several numbers are too many to write."""
    for kind in ("read", "target"):
        told = [fact for fact in facts if fact.id == kind or fact.id.startswith(f"{kind}_")]
        if told:
            if all(fact.labelled for fact in told) or len(told) == 1:
                yield from (said_of(fact, t, b, ".1f") for fact in told)
            return


def said_of(fact: Fact, t: int, b: int, form: str = ".2g") -> str:
    """A fact at a step, counted from 1: its name, or a number in this form; "" where it is unknown."""
    if fact.labelled:
        return fact.name(t, b)
    value = float(fact.values[t - 1, b])
    return "" if np.isnan(value) else f"{value:{form}}".replace("-", "−")
