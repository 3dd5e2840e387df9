"""Run prepared calls in two threads where there is much to do: numpy computes without holding up the other thread."""

import os
from collections.abc import Sequence
from contextvars import copy_context
from functools import cache
from typing import TYPE_CHECKING

from explorer.graph.arrays import Call

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_WORTH_IT = 4
"""Blocks (see `Memory.blocks`) from which a second thread gains: it begins some 50 µs later, and a block takes more."""


def two_pay(blocks: int) -> bool:
    """Whether so many blocks are done sooner by two threads."""
    return blocks >= _WORTH_IT and _cores() > 1


def side_by_side(calls: Sequence[Call], others: Sequence[Call]) -> None:
    """Run the calls, and the others in a thread of their own; return when both have ended."""
    # What the caller has set up, such as what is done about overflows, holds for the other thread too.
    helping = _helper().submit(copy_context().run, _run, others)
    _run(calls)
    helping.result()


def _run(calls: Sequence[Call]) -> None:
    for call in calls:
        call()


@cache
def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _helper() -> "ThreadPoolExecutor":
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, "lane")
