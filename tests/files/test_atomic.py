"""A file is written whole or not at all, and what was there before stays until then."""

import errno
import os
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explorer.errors import ExplorerError
from explorer.files.atomic import check_writable, write_atomically
from tests.refusals import refusal_of

LINUX_ONLY = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs what Linux offers")


def refusal(path: Path, content: bytes = b"new") -> str:
    message = refusal_of(write_atomically, path, content)
    assert message.endswith("Choose another place.")
    return message


def left(folder: Path) -> list[str]:
    """Everything in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def test_bytes_are_written_as_they_are_and_text_as_utf8(tmp_path: Path) -> None:
    write_atomically(tmp_path / "bytes", b"\0\xff")
    write_atomically(tmp_path / "text", "ŷ\n")
    assert (tmp_path / "bytes").read_bytes() == b"\0\xff"
    assert (tmp_path / "text").read_bytes() == b"\xc5\xb7\n"
    assert left(tmp_path) == ["bytes", "text"]


def test_a_longer_file_is_replaced_completely(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old and longer")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_new_file_gets_the_usual_permissions_and_a_replaced_one_keeps_its_own(tmp_path: Path) -> None:
    path, usual = tmp_path / "file", tmp_path / "usual"
    usual.touch()
    write_atomically(path, b"new")
    assert path.stat().st_mode == usual.stat().st_mode
    path.chmod(0o640)
    write_atomically(path, b"newer")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_name_as_long_as_names_may_be(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_no_such_folder(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "file"
    assert refusal(path) == f"{path} cannot be written: No such file or directory. Choose another place."
    assert left(tmp_path) == []


def test_a_folder_stands_there(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path} cannot be written: Is a directory. Choose another place."


def test_a_file_used_as_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be written: Not a directory." in refusal(tmp_path / "file" / "inner")


def test_a_name_no_file_can_have(tmp_path: Path) -> None:
    assert "cannot be written: embedded null" in refusal(tmp_path / "a\0b")
    assert "cannot be written: " in refusal(tmp_path / ("x" * 300))
    assert left(tmp_path) == []


def test_a_file_that_its_owner_protected_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anything
    assert "cannot be written: Permission denied." in refusal(path)
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no symbolic links")
def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    target, link = tmp_path / "inner" / "file", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert left(tmp_path / "inner") == ["file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_into_a_pipe_it_is_written_and_the_pipe_stays(tmp_path: Path) -> None:
    """As into /dev/stdout or /dev/null, which a rename would replace by a file."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(path.read_bytes()), daemon=True)
    reader.start()
    write_atomically(path, b"new")
    reader.join(10)
    assert received == [b"new"]
    assert path.is_fifo()


@pytest.mark.parametrize(
    ("call", "number", "reason"),
    [
        ("os.fsync", errno.ENOSPC, "No space left on device"),
        ("os.fsync", errno.EIO, "Input/output error"),
        ("os.replace", errno.EXDEV, "Invalid cross-device link"),
        ("tempfile.mkstemp", errno.EROFS, "Read-only file system"),
        ("tempfile.mkstemp", errno.EACCES, "Permission denied"),
    ],
)
def test_what_fails_on_the_way_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, reason: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "file"
    path.write_bytes(b"old")
    monkeypatch.setattr(call, fail)
    assert refusal(path) == f"{path} cannot be written: {reason}. Choose another place."
    assert path.read_bytes() == b"old"
    assert left(tmp_path) == ["file"]


@LINUX_ONLY
def test_a_disk_that_is_full_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with files_no_larger_than(4096):
        message = refusal(path, b"x" * 100_000)
    assert "cannot be written: File too large." in message
    assert path.read_bytes() == b"old"
    assert left(tmp_path) == ["file"]


def test_stopped_by_the_user_on_the_way_it_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "file", b"new")
    assert left(tmp_path) == []


class TestCheckWritable:
    """Asked before hours of work whose result goes to a file."""

    def test_where_a_file_can_be_written_it_leaves_no_trace(self, tmp_path: Path) -> None:
        path = tmp_path / "file"
        check_writable(path)
        assert left(tmp_path) == []
        path.write_bytes(b"old")
        check_writable(path)
        assert path.read_bytes() == b"old"

    @LINUX_ONLY
    def test_a_device_takes_whatever_comes_and_nothing_is_put_beside_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tempfile.TemporaryFile", None)
        check_writable(Path(os.devnull))

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no full device")
    def test_a_device_that_is_full(self) -> None:
        message = refusal_of(check_writable, Path("/dev/full"))
        assert message == "/dev/full cannot be written: No space left on device. Choose another place."

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
    def test_a_pipe_is_neither_waited_for_nor_written_to(self, tmp_path: Path) -> None:
        path = tmp_path / "pipe"
        os.mkfifo(path)
        check_writable(path)
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            check_writable(path)
            assert os.read(reader, 10) == b""
        finally:
            os.close(reader)

    @LINUX_ONLY
    def test_a_disk_that_is_full(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"old")
        with files_no_larger_than(4096), pytest.raises(ExplorerError, match="cannot be written: File too large"):
            check_writable(tmp_path / "file")
        assert (tmp_path / "file").read_bytes() == b"old"
        assert left(tmp_path) == ["file"]

    @pytest.mark.parametrize("name", ["missing/file", ".", "a\0b"])
    def test_where_it_cannot_the_reason_is_that_of_writing(self, tmp_path: Path, name: str) -> None:
        assert refusal_of(check_writable, tmp_path / name) == refusal(tmp_path / name)

    def test_a_read_only_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(**_: object) -> None:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        monkeypatch.setattr("tempfile.TemporaryFile", fail)
        with pytest.raises(ExplorerError, match=r"cannot be written: Permission denied\."):
            check_writable(tmp_path / "file")


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let every write beyond this size fail, as on a full disk."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
