"""Read sequences or a table from JSON: objects with `inputs` and `targets`, or records with a key for each column."""

from ast import literal_eval
from typing import Any
from warnings import catch_warnings, simplefilter

from explorer.data.data_set import LARGEST_NUMBER
from explorer.data.named import roles
from explorer.data.source import LEFT_OUT, LONGEST_SYMBOL, Cell, Pair, Refused, Source
from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.reading.json_faults import in_words
from explorer.reading.json_text import NOT_JSON, decode_json

_LONGEST_PYTHON = 100_000
"""Characters that are read as Python at most: of more, its reader may take more memory than there is."""
_SHAPE = '[{"inputs": [0, 1], "targets": [1, 1]}, …]'


def read_json(text: str) -> Source:
    """The sequences, or the rows of a table, of a JSON text; ExplorerError for one that is neither."""
    content = text.encode(errors="surrogatepass")
    try:
        found = decode_json(content)
    except NOT_JSON as error:
        found = _python(text)
        if found is None:
            raise ExplorerError("These data cannot be read: {fault}.", fault=in_words(content, error)) from error
    if isinstance(found, dict):
        inside = next((found[key] for key in ("sequences", "data") if isinstance(found.get(key), list)), None)
        if inside is not None:
            found = inside
        elif "inputs" in found:
            found = [found]
        elif found and all(isinstance(column, list) for column in found.values()):
            if not any(isinstance(cell, list) for column in found.values() for cell in column):
                return _columns(found)
            x, y = roles([*found])
            if x is not None:
                found = [{"inputs": found[x]} | ({} if y is None else {"targets": found[y]})]
    if not isinstance(found, list) or not found:
        raise ExplorerError("This JSON holds no sequences; write them as {shape}.", shape=_SHAPE)
    if all(isinstance(item, dict) and "inputs" not in item for item in found):
        return _records(found)
    if all(isinstance(item, int | float) for item in found):
        found = [found]
    pairs, refused = [], []
    for number, item in enumerate(found, 1):
        inputs = item.get("inputs") if isinstance(item, dict) else item
        targets = item.get("targets", item.get("target")) if isinstance(item, dict) else None
        try:
            pairs.append(Pair(number, _cells(inputs), None if targets is None else _targets(targets)))
        except ExplorerError as error:
            refused.append(Refused(number, str(error)))
    if not pairs:
        raise ExplorerError(
            "No item of this JSON is a sequence: item 1 {why}; write {shape}.", why=refused[0].why, shape=_SHAPE
        )
    if len({pair.targets is None for pair in pairs}) > 1:
        refused += [Refused(pair.line, tr("has no targets")) for pair in pairs if pair.targets is None]
        pairs = [pair for pair in pairs if pair.targets is not None]
    return Source("json", tuple(pairs), refused=tuple(sorted(refused, key=lambda one: one.line)))


def _python(text: str) -> Any:
    """What a list or a dict of Python says, as JSON would: in the list, a tuple of two is inputs and targets.

    None for any other text.
    """
    if len(text) > _LONGEST_PYTHON or {*text}.isdisjoint("'("):
        return None
    with catch_warnings():
        simplefilter("ignore")  # what Python would warn about is no list then, or one all the same
        try:
            found = literal_eval(text.strip())
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return None
    if isinstance(found, list):
        return [_pair_or_list(item) for item in found]
    return _in_lists(found)


def _pair_or_list(item: Any) -> Any:
    if isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], tuple | list | str):
        return {"inputs": _in_lists(item[0]), "targets": _in_lists(item[1])}
    return _in_lists(item)


def _in_lists(found: Any) -> Any:
    """The same with lists for tuples, and keys that are texts."""
    if isinstance(found, dict):
        return {str(key): _in_lists(value) for key, value in found.items()}
    return [*map(_in_lists, found)] if isinstance(found, tuple | list) else found


def _cells(found: Any) -> list[Cell]:
    if isinstance(found, str):
        found = found.split() if len(found.split()) > 1 else list(found.strip())
    elif isinstance(found, int | float):
        found = [found]
    if not isinstance(found, list) or not found:
        raise ExplorerError("has no list of inputs and no list of targets")
    return [_cell(cell) for cell in found]


def _targets(found: Any) -> list[Cell]:
    """The cells of targets, of which null is one that is left out."""
    return _cells([LEFT_OUT if one is None else one for one in found] if isinstance(found, list) else found)


def _cell(cell: Any) -> Cell:
    if isinstance(cell, str):
        if not cell.strip() or not cell.isprintable() or len(cell) > LONGEST_SYMBOL:
            raise ExplorerError("has a symbol that cannot be seen, or is too long")
        return cell.strip()
    if isinstance(cell, list) and cell and all(map(_is_number, cell)):
        return [float(one) for one in cell]
    if _is_number(cell):
        return float(cell)
    raise ExplorerError(
        "has a step that is no symbol, number up to {largest_number:g} or list of such", largest_number=LARGEST_NUMBER
    )


def _is_number(found: Any) -> bool:
    return isinstance(found, int | float) and abs(found) <= LARGEST_NUMBER


def _records(found: list[dict[str, Any]]) -> Source:
    """Objects with the same keys are the rows of a table."""
    columns = tuple(map(str, found[0]))
    if not columns:
        raise ExplorerError("This JSON holds no sequences; write them as {shape}.", shape=_SHAPE)
    rows, refused = [], []
    for number, item in enumerate(found, 1):
        if tuple(map(str, item)) != columns:
            refused.append(Refused(number, tr("has other keys than the first")))
        elif any(not isinstance(value, str | int | float) for value in item.values()):
            refused.append(Refused(number, tr("holds what is neither text nor number")))
        else:
            rows.append((number, tuple(_text(value) for value in item.values())))
    if not rows:
        raise ExplorerError(
            "No item of this JSON is a row of a table: item 1 {why}; write {shape}.", why=refused[0].why, shape=_SHAPE
        )
    return Source("table", columns=columns, rows=tuple(rows), refused=tuple(refused))


def _columns(found: dict[str, list[Any]]) -> Source:
    """Lists of equal length are the columns of a table."""
    if len({len(column) for column in found.values()}) > 1:
        raise ExplorerError("The columns of this JSON are not equally long; give them as many entries each.")
    return _records([dict(zip(found, row, strict=True)) for row in zip(*found.values(), strict=True)] or [{}])


def _text(value: str | float) -> str:
    return value.strip() if isinstance(value, str) else str(int(value) if isinstance(value, bool) else value)
