"""Find what the modules of a package declare: `modules_of`; a file that cannot be read is said in one sentence."""

import traceback
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from explorer.errors import ExplorerError


def modules_of(package: str, path: list[str]) -> Iterator[ModuleType]:
    """Every module of a package, whose names stand for what is in it; those that begin with _ are left aside.

    Raises ExplorerError where one cannot be imported: the file, the line, and why.
    """
    for name in names_of(path):
        yield module_of(package, name)


def names_of(path: list[str]) -> list[str]:
    """The names of the modules in these folders that `modules_of` imports."""
    return [info.name for info in iter_modules(path) if not info.name.startswith("_")]


def file_of(module: ModuleType) -> str:
    """The file of a module, by its name in its folder, for a sentence about it."""
    path = Path(str(module.__file__))
    return f"{path.parent.name}/{path.name}"


def module_of(package: str, name: str) -> ModuleType:
    """The module of this name in a package. Raises ExplorerError as `modules_of` does."""
    try:
        return import_module(f"{package}.{name}")
    except ExplorerError:
        raise
    except Exception as error:
        file, line = _place(error, f"{name}.py")
        why = error.msg if isinstance(error, SyntaxError) else error
        raise ExplorerError(
            "{file} cannot be read: line {line} has a {kind}, {why}.",
            file=file,
            line=line,
            kind=type(error).__name__,
            why=why,
        ) from error


def _place(error: Exception, file: str) -> tuple[str, int]:
    """The file and the line in it that a declaration broke at, not that of what it called."""
    if isinstance(error, SyntaxError) and error.filename:
        return Path(error.filename).name, error.lineno or 0
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).name == file]
    return file, lines[-1] or 0 if lines else 0
