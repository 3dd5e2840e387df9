"""Run prepared calls in two threads where there is much to do: numpy computes without holding up the other thread."""

import os
from collections.abc import Iterable, Sequence
from contextvars import copy_context
from functools import cache
from typing import TYPE_CHECKING

from explorer.graph.arrays import Call
from explorer.graph.schedule import Component

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_WORTH_IT = 5
"""Blocks (see `Memory.blocks`) from which a second thread gains."""


def two_pay(blocks: int, components: Iterable[Component]) -> bool:
    """Whether two threads are sooner done with so many blocks of steps.

    Where anything runs step by step they are not: what one thread wrote has to come out of its cache into the other's.
    """
    return blocks >= _WORTH_IT and cores() > 1 and not any(component.direction for component in components)


def side_by_side(calls: Sequence[Call], others: Sequence[Call]) -> None:
    """Run the calls, and the others in a thread of their own if it comes to it; return when all have ended."""
    # What the caller has set up, such as what is done about overflows, holds for the other thread too.
    helping = _helper().submit(copy_context().run, _run, others)
    try:
        _run(calls)
    finally:
        begun = not helping.cancel()  # or all cores are busy
        if begun:
            helping.exception()  # waits: whatever goes wrong here, nothing goes on there
    if begun:
        helping.result()
    else:
        _run(others)


def _run(calls: Sequence[Call]) -> None:
    for call in calls:
        call()


@cache
def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _helper() -> "ThreadPoolExecutor":
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, "lane")
