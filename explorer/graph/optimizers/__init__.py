"""Find the optimisers of chapter 8: every module of this package that declares an `OPTIMIZER`."""

import re

from explorer.errors import check_distinct
from explorer.graph.optimizers.base import Optimizer as Optimizer
from explorer.language import tr
from explorer.registry import modules_of


def _in_the_book(optimizer: type[Optimizer]) -> tuple[bool, list[int]]:
    """What to sort by: the number of its algorithm, and what has none comes last."""
    numbers = [int(part) for part in re.findall("[0-9]+", optimizer.cited)]
    return not numbers, numbers


def _found() -> dict[str, type[Optimizer]]:
    declared: list[type[Optimizer]] = [
        module.OPTIMIZER for module in modules_of(__name__, __path__) if hasattr(module, "OPTIMIZER")
    ]
    check_distinct((optimizer.id for optimizer in declared), tr("optimizer"))
    return {optimizer.id: optimizer for optimizer in sorted(declared, key=_in_the_book)}


OPTIMIZERS = _found()
"""The optimisers that a learner can choose, by id, in the order of their algorithms."""
