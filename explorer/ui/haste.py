"""Start in haste: until all is there, collect no garbage, and let PySide not read the source of what is imported.

Together a sixth of the start. What is imported at the start stays; to look through it again and again for garbage is in
vain. And after each import PySide reads the module's source, to see if it asks for PySide's `__feature__`s; none does.
"""

import builtins
import gc

_import_of_pyside = builtins.__import__


def begin() -> None:
    """From now on, as above; to be called once PySide is imported."""
    global _import_of_pyside
    gc.disable()
    _import_of_pyside = builtins.__import__
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def end() -> None:
    """As usual again. What is there now is never looked through for garbage: a pause of many frames each time."""
    builtins.__import__ = _import_of_pyside
    gc.freeze()
    gc.enable()
