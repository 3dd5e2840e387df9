"""Say which array of a file is which parameter of a network: `propose`, and, once it is decided, `assigned`.

What the names and shapes tell is proposed; a square matrix that may be either way round is left to be chosen.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.errors import ExplorerError, check_known
from explorer.files.weights.conventions import (
    Known,
    apart,
    cells,
    is_state,
    named_in_scripts,
    recognised,
    state_of,
)
from explorer.files.weights.embedding import is_embedding
from explorer.files.weights.found import Arrays
from explorer.files.weights.places import ParameterPlace, Shapes, places
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.declaration import Sizes, dimension
from explorer.language import tr, trn
from explorer.wording import by_size, listed

MOST_NAMED = 9
"""Arrays that a sentence names."""
EITHER, CHOSEN = tr("square: which way round does it stand?"), tr("chosen")


class Assignment(Struct, frozen=True):
    """Where one array goes. `place` None: nowhere. `transposed` None: it is square, and has to be chosen.

    `state`: the node whose state before the first step it is; "" for any other array.
    """

    name: str
    shape: tuple[int, ...]
    place: ParameterPlace | None = None
    transposed: bool | None = False
    note: str = ""
    state: str = ""


def propose(arrays: Arrays, architecture: Architecture, sizes: Sizes) -> tuple[Assignment, ...]:
    """Where each array goes as far as names and shapes tell; ExplorerError for what would compute something else."""
    arrays, shapes = apart(arrays), architecture.shapes(sizes)
    known = recognised(arrays, architecture)
    witnessed = _stands_as_the_book(arrays, known, shapes)
    before = _states(arrays, architecture, sizes)
    rows = [
        Assignment(name, array.shape, note=tr("the state before the first step"), state=before[name])
        if name in before
        else _by_name(name, array, known.get(name), shapes, witnessed)
        for name, array in arrays.items()
    ]
    taken = {part for row in rows if row.place for part in row.place.parts}
    single = (place for place in places(architecture) if len(place.parts) == 1 and not taken.issuperset(place.parts))
    free = {place: place.shape(shapes) for place in single}
    alike = Counter(tuple(sorted(row.shape)) for row in rows if not row.place)
    return tuple(row if row.place or row.note else _by_shape(row, arrays[row.name], free, alike) for row in rows)


def assigned(rows: Iterable[Assignment], arrays: Arrays, architecture: Architecture, sizes: Sizes) -> dict[str, Array]:
    """The parameters that these rows give, by name; ExplorerError for what does not fit, or is not decided."""
    arrays, shapes = apart(arrays), architecture.shapes(sizes)
    found: dict[str, Array] = {}
    givers: dict[str, Assignment] = {}
    for row in rows:
        check_known(row.name, arrays, tr("array in this file"))
        if row.place is None:
            continue
        if row.transposed is None:
            raise ExplorerError("{row} is square; choose whether it stands as here or is transposed.", row=row.name)
        array = _oriented(arrays[row.name], row.place, shapes, row.transposed)
        if array is None:
            given, shape = (by_size(each, tr("one number")) for each in (row.shape, row.place.shape(shapes)))
            raise ExplorerError(
                "{row} is {given}, but {place} is {shape} here.",
                row=row.name,
                given=given,
                place=row.place.title,
                shape=shape,
            )
        for part, piece in row.place.split(array, shapes).items():
            if part in found and not _added(part, (row, givers[part]), architecture):
                raise ExplorerError(
                    "{part} would be given by both {name} and {row}; leave one out.",
                    part=part,
                    name=givers[part].name,
                    row=row.name,
                )
            found[part] = found[part] + piece if part in found else piece.copy()
            givers.setdefault(part, row)
    if not found:
        raise ExplorerError("No array goes anywhere; choose a place for at least one.")
    return found


def missing(rows: Iterable[Assignment], architecture: Architecture) -> tuple[str, ...]:
    """The parameters that no array gives, which stay as they are."""
    given = {part for row in rows if row.place for part in row.place.parts}
    return tuple(p.name for p in architecture.parameters if p.name not in given)


def choices(row: Assignment, architecture: Architecture, sizes: Sizes) -> list[ParameterPlace]:
    """Every place that an array has the shape for, one way round or the other."""
    shapes = architecture.shapes(sizes)
    return [place for place in places(architecture) if _ways(row.shape, place.shape(shapes))]


def put(row: Assignment, place: ParameterPlace | None, array: Array, shapes: Shapes) -> Assignment:
    """The row with another place; which way round it stands is asked anew."""
    if place is None:
        return replace(row, place=None, transposed=False, note=tr("not used"), state="")
    transposed = _way(array, place.shape(shapes), None)
    note = EITHER if transposed is None else CHOSEN
    return replace(row, place=place, transposed=transposed, note=note, state="")


def sizes_by_names(arrays: Arrays, architecture: Architecture) -> dict[str, int]:
    """The number of units along each dimension, as far as names tell of which parameters the arrays are.

    Nothing where they contradict each other.
    """
    arrays, found = apart(arrays), dict[str, int]()
    dimensions = {parameter.name: parameter.dimensions for parameter in architecture.parameters}
    for name, known in recognised(arrays, architecture).items():
        if known.place is None:
            continue
        parts, beside = known.place.parts, known.place.beside
        shape = arrays[name].shape[::-1] if known.transposed else arrays[name].shape
        if len(shape) < len(dimensions[parts[0]]):
            shape = shape * 2 if shape == (1,) else ()  # of another vector it is not told which side is 1
        together = (1, len(parts)) if beside else (len(parts), 1)
        for along, side, several in zip(dimensions[parts[0]], shape, together, strict=False):
            if found.setdefault(along, side // several) != side // several:
                return {}
    return found


def _states(arrays: Arrays, architecture: Architecture, sizes: Sizes) -> dict[str, str]:
    """Which arrays are states before the first step, by name and size, and of which node; one number is for all."""
    found = {name: state_of(name, architecture) for name in arrays}
    return {
        name: state
        for name, state in found.items()
        if state is not None and arrays[name].size in (1, dimension(architecture.node(state).size, sizes))
    }


def hidden_sizes(arrays: Arrays) -> list[int]:
    """The numbers of hidden units that there could be, by the shapes of arrays, the most frequent first."""
    gates = cells(arrays) or 1
    sides = [side for array in arrays.values() for side in array.shape]
    found = {side // divisor for side in sides for divisor in {1, gates} if side % divisor == 0}
    return sorted(found - {0}, key=lambda n: (-sides.count(n), n))


def _oriented(array: Array, place: ParameterPlace, shapes: Shapes, transposed: bool) -> Array | None:
    """The array as the place has it; None if it has not that shape. A vector may be a column or a row, or these it."""
    shape = place.shape(shapes)
    if len(shape) != array.ndim and _ways(array.shape, shape):
        array = array.reshape(shape)
    array = array.T if transposed else array
    return array if array.shape == shape else None


def _by_name(name: str, array: Array, known: Known | None, shapes: Shapes, witnessed: bool) -> Assignment:
    row = Assignment(name, array.shape)
    if is_embedding(name):
        return replace(row, note=tr("not used: a table of vectors"))
    if is_state(name):
        return replace(row, note=tr("not used: a state, which is set where it is drawn"))
    if known is None or known.place is None:
        return replace(row, note=known.whose if known else "")
    shape = known.place.shape(shapes)
    if not _ways(array.shape, shape):
        return replace(
            row,
            note=tr(
                "not used: {place} is {shape} here", place=known.place.title, shape=by_size(shape, tr("one number"))
            ),
        )
    expected = False if known.transposed is None and witnessed else known.transposed
    transposed = _way(array, shape, expected)
    return Assignment(name, array.shape, known.place, transposed, EITHER if transposed is None else known.whose)


def _by_shape(
    row: Assignment, array: Array, free: Mapping[ParameterPlace, tuple[int, ...]], alike: Mapping[tuple[int, ...], int]
) -> Assignment:
    """An array whose name tells nothing goes where no other can go, and where nothing else goes.

    free: the shapes of the places that are left; alike: how many arrays there are of each shape, sides in order.
    """
    elsewhere = named_in_scripts(row.name) is not None
    found = (
        []
        if elsewhere
        else [place for place, shape in free.items() if _ways(row.shape, shape) and len(row.shape) >= len(shape)]
    )
    if len(found) != 1 or alike[tuple(sorted(row.shape))] != 1:
        return replace(
            row, note=tr("not used: several places have this shape") if found else tr("not used: fits nowhere")
        )
    transposed = _way(array, free[found[0]], None)
    return replace(
        row, place=found[0], transposed=transposed, note=EITHER if transposed is None else tr("by its shape")
    )


def _stands_as_the_book(arrays: Arrays, known: dict[str, Known], shapes: Shapes) -> bool:
    """Whether matrices that are not square show that those named like them stand as the book has them."""
    matrices = [
        (arrays[name].shape, one.place.shape(shapes))
        for name, one in known.items()
        if one.place and one.transposed is None and arrays[name].ndim == 2
    ]
    shown = [shape == wanted for shape, wanted in matrices if shape[0] != shape[1] and shape in (wanted, wanted[::-1])]
    return bool(shown) and all(shown)


def _ways(shape: tuple[int, ...], wanted: tuple[int, ...]) -> tuple[bool, ...]:
    """The ways round, transposed or not, in which an array of one shape has another."""
    if len(wanted) == 1:
        flat = shape if len(shape) == 1 else (max(shape),) if len(shape) == 2 and 1 in shape else None
        return (False,) if flat == wanted else ()
    if len(shape) == 1:
        return (False,) if wanted in ((*shape, 1), (1, *shape)) else ()
    return tuple(way for way in (False, True) if len(shape) == 2 and (shape[::-1] if way else shape) == wanted)


def _way(array: Array, wanted: tuple[int, ...], expected: bool | None) -> bool | None:
    """Which way round an array stands: as expected, or as its shape alone allows; None if that is not known."""
    ways = _ways(array.shape, wanted)
    if len(ways) < 2:
        return ways[0] if ways else None
    return False if expected is None and np.array_equal(array, array.T) else expected


def _added(part: str, rows: Iterable[Assignment], architecture: Architecture) -> bool:
    """Whether a parameter is the sum of these: the two biases of PyTorch, and of Keras's GRU."""
    stacks = [stack for stack in architecture.stacks if part in stack.parts]
    whole = all(
        row.place is not None and (len(row.place.parts) > 1 or len(stacks[0].parts) == 1) for row in rows if stacks
    )
    return len(stacks) == 2 and whole


def said(rows: Iterable[Assignment], architecture: Architecture) -> str:
    """What stays as it is, and which arrays are not used, in a sentence; "" if neither is the case."""
    rows = tuple(rows)
    left, unused = missing(rows, architecture), [row.name for row in rows if row.place is None and not row.state]
    parts = []
    if left:
        parts += [trn("{names} stays as shown", "{names} stay as shown", len(left), names=listed(left, MOST_NAMED))]
    if unused:
        parts += [trn("{names} is not used", "{names} are not used", len(unused), names=listed(unused, MOST_NAMED))]
    return f"{'; '.join(parts)}." if parts else ""
