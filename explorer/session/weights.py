"""Weights that are not those of the seed: where they are from, what they were trained for, how a file keeps them."""

from collections.abc import Mapping

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError
from explorer.graph.operations import Array
from explorer.session.document import Document
from explorer.session.edits import Edit, WeightEdit
from explorer.tasks import get_task

Fit = tuple[str, str, int, tuple[tuple[str, int | str], ...]]
Matrix = list[float | list[float]]
"""A vector, or a matrix as a list of rows."""


class Weights(Struct, frozen=True, eq=False):
    """θ by name, and in words where it is from. Each is equal to itself alone, since arrays have no plain equality.

    `fits`: architecture, task, hidden units and task options that they were trained for. `inherited`: edits by hand
    that training began with, so that these weights have grown from them and must not be edited by them again.
    """

    parameters: Mapping[str, Array]
    origin: str
    fits: Fit
    inherited: tuple[Edit, ...] = ()


class KeptWeights(Struct, frozen=True, forbid_unknown_fields=True):
    """Weights as a file holds them."""

    origin: str
    parameters: dict[str, Matrix]


def fit_of(document: Document) -> Fit:
    """What trained weights must have been trained for to be put into this document."""
    return document.architecture, document.task, document.hidden, tuple(sorted(document.task_options.items()))


def without_inherited(document: Document, weights: Weights | None) -> Document:
    """The document with only those edits that are still to be made to these weights."""
    if weights is None or not weights.inherited:
        return document
    return replace(document, edits=tuple(edit for edit in document.edits if edit not in weights.inherited))


def weight_edits(document: Document) -> tuple[Edit, ...]:
    """The edits by hand that change weights."""
    return tuple(edit for edit in document.edits if isinstance(edit, WeightEdit))


def keep(weights: Weights) -> KeptWeights:
    """Weights for a file; ExplorerError if they are no finite numbers, which no file can hold."""
    if not all(np.isfinite(array).all() for array in weights.parameters.values()):
        raise ExplorerError("The weights shown are no finite numbers and cannot be saved; show an earlier iteration.")
    return KeptWeights(weights.origin, {name: array.tolist() for name, array in weights.parameters.items()})


def restore(kept: KeptWeights, document: Document) -> Weights:
    """Weights from a file; ExplorerError says which of them do not fit the network of its document."""
    architecture = get_architecture(document.architecture)
    task = get_task(document.task, **document.task_options)
    sizes = {"n_x": task.n_x, "n_h": document.hidden, "n_y": task.n_y}
    shapes = {parameter.name: parameter.shape(sizes) for parameter in architecture.parameters}
    if set(shapes) != set(kept.parameters):
        raise ExplorerError(f"its weights are {', '.join(kept.parameters) or 'none'}, not {', '.join(shapes)}")
    arrays = {name: _array(name, kept.parameters[name], shape) for name, shape in shapes.items()}
    return Weights(arrays, kept.origin, fit_of(document))


def _array(name: str, nested: Matrix, shape: tuple[int, ...]) -> Array:
    try:
        array = np.array(nested, dtype=np.float64)
        fits = array.shape == shape
    except (ValueError, OverflowError):  # ragged, or a whole number beyond any float
        fits = False
    if not fits:
        raise ExplorerError(f"its weights {name} are not {' × '.join(map(str, shape))} numbers")
    return array
