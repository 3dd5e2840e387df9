"""What is imported is not read a second time, as PySide would to look for its own name in it."""

import builtins
import linecache
from importlib import import_module
from pathlib import Path

import pytest

from explorer.ui.plain_imports import import_plainly


def test_the_source_of_what_is_imported_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "__import__", builtins.__import__)  # put back at the end
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "plainly_imported.py").write_text("number = 1\n")
    (tmp_path / "importing_plainly.py").write_text("import plainly_imported\n")
    import_plainly()
    import_module("importing_plainly")
    assert str(tmp_path / "plainly_imported.py") not in linecache.cache
