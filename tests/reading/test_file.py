"""A file of a size that can be read."""

import os
import sys
from pathlib import Path

import pytest

from explorer.errors import ExplorerError
from explorer.reading.file import read_bytes
from tests.refusals import refusal_of


def test_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\0\xff")
    assert read_bytes(tmp_path / "file", 2, "The case") == b"\0\xff"


def test_not_one_byte_too_many(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * (2**20 + 1))
    message = refusal_of(read_bytes, path, 2**20, "The case")
    assert message == f"The case {path} is larger than 1 MB; give a smaller one."


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs what Linux offers")
def test_what_never_ends_is_too_large() -> None:
    with pytest.raises(ExplorerError, match=r"^The case /dev/zero is larger than 1 MB"):
        read_bytes(Path("/dev/zero"), 2**20, "The case", pipes=True)


@pytest.mark.parametrize("name", ["missing", ".", "a\0b"])
def test_what_cannot_be_read_is_named_with_the_reason(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExplorerError, match=r"^The case .* cannot be read: .*\.$"):
        read_bytes(tmp_path / name, 100, "The case")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExplorerError, match=r"cannot be read: it is a pipe or a device\. Choose another one\.$"):
        read_bytes(tmp_path / "pipe", 100, "The file")
