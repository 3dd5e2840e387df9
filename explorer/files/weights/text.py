"""Read weights that a text gives to names, as a sheet does, W_hh = [[0.5, 1], [0, 2]]: `read_text`."""

import re
from collections.abc import Collection

from explorer.errors import ExplorerError
from explorer.files.weights.conventions import named_in_scripts
from explorer.files.weights.found import MOST_ARRAYS, Arrays, as_numbers
from explorer.graph.arrays import Array
from explorer.reading.array import read_matrix
from explorer.reading.bodies import bodies

_WEIGHT = re.compile(r"[UVWRb]_\w+|(?:weight|bias|kernel|recurrent_kernel)\w*")


def gives_weights(text: str) -> bool:
    """Whether a text gives numbers to names as weights have them, and to no inputs x (or u alone) or targets y."""
    return are_weights([one.name for one in bodies(text)])


def are_weights(names: Collection[str]) -> bool:
    """Whether weights have such names, and no inputs x (or u alone) or targets y stand beside them."""
    return (
        not {"x", "y"} & {*names}
        and {*names} != {"u"}
        and any(named_in_scripts(name) or _WEIGHT.fullmatch(name) for name in names)
    )


def read_text(text: str) -> Arrays:
    """The arrays of a text by name; ExplorerError names the one that cannot be read."""
    found: dict[str, Array] = {}
    for one in bodies(text)[: MOST_ARRAYS + 1]:
        name = one.name if one.index is None else f"{one.name}{one.index}"
        try:
            numbers = read_matrix(one.text)
        except ExplorerError as error:
            raise ExplorerError("{name}: {error}", name=name, error=error) from error
        found[name] = as_numbers(name, numbers)
    if not 0 < len(found) <= MOST_ARRAYS:
        raise ExplorerError("it gives no numbers to names, as W = [[0.5, 1], [0, 2]] does")
    return found
