"""Write arrays and steps as Python source: numbers read back as exactly themselves."""

import re
import sys

import numpy as np

from explorer.graph.arrays import Array

WIDTH = 110
"""Columns of a line."""


def literal(array: Array, indent: int) -> str:
    """The numbers as nested lists; the lines after the first are set in by `indent`."""
    text = np.array2string(
        array + 0.0,  # which makes 0 of −0
        separator=", ",
        floatmode="unique",
        max_line_width=WIDTH - indent,
        threshold=sys.maxsize,
    )
    return re.sub("\n+", "\n" + " " * indent, text)


def plus(index: str, steps: int) -> str:
    """A step so much later (earlier, if negative)."""
    return f"{index} {'+' if steps > 0 else '-'} {abs(steps)}" if steps else index
