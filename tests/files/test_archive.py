"""JSON and arrays go into one file and come back; any other zip gets one clause, before anything large is made."""

import zipfile
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.files import archive
from explorer.files.archive import pack, unpack
from tests.each import each
from tests.refusals import refusal_of

ARRAYS = {
    "runs/0/weights": np.array([[0.1, -np.inf], [np.nan, 5e-324]]),
    "runs/0/weights_at": np.array([3, 7]),
    "steps": np.zeros((2, 0, 3), np.float32),
}


def zipped(members: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", kind) as file:
        for name, member in members.items():
            file.writestr(name, member)
    return content.getvalue()


def npy(array: np.ndarray, **settings: bool) -> bytes:
    content = BytesIO()
    np.save(content, array, **settings)
    return content.getvalue()


def claimed(shape: str, kind: str = "<f8", order: str = "False") -> bytes:
    """A header that claims a shape, before eight bytes of numbers."""
    header = f"{{'descr': '{kind}', 'fortran_order': {order}, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes(8)


def refusal(content: bytes) -> str:
    message = refusal_of(unpack, content)
    assert "\n" not in message and len(message) < 200
    return message


def test_text_and_arrays_come_back_to_the_last_bit() -> None:
    text, arrays = unpack(pack(b'{"T": 3}', ARRAYS))
    assert text == b'{"T": 3}' and arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert arrays[name].dtype == array.dtype
        np.testing.assert_array_equal(arrays[name], array)


def test_the_same_gives_the_same_bytes_and_numpy_reads_them() -> None:
    assert pack(b"{}", ARRAYS) == pack(b"{}", ARRAYS)
    found = np.load(BytesIO(pack(b"{}", ARRAYS)))
    np.testing.assert_array_equal(found["runs/0/weights_at"], [3, 7])


DOCUMENT = {"document.json": b"{}"}
BAD = {
    "something else": (zipped({"a.txt": b""}), "without document.json"),
    "a path upwards": (zipped(DOCUMENT | {"../a.npy": npy(np.zeros(1))}), "'../a.npy', which belongs to no document"),
    "a path from the root": (zipped(DOCUMENT | {"/etc/a.npy": b""}), "belongs to no document"),
    "a path of Windows": (zipped(DOCUMENT | {"c:\\a.npy": b""}), "belongs to no document"),
    "a program": (zipped(DOCUMENT | {"run.py": b"import os"}), "belongs to no document"),
    "a picture": (zipped(DOCUMENT | {"a.npy": b"\x89PNG"}), "a.npy is no array of numbers"),
    "objects": (zipped(DOCUMENT | {"a.npy": npy(np.array([{}]), allow_pickle=True)}), "no array of numbers"),
    "words": (zipped(DOCUMENT | {"a.npy": npy(np.array(["x"]))}), "no array of numbers"),
    "a huge shape": (zipped(DOCUMENT | {"a.npy": claimed("(1000000000000, 1000000)")}), "or is cut off"),
    "a shape below zero": (zipped(DOCUMENT | {"a.npy": claimed("(-1, -1)")}), "no array of numbers"),
    "a shape of words": (zipped(DOCUMENT | {"a.npy": claimed("'ab'")}), "no array of numbers"),
    "a shape that does not end": (zipped(DOCUMENT | {"a.npy": claimed("(")}), "no array of numbers"),
    "code as a header": (zipped(DOCUMENT | {"a.npy": claimed("__import__('os').getcwd()")}), "no array of numbers"),
    "by columns": (zipped(DOCUMENT | {"a.npy": claimed("(1, 1)", order="True")}), "no array of numbers"),
    "a long header": (zipped(DOCUMENT | {"a.npy": claimed("(" + "1, " * 5000 + ")")}), "no array of numbers"),
    "many files": (zipped(DOCUMENT | {f"a{n}.npy": b"" for n in range(2001)}), "a zip of 2,002 files"),
    "another packing": (zipped(DOCUMENT, zipfile.ZIP_LZMA), "packed in a way that is not read here"),
    "cut off": (zipped(DOCUMENT)[:-10], "a damaged zip"),
    "only a beginning": (b"PK\x03\x04", "a damaged zip"),
}


@each(("content", "reason"), BAD.values())
def test_any_other_zip_says_why_not(content: bytes, reason: str) -> None:
    assert reason in refusal(content)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(DOCUMENT | {"a.npy": bytes(archive.LARGEST + 1)})
    assert len(bomb) < 2**20
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    assert refusal(bomb) == "it would take more than 256 MB when unpacked"


def test_a_bomb_that_lies_about_its_size_ends_there() -> None:
    bomb = bytearray(zipped({"document.json": bytes(10_000_000)}))
    for at in (bomb.find(b"PK\x01\x02") + 24, bomb.find(b"PK\x03\x04") + 22):
        bomb[at : at + 4] = (10).to_bytes(4, "little")
    assert refusal(bytes(bomb)) == "it is a damaged zip; take an earlier copy of it"


@given(st.data())
def test_a_damaged_zip_is_read_or_refused_in_a_clause(data: st.DataObject) -> None:
    content = bytearray(pack(b'{"length": 3}', ARRAYS))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        content[start : start + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=5))
    try:
        unpack(bytes(content))
    except ExplorerError as error:
        assert "\n" not in str(error)
