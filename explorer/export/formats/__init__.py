"""Find the kinds of files that can be exported: every module of this package that declares a `FORMAT`."""

from functools import cache

from explorer.errors import check_distinct, check_known
from explorer.export.format import ExportKind, Format
from explorer.language import tr
from explorer.registry import modules_of


@cache
def formats() -> dict[str, Format]:
    """All by id, by what they hold; ExplorerError if two files declare one id."""
    declared: list[Format] = [module.FORMAT for module in modules_of(__name__, __path__)]
    check_distinct((format.id for format in declared), tr("format"))
    declared.sort(key=lambda format: (list(ExportKind).index(format.kind), format.title.casefold()))
    return {format.id: format for format in declared}


def get_format(id: str) -> Format:
    """The format of this id; an unknown id is an ExplorerError that suggests the nearest."""
    check_known(id, formats(), tr("format"))
    return formats()[id]
