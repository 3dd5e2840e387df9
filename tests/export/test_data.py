"""Everything as data: each number of the trace as a row of a table and as JSON, and the curves."""

import csv
import io
import json

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.export.format import Material, Options, of_trace
from explorer.export.formats import get_format
from explorer.export.tables import COLUMNS
from explorer.graph.analyse.trace import Trace
from tests.each import each
from tests.oracles.traces import APP_NETWORKS, traced


def content(id: str, material: Material) -> str:
    write = get_format(id).write
    assert write is not None
    found = write(material, Options())
    return found if isinstance(found, str) else found.decode()


def table(trace: Trace) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content("csv", of_trace(trace)))))


@each(("architecture", "feedback"), APP_NETWORKS)
def test_every_number_of_a_trace_is_a_row_that_reads_back_exactly(architecture, feedback):
    trace = traced(architecture, feedback, T=3, B=2).trace
    rows = table(trace)
    assert tuple(rows[0]) == COLUMNS
    for quantity, arrays in (("value", trace.values), ("gradient", trace.gradients)):
        for name, array in arrays.items():
            mine = [row for row in rows if (row["quantity"], row["name"]) == (quantity, name)]
            inside = [row for row in mine if int(row["step"]) in trace.steps(name)]
            np.testing.assert_array_equal([float(row["value"]) for row in inside], array.ravel())
    for name, array in trace.initial_gradients.items():
        mine = [row for row in rows if (row["quantity"], row["name"]) == ("gradient", name)]
        before = [float(row["value"]) for row in mine if int(row["step"]) < 1]
        np.testing.assert_array_equal(np.reshape(before, (-1, *array.shape)).sum(0), array)
    for name, array in trace.parameter_gradients.items():
        mine = [row for row in rows if (row["quantity"], row["name"], row["step"]) == ("gradient", name, "")]
        np.testing.assert_array_equal([float(row["value"]) for row in mine], array.ravel())
    (loss,) = (float(row["value"]) for row in rows if row["quantity"] == "loss")
    assert loss == trace.loss


@each(("architecture", "feedback"), APP_NETWORKS)
def test_json_holds_the_same_arrays(architecture, feedback):
    trace = traced(architecture, feedback, T=3).trace
    found = json.loads(content("json", of_trace(trace)))
    for key, arrays in (
        ("values", trace.values),
        ("gradients", trace.gradients),
        ("parameters", trace.parameters),
        ("parameter_gradients", trace.parameter_gradients),
        ("parameters_after", trace.parameters_after),
    ):
        assert found[key].keys() == arrays.keys()
        for name, array in arrays.items():
            np.testing.assert_array_equal(found[key][name], array)
    assert (found["loss"], found["loss_after"]) == (trace.loss, trace.loss_after)


@pytest.mark.parametrize("id", ["curves", "curves_json"])
def test_without_a_run_there_are_no_curves(id):
    material = of_trace(traced(APP_NETWORKS[0].values[0], APP_NETWORKS[0].values[1]).trace)
    with pytest.raises(ExplorerError, match="train one first"):
        get_format(id).check(material)


def test_numbers_that_overflow_are_refused_where_a_file_could_not_hold_them():
    trace = traced(APP_NETWORKS[0].values[0], None, "relu", scale=1e200).trace
    for id in ("latex", "markdown", "numpy", "pytorch", "json"):
        with pytest.raises(ExplorerError, match="make the weights smaller"):
            get_format(id).check(of_trace(trace))
