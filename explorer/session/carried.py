"""Carry edits by hand over to a changed document: an edit lives until what it is about is gone. Say what had to go."""

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from explorer.graph.feedback import Network
from explorer.language import tr, trn
from explorer.session.document import Document, means_something, network_of
from explorer.session.edits import Edit, HoldEdit, InitialEdit, InputEdit, NumberEdit, TargetEdit, WeightEdit
from explorer.training.matching import signals_of
from explorer.training.problem import task_of
from explorer.wording import listed

Names = tuple[str, ...]


def carried(before: Document, after: Document) -> tuple[Document, tuple[Edit, ...]]:
    """Return `after` with those of its edits, made in `before`, that still mean something, and the edits that do not.

    Units that stand for symbols are followed to where the symbols are; a weight must join the same kinds of layers.
    Raises ExplorerError if `after` makes no sense.
    """
    applies, translation = means_something(after), _Translation(before, after)
    kept: list[Edit] = []
    gone: list[Edit] = []
    for edit in after.edits:
        found = translation(edit)
        if found is not None and applies(found):
            kept.append(found)
        else:
            gone.append(edit)
    return replace(after, edits=tuple(kept)), tuple(gone)


class _Translation:
    """Edits of one document as they read in another."""

    def __init__(self, before: Document, after: Document):
        self._networks = network_of(before), network_of(after)
        self._tasks = task_of(before), task_of(after)
        self._signals = tuple(
            signals_of(network.architecture, task) for network, task in zip(self._networks, self._tasks, strict=True)
        )
        self._units = tuple(
            {network.node(name).size: signal.units for name, signal in signals.items()}
            for network, signals in zip(self._networks, self._signals, strict=True)
        )

    def __call__(self, edit: Edit) -> Edit | None:
        """The edit in the other document; None if what it is about is gone."""
        match edit:
            case WeightEdit(name, index):
                old, new = (_dimensions(network, name) for network in self._networks)
                if old != new or len(index) != len(old):
                    return None
                found = [self._unit(unit, kind) for unit, kind in zip(index, old, strict=True)]
                moved = tuple(unit for unit in found if unit is not None)
                return replace(edit, index=moved) if len(moved) == len(found) else None
            case InputEdit(_, step):
                field, place = "step", _same(step, *(task.input_steps for task in self._tasks))
            case TargetEdit(_, symbol):
                field, place = "symbol", self._given(symbol, self._networks[0].target)
            case NumberEdit(name, _, unit):
                field, place = "unit", self._given(unit, name)
            case InitialEdit(name, unit) | HoldEdit(name, _, unit):  # pragma: no branch - there are no other edits
                sizes = [node.size for node in self._networks[0].nodes if node.name == name]
                field, place = "unit", self._unit(unit, sizes[0]) if sizes else unit
        return None if place is None else replace(edit, **{field: place})

    def _unit(self, unit: int, dimension: str) -> int | None:
        """Where a unit is along the same dimension; a hidden unit, which stands for nothing, keeps its place."""
        old, new = (units.get(dimension) for units in self._units)
        return unit if old is None and new is None else _same(unit, old or (), new or ())

    def _given(self, unit: int, name: str | None) -> int | None:
        """Where a unit of an input or a target is, if that is of the same kind."""
        old, new = (signals.get(name or "") for signals in self._signals)
        return _same(unit, old.units, new.units) if old and new and old.kind is new.kind else None


def _same(place: int, old: Names, new: Names) -> int | None:
    """Where a name that has a place in `old` is in `new`."""
    name = old[place] if 0 <= place < len(old) else None
    return new.index(name) if name in new else None


def _dimensions(network: Network, parameter: str) -> Names:
    return next((p.dimensions for p in network.architecture.parameters if p.name == parameter), ())


def said_gone(edits: Iterable[Edit], weights: str | None = None, typed: bool = False, own: str = "") -> str:
    """One sentence about edits that had to go, weights, by where they are from, what was typed and own data; or ""."""
    edits = tuple(edits)
    entries = Counter(edit.name for edit in edits if isinstance(edit, WeightEdit))
    parts = [
        trn("1 edited entry of {name}", "{n} edited entries of {name}", n, name=name) for name, n in entries.items()
    ]
    for kind, said, several in (
        (InputEdit, tr("the edited input at step {t}"), tr("{n} edited inputs")),
        (TargetEdit, tr("the edited target at step {t}"), tr("{n} edited targets")),
    ):
        steps = sorted(edit.t for edit in edits if isinstance(edit, kind))
        if steps:
            parts.append(said.format(t=steps[0]) if len(steps) == 1 else several.format(n=len(steps)))
    numbers = Counter(edit.name for edit in edits if isinstance(edit, NumberEdit))
    parts += [
        trn("1 edited number of {name}", "{n} edited numbers of {name}", n, name=name) for name, n in numbers.items()
    ]
    states = sorted({edit.name for edit in edits if isinstance(edit, InitialEdit)})
    parts += [tr("the edited initial state of {name}", name=name) for name in states]
    held = sorted({edit.name for edit in edits if isinstance(edit, HoldEdit)})
    parts += [tr("what was held of {name}", name=name) for name in held]
    if own:
        parts.insert(0, {"data": tr("your own data"), "text": tr("your own text")}[own])
    if typed:
        parts.append(tr("the sequence that was typed"))
    if weights is not None:
        parts.append(f"the {weights}" if weights.startswith("weights") else weights)
    if not parts:
        return ""
    return tr("There is no place here for {parts}; undo brings back what went.", parts=listed(parts))
