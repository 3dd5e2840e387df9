"""Import without what nothing at the start asks for, first of all what PySide adds to it.

It compiles Python of its own that describes signatures, for the errors of wrong calls: here only when one is made.
And it reads the source of all that is imported after it, to see whether that names PySide, for its features
`snake_case` and `true_property`: here never.
"""

import builtins
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType

SUPPORT = "shibokensupport"
SIGNATURE = f"{SUPPORT}.signature"
LATER = {
    SIGNATURE: ("errorhandler", "layout", "parser"),
    f"{SIGNATURE}.lib": ("enum_sig", "pyi_generator", "tool"),
}
"""Of each package of PySide, the modules that wait until something of them is asked for. `mapping` cannot: PySide takes
what it needs of that from its dictionary, without asking."""
LATER_OF_PYTHON = ("inspect", "pickle", "tempfile", "traceback")
"""What PySide, numpy and this app import of Python and use later, or never. No packages: one whose part is imported
first, such as json.decoder, would be asked for others while it asks for that; and numpy finds out by importing ctypes
whether this Python has it, which some have not."""
_waiting: set[ModuleType] = set()
_loading = RLock()


def import_plainly() -> None:
    """Import PySide, and from now on leave it out of imports. To be called before anything else imports it."""
    plain = getattr(builtins, "__orig_import__", builtins.__import__)
    for name in LATER_OF_PYTHON:
        _postpone(name)
    builtins.__import__ = _postponing(plain)
    try:
        import PySide6.QtCore  # noqa: F401 - with which its own way to import is put in place
    finally:
        builtins.__import__ = plain
        setattr(builtins, "__orig_import__", plain)  # noqa: B010 - mypy knows no such attribute


def _postponing(plain: Callable[..., ModuleType]) -> Callable[..., ModuleType]:
    """To import as `plain` does, but with a stand-in for what can wait."""

    def imported(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        for part in set(LATER.get(name, ())).intersection(fromlist or ()):
            _postpone(f"{name}.{part}")
        module = plain(name, globals, locals, fromlist, level)
        if name == SUPPORT and "feature" in (fromlist or ()):
            module.feature._mod_uses_pyside = lambda _: False  # what reads the source
        return module

    return imported


def _postpone(name: str) -> None:
    if name not in sys.modules and (spec := find_spec(name)) is not None:
        module = sys.modules[name] = module_from_spec(spec)
        module.__class__ = _Postponed
        _waiting.add(module)
        package, _, part = name.rpartition(".")
        if package:
            setattr(sys.modules[package], part, module)


class _Postponed(ModuleType):
    """A module that is loaded as soon as something of it is asked for.

    Python's LazyLoader loads one already when it is imported for the second time.
    """

    def __getattr__(self, name: str) -> object:
        with _loading:  # formulas import theirs in a thread: whoever comes second waits until all is there
            if self in _waiting:
                _waiting.remove(self)
                spec = self.__spec__
                assert spec is not None and spec.loader is not None
                spec.name = self.__name__  # PySide has made it its own under another, unknown to the loader
                spec.loader.exec_module(self)
                self.__class__ = ModuleType  # type: ignore[assignment]
            return ModuleType.__getattribute__(self, name)
