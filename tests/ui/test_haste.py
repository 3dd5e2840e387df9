"""Haste is over when it ends: garbage is collected as before, and imports are as PySide wants them."""

import builtins
import gc

import PySide6.QtWidgets

from explorer.ui import haste


def test_haste_ends_as_it_began() -> None:
    hooked = builtins.__import__
    assert PySide6.QtWidgets and gc.isenabled()
    haste.begin()
    try:
        assert not gc.isenabled()
        assert builtins.__import__ is not hooked, "PySide's hook is passed by"
        assert __import__("colorsys").__name__ == "colorsys"
    finally:
        haste.end()
        frozen = gc.get_freeze_count()
        gc.unfreeze()
    assert gc.isenabled()
    assert builtins.__import__ is hooked
    assert frozen > 1000
