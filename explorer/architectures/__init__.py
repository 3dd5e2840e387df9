"""Find the architectures: every module of this package that declares an `ARCHITECTURE`; and their groups."""

import re
from functools import cache
from types import ModuleType

from explorer.errors import ExplorerError, check_distinct, check_known
from explorer.graph.architecture import Architecture, Group
from explorer.graph.checked import check
from explorer.language import tr
from explorer.registry import file_of, modules_of


@cache
def architectures() -> dict[str, Architecture]:
    """All architectures by id, in the order of their figures in the book, then those of a section, then all others.

    Raises ExplorerError if two files declare one id, and for a file that declares none or has a slip in it.
    """
    declared = [_declared(module) for module in modules_of(__name__, __path__)]
    check_distinct((architecture.id for architecture in declared), tr("architecture"))
    declared.sort(key=in_the_book)
    return {architecture.id: architecture for architecture in declared}


def _declared(module: ModuleType) -> Architecture:
    """What a module declares, checked."""
    found = getattr(module, "ARCHITECTURE", None)
    if not isinstance(found, Architecture):
        raise ExplorerError(
            "{file} declares no architecture; name it ARCHITECTURE, or let the name of a file of another kind "
            "begin with _.",
            file=file_of(module),
        )
    try:
        check(found)
    except ExplorerError as error:
        raise ExplorerError("In {file}: {error}", file=file_of(module), error=error) from error
    return found


def by_group() -> dict[Group, list[Architecture]]:
    """All architectures by what they have in common: the groups in their order, and in each the order of the book."""
    every = architectures().values()
    return {group: found for group in Group if (found := [a for a in every if a.group is group])}


def in_the_book(architecture: Architecture) -> tuple[int, list[tuple[int, str]], str]:
    """What to sort architectures by: the numbers in a figure count as numbers, so that 10.10 comes after 10.5.

    Sections are numbered apart from figures, so those cited by their section come after those that have a figure.
    """
    from_first_number = re.sub(r"^[^0-9]+", "", architecture.figure)
    parts = re.findall(r"[0-9]+|[^0-9.\s]+", from_first_number)
    numbers = [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
    kind = 2 if not numbers else 1 if architecture.figure.startswith("section") else 0
    return kind, numbers, architecture.id


def get_architecture(id: str) -> Architecture:
    """The architecture of this id; an unknown id is an ExplorerError that suggests the nearest."""
    check_known(id, architectures(), tr("architecture"))
    return architectures()[id]
