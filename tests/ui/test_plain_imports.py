"""PySide reads nothing at a start that nobody asks for."""

import builtins
import linecache
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest

from explorer.ui.plain_imports import _postpone, import_plainly


def test_the_source_of_what_is_imported_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "__import__", builtins.__import__)  # put back at the end
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "plainly_imported.py").write_text("number = 1\n")
    (tmp_path / "importing_plainly.py").write_text("import plainly_imported\n")
    import_plainly()
    import_module("importing_plainly")
    assert str(tmp_path / "plainly_imported.py") not in linecache.cache


WRONG_CALL = """
from explorer.ui.plain_imports import import_plainly
import_plainly()
import sys
from PySide6.QtCore import QSize
print("inspect" in vars(sys.modules["shibokensupport.signature.layout"]), "dumps" in vars(sys.modules["pickle"]))
import json.decoder, ctypes.util
import json, pickle
print(pickle.loads(pickle.dumps(json.loads("[1]"))), pickle.__file__ is None)
try:
    QSize("w", "h")
except TypeError as error:
    print(error)
"""


def test_what_can_wait_is_read_once_it_is_asked_for_as_signatures_are_by_the_error_of_a_wrong_call() -> None:
    command = [sys.executable, "-c", WRONG_CALL]
    at_start, asked_for, *error = subprocess.run(
        command, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert at_start == "False False"
    assert asked_for == "[1] False"
    assert any("w: int, h: int" in line for line in error)


def test_who_asks_for_what_another_thread_is_loading_gets_it_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "slowly_loaded.py").write_text("import time\ntime.sleep(0.1)\nnumber = 1\n")
    _postpone("slowly_loaded")
    with ThreadPoolExecutor(2) as two:
        assert [*two.map(lambda _: import_module("slowly_loaded").number, range(2))] == [1, 1]
