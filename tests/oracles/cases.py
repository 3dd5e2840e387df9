"""A small valid case as plain data, to be broken in every way."""

import copy
from typing import Any

CASE: dict[str, Any] = {
    "architecture": "hidden_and_output",
    "activation": "tanh",
    "feedback": "teacher_forcing",
    "sizes": {"n_x": 2, "n_h": 3, "n_y": 2, "T": 3, "B": 1},
    "parameters": {
        "b": [0.1, -0.2, 0.3],
        "W": [[0.5, -0.1, 0.2], [0.3, 0.4, -0.6], [0.0, 0.7, -0.2]],
        "R": [[0.2, -0.3], [0.5, 0.1], [-0.4, 0.6]],
        "U": [[1.0, -0.5], [0.25, 0.75], [-1.5, 0.3]],
        "c": [0.05, -0.05],
        "V": [[0.9, -0.8, 0.7], [-0.6, 0.5, -0.4]],
    },
    "x": [[[1.0, 0.0]], [[0.0, 1.0]], [[1.0, 1.0]]],
    "y": [[0], [1], [1]],
}
"""Fig. 10.10 with every parameter, three steps, one sequence."""

ABSENT = object()


def changed(*path: str | int, to: object) -> dict[str, Any]:
    """The case with the entry at this path changed, or taken away (`to=ABSENT`)."""
    case = copy.deepcopy(CASE)
    place: Any = case
    for key in path[:-1]:
        place = place[key]
    if to is ABSENT:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return case
