"""Names and shapes tell which array is which parameter; what they do not tell is asked, never guessed."""

import numpy as np
import pytest

from explorer.architectures import architectures, get_architecture
from explorer.errors import ExplorerError
from explorer.files.weights.assign import EITHER, Assignment, assigned, choices, missing, propose, put, said
from explorer.files.weights.found import Arrays
from explorer.files.weights.places import ParameterPlace
from explorer.files.weights.reading import read_arrays
from explorer.files.weights.writing import pytorch_names, write_weights
from explorer.graph.compute.initial import initial_parameters

SIZES = {"n_x": 2, "n_h": 4, "n_y": 3}
PLAIN = get_architecture("hidden_to_hidden")


def parameters(id: str) -> Arrays:
    rng = np.random.default_rng(5)
    theta = initial_parameters(get_architecture(id), SIZES, rng)
    return {name: rng.normal(size=array.shape) for name, array in theta.items()}


def row(rows: tuple[Assignment, ...], name: str) -> Assignment:
    return next(row for row in rows if row.name == name)


THETA = parameters("hidden_to_hidden")


class TestNames:
    @pytest.mark.parametrize("id", [id for id, network in architectures().items() if network.stacks])
    def test_of_pytorch_lead_back_to_the_same_parameters(self, id: str) -> None:
        network, theta = get_architecture(id), parameters(id)
        arrays = {f"model.rnn.{name}": array for name, array in pytorch_names(theta, network).items()}
        found = assigned(propose(arrays, network, SIZES), arrays, network, SIZES)
        assert found.keys() == theta.keys()
        for name in theta:
            np.testing.assert_array_equal(found[name], theta[name])

    def test_of_the_two_biases_of_pytorch_tell_that_they_are_added_up(self) -> None:
        arrays = {"bias_ih_l0": np.ones(4), "bias_hh_l0": np.full(4, 2.0)}
        assert assigned(propose(arrays, PLAIN, SIZES), arrays, PLAIN, SIZES)["b"].tolist() == [3.0] * 4

    @pytest.mark.parametrize("names", [{}, {"U": "W_xh", "W": "W_hh", "V": "Why", "b": "bh", "c": "by"}])
    def test_of_the_book_and_of_scripts_stand_as_their_oblong_matrices_do(self, names: dict[str, str]) -> None:
        arrays = {names.get(name, name): array for name, array in THETA.items()}
        found = assigned(propose(arrays, PLAIN, SIZES), arrays, PLAIN, SIZES)
        for name, array in THETA.items():
            np.testing.assert_array_equal(found[name], array)

    def test_of_other_courses_are_known_and_those_of_states_are_no_weights(self) -> None:
        theta = {"Wax": THETA["U"], "Waa": THETA["W"], "Wya": THETA["V"], "ba": THETA["b"], "by": THETA["c"]}
        rows = propose({**theta, "a0": np.ones(4)}, PLAIN, SIZES)
        assert row(rows, "a0").place is None and row(rows, "a0").state == "h"
        assert row(propose({"a0": np.ones(3)}, PLAIN, SIZES), "a0").state == "", "of another number of units"
        found = assigned(rows, {**theta, "a0": np.ones(4)}, PLAIN, SIZES)
        assert all(np.array_equal(found[name], THETA[name]) for name in THETA)

    def test_of_one_unit_may_be_single_numbers_or_vectors(self) -> None:
        one, arrays = (
            {"n_x": 1, "n_h": 1, "n_y": 2},
            {"u": np.array([2.0]), "w": np.array([0.5]), "v": np.array([3.0, 4])},
        )
        found = assigned(propose(arrays, PLAIN, one), arrays, PLAIN, one)
        assert {name: array.tolist() for name, array in found.items()} == {"U": [[2]], "W": [[0.5]], "V": [[3], [4]]}

    def test_that_mean_something_else_do_not_go_where_their_shape_alone_fits(self) -> None:
        rows = propose({"w_y": np.ones(4)}, get_architecture("recurrent_state"), {"n_x": 2, "n_h": 4})
        assert row(rows, "w_y").place is None

    def test_do_not_tell_how_a_square_matrix_stands_where_the_others_are_transposed_or_square(self) -> None:
        for arrays in ({name: array.T for name, array in THETA.items()}, {"W": THETA["W"]}):
            rows = propose(arrays, PLAIN, SIZES)
            assert (row(rows, "W").transposed, row(rows, "W").note) == (None, EITHER)
            with pytest.raises(ExplorerError, match="W is square; choose"):
                assigned(rows, arrays, PLAIN, SIZES)

    def test_of_a_matrix_that_is_its_own_transpose_need_no_choice(self) -> None:
        assert row(propose({"W": np.eye(4)}, PLAIN, SIZES), "W").transposed is False

    @pytest.mark.parametrize(("bias", "of", "other"), [((2, 12), "gru", "gru_book"), ((12,), "gru_book", "gru")])
    def test_of_keras_go_to_the_gru_with_their_reset_gate_and_to_no_other(self, bias, of: str, other: str) -> None:
        arrays = {"gru/kernel": np.ones((2, 12)), "gru/recurrent_kernel": np.ones((4, 12)), "gru/bias": np.ones(bias)}
        assert all(row.place for row in propose(arrays, get_architecture(of), SIZES))
        rows = propose(arrays, get_architecture(other), SIZES)
        assert all(f"of a GRU with reset_after={of == 'gru'}" in row.note and row.place is None for row in rows)

    @pytest.mark.parametrize(("id", "after"), [("gru", True), ("gru_book", False)])
    def test_of_keras_without_biases_are_read_as_of_the_reset_gate_here_which_is_said(self, id, after: bool) -> None:
        arrays = {"gru/kernel": np.ones((2, 12)), "gru/recurrent_kernel": np.ones((4, 12))}
        rows = propose(arrays, get_architecture(id), SIZES)
        assert all(f"reset_after={after}" in row.note and row.place is not None for row in rows)

    def test_of_keras_tell_the_direction_and_the_layer(self) -> None:
        network, theta = get_architecture("bidirectional"), parameters("bidirectional")
        arrays = {
            "bi/forward_rnn/cell/kernel": theta["U"].T,
            "bi/forward_rnn/cell/recurrent_kernel": theta["W"].T,
            "bi/backward_rnn/cell/recurrent_kernel": theta["W_g"].T,
            "dense/kernel": np.hstack([theta["V"], theta["V_g"]]).T,
        }
        found = assigned(propose(arrays, network, SIZES), arrays, network, SIZES)
        assert found.keys() == {"U", "W", "W_g", "V", "V_g"}
        for name, array in found.items():
            np.testing.assert_array_equal(array, theta[name])


class TestShapes:
    def test_tell_what_names_do_not_if_one_place_alone_fits(self) -> None:
        rows = propose({"arr_0": THETA["V"].T, "arr_1": THETA["c"].reshape(-1, 1), "arr_2": THETA["W"]}, PLAIN, SIZES)
        assert [(row.place, row.transposed) for row in rows] == [
            (ParameterPlace(("V",)), True),
            (ParameterPlace(("c",)), False),
            (ParameterPlace(("W",)), None),
        ]

    def test_tell_nothing_of_two_arrays_or_two_places_that_are_alike(self) -> None:
        two = propose({"arr_0": THETA["W"], "arr_1": THETA["W"] + 1}, PLAIN, SIZES)
        assert [row.place for row in two] == [None, None]
        rows = propose({"arr_0": np.ones(4)}, get_architecture("lstm"), SIZES)
        assert rows[0].note == "not used: several places have this shape"
        assert propose({"arr_0": np.ones(9)}, PLAIN, SIZES)[0].note == "not used: fits nowhere"

    def test_that_do_not_fit_are_said_with_what_would(self) -> None:
        rows = propose({"U": np.ones((4, 9))}, PLAIN, SIZES)
        assert (rows[0].place, rows[0].note) == (None, "not used: U is 4 × 2 here")

    def test_offer_the_places_that_they_fit(self) -> None:
        (any_row,) = propose({"arr_0": THETA["U"]}, PLAIN, SIZES)
        assert choices(any_row, PLAIN, SIZES) == [ParameterPlace(("U",))]


def test_a_place_that_is_chosen_asks_again_how_a_square_matrix_stands() -> None:
    shapes = PLAIN.shapes(SIZES)
    chosen = put(Assignment("arr_0", (4, 4)), ParameterPlace(("W",)), THETA["W"], shapes)
    assert chosen.transposed is None
    assert put(chosen, None, THETA["W"], shapes).note == "not used"


def test_a_vector_may_stand_as_a_column() -> None:
    arrays = {"b": THETA["b"].reshape(-1, 1)}
    np.testing.assert_array_equal(assigned(propose(arrays, PLAIN, SIZES), arrays, PLAIN, SIZES)["b"], THETA["b"])


def test_one_parameter_is_not_given_twice() -> None:
    arrays = {"fc.weight": THETA["V"], "decoder.weight": THETA["V"]}
    with pytest.raises(ExplorerError, match=r"V would be given by both fc\.weight and decoder\.weight"):
        assigned(propose(arrays, PLAIN, SIZES), arrays, PLAIN, SIZES)


def test_what_is_left_over_is_said() -> None:
    rows = propose({"W": THETA["W"], "embedding.weight": np.ones((9, 9))}, PLAIN, SIZES)
    assert missing(rows, PLAIN) == ("b", "U", "c", "V")
    assert said(rows, PLAIN) == "b, U, c and V stay as shown; embedding.weight is not used."
    many = tuple(Assignment(f"layer{k}", (9,)) for k in range(40))
    assert said(many, PLAIN).endswith("layer6, layer7 and 32 more are not used.")


def test_nothing_that_goes_nowhere_is_taken() -> None:
    with pytest.raises(ExplorerError, match="No array goes anywhere"):
        assigned((Assignment("a", (9,)),), {"a": np.ones(9)}, PLAIN, SIZES)
    with pytest.raises(ExplorerError, match="array in this file called 'b'"):
        assigned((Assignment("b", (9,)),), {"a": np.ones(9)}, PLAIN, SIZES)
    with pytest.raises(ExplorerError, match="a is 9, but b is 4 here"):
        assigned((Assignment("a", (9,), ParameterPlace(("b",))),), {"a": np.ones(9)}, PLAIN, SIZES)


class TestWriting:
    @pytest.mark.parametrize("suffix", [".npz", ".safetensors"])
    @pytest.mark.parametrize("torch", [False, True])
    def test_what_is_written_is_read_back(self, suffix: str, torch: bool, tmp_path) -> None:
        network, theta = get_architecture("gru"), parameters("gru")
        path = tmp_path / f"weights{suffix}"
        write_weights(path, theta, network, torch)
        arrays = read_arrays(path)
        assert ("weight_ih_l0" in arrays) == torch
        found = assigned(propose(arrays, network, SIZES), arrays, network, SIZES)
        for name, array in theta.items():
            np.testing.assert_array_equal(found[name], array)

    def test_what_no_file_or_no_framework_has_is_refused(self, tmp_path) -> None:
        with pytest.raises(ExplorerError, match=r"not as w\.pt"):
            write_weights(tmp_path / "w.pt", THETA, PLAIN)
        with pytest.raises(ExplorerError, match="no finite numbers"):
            write_weights(tmp_path / "w.npz", {"W": np.array([np.nan])}, PLAIN)
        with pytest.raises(ExplorerError, match="PyTorch has no layer like"):
            write_weights(tmp_path / "w.npz", THETA, get_architecture("leaky"), torch=True)

    def test_a_network_without_biases_has_none_in_pytorch(self) -> None:
        bare = PLAIN.without_biases()
        names = pytorch_names({name: THETA[name] for name in ("U", "W", "V")}, bare)
        assert names.keys() == {"weight_ih_l0", "weight_hh_l0", "fc.weight"}
