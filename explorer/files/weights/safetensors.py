"""Read and write `.safetensors`: a length, a header in JSON, and the numbers (huggingface.co/docs/safetensors)."""

import math
from collections.abc import Mapping

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.files.weights.found import MOST_ARRAYS, Arrays, as_numbers
from explorer.graph.arrays import Array
from explorer.reading.json_text import NOT_JSON
from explorer.wording import by_size

METADATA = "__metadata__"
KINDS = {
    **{"F64": "<f8", "F32": "<f4", "F16": "<f2", "BOOL": "?"},
    **{"I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1", "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "u1"},
}
"""The kinds of numbers that numpy has too."""


class _Tensor(Struct, frozen=True):
    """What the header says of one array: where among the numbers it begins and ends, in bytes."""

    dtype: str
    shape: tuple[int, ...]
    data_offsets: tuple[int, int]


def read_safetensors(content: bytes) -> Arrays:
    """The arrays by name; ExplorerError with a clause that says what is wrong."""
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > len(content) - 8:
        raise ExplorerError("its header is longer than the file")
    try:
        header = msgspec.json.decode(content[8 : 8 + length], type=dict[str, msgspec.Raw])
        tensors = {name: msgspec.json.decode(raw, type=_Tensor) for name, raw in header.items() if name != METADATA}
    except NOT_JSON as error:
        raise ExplorerError("its header is not that of a .safetensors file") from error
    if len(tensors) > MOST_ARRAYS:
        raise ExplorerError(
            "it holds {tensors:,} arrays, and at most {most:,} are read", tensors=len(tensors), most=MOST_ARRAYS
        )
    numbers = memoryview(content)[8 + length :]
    return {name: _array(name, tensor, numbers) for name, tensor in tensors.items()}


def write_safetensors(arrays: Mapping[str, Array]) -> bytes:
    """The same arrays, in float64."""
    header: dict[str, object] = {METADATA: {"format": "pt"}}
    end = 0
    for name, array in arrays.items():
        begin, end = end, end + 8 * array.size
        header[name] = {"dtype": "F64", "shape": array.shape, "data_offsets": (begin, end)}
    text = msgspec.json.encode(header)
    text += b" " * (-len(text) % 8)
    numbers = b"".join(np.ascontiguousarray(array, "<f8").tobytes() for array in arrays.values())
    return len(text).to_bytes(8, "little") + text + numbers


def _array(name: str, tensor: _Tensor, numbers: memoryview) -> Array:
    begin, end = tensor.data_offsets
    if tensor.dtype != "BF16" and tensor.dtype not in KINDS:
        raise ExplorerError(
            "{name} is made of {dtype}, not of real numbers; save it as floats", name=name, dtype=tensor.dtype
        )
    dtype = np.dtype("<u2" if tensor.dtype == "BF16" else KINDS[tensor.dtype])
    size = math.prod(tensor.shape) * dtype.itemsize
    if min(tensor.shape, default=0) < 0 or not 0 <= begin <= end <= len(numbers) or size != end - begin:
        shape = by_size(tensor.shape, "one")
        raise ExplorerError("{name} promises {shape} numbers, but they are not there", name=name, shape=shape)
    array: NDArray[np.generic] = np.frombuffer(numbers[begin:end], dtype)
    if tensor.dtype == "BF16":  # the upper half of a float32
        array = (array.astype("<u4") << 16).view("<f4")
    return as_numbers(name, array.reshape(tensor.shape))
