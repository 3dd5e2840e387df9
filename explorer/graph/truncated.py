"""Truncate BPTT at borders between windows of steps: states are carried over a border, gradients do not come back."""

from bisect import bisect_left

Borders = tuple[int, ...]
"""The last step of each window but the last one, rising; none where BPTT is whole."""


def crosses(borders: Borders, s: int, t: int) -> bool:
    """Whether a border lies between the steps s and t."""
    return bisect_left(borders, s) != bisect_left(borders, t)
