"""Arrays come out of a file as they are in it, and no file can do anything else."""

import io
import json
import pickle
import struct
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from explorer.files.weights.reading import read_arrays
from explorer.files.weights.safetensors import read_safetensors, write_safetensors
from explorer.graph.arrays import Array
from tests.each import each
from tests.refusals import refusal_of


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def refusal(path: Path) -> str:
    return refusal_of(read_arrays, path)


def npy(header: str, numbers: bytes = b"") -> bytes:
    text = header.encode().ljust(118) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + numbers


def tensors(header: object, numbers: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + numbers


FINITE = {"allow_nan": False, "allow_infinity": False}
NUMBERS = st.one_of(
    arrays_of.arrays(dtype, arrays_of.array_shapes(min_dims=0, max_dims=2, max_side=4), elements=FINITE)
    for dtype in (np.float64, np.float32, np.float16)
)


class TestKinds:
    @given(array=NUMBERS, by_columns=st.booleans())
    def test_numpy_and_its_archives(self, tmp_path_factory: pytest.TempPathFactory, array, by_columns: bool) -> None:
        folder = tmp_path_factory.mktemp("numpy")
        array = np.asarray(array, order="F" if by_columns else "C")
        np.savez_compressed(folder / "w.npz", **{"rnn/W": array})
        np.save(folder / "w.npy", array)
        (of_archive,), (alone,) = (read_arrays(folder / name).values() for name in ("w.npz", "w.npy"))
        for found in (of_archive, alone):
            assert found.dtype == np.float64
            np.testing.assert_array_equal(found, array.astype(float))

    @given(found=st.dictionaries(st.text(max_size=4), NUMBERS, max_size=3))
    def test_safetensors_as_it_is_written(self, found) -> None:
        found.pop("__metadata__", None)
        read = read_safetensors(write_safetensors({name: np.asarray(a, float) for name, a in found.items()}))
        assert list(read) == list(found)
        for name, array in read.items():
            np.testing.assert_array_equal(array, np.asarray(found[name], float))

    def test_safetensors_of_the_library(self, tmp_path: Path) -> None:
        library = pytest.importorskip("safetensors.numpy")
        arrays = {"W": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.arange(3, dtype=np.int64)}
        library.save_file(arrays, tmp_path / "theirs.safetensors")
        assert read_arrays(tmp_path / "theirs.safetensors").keys() == arrays.keys()
        ours = library.load(write_safetensors({"W": np.eye(2), "b": np.ones(2)}))
        np.testing.assert_array_equal(ours["W"], np.eye(2))

    def test_half_floats_of_the_brain_kind(self) -> None:
        upper = np.array([1.5, -2.0], np.float32).view(np.uint32) >> 16
        header = {"W": {"dtype": "BF16", "shape": [2], "data_offsets": [0, 4]}}
        assert read_safetensors(tensors(header, upper.astype("<u2").tobytes()))["W"].tolist() == [1.5, -2.0]

    def test_lists_by_name_and_the_parameters_of_a_case(self, tmp_path: Path) -> None:
        parameters = {"W": [[1, 2.5], [0, 1]], "b": [1, 2]}
        plain = written(tmp_path / "w.json", json.dumps(parameters).encode())
        case = written(tmp_path / "case.json", json.dumps({"sizes": {}, "parameters": parameters}).encode())
        for path in (plain, case):
            assert {name: array.tolist() for name, array in read_arrays(path).items()} == parameters
        sheet = written(
            tmp_path / "w.txt", b"$\\mathbf{W} = \\begin{pmatrix} 1 & 2.5 \\\\ 0 & 1 \\end{pmatrix}$, b = (1, 2)^T"
        )
        assert {name: array.tolist() for name, array in read_arrays(sheet).items()} == {
            "W": parameters["W"],
            "b": [[1], [2]],
        }
        inside = written(tmp_path / "inside.json", json.dumps({"model": {"rnn": parameters}}).encode())
        assert [*read_arrays(inside)] == ["model/rnn/W", "model/rnn/b"]


def archive(**entries: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def saved(array: object) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=True)
    return stream.getvalue()


def bomb() -> bytes:
    """An archive whose directory promises 300 MB."""
    content = bytearray(archive(W__npy=saved(np.zeros(9))))
    size = content.index(b"PK\x01\x02") + 24
    content[size : size + 4] = struct.pack("<I", 300 * 2**20)
    return bytes(content)


FLOATS = "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }"


def tensor(shape: list[int], begin: int, end: int, dtype: str = "F64") -> bytes:
    return tensors({"W": {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}}, bytes(8))


EMPTY = {"dtype": "F64", "shape": [0], "data_offsets": [0, 0]}

HOSTILE = {
    "objects.npz": (archive(W__npy=saved(np.array([{}], object))), "never opened"),
    "promises.npz": (archive(W__npy=npy(FLOATS % "(9, 9)")), "promises 9 × 9"),
    "huge.npy": (npy(FLOATS % "(10000000000,)"), "promises"),
    "negative.npy": (npy(FLOATS % "(-1, -2)", bytes(16)), "promises"),
    "no header.npy": (b"\x93NUMPY\x01\x00\xff\xff{", "no array of numpy"),
    "open header.npy": (npy("{'descr': ("), "no array of numpy"),
    "indented header.npy": (npy("{}\n  {}\n {"), "no array of numpy"),
    "complex.npy": (saved(np.ones(2, complex)), "complex numbers"),
    "text.npy": (saved(np.array(["a"])), "text"),
    "nan.npy": (saved(np.array([[0.0, np.nan]])), "[0][1] is nan"),
    "bomb.npz": (bomb(), "more than 256 MB"),
    "program.npz": (archive(W__npy=saved(1.0), run__py=b"print()"), "'run.py', which is no array"),
    "cut short.npz": (archive(W__npy=saved(np.ones(99)))[:80], "damaged"),
    "empty.npz": (archive(), "holds no arrays"),
    "noise.npz": (b"\x01\x02", "does not begin as a .npz file does"),
    "noise.npy": (b"\x01\x02", "does not begin as a .npy file does"),
    "header.safetensors": ((2**40).to_bytes(8, "little") + b"{}", "header is longer"),
    "no json.safetensors": ((2).to_bytes(8, "little") + b"}{", "header is not"),
    "kind.safetensors": (tensor([8], 0, 8, "F8_E4M3"), "F8_E4M3"),
    "outside.safetensors": (tensor([1], 8, 16), "promises"),
    "shape.safetensors": (tensor([-1, -1], 0, 8), "promises"),
    "many.npz": (archive(**{f"w{k}__npy": b"" for k in range(201)}), "holds 201 arrays"),
    "many.safetensors": (tensors({f"w{k}": EMPTY for k in range(201)}), "holds 201 arrays"),
    "ragged.json": (b'{"W": [[1, 2], [3]]}', "rows are not equally long"),
    "words.json": (b'{"W": [["a"]]}', "no array of numbers"),
    "list.json": (b"[1, 2]", "no arrays by name"),
    "deep.json": (b"[" * 100_000, "nested too deep"),
    "picture.png": (b"\x89PNG", "read from .npz, .npy, .safetensors, .json and .txt"),
}


@each("name", HOSTILE)
def test_what_holds_no_weights_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    content, said = HOSTILE[name]
    assert said in refusal(written(tmp_path / name, content))


@pytest.mark.parametrize("suffix", [".npz", ".npy", ".safetensors", ".json"])
def test_an_empty_file_is_called_empty(suffix: str, tmp_path: Path) -> None:
    assert refusal(written(tmp_path / f"w{suffix}", b"")) == f"w{suffix} cannot be read: it is empty."


class Fires:
    """Would end the tests if it were ever opened."""

    def __reduce__(self) -> tuple[object, ...]:
        return exit, (1,)


@pytest.mark.parametrize("name", ["model.pt", "model.pth", "model.bin", "renamed.npz"])
@pytest.mark.parametrize("content", [pickle.dumps(Fires()), archive(**{"model/data__pkl": pickle.dumps(Fires())})])
def test_a_pickle_is_never_opened(name: str, content: bytes, tmp_path: Path) -> None:
    assert f"{name} is a pickle" in refusal(written(tmp_path / name, content))


class Tensor:
    """What a model of PyTorch or Keras holds an array in."""

    path = "dense/kernel"

    def numpy(self) -> Array:
        return np.ones((2, 3))


STATE = {"fc.weight": Tensor()}


@pytest.mark.parametrize("held", [STATE, {"epoch": 3, "model_state_dict": STATE}, {"state_dict": STATE}])
def test_the_line_that_is_given_writes_the_weights_of_a_pickle(
    held: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(load=lambda name, **_: held))  # type: ignore[arg-type]
    monkeypatch.chdir(tmp_path)
    exec(refusal(written(tmp_path / "it's.pt", pickle.dumps(1))).partition("Python: ")[2], {})
    assert read_arrays(tmp_path / "it's.pt.npz")["fc.weight"].shape == (2, 3)


@pytest.mark.parametrize("name", ["model.h5", "model.keras", "model.weights.h5"])
def test_the_line_that_is_given_writes_the_weights_of_a_file_of_keras(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = SimpleNamespace(weights=[Tensor()], load_weights=lambda name: None)
    models = SimpleNamespace(load_model=lambda name: model)
    monkeypatch.setitem(sys.modules, "keras", SimpleNamespace(models=models))  # type: ignore[arg-type]
    monkeypatch.chdir(tmp_path)
    mine = {"model": model} if "weights" in name else {}
    exec(refusal(written(tmp_path / name, b"\x89HDF\r\n")).partition("Python: ")[2], mine)
    assert read_arrays(tmp_path / f"{name}.npz")["dense/kernel"].shape == (2, 3)
