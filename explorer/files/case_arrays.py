"""Turn the nested lists of a case into arrays, and refuse those that do not fit with the place of the first fault."""

import numpy as np
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.files.case_faults import shape_fault
from explorer.graph.arrays import Array
from explorer.language import tr
from explorer.wording import by_size


def as_array(nested: object, shape: tuple[int, ...], where: str) -> Array:
    """Nested lists as an array of this shape; ExplorerError names the place where they are of another."""
    try:
        array = np.array(nested, dtype=np.float64)
        fits = array.shape == shape
    except ValueError:  # ragged
        fits = False
    except OverflowError as error:
        raise ExplorerError("{where} holds a number that is too large; give those of float64.", where=where) from error
    if not fits:
        wanted = by_size(shape) if len(shape) != 1 else tr("a list of {shape}", shape=shape[0])
        raise ExplorerError(
            "{fault}; by the sizes {where} is {wanted}.",
            fault=shape_fault(nested, shape, where),
            where=where,
            wanted=wanted,
        )
    return array


def refuse(array: Array, wrong: NDArray[np.bool_], where: str, rule: str) -> None:
    """Raise ExplorerError with the first entry that is wrong, if any is, and where it stands."""
    found = np.argwhere(wrong)
    if len(found):
        place = "".join(f"[{i}]" for i in found[0])
        raise ExplorerError(
            "{where}{place} is {array:g}; {rule}.", where=where, place=place, array=array[tuple(found[0])], rule=rule
        )
