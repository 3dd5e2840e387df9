"""Keep weights in a file, `keep`, and bring them back, `restore`, if they fit its document."""

import numpy as np
from msgspec import Struct

from explorer.errors import ExplorerError, check_known, refuse
from explorer.graph.arrays import Array
from explorer.graph.compute.updates import Moments
from explorer.graph.optimizers import OPTIMIZERS
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.edits import Edit
from explorer.session.weights import Weights, fit_of
from explorer.training.matching import mismatch
from explorer.training.problem import architecture_of, sizes_of, task_of
from explorer.wording import by_size, listed

Matrix = list[float | list[float]]
"""A vector, or a matrix as a list of rows."""


class KeptMoments(Struct, frozen=True, forbid_unknown_fields=True):
    """Moments as a file holds them: flat lists, in the order of the parameters."""

    optimizer: str
    updates: int
    arrays: dict[str, list[float]]


class KeptWeights(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Weights as a file holds them."""

    origin: str
    parameters: dict[str, Matrix]
    iteration: int | None = None
    updates: int = 0
    moments: KeptMoments | None = None
    inherited: tuple[Edit, ...] = ()
    run: str = ""


def keep(weights: Weights) -> KeptWeights:
    """Weights for a file; ExplorerError if they are no finite numbers, which no file can hold."""
    if not all(np.isfinite(array).all() for array in weights.parameters.values()):
        raise ExplorerError("The weights shown are no finite numbers and cannot be saved; show an earlier iteration.")
    parameters = {name: array.tolist() for name, array in weights.parameters.items()}
    moments = _kept_moments(weights.moments)
    return KeptWeights(
        weights.origin, parameters, weights.iteration, weights.updates, moments, tuple(weights.inherited), weights.run
    )


def restore(kept: KeptWeights, document: Document) -> Weights:
    """Weights from a file; ExplorerError says which of them do not fit the network of its document."""
    architecture = architecture_of(document)
    refuse(mismatch(architecture, task_of(document)))
    shapes = architecture.shapes(sizes_of(document))
    if set(shapes) != set(kept.parameters):
        raise ExplorerError(
            "its weights are {parameters}, not {shapes}",
            parameters=", ".join(kept.parameters) or tr("none"),
            shapes=", ".join(shapes),
        )
    arrays = {name: _array(name, kept.parameters[name], shape) for name, shape in shapes.items()}
    size = sum(array.size for array in arrays.values())
    moments = None if kept.moments is None else _moments(kept.moments, size)
    updates = max(0, kept.updates)
    return Weights(arrays, kept.origin, fit_of(document), kept.inherited, kept.iteration, updates, moments, kept.run)


def _kept_moments(moments: Moments | None) -> KeptMoments | None:
    if moments is None:
        return None
    arrays = {name: array.tolist() for name, array in moments.arrays.items()}
    return KeptMoments(moments.optimizer, moments.updates, arrays)


def _moments(kept: KeptMoments, size: int) -> Moments:
    check_known(kept.optimizer, OPTIMIZERS, tr("optimizer"))
    names = OPTIMIZERS[kept.optimizer].kept
    if set(kept.arrays) != set(names) or any(len(numbers) != size for numbers in kept.arrays.values()):
        wanted = listed(names) if names else tr("none")
        raise ExplorerError(
            "the moments of {optimizer} are {wanted}, of {size} numbers each",
            optimizer=kept.optimizer,
            wanted=wanted,
            size=size,
        )
    arrays = {name: np.array(numbers, dtype=np.float64) for name, numbers in kept.arrays.items()}
    return Moments(kept.optimizer, max(0, kept.updates), arrays)


def _array(name: str, nested: Matrix, shape: tuple[int, ...]) -> Array:
    try:
        array = np.array(nested, dtype=np.float64)
        fits = array.shape == shape
    except (ValueError, OverflowError):  # ragged, or a whole number beyond any float
        fits = False
    if not fits:
        raise ExplorerError("its weights {name} are not {shape} numbers", name=name, shape=by_size(shape))
    return array
