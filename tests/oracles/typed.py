"""A sequence as a person writes it, and its targets by the rule of its task: `typed(task, "0110")`."""

from collections.abc import Sequence

import numpy as np

from explorer.graph.batch import Batch
from explorer.tasks.next_symbol import NextSymbol
from explorer.tasks.symbol_task import SymbolTask


def typed(task: SymbolTask, steps: str | Sequence[str]) -> Batch:
    """The batch (B = 1) of these input steps, `lookahead` more at the end; in a line, blanks only separate.

    In a text, every character is a step, blanks too.
    """
    if isinstance(steps, str) and not isinstance(task, NextSymbol):
        steps = steps.split() if max(map(len, task.input_steps)) > 1 else "".join(steps.split())
    return task.encode(np.array([[task.step_index(step)] for step in steps], dtype=np.intp))
