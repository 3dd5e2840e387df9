"""Weights of PyTorch and Keras are taken from their files, and the network then computes what theirs did."""

import json
from pathlib import Path

import numpy as np
import pytest

from explorer.data.data_set import encoded
from explorer.data.reading import read_data
from explorer.errors import ExplorerError
from explorer.files.weights.reading import read_arrays
from explorer.files.weights.safetensors import write_safetensors
from explorer.files.weights.writing import write_weights
from explorer.graph.arrays import Array
from explorer.graph.output import Target
from explorer.session.commands import COMMANDS
from explorer.session.document import Document
from explorer.session.edits import InputEdit, WeightEdit
from explorer.session.loading import load
from explorer.session.session import Session
from explorer.training.settings import TaskSettings
from tests.settings import a_document

DATA = Path(__file__).parent.parent / "data" / "weights"
KERAS = json.loads((DATA / "keras_outputs.json").read_text())
"""Inputs, and what models of Keras 3.15 put out for them, in float32."""


def a_session(**fields) -> Session:
    return Session(a_document("hidden_to_hidden", length=6, feedback=None, **fields))


@pytest.mark.parametrize("name", KERAS["outputs"])
def test_a_model_of_keras_computes_the_same_here(name: str) -> None:
    session = a_session()
    COMMANDS["load_weights"].run(session, {"file": str(DATA / f"{name}.npz")})
    session.edit_all(InputEdit(t, symbol) for t, symbol in enumerate(KERAS["x"], 1))
    np.testing.assert_allclose(session.shown.trace.values["yhat"][:, 0], KERAS["outputs"][name], atol=1e-6)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning:keras")
def test_a_model_of_keras_that_is_made_now_computes_the_same_here(tmp_path: Path) -> None:
    keras = pytest.importorskip("keras")
    layers = [keras.layers.LSTM(3, return_sequences=True), keras.layers.Dense(2, activation="softmax")]
    model = keras.Sequential([keras.Input((None, 2)), *layers])
    np.savez(tmp_path / "model.npz", **{w.path: keras.ops.convert_to_numpy(w) for w in model.weights})
    session = a_session()
    COMMANDS["load_weights"].run(session, {"file": str(tmp_path / "model.npz")})
    outputs = keras.ops.convert_to_numpy(model(session.shown.trace.values["x"].swapaxes(0, 1).astype("float32")))
    np.testing.assert_allclose(session.shown.trace.values["yhat"][:, 0], outputs[0], atol=1e-6)


def test_a_model_of_pytorch_computes_the_same_here(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    rnn, fc = torch.nn.GRU(2, 3).double(), torch.nn.Linear(3, 2).double()
    state = {f"rnn.{k}": v for k, v in rnn.state_dict().items()} | {f"fc.{k}": v for k, v in fc.state_dict().items()}
    (tmp_path / "model.safetensors").write_bytes(write_safetensors({k: v.numpy() for k, v in state.items()}))
    session = a_session()
    COMMANDS["load_weights"].run(session, {"file": str(tmp_path / "model.safetensors")})
    with torch.no_grad():
        outputs = fc(rnn(torch.tensor(session.shown.trace.values["x"]))[0]).softmax(-1).numpy()
    np.testing.assert_allclose(session.shown.trace.values["yhat"], outputs, atol=1e-12)


def test_an_lstm_of_two_layers_saved_by_pytorch_computes_the_same_here() -> None:
    """The file, and the outputs for a sequence of bits, are of torch 2.14, in single precision."""
    session, known = a_session(), json.loads((DATA / "pytorch_outputs.json").read_text())
    COMMANDS["load_weights"].run(session, {"file": str(DATA / "pytorch_lstm_two_layers.safetensors")})
    assert (session.shown.architecture.id, session.document.network.hidden) == ("stacked_lstm", 3)
    state, outputs = read_arrays(DATA / "pytorch_lstm_two_layers.safetensors"), []
    for signal in (np.eye(2)[known["inputs"]], session.shown.trace.values["x"][:, 0]):
        for layer in ("l0", "l1"):
            signal = torch_lstm(signal, *(state[f"lstm.{name}_{layer}"] for name in TORCH))
        outputs.append(signal @ state["fc.weight"].T + state["fc.bias"])
    np.testing.assert_allclose(outputs[0], known["outputs"], atol=1e-6)
    np.testing.assert_allclose(session.shown.trace.values["o"][:, 0], outputs[1])


def with_a_table(tmp_path: Path, name: str, transposed: bool = False, width: int = 4) -> tuple[Path, dict[str, Array]]:
    """A file of an Elman network, with PyTorch's or Keras's names, that reads vectors of a table of five symbols."""
    rng = np.random.default_rng(1)
    keras = "embedding/embeddings", "rnn/kernel", "rnn/recurrent_kernel", "rnn/bias", "dense/kernel", "dense/bias"
    torch = name, "rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "fc.weight", "fc.bias"
    names = keras if transposed else torch
    E, U, W, b, V, c = (rng.normal(size=size) for size in ((5, width), (3, 4), (3, 3), 3, (2, 3), 2))
    stored = (E, *(array.T if transposed else array for array in (U, W, b, V, c)))
    np.savez(tmp_path / "model.npz", **dict(zip(names, stored, strict=True)))
    return tmp_path / "model.npz", {"E": E, "U": U, "W": W, "b": b, "V": V, "c": c}


@pytest.mark.parametrize(
    ("name", "transposed"), [("embedding.weight", False), ("model.emb.weight", False), ("keras", True)]
)
def test_a_table_of_vectors_is_multiplied_into_the_weights_that_read_it(
    tmp_path: Path, name: str, transposed: bool
) -> None:
    path, arrays = with_a_table(tmp_path, name, transposed)
    loading = load(path, Document())
    assert loading.multiplied and loading.embedding is not None
    assert "U = W Eᵀ for inputs that are one-hot" in loading.embedding.offer and "(5 × 4)" in loading.embedding.offer
    session = Session()
    session.take_weights(loading.parameters, loading.origin, loading.document)
    h, trace = np.zeros(3), session.shown.trace
    for symbol, logits in zip(trace.values["x"][:, 0].argmax(1), trace.values["o"][:, 0], strict=True):
        h = np.tanh(arrays["b"] + arrays["W"] @ h + arrays["U"] @ arrays["E"][symbol])
        np.testing.assert_allclose(logits, arrays["c"] + arrays["V"] @ h, atol=1e-12)
    assert loading.anew is not None
    apart = loading.anew(False)
    assert not apart.multiplied and len(apart.rows) == len(loading.rows) + 1
    assert next(row.note for row in apart.rows if row.place is None).startswith("not used: a table of vectors")


def test_it_is_said_what_to_do_with_a_table_that_nothing_reads(tmp_path: Path) -> None:
    loading = load(with_a_table(tmp_path, "embedding.weight", width=6)[0], Document())
    assert not loading.multiplied
    said = "embedding.weight is left aside, for no input weights have its width, 6: multiply it into those that read it"
    assert said in loading.note


TORCH = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def torch_lstm(x, w_ih, w_hh, b_ih, b_hh):
    """The equations of torch.nn.LSTM, one step after another: gates i, f, g, o; x and the outputs are (T, n)."""
    h = c = np.zeros(w_hh.shape[1])
    found = []
    for step in x:
        i, f, g, o = np.split(w_ih @ step + b_ih + w_hh @ h + b_hh, 4)
        c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
        h = np.tanh(c) / (1 + np.exp(-o))
        found.append(h)
    return np.array(found)


class TestTaking:
    def test_network_and_size_come_with_the_weights_and_undo_takes_them_back(self) -> None:
        session = a_session(hidden=7)
        before = session.state
        COMMANDS["load_weights"].run(session, {"file": str(DATA / "keras_gru.npz")})
        assert (session.shown.architecture.id, session.shown.sizes["n_h"]) == ("gru", 4)
        assert session.weights is not None and session.weights.said == "weights of keras_gru.npz"
        session.undo()
        assert session.state == before

    def test_it_is_said_which_way_round_a_square_matrix_stands(self) -> None:
        session = a_session()
        file = {"file": str(DATA / "keras_get_weights.npz"), "network": "hidden_to_hidden"}
        with pytest.raises(ExplorerError, match="arr_1 is square; choose"):
            COMMANDS["load_weights"].run(session, file)
        places = {"arr_0": "U", "arr_1": "W transposed", "arr_3": "V"}
        COMMANDS["load_weights"].run(session, file | {"places": places})
        named = a_session()
        COMMANDS["load_weights"].run(named, {"file": str(DATA / "keras_simple_rnn.npz")})
        for name, array in named.shown.trace.parameters.items():
            np.testing.assert_array_equal(session.shown.trace.parameters[name], array)

    def test_what_the_file_does_not_give_stays_as_shown_and_edits_by_hand_go(self, tmp_path: Path) -> None:
        session = a_session(hidden=3)
        session.edit_all([WeightEdit("W", (0, 0), 9.0), WeightEdit("c", (1,), 0.25)])
        theta = {"W": np.eye(3)}
        write_weights(tmp_path / "w.npz", theta, session.shown.architecture)
        COMMANDS["load_weights"].run(session, {"file": str(tmp_path / "w.npz")})
        assert session.document.edits == ()
        assert session.shown.trace.parameters["W"].tolist() == np.eye(3).tolist()
        assert session.shown.trace.parameters["c"].tolist() == [0.0, 0.25]

    def test_what_fits_no_network_is_refused_and_all_stays(self, tmp_path: Path) -> None:
        session = a_session()
        write_weights(tmp_path / "w.npz", {"W": np.ones((5, 7))}, session.shown.architecture)
        before = session.state
        with pytest.raises(ExplorerError, match=r"No array of w\.npz fits a network on 'Running parity'"):
            COMMANDS["load_weights"].run(session, {"file": str(tmp_path / "w.npz")})
        assert session.state is before

    def test_weights_of_other_sizes_bring_own_data_of_theirs(self, tmp_path: Path) -> None:
        session, rng = a_session(), np.random.default_rng(1)
        state = {
            "gru.weight_ih_l0": rng.normal(size=(12, 10)),
            "gru.weight_hh_l0": rng.normal(size=(12, 4)),
            "fc.weight": rng.normal(size=(5, 4)),
        }
        (tmp_path / "w.safetensors").write_bytes(write_safetensors(state))
        found = load(tmp_path / "w.safetensors", session.document)
        assert "own data of their size, 10 inputs and 5 outputs" in found.note
        session.take_weights(found.parameters, found.origin, found.document)
        assert (session.shown.architecture.id, session.shown.task.n_x, session.shown.task.n_y) == ("gru", 10, 5)
        np.testing.assert_array_equal(session.shown.trace.parameters["V"], state["fc.weight"])

    def test_the_gates_of_an_lstm_are_not_taken_for_units_of_a_plain_layer(self, tmp_path: Path) -> None:
        """Read backward as well it is no network here, and one direction of it fits better than a plain one does."""
        layer = {"weight_ih_l0": (20, 2), "weight_hh_l0": (20, 5), "bias_ih_l0": (20,), "bias_hh_l0": (20,)}
        both = {name + way: np.ones(shape) for way in ("", "_reverse") for name, shape in layer.items()}
        np.savez(tmp_path / "w.npz", **both, **{"fc.weight": np.ones((2, 10)), "fc.bias": np.ones(2)})
        found = load(tmp_path / "w.npz", a_session().document)
        assert (found.architecture.id, found.sizes["n_h"]) == ("lstm", 5)
        assert [row.name for row in found.rows if row.place is None] == [f"{n}_reverse" for n in layer] + ["fc.weight"]

    def test_a_network_that_is_too_large_to_look_at_is_refused(self, tmp_path: Path) -> None:
        arrays = {"weight_ih_l0": np.ones((2000, 2)), "weight_hh_l0": np.ones((2000, 500))}
        np.savez(tmp_path / "w.npz", **arrays)
        with pytest.raises(
            ExplorerError, match=r"w\.npz is of a network with 500 hidden units, and at most 128 are shown"
        ):
            load(tmp_path / "w.npz", a_session().document)

    def test_biases_come_back_with_weights_that_have_them(self) -> None:
        session = a_session(biases=False)
        COMMANDS["load_weights"].run(session, {"file": str(DATA / "keras_simple_rnn.npz")})
        assert session.document.network.biases and session.shown.trace.parameters["b"].any()

    def test_a_network_that_the_task_does_not_go_with_is_refused(self) -> None:
        session = a_session()
        with pytest.raises(ExplorerError, match="No network goes with 'Running parity'"):
            load(DATA / "keras_gru.npz", session.document).of_network("sequence_to_one")

    def test_weights_of_other_sizes_may_be_of_a_network_with_one_output(self, tmp_path: Path) -> None:
        session = Session(a_document("sequence_to_one", "majority", feedback=None))
        arrays = {"weight_ih_l0": np.ones((4, 7)), "weight_hh_l0": np.eye(4), "fc.weight": np.ones((1, 4))}
        np.savez(tmp_path / "w.npz", **arrays)
        found = load(tmp_path / "w.npz", session.document)
        session.take_weights(found.parameters, found.origin, found.document)
        task = session.shown.task
        assert (task.one_output, task.n_x, task.n_y, task.target) == (True, 7, 1, Target.NUMBERS)

    def test_a_place_or_array_that_is_not_there_is_refused(self) -> None:
        found = load(DATA / "keras_simple_rnn.npz", a_session().document)
        with pytest.raises(ExplorerError, match=r"array in keras_simple_rnn\.npz called 'x'"):
            found.decided({"x": ""})
        name = found.rows[0].name
        with pytest.raises(ExplorerError, match="place for"):
            found.decided({name: "V_g"})
        assert found.decided({name: ""}).rows[0].place is None


def test_weights_without_biases_are_of_the_plain_network(tmp_path: Path) -> None:
    (tmp_path / "sheet.json").write_text(
        '{"U": [[1, 0], [0, 1], [1, 1]], "W": [[0, 1, 0], [1, 0, 0], [0, 0, 1]], "V": [[1, 0, 1], [0, 1, 0]]}'
    )
    loading = load(tmp_path / "sheet.json", Document())
    assert loading.architecture.id == "hidden_to_hidden", "its W is trained, unlike that of an echo state network"


def test_weights_of_a_file_stay_with_other_data_of_their_size(tmp_path: Path) -> None:
    (tmp_path / "sheet.json").write_text('{"U": [[1, 0]], "W": [[0.5]], "V": [[2]]}')
    session = a_session()
    COMMANDS["load_weights"].run(session, {"file": str(tmp_path / "sheet.json")})

    def with_data(text: str) -> list[list[float]]:
        session.change(task=TaskSettings("own_data", {"data": encoded(read_data(text).data)}))
        return session.shown.trace.parameters["U"].tolist()

    assert with_data("x = [[1, 0], [0.5, 1], [0, 2]]; y = (1, 2, 3)") == [[1, 0]]
    assert session.weights is not None and session.weights.origin == "weights of sheet.json"
    assert with_data("x = (1, 2, 3); y = (1, 2, 3)") != [[1, 0]] and session.weights is None
