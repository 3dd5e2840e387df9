"""Keep JSON and arrays of numbers in one file: a zip, whose arrays are .npy members, which numpy reads as well.

Nothing of it is unpacked to a disk, and nothing is run: members are found by name and read as numbers.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from math import prod
from tokenize import TokenError
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from explorer.errors import ExplorerError

TEXT = "document.json"
MOST_MEMBERS = 2000
LARGEST = 256 * 2**20
"""Bytes of all members together, unpacked."""
_NAME = re.compile(r"[a-z0-9_]{1,40}(/[a-z0-9_]{1,40}){0,4}\.npy")
_KINDS = ("<f8", "<f4", "<i8")
_LONGEST_HEADER = 1000
_ENCRYPTED = 1

Arrays = dict[str, NDArray[Any]]


def pack(text: bytes, arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The content of a file with this JSON, and with these arrays (float64, float32 or int64) by their names."""
    content = BytesIO()
    with ZipFile(content, "w") as file:
        # Without the time of day, so that the same document gives the same bytes.
        file.writestr(ZipInfo(TEXT), text, ZIP_DEFLATED)
        for name, array in arrays.items():
            member = BytesIO()
            npy.write_array(member, np.ascontiguousarray(array, array.dtype.newbyteorder("<")), allow_pickle=False)
            # Not compressed: weights hardly get smaller, and it would take a hundred times as long.
            file.writestr(ZipInfo(f"{name}.npy"), member.getvalue(), ZIP_STORED)
    return content.getvalue()


def is_packed(content: bytes) -> bool:
    """Whether this begins as a zip does."""
    return content.startswith(b"PK")


def unpack(content: bytes) -> tuple[bytes, Arrays]:
    """The JSON and the arrays by name; ExplorerError, whose message is a clause, for any other zip."""
    try:
        with ZipFile(BytesIO(content)) as file:
            members = file.infolist()
            _check(members)
            read = {member.filename: file.read(member) for member in members}
    except (BadZipFile, ZlibError, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise ExplorerError("it is a damaged zip; take an earlier copy of it") from error
    text = read.pop(TEXT)
    return text, {name.removesuffix(".npy"): _array(name, content) for name, content in read.items()}


def _check(members: list[ZipInfo]) -> None:
    """Refuse what no document holds before any of it is unpacked."""
    names = [member.filename for member in members]
    if TEXT not in names:
        raise ExplorerError("it is a zip of something else, without document.json")
    if len(names) > MOST_MEMBERS or len(set(names)) < len(names):
        raise ExplorerError("it is a zip of {names:,} files, some of them more than once or too many", names=len(names))
    if sum(member.file_size for member in members) > LARGEST:
        raise ExplorerError("it would take more than {most} MB when unpacked", most=LARGEST // 2**20)
    for member in members:
        if member.filename != TEXT and not _NAME.fullmatch(member.filename):
            raise ExplorerError("it holds a file {file!r}, which belongs to no document", file=member.filename[:60])
        if member.flag_bits & _ENCRYPTED or member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ExplorerError(
                "its file {file} is encrypted or packed in a way that is not read here", file=member.filename
            )


def _array(name: str, content: bytes) -> NDArray[Any]:
    """The array in a .npy file of numbers."""
    file = BytesIO(content)
    try:
        if npy.read_magic(file) != (1, 0):
            raise ValueError("a later version")
        shape, by_columns, dtype = npy.read_array_header_1_0(file, max_header_size=_LONGEST_HEADER)
    except (ValueError, EOFError, SyntaxError, TokenError, RecursionError, MemoryError) as error:
        raise ExplorerError("its file {name} is no array of numbers", name=name) from error
    numbers = content[file.tell() :]
    # Before anything of that shape is made: a header can claim any.
    fits = min(shape, default=0) >= 0 and prod(shape) * dtype.itemsize == len(numbers)
    if dtype.str not in _KINDS or by_columns or not fits:
        raise ExplorerError("its file {name} is no array of numbers, or is cut off", name=name)
    return np.frombuffer(numbers, dtype).reshape(shape)
