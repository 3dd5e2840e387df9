"""Read the arrays of a file of weights, `read_arrays`: `.npz`, `.safetensors`, JSON, a text. A pickle is refused."""

from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from explorer.errors import ExplorerError, sentence
from explorer.files.weights.found import LARGEST, MOST_ARRAYS, Arrays, as_numbers
from explorer.files.weights.npz import NPY, read_npy, read_npz
from explorer.files.weights.safetensors import read_safetensors
from explorer.files.weights.text import read_text
from explorer.graph.arrays import Array
from explorer.language import tr
from explorer.reading.file import read_bytes
from explorer.reading.json_faults import in_words
from explorer.reading.json_text import NOT_JSON, decode_json
from explorer.wording import listed

SUFFIXES = (".npz", ".npy", ".safetensors", ".json", ".txt")
PICKLES = (".pt", ".pth", ".bin", ".pkl", ".pickle", ".ckpt")
KERAS = (".h5", ".hdf5", ".keras")
_OF_PYTORCH = (
    "import numpy, torch; w = torch.load({path!r}, map_location='cpu', weights_only=True); "
    "w = w.get('model_state_dict', w.get('state_dict', w)); "
    "numpy.savez({to!r}, **dict((name, array.numpy()) for name, array in w.items()))"
)
"""A program that writes the weights of a pickle, also where they lie in a checkpoint beside other things."""
_OF_KERAS = (
    "import keras, numpy; model = keras.models.load_model({path!r}); "
    "numpy.savez({to!r}, **dict((w.path, w.numpy()) for w in model.weights))"
)
_OF_KERAS_WEIGHTS = _OF_KERAS.replace("model = keras.models.load_model", "model.load_weights")
"""The same where a file holds weights alone: the model that they are of has been made before."""
ZIP, HDF5 = b"PK", b"\x89HDF"


def read_arrays(path: Path) -> Arrays:
    """The arrays of a file by name; ExplorerError, in one sentence, for what is no such file."""
    content, kind = read_bytes(path, LARGEST, tr("The file")), path.suffix.lower()
    if kind in KERAS or content.startswith(HDF5):
        whole = kind in KERAS and not path.stem.endswith(".weights")
        raise ExplorerError(
            "{path} is a file of Keras, which only Keras reads; write its weights with this line of Python: {line}",
            path=path.name,
            line=(_OF_KERAS if whole else _OF_KERAS_WEIGHTS).format(path=path.name, to=f"{path.name}.npz"),
        )
    if kind in PICKLES or content.startswith((b"\x80", b"\x1f\x8b")) or _holds_pickle(content):
        raise ExplorerError(
            "{path} is a pickle, which can run any program when it is opened; write its weights with this line of "
            "Python: {line}",
            path=path.name,
            line=_OF_PYTORCH.format(path=path.name, to=f"{path.name}.npz"),
        )
    try:
        arrays = _read(content, kind, path.stem)
    except ExplorerError as error:
        raise ExplorerError(sentence(tr("{path} cannot be read: {error}", path=path.name, error=error))) from error
    if not arrays:
        raise ExplorerError("{path} holds no arrays; choose a file with weights.", path=path.name)
    return arrays


def read_pasted(text: str) -> Arrays:
    """The arrays of a text: JSON, or numbers given to names; ExplorerError as `read_arrays`."""
    try:
        return _of_text(text)
    except ExplorerError as error:
        raise ExplorerError(
            sentence(tr("{path} cannot be read: {error}", path=tr("The pasted text"), error=error))
        ) from error


def _read(content: bytes, kind: str, stem: str) -> Arrays:
    if not content:
        raise ExplorerError("it is empty")
    if content.startswith(NPY):
        return {stem: read_npy(content, stem)}
    if content.startswith(ZIP):
        return read_npz(content)
    if kind == ".safetensors":
        return read_safetensors(content)
    if kind == ".json":
        return _read_nested(content)
    if kind == ".txt":
        return _of_text(content.decode("utf-8-sig", "replace"))
    if kind in SUFFIXES:
        raise ExplorerError("it does not begin as a {kind} file does; write it anew", kind=kind)
    raise ExplorerError("weights are read from {suffixes}", suffixes=listed(SUFFIXES))


def _of_text(text: str) -> Arrays:
    return _read_nested(text.encode(errors="surrogatepass")) if text.lstrip().startswith("{") else read_text(text)


def _read_nested(content: bytes) -> Arrays:
    """The arrays of JSON: lists of lists by name, or those under `parameters` of a case."""
    try:
        found = decode_json(content.removeprefix(BOM_UTF8))
    except NOT_JSON as error:
        raise ExplorerError(in_words(content, error)) from error
    if isinstance(found, Mapping) and isinstance(found.get("parameters"), Mapping):
        found = found["parameters"]
    arrays = dict(_flat(found)) if isinstance(found, Mapping) else {}
    if not 0 < len(arrays) <= MOST_ARRAYS:
        raise ExplorerError('it holds no arrays by name, as {"W": [[0.5, 1], [0, 2]]} does')
    return {name: _nested(name, numbers) for name, numbers in arrays.items()}


def _flat(found: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """What lies in objects within objects, by the way to it."""
    for name, inside in found.items():
        if isinstance(inside, Mapping):
            yield from ((f"{name}/{way}", numbers) for way, numbers in _flat(inside))
        else:
            yield str(name), inside


def _nested(name: str, numbers: Any) -> Array:
    try:
        array = np.array(numbers)
    except ValueError as error:
        raise ExplorerError("{name} is no array, for its rows are not equally long", name=name) from error
    if array.dtype.kind not in "fiub":
        raise ExplorerError("{name} is no array of numbers", name=name)
    return as_numbers(name, array)


def _holds_pickle(content: bytes) -> bool:
    """Whether it is the archive that torch.save writes: its names stand in it as they are."""
    return content.startswith(ZIP) and b"/data.pkl" in content[:4096]
