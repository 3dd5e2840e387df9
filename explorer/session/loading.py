"""Take weights from a file: which network and size they are of, and which array is which parameter (`load`)."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.architectures import architectures, get_architecture
from explorer.data.data_set import MOST_SYMBOLS, DataSet, encoded
from explorer.errors import ExplorerError, suggest
from explorer.files.weights.assign import (
    CHOSEN,
    Assignment,
    assigned,
    choices,
    hidden_sizes,
    missing,
    propose,
    put,
    sizes_by_names,
)
from explorer.files.weights.conventions import apart
from explorer.files.weights.embedding import Embedding, embedding_in, multiplied
from explorer.files.weights.found import Arrays
from explorer.files.weights.places import ParameterPlace
from explorer.files.weights.reading import read_arrays
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.declaration import Sizes, dimension
from explorer.graph.output import Target
from explorer.language import tr, trn
from explorer.session.document import Document
from explorer.session.edits import InitialEdit
from explorer.session.fitted import fitted
from explorer.tasks.own_data import OwnData
from explorer.training.matching import mismatch
from explorer.training.problem import architecture_of, sizes_of, task_of
from explorer.training.settings import SHOWN, TaskSettings, changed
from explorer.wording import by_size, listed

MOST_SIZES = 8
"""Numbers of hidden units that are tried, the likeliest first."""
_STEPS = 6
"""Of a sequence that is made up for weights which no task fits."""


class Loading(Struct, frozen=True, eq=False):
    """A file of weights on its way into a document, whose network and size are those that go with the arrays."""

    file: str
    arrays: Arrays
    document: Document
    rows: tuple[Assignment, ...]
    note: str = ""
    """What comes with the weights, in a sentence."""
    embedding: Embedding | None = None
    """The table of vectors that the file holds."""
    anew: Callable[[bool], "Loading"] | None = None
    """Begins with the file again, with the table multiplied into the weights that read it, or left aside."""

    @property
    def multiplied(self) -> bool:
        """Whether `arrays` are without the table, which is multiplied into others of them."""
        return self.embedding is not None and self.embedding.name not in self.arrays

    @property
    def architecture(self) -> Architecture:
        return architecture_of(self.document)

    @property
    def sizes(self) -> Sizes:
        return sizes_of(self.document)

    @property
    def parameters(self) -> dict[str, Array]:
        """The parameters that the file gives; ExplorerError for what is not decided or does not fit."""
        return assigned(self.rows, self.arrays, self.architecture, self.sizes)

    @property
    def opened(self) -> Document:
        """The document, with the states before the first step that the file gives."""
        given = {row.state: self.arrays[row.name].ravel() for row in self.rows if row.state}
        edits = [e for e in self.document.edits if not (isinstance(e, InitialEdit) and e.name in given)]
        for name, values in given.items():
            n = dimension(self.architecture.node(name).size, self.sizes)
            edits += [InitialEdit(name, unit, value) for unit, value in enumerate(np.broadcast_to(values, n).tolist())]
        return replace(self.document, edits=tuple(edits))

    @property
    def origin(self) -> str:
        return tr("weights of {file}", file=self.file)

    def choices(self, row: Assignment) -> list[ParameterPlace]:
        """Where an array can go."""
        return choices(row, self.architecture, self.sizes)

    def of_network(self, id: str) -> "Loading":
        """The same file for another network."""
        found = _fitting(self.file, self.arrays, self.document, (id,))
        return replace(self, document=found.document, rows=found.rows)

    def with_place(self, name: str, place: ParameterPlace | None) -> "Loading":
        """The same with an array put elsewhere."""
        shapes, arrays = self.architecture.shapes(self.sizes), apart(self.arrays)
        return self._with(name, lambda row: put(row, place, arrays[name], shapes))

    def with_way(self, name: str, transposed: bool | None) -> "Loading":
        """The same with an array the other way round."""
        return self._with(name, lambda row: replace(row, transposed=transposed, note=CHOSEN))

    def _with(self, name: str, change: Callable[[Assignment], Assignment]) -> "Loading":
        if all(row.name != name for row in self.rows):
            raise suggest(name, [row.name for row in self.rows], tr("array in {file}", file=self.file))
        return replace(self, rows=tuple(change(row) if row.name == name else row for row in self.rows))

    def decided(self, places: Mapping[str, str]) -> "Loading":
        """The same with what was chosen in words: "U", "U_g / U_f", "W transposed", or "" for nowhere."""
        found = self
        for name, said in places.items():
            title = said.partition(" transposed")[0]
            offered = {place.title: place for row in self.rows if row.name == name for place in self.choices(row)}
            if title and title not in offered:
                raise suggest(title, offered, tr("place for {name}", name=name))
            found = found.with_place(name, offered.get(title))
            if any(row.name == name and row.transposed is None for row in found.rows):
                found = found.with_way(name, said != title)
        return found


def load(path: Path, document: Document) -> Loading:
    """The weights of a file for a document: for its network if they fit there, else for the first in which most fit.

    Raises ExplorerError for a file that holds no weights, or none that fit any network on the task.
    """
    return loaded(read_arrays(path), path.name, document)


def loaded(arrays: Arrays, file: str, document: Document) -> Loading:
    """The same of arrays that have been read, by the name of what they are from."""
    embedding = embedding_in(arrays, MOST_SYMBOLS)

    def begun(multiply: bool) -> Loading:
        read = multiplied(arrays, embedding) if multiply and embedding else arrays
        found = _load(file, read, document, multiply)
        aside = (
            tr("{embedding} is left aside, for {why_not}.", embedding=embedding.name, why_not=embedding.why_not)
            if embedding and embedding.why_not
            else ""
        )
        return replace(found, note=" ".join(filter(None, (found.note, aside))), embedding=embedding, anew=begun)

    return begun(embedding is not None and not embedding.why_not)


def _load(file: str, arrays: Arrays, document: Document, one_hot: bool) -> Loading:
    """The same of arrays, of which some may be to read symbols, `one_hot`."""
    if any(1 in (array.ndim, *array.shape) for array in arrays.values()):
        document = changed(document, biases=True)
    here = document.network.architecture
    found = _fitting(file, arrays, document, (here, *(id for id in architectures() if id != here)))
    if not all(row.place for row in found.rows):
        found = _of_their_size(found, document, one_hot) or found
    if any(row.place for row in found.rows):
        return found
    hidden = max(_hidden(found.arrays, id) for id in architectures())
    if hidden > SHOWN["hidden"]:
        raise ExplorerError(
            "{path} is of a network with {hidden:,} hidden units, and at most {shown:.0f} are shown; train a smaller "
            "one to look at.",
            path=file,
            hidden=hidden,
            shown=SHOWN["hidden"],
        )
    units = listed([f"{name} = {size}" for name, size in found.sizes.items() if name in ("n_x", "n_y")])
    shapes = ", ".join(f"{row.name} ({by_size(row.shape)})" for row in found.rows[:6])
    raise ExplorerError(
        "No array of {path} fits a network on '{task}' ({units}): {shapes}; choose a task with as many inputs and "
        "outputs as the weights have.",
        path=file,
        task=task_of(document).title,
        units=units,
        shapes=shapes,
    )


def _hidden(arrays: Arrays, id: str) -> int:
    """How many hidden units a network has by the names of arrays; 0 where they do not tell."""
    return sizes_by_names(arrays, get_architecture(id)).get("n_h", 0)


def _fitting(file: str, arrays: Arrays, document: Document, networks: Iterable[str]) -> Loading:
    """Of these networks, in every size that there could be, the one that has places for the most arrays.

    Of several, it is that of the document, or the one that lacks the fewest matrices then, and of these the first.
    """
    best, most = None, (-1, False, 0)
    task = task_of(document)
    for id in networks:
        if mismatch(get_architecture(id), task):
            continue
        for hidden in _sizes_to_try(arrays, document):
            after = fitted(document, changed(document, architecture=id, hidden=hidden))
            rows = propose(arrays, architecture_of(after), sizes_of(after))
            lacking = _lacking(rows, architecture_of(after))
            here = id == document.network.architecture
            fits = sum(row.place is not None for row in rows), here, -lacking
            if fits > most:
                best, most = Loading(file, arrays, after, rows), fits
    if best is None:
        raise ExplorerError(
            "No network goes with '{task}', so {file} cannot be used; choose another task.", task=task.title, file=file
        )
    return best


def _lacking(rows: Iterable[Assignment], architecture: Architecture) -> int:
    """How many matrices no array gives: a network may have its biases left out."""
    return len(missing(rows, architecture.without_biases()))


def _of_their_size(found: Loading, document: Document, one_hot: bool) -> Loading | None:
    """The weights with own data that have as many inputs and outputs as they; None where no more of them fit then."""
    best, most = None, (sum(row.place is not None for row in found.rows) + 1, -1_000_000)
    for id in (document.network.architecture, *architectures()):
        sizes = sizes_by_names(found.arrays, get_architecture(id))
        n_x, n_y = sizes.get("n_x", 0), sizes.get("n_y", 2)
        if not 0 < n_x <= MOST_SYMBOLS or not 0 < n_y <= MOST_SYMBOLS:
            continue
        task = TaskSettings(OwnData.id, {"data": _some_data(n_x, n_y, found.file, one_hot), "share": 0})
        there = changed(document, architecture=id, task=task, length=_STEPS, example=0, typed="", feedback=None)
        if mismatch(get_architecture(id), task_of(there)):
            data = _some_data(n_x, n_y, found.file, one_hot, one_output=True)
            there = changed(there, task=replace(task, options=task.options | {"data": data}))
        if mismatch(get_architecture(id), task_of(there)):
            continue
        loading = _fitting(found.file, found.arrays, there, (id,))
        fits = sum(row.place is not None for row in loading.rows), -_lacking(loading.rows, loading.architecture)
        if fits > most:
            said = tr(
                "With them comes own data of their size, {inputs} and {outputs}: ",
                inputs=trn("1 input", "{n:,} inputs", n_x),
                outputs=trn("1 output", "{n:,} outputs", n_y),
            )
            said += tr(
                "{steps} steps of random {one_hot}, to be typed or pasted over.",
                steps=_STEPS,
                one_hot="symbols" if one_hot else "numbers",
            )
            best, most = replace(loading, note=said), fits
    return best


def _some_data(n_x: int, n_y: int, name: str, one_hot: bool, one_output: bool = False) -> str:
    """A sequence of random numbers or symbols, and of symbols to be told by them: of one number, where n_y is 1."""
    rng = np.random.default_rng(0)
    inputs, targets = (Target.SYMBOLS if symbols else Target.NUMBERS for symbols in (one_hot, n_y > 1))
    y = rng.integers(n_y, size=(_STEPS, 1)).astype(float)
    x = rng.integers(n_x, size=(_STEPS, 1)).astype(float) if one_hot else rng.normal(size=(_STEPS, n_x)).round(2)
    symbols = tuple(map(str, range(n_y))) if n_y > 1 else ("y",)
    names = tuple(str(unit - 1) if one_hot else f"x{unit}" for unit in range(1, n_x + 1))
    sequence = x.tolist(), (y[-1:] if one_output else y).tolist()
    return encoded(DataSet(inputs, targets, names, symbols, (sequence,), one_output, name=f"beside {name}"))


def _sizes_to_try(arrays: Arrays, document: Document) -> list[int]:
    here = document.network.hidden
    others = [n for n in hidden_sizes(arrays) if n != here and n <= SHOWN["hidden"]]
    return [here, *others[:MOST_SIZES]]
