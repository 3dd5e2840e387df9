"""Know a table of vectors for symbols, `nn.Embedding`, and multiply it into the weights that read it.

A row of a table E is looked up by a symbol: Eᵀ x of a one-hot x, and W Eᵀ x needs no table where U is W Eᵀ.
"""

import re

from msgspec import Struct

from explorer.files.weights.found import Arrays
from explorer.language import tr
from explorer.wording import by_size, listed

_NAMES = re.compile(
    r"(?:.*\.)?(?:emb|embed|embeds|embedding|embeddings|word_embeddings?|embed_tokens|lookup|wte|encoder)\d*\.weight"
    r"|(?:.*/)?embeddings(?::0)?"
)
_READERS = re.compile(r"(?:.*\.)?weight_ih(?:_l0(?:_reverse)?)?")
_KERAS_READERS = re.compile(r"(?:.*/)?kernel(?::0)?")


class Embedding(Struct, frozen=True):
    """A table, one vector a row, and the arrays whose inputs those are; `why_not`: why it cannot be multiplied in."""

    name: str
    shape: tuple[int, ...]
    readers: tuple[str, ...]
    why_not: str = ""

    @property
    def offer(self) -> str:
        """What multiplying does, as a choice says it."""
        table = f"{self.name} ({by_size(self.shape)})"
        return tr(
            "Multiply {table} into {readers}: U = W Eᵀ for inputs that are one-hot",
            table=table,
            readers=listed(self.readers),
        )


def embedding_in(arrays: Arrays, most_symbols: int) -> Embedding | None:
    """The table in a file by its name; None if there is none. A table of more symbols than these is of no use."""
    found = [name for name, array in arrays.items() if _NAMES.fullmatch(name) and array.ndim == 2]
    if not found:
        return None
    name, shape = found[0], arrays[found[0]].shape
    readers = _readers(name, arrays)
    if len(found) > 1:
        why = tr(
            "there are several, {found}: multiply each into the weights that read it, W_ih @ E.T", found=listed(found)
        )
    elif not readers:
        why = tr(
            "no input weights have its width, {shape}: multiply it into those that read it, W_ih @ E.T", shape=shape[1]
        )
    elif shape[0] > most_symbols:
        why = tr(
            "it has {shape:,} symbols, and at most {most_symbols} can be looked at: train with fewer",
            shape=shape[0],
            most_symbols=most_symbols,
        )
    else:
        return Embedding(name, shape, readers)
    return Embedding(name, shape, readers, why)


def multiplied(arrays: Arrays, embedding: Embedding) -> Arrays:
    """The arrays with the table in those that read it: W Eᵀ, which Keras has transposed."""
    table = arrays[embedding.name]
    found = {name: array for name, array in arrays.items() if name != embedding.name}
    for name in embedding.readers:
        found[name] = table @ found[name] if _is_keras(embedding.name) else found[name] @ table.T
    return found


def _readers(name: str, arrays: Arrays) -> tuple[str, ...]:
    width, keras = arrays[name].shape[1], _is_keras(name)
    pattern, axis = (_KERAS_READERS, 0) if keras else (_READERS, 1)
    named = [other for other, array in arrays.items() if pattern.fullmatch(other) and array.ndim == 2]
    first = named[:1] if keras else named
    return tuple(other for other in first if arrays[other].shape[axis] == width)


def _is_keras(name: str) -> bool:
    return "/" in name or not name.endswith("weight")


def is_embedding(name: str) -> bool:
    """Whether an array of this name is such a table, which no network here has a place for."""
    return _NAMES.fullmatch(name) is not None
