"""Import as Python does. PySide reads the source of all that is imported after it, to see whether that names PySide.

That is for its features `snake_case` and `true_property`, which nothing here asks for, and takes longer than most
modules do.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - with which its own way to import is put in place


def import_plainly() -> None:
    """From now on leave PySide out of imports."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
