"""Read a case (one network, one batch, as JSON), and write what a correct implementation computes for it."""

from codecs import BOM_UTF8
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError, suggest
from explorer.export.case_faults import reading_fault, shape_fault
from explorer.export.files import read_bytes
from explorer.graph.architecture import Architecture, softmax_of_one
from explorer.graph.declaration import Activation, Softmax, Sum
from explorer.graph.feedback import Network, connect, get_feedback
from explorer.graph.operations import Array
from explorer.graph.trace import Batch, Trace, run_trace

Matrix = list[float | list[float]]
"""A vector, or a matrix as a list of rows."""

LARGEST_FILE = 256 * 2**20
MOST_UNITS = 5_000_000
"""The largest T · B · (n_x + n_h + n_y): as text, its values and gradients take about half a gigabyte."""


_WITHOUT_EFFECT = {
    "mask": "only a mixed feedback, such as mixed_yhat, chooses by it between the target and the network's own output",
    "uniform": "only a feedback that draws a symbol, such as free_running_sample, draws it by these numbers",
}
"""Why a key changes nothing where the feedback does not need it."""


class CaseSizes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Units of x, h and o, time steps, sequences."""

    n_x: int
    n_h: int
    n_y: int
    T: int
    B: int


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The layout of a case file. x is [t][batch][unit]; y holds class indices, [t][batch].

    `mask` [t][batch] goes with a mixed feedback, `uniform` [t][batch] with a sampled one; elsewhere they are refused,
    for they would change nothing. `expected` is read by explorer.export.case_check alone.
    """

    architecture: str
    sizes: CaseSizes
    parameters: dict[str, Matrix]
    x: list[list[list[float]]]
    y: list[list[int | float]]
    activation: str = "tanh"
    feedback: str | None = None
    mask: list[list[float]] | None = None
    uniform: list[list[float]] | None = None
    expected: msgspec.Raw = msgspec.Raw()


class Result(msgspec.Struct, frozen=True):
    """What `expected` holds in a case file; gradients at nodes are per sequence, those of parameters of `loss`."""

    loss: float
    loss_per_step: list[list[float]]
    nodes: dict[str, list[list[list[float]]]]
    node_gradients: dict[str, list[list[list[float]]]]
    parameter_gradients: dict[str, Matrix]


def read_case(path: Path) -> Case:
    """The case in this file; ExplorerError names the file, and the place in it where something is wrong."""
    content = read_bytes(path, LARGEST_FILE, "The case").removeprefix(BOM_UTF8)
    try:
        return msgspec.json.decode(content, type=Case)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        fault = reading_fault(content, error, Case.__struct_fields__)
        raise ExplorerError(f"The case {path} cannot be understood: {fault}.") from error


def compute(case: Case) -> Result:
    """Run the case; ExplorerError says which part does not fit, in one sentence."""
    trace = trace_case(case)
    if not trace.finite:
        raise ExplorerError("The numbers of this case overflow: its loss or a gradient is no finite number.")
    computed = [
        node for node in trace.network.nodes if isinstance(node.operation, Sum | Activation | Softmax)
    ]
    return Result(
        loss=trace.loss + 0.0,
        loss_per_step=_lists(trace.loss_per_step),
        nodes={node.name: _lists(trace.values[node.name]) for node in computed},
        node_gradients={
            node.name: _lists(trace.gradients[node.name])
            for node in computed
            if not isinstance(node.operation, Softmax)
        },
        parameter_gradients={name: _lists(array) for name, array in trace.parameter_gradients.items()},
    )


def _lists(array: Array) -> Any:
    """As nested lists, without −0.0: adding 0 makes it 0 and leaves every other number as it is."""
    return (array + 0.0).tolist()


def trace_case(case: Case) -> Trace:
    """The full trace of a case."""
    architecture = get_architecture(case.architecture)
    network = connect(architecture, get_feedback(case.feedback) if case.feedback else None, case.activation)
    _check_activation(case, architecture)
    sizes = msgspec.structs.asdict(case.sizes)
    for name, size in sizes.items():
        if size < 1:
            raise ExplorerError(f"sizes.{name} is {size}; it must be at least 1.")
    T, B = sizes.pop("T"), sizes.pop("B")
    nothing_to_learn = softmax_of_one(network, sizes)
    if nothing_to_learn:
        raise ExplorerError(f"sizes.n_y is 1: {nothing_to_learn[0].lower()}{nothing_to_learn[1:]}")
    steps = 1 if architecture.one_output else T
    x = as_array(case.x, (T, B, sizes["n_x"]), "x")
    y = as_array(case.y, (steps, B), "y")
    last = sizes["n_y"] - 1
    _refuse(y, y != np.floor(y), "y", f"classes are whole numbers from 0 to {last}")
    _refuse(y, (y < 0) | (y > last), "y", f"classes go from 0 to {last}")
    parameters = _parameters(case, architecture, sizes)
    batch = Batch(x, y.astype(np.intp), *_chance(case, network, T, B))
    if T * B * sum(sizes.values()) > MOST_UNITS:
        raise ExplorerError(
            f"A case of {T} steps and {B} sequences with {sum(sizes.values())} units is too large to write down "
            "every value; make it shorter or smaller."
        )
    return run_trace(network, sizes, parameters, batch)


def _check_activation(case: Case, architecture: Architecture) -> None:
    """Refuse an activation that no node would use; tanh is what a case without one has."""
    uses = any(
        isinstance(node.operation, Activation) and node.operation.function is None for node in architecture.nodes
    )
    if not uses and case.activation != "tanh":
        raise ExplorerError(
            f"activation is {case.activation}, but {architecture.title} has no hidden units whose activation can be "
            "chosen; leave activation out."
        )


def _parameters(case: Case, architecture: Architecture, sizes: dict[str, int]) -> dict[str, Array]:
    shapes = {p.name: p.shape(sizes) for p in architecture.parameters}
    for name in case.parameters:
        if name not in shapes:
            raise suggest(name, shapes, f"parameter of {architecture.id}")
    missing = [name for name in shapes if name not in case.parameters]
    if missing:
        raise ExplorerError(f"parameters lacks {', '.join(missing)}, which {architecture.id} needs.")
    return {
        name: as_array(case.parameters[name], shape, f"parameters.{name}") for name, shape in shapes.items()
    }


def _chance(case: Case, network: Network, T: int, B: int) -> tuple[Array | None, Array | None]:
    """The mask and the uniform numbers, where the feedback needs them."""
    feedback = network.feedback
    needed = {
        "mask": feedback is not None and feedback.mixed,
        "uniform": feedback is not None and feedback.own == "sample",
    }
    found: list[Array | None] = []
    for name, need in needed.items():
        given = getattr(case, name)
        if given is not None and not need:
            raise ExplorerError(f"{name} is given, but {_WITHOUT_EFFECT[name]}; leave {name} out.")
        if need and given is None:
            raise ExplorerError(f"Feedback {case.feedback} needs {name}, [t][batch]; add it to the case.")
        array = as_array(given, (T, B), name) if need else None
        if array is not None and name == "mask":
            _refuse(array, (array != 0) & (array != 1), name, "it must be 1, for the target, or 0")
        elif array is not None:
            _refuse(array, (array < 0) | (array > 1), name, "it must be a number from 0 to 1")
        found.append(array)
    return found[0], found[1]


def as_array(nested: object, shape: tuple[int, ...], where: str) -> Array:
    """Nested lists as an array of this shape; ExplorerError names the place where they are of another."""
    try:
        array = np.array(nested, dtype=np.float64)
        fits = array.shape == shape
    except ValueError:  # ragged
        fits = False
    except OverflowError as error:
        raise ExplorerError(f"{where} holds a number that is too large.") from error
    if not fits:
        wanted = " × ".join(map(str, shape)) if len(shape) != 1 else f"a list of {shape[0]}"
        raise ExplorerError(f"{shape_fault(nested, shape, where)}; by the sizes {where} is {wanted}.")
    return array


def _refuse(array: Array, wrong: NDArray[np.bool_], where: str, rule: str) -> None:
    """Raise ExplorerError with the first entry that is wrong, if any is, and where it stands."""
    found = np.argwhere(wrong)
    if len(found):
        place = "".join(f"[{i}]" for i in found[0])
        raise ExplorerError(f"{where}{place} is {array[tuple(found[0])]:g}; {rule}.")
