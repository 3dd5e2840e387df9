"""Read numpy's `.npy` and `.npz` without ever opening a pickle, and without believing what a header promises."""

import math
import zlib
from io import BytesIO
from tokenize import TokenError
from zipfile import BadZipFile, ZipFile, ZipInfo

import numpy as np
from numpy.lib import format as npy

from explorer.errors import ExplorerError
from explorer.files.weights.found import LARGEST, MOST_ARRAYS, Arrays, as_numbers
from explorer.graph.arrays import Array
from explorer.wording import by_size

NPY = b"\x93NUMPY"


def read_npz(content: bytes) -> Arrays:
    """The arrays of an archive by name; ExplorerError with a clause that says what is wrong."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_size(entries)
            return {_name(entry): read_npy(_unpacked(archive, entry), _name(entry)) for entry in entries}
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise ExplorerError("it is a damaged archive; save it again") from error


def read_npy(content: bytes, name: str) -> Array:
    """The array of one `.npy`; its size is compared with what is there before room is made for it."""
    stream = BytesIO(content)
    try:
        version = npy.read_magic(stream)
        read_header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, by_columns, dtype = read_header(stream)
    except (ValueError, SyntaxError, TokenError, OverflowError, MemoryError, RecursionError) as error:
        raise ExplorerError("{name} is no array of numpy", name=name) from error
    if dtype.hasobject or not dtype.itemsize:
        as_numbers(name, np.empty(0, dtype))
    numbers = content[stream.tell() :]
    if min(shape, default=0) < 0 or math.prod(shape) * dtype.itemsize != len(numbers):
        promised = by_size(shape, "one")
        raise ExplorerError(
            "{name} promises {promised} numbers, but holds {numbers:,} bytes of them",
            name=name,
            promised=promised,
            numbers=len(numbers),
        )
    array = np.frombuffer(numbers, dtype).reshape(shape, order="F" if by_columns else "C")
    return as_numbers(name, array)


def _check_size(entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_ARRAYS:
        raise ExplorerError(
            "it holds {entries:,} arrays, and at most {most:,} are read", entries=len(entries), most=MOST_ARRAYS
        )
    other = next((entry.filename for entry in entries if not entry.filename.endswith(".npy")), None)
    if other is not None:
        raise ExplorerError("it holds {other!r}, which is no array of numpy", other=other)
    if sum(entry.file_size for entry in entries) > LARGEST:
        raise ExplorerError("unpacked it would take more than {most} MB", most=LARGEST // 2**20)


def _unpacked(archive: ZipFile, entry: ZipInfo) -> bytes:
    with archive.open(entry) as file:
        return file.read(entry.file_size)  # no more than was said, whatever comes out


def _name(entry: ZipInfo) -> str:
    return entry.filename.removesuffix(".npy")
