"""Find the architectures: every module of this package that declares an `ARCHITECTURE`; and their groups.

Files in a folder of one's own (`own_folder`) are modules of this package as well.
"""

import inspect
import re
import sys
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from explorer.architectures._own import copied, own_folder
from explorer.errors import ExplorerError, check_distinct, check_known, refuse
from explorer.graph.architecture import Architecture, Group
from explorer.graph.checked import check
from explorer.language import tr
from explorer.registry import file_of, module_of, modules_of, names_of

__path__.append(str(own_folder()))


@cache
def architectures() -> dict[str, Architecture]:
    """All architectures by id, in the order of their figures in the book, then those of a section, then all others.

    Raises ExplorerError if two files declare one id, and for a file that declares none or has a slip in it. A file of
    one's own with a slip is left out, and told of by `own_mistakes`.
    """
    theirs = _of_the_app()
    declared = [*theirs, *(found for found in _of_ones_own(theirs) if isinstance(found, Architecture))]
    declared.sort(key=in_the_book)
    return {architecture.id: architecture for architecture in declared}


def own_mistakes() -> list[str]:
    """What is wrong with files in the folder of one's own, a sentence for each that is left out."""
    if not names_of([str(own_folder())]):
        return []
    return [found for found in _of_ones_own(_of_the_app()) if isinstance(found, str)]


def own_copy(id: str) -> Path:
    """Copy the file of a network into the folder of one's own, to be changed there; returns the copy.

    Raises ExplorerError for an unknown id, and if the copy cannot be written.
    """
    network = get_architecture(id)
    modules = (sys.modules.get(f"{__name__}.{name}") for name in names_of(__path__))  # a file with a slip is not there
    return copied(next(inspect.getsource(m) for m in modules if m and getattr(m, "ARCHITECTURE", None) is network), id)


def _of_the_app() -> list[Architecture]:
    own = str(own_folder())
    declared = [_declared(module) for module in modules_of(__name__, [folder for folder in __path__ if folder != own])]
    check_distinct((architecture.id for architecture in declared), tr("architecture"))
    return declared


def _of_ones_own(theirs: Collection[Architecture]) -> Iterator[Architecture | str]:
    """The networks in the folder of one's own; for a file that declares none, or one that others have, why not."""
    folder, ids = own_folder(), {architecture.id for architecture in theirs}
    for name in names_of([str(folder)]):
        try:
            found = _own_of(folder / f"{name}.py", module_of(__name__, name), ids)
        except ExplorerError as error:
            yield str(error)
        else:
            ids.add(found.id)
            yield found


def _own_of(file: Path, module: ModuleType, taken: Collection[str]) -> Architecture:
    """What a file of one's own declares, if nothing else has its name or id."""
    if Path(str(module.__file__)) != file:
        raise ExplorerError("{file} is called as a file of the app is; rename it.", file=str(file))
    found = _declared(module)
    if found.id in taken:
        raise ExplorerError(
            "In {file}: another network has the id '{id}'; give this one another.", file=file_of(module), id=found.id
        )
    return found


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
    """The architecture of this id; an unknown id is an ExplorerError that suggests the nearest.

    Or that says what is wrong with the file of one's own that has this name.
    """
    if id not in architectures():
        refuse(next((mistake for mistake in own_mistakes() if f"{id}.py" in mistake), None))
    check_known(id, architectures(), tr("architecture"))
    return architectures()[id]
