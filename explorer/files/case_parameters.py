"""Read the parameters of a case: by their own names, or stacked under those of PyTorch."""

from collections.abc import Mapping

from explorer.errors import check_known
from explorer.files.case_arrays import as_array
from explorer.files.case_faults import check_complete
from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.declaration import Sizes
from explorer.graph.stacked import Stacked, unstacked
from explorer.language import tr


def stacks_used(given: Mapping[str, object], architecture: Architecture) -> tuple[Stacked, ...]:
    """The stacks of the network if the parameters are given by any of their names; else none."""
    return architecture.stacks if any(stack.name in given for stack in architecture.stacks) else ()


def parameters_of(given: Mapping[str, object], architecture: Architecture, sizes: Sizes) -> dict[str, Array]:
    """θ by the names of the network; ExplorerError for a name or shape that is not of the network, or that lacks."""
    stacks = stacks_used(given, architecture)
    own = architecture.shapes(sizes)
    inside = {part for stack in stacks for part in stack.parts}
    shapes = {name: shape for name, shape in own.items() if name not in inside}
    for stack in stacks:
        rows, *columns = own[stack.parts[0]]
        shapes[stack.name] = (rows * len(stack.parts), *columns)
    for name in given:
        check_known(name, shapes, tr("parameter of {architecture}", architecture=architecture.id))
    check_complete("parameters", [name for name in shapes if name not in given], architecture.id)
    arrays = {name: as_array(given[name], shape, f"parameters.{name}") for name, shape in shapes.items()}
    return unstacked(arrays, stacks)
