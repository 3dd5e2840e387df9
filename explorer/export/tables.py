"""Everything that was computed as rows of a table: one for each number, by what it is, of which node, where."""

from collections.abc import Iterator, Mapping
from csv import writer
from io import StringIO

import numpy as np

from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array

COLUMNS = ("quantity", "name", "step", "sequence", "row", "column", "value")
"""Steps, sequences, rows and columns are counted from 1; what has none of them has an empty place."""

Place = int | str
Row = tuple[str, str, Place, Place, Place, Place, float]


def _trace_rows(trace: Trace) -> Iterator[Row]:
    """Values and gradients of nodes and of states outside, θ before and after the update with its gradient, the loss.

    Gradients at nodes are those of a sequence's own loss, those of parameters of the mean.
    """
    yield from _of_nodes(trace, "value", trace.values)
    yield from _outside(trace, "value", trace.initial, trace.final)
    yield from _of_parameters("parameter", trace.parameters)
    if trace.network.output is None:
        return
    yield from _of_nodes(trace, "gradient", trace.gradients)
    before, after = (
        {name: np.sum([c.array for c in kept], axis=0) for name, kept in contributions.items() if kept}
        for contributions in (trace.initial_contributions, trace.final_contributions)
    )
    yield from _outside(trace, "gradient", before, after)
    yield from _of_parameters("gradient", trace.parameter_gradients)
    yield from _of_parameters("parameter after the update", trace.parameters_after)
    yield ("loss", "", "", "", "", "", trace.loss)
    yield ("loss after the update", "", "", "", "", "", trace.loss_after)


def _of_nodes(trace: Trace, quantity: str, arrays: Mapping[str, Array]) -> Iterator[Row]:
    for name, array in arrays.items():
        yield from _steps(quantity, name, array, trace.steps(name)[0])


def _outside(trace: Trace, quantity: str, before: Mapping[str, Array], after: Mapping[str, Array]) -> Iterator[Row]:
    """Of states before the first step and after the last."""
    for name, rows in before.items():
        yield from _steps(quantity, name, rows, trace.steps(name)[0] - len(rows))
    for name, rows in after.items():
        yield from _steps(quantity, name, rows, trace.steps(name)[-1] + 1)


def _steps(quantity: str, name: str, array: Array, first: int) -> Iterator[Row]:
    """An array (steps, B, n) from this step on."""
    for (step, sequence, unit), value in np.ndenumerate(array):
        yield quantity, name, step + first, sequence + 1, unit + 1, "", float(value)


def _of_parameters(quantity: str, arrays: Mapping[str, Array]) -> Iterator[Row]:
    for name, array in arrays.items():
        for index, value in np.ndenumerate(array):
            row, *column = index
            yield quantity, name, "", "", row + 1, column[0] + 1 if column else "", float(value)


def csv(trace: Trace) -> str:
    """The table; a number reads back as exactly itself."""
    text = StringIO()
    table = writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows((*place, repr(value + 0.0)) for *place, value in _trace_rows(trace))
    return text.getvalue()
