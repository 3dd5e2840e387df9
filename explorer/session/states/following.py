"""Measure how well each unit follows something that the task knows, over all steps of many sequences."""

import numpy as np
from numpy.typing import NDArray

from explorer.graph.arrays import Array
from explorer.tasks import Fact
from explorer.tasks.facts import UNKNOWN

CONSTANT = 1e-12
"""A unit that varies by no more than this share of its size is constant: what is left is rounding."""


def how_well(values: Array, fact: Fact) -> Array:
    """How well each unit of values (steps, B, n) follows a fact (steps, B): (n,), from 0 to 1.

    Of labels the correlation ratio η²: the share of a unit's variance that is between the labels' means. Of numbers the
    squared correlation r². Where something is unknown or not finite it is left out. NaN where there is nothing to
    measure: for a unit that is constant, or a fact that is.
    """
    known = _known(fact) & np.isfinite(values).all(2)
    units, told = values[known], fact.values[known]
    n = values.shape[2]
    if len(units) < 2 or (told == told[0]).all():
        return np.full(n, np.nan)
    largest = np.abs(units).max(0)
    scaled = units / np.where(largest > 0, largest, 1.0)  # else squares may overflow
    centred = scaled - scaled.mean(0)
    total = (centred**2).sum(0)
    constant = np.ptp(scaled, axis=0) <= CONSTANT
    explained = _between(centred, told) if fact.labelled else _along(centred, told.astype(float))
    share = np.clip(explained / np.where(constant, 1.0, total), 0.0, 1.0)
    return np.where(constant, np.nan, share)


def _known(fact: Fact) -> NDArray[np.bool_]:
    known: NDArray[np.bool_] = fact.values != UNKNOWN if fact.labelled else np.isfinite(fact.values)
    return known


def _between(centred: Array, labels: NDArray[np.intp]) -> Array:
    """The sum of squares between the labels' means."""
    _, places, counts = np.unique(labels, return_inverse=True, return_counts=True)
    sums = np.zeros((len(counts), centred.shape[1]))
    np.add.at(sums, places, centred)
    return np.asarray((sums**2 / counts[:, np.newaxis]).sum(0))


def _along(centred: Array, numbers: Array) -> Array:
    """The sum of squares along the line of best fit."""
    numbers = numbers - numbers.mean()
    return np.asarray((numbers @ centred) ** 2 / (numbers @ numbers))


def ranked(shares: Array) -> tuple[int, ...]:
    """The units, those first that follow best, and last those of which nothing is known."""
    return tuple(np.argsort(-np.nan_to_num(shares, nan=-1.0), kind="stable").tolist())
