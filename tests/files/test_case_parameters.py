"""A case may give a gated network's parameters under PyTorch's names: gates on top of one another, two biases."""

import json

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.files.case_parameters import parameters_of
from tests.oracles.reference import FOLDER
from tests.refusals import refusal_of

SIZES = {"n_x": 2, "n_h": 4, "n_y": 2}
GIVEN = json.loads((FOLDER / "lstm-initial_state.json").read_text(encoding="utf-8"))["parameters"]


def test_gates_come_in_pytorchs_order_and_the_two_biases_are_added() -> None:
    found = parameters_of(GIVEN, get_architecture("lstm"), SIZES)
    rows = dict(zip("gfvq", np.split(np.array(GIVEN["weight_hh_l0"]), 4), strict=True))  # PyTorch: i, f, g, o
    both = np.array(GIVEN["bias_ih_l0"]) + np.array(GIVEN["bias_hh_l0"])
    for place, (gate, expected) in enumerate(rows.items()):
        np.testing.assert_array_equal(found[f"W_{gate}"], expected)
        np.testing.assert_array_equal(found[f"b_{gate}"], both[4 * place : 4 * place + 4])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"bias_hh_l0": None}, "parameters lacks bias_hh_l0, which lstm needs; add it."),
        ({"W_f": [[0.0] * 4] * 4}, "There is no parameter of lstm called 'W_f'"),
        ({"weight_hh_l0": [[0.0] * 4] * 15}, "by the sizes parameters.weight_hh_l0 is 16 × 4."),
    ],
)
def test_what_lacks_or_is_of_neither_kind_is_named(change: dict[str, object], sentence: str) -> None:
    given = {name: array for name, array in (GIVEN | change).items() if array is not None}
    assert sentence in refusal_of(parameters_of, given, get_architecture("lstm"), SIZES)
