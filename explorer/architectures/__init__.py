"""Find the architectures: every module of this package that declares an `ARCHITECTURE`."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from explorer.errors import suggest
from explorer.graph.architecture import Architecture


@cache
def architectures() -> dict[str, Architecture]:
    """All architectures by id, in the order of their figures in the book."""
    modules = (import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__))
    declared = [module.ARCHITECTURE for module in modules]
    declared.sort(key=lambda a: tuple(map(int, a.figure.split("."))))
    return {architecture.id: architecture for architecture in declared}


def get_architecture(id: str) -> Architecture:
    """The architecture of this id; an unknown id is an ExplorerError that suggests the nearest."""
    if id not in architectures():
        raise suggest(id, architectures(), "architecture")
    return architectures()[id]
