"""The arrays of a file by name (`Arrays`), and how large they may be."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.graph.arrays import Array
from explorer.language import tr

Arrays = Mapping[str, Array]

LARGEST = 256 * 2**20
"""Bytes that a file of weights may have, and that it may hold when unpacked."""
MOST_ARRAYS = 200
"""A network of one or two layers has a dozen; a file of more is that of another kind of model."""


def as_numbers(name: str, array: NDArray[np.generic]) -> Array:
    """The array in float64, one number as a vector; ExplorerError if it is not made of finite real numbers."""
    if array.dtype.kind not in "fiub":
        raise ExplorerError(
            "{name} is made of {kind}, not of real numbers; save it as floats", name=name, kind=_kind(array.dtype)
        )
    numbers = np.asarray(array, dtype=np.float64)
    wrong = np.argwhere(~np.isfinite(numbers))
    if len(wrong):
        place = "".join(f"[{i}]" for i in wrong[0])
        raise ExplorerError(
            "{name}{place} is {numbers:g}, no finite number; save weights from before",
            name=name,
            place=place,
            numbers=numbers[tuple(wrong[0])],
        )
    return np.atleast_1d(numbers)


def _kind(dtype: np.dtype[np.generic]) -> str:
    if dtype.kind == "O":
        return tr("Python objects, which are kept as a pickle and never opened")
    text = tr("text")
    return {"c": tr("complex numbers"), "U": text, "S": text, "V": tr("records")}.get(dtype.kind, str(dtype))
