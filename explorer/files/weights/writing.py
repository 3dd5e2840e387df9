"""Write weights for other programs: `.npz` or `.safetensors`, under the book's names or PyTorch's (`write_weights`)."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import numpy as np

from explorer.errors import ExplorerError
from explorer.files.atomic import write_atomically
from explorer.files.weights.places import output_bias, output_place
from explorer.files.weights.safetensors import write_safetensors
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array

OUTPUT = "fc"
"""What PyTorch's names call the output layer."""


def write_weights(path: Path, parameters: Mapping[str, Array], architecture: Architecture, torch: bool = False) -> None:
    """Write a file of the kind that its suffix says; ExplorerError if that is none, or cannot be done."""
    arrays = pytorch_names(parameters, architecture) if torch else dict(parameters)
    if not all(np.isfinite(array).all() for array in arrays.values()):
        raise ExplorerError("The weights shown are no finite numbers and are not saved; show an earlier iteration.")
    match path.suffix.lower():
        case ".npz":
            content = BytesIO()
            np.savez(content, allow_pickle=False, **arrays)
            write_atomically(path, content.getvalue())
        case ".safetensors":
            write_atomically(path, write_safetensors(arrays))
        case _:
            raise ExplorerError(
                "Weights are saved as .npz or .safetensors, not as {path}; choose one of them.", path=path.name
            )


def pytorch_names(parameters: Mapping[str, Array], architecture: Architecture) -> dict[str, Array]:
    """The arrays of a state_dict. Of PyTorch's two biases the second is 0 where the network has only their sum."""
    if not architecture.stacks:
        raise ExplorerError(
            "PyTorch has no layer like {architecture}; save its weights under the book's names.",
            architecture=architecture.title,
        )
    found: dict[str, Array] = {}
    given: set[str] = set()
    for stack in architecture.stacks:
        if not parameters.keys() >= set(stack.parts):
            continue  # without biases
        pieces = [np.zeros_like(parameters[part]) if part in given else parameters[part] for part in stack.parts]
        given.update(stack.parts)
        found[stack.name] = np.concatenate(pieces)
    for name, place in (("weight", output_place(architecture)), ("bias", output_bias(architecture))):
        if place is not None:
            found[f"{OUTPUT}.{name}"] = np.concatenate([parameters[p] for p in place.parts], int(place.beside))
            given.update(place.parts)
    return found | {name: array for name, array in parameters.items() if name not in given}
