"""Read a case (one network, one batch, as JSON), and write what a correct implementation computes for it."""

from pathlib import Path

import msgspec
import numpy as np

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError, suggest
from explorer.graph.declaration import Activation, Architecture, Softmax, Sum
from explorer.graph.feedback import Network, connect, get_feedback
from explorer.graph.operations import Array
from explorer.graph.trace import Batch, Trace, run_trace

Matrix = list[float | list[float]]
"""A vector, or a matrix as a list of rows."""


class CaseSizes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Units of x, h and o, time steps, sequences."""

    n_x: int
    n_h: int
    n_y: int
    T: int
    B: int


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The layout of a case file. x is [t][batch][unit]; y holds class indices, [t][batch].

    `mask` [t][batch] goes with a mixed feedback, `uniform` [t][batch] with a sampled one. `expected` is not read.
    """

    architecture: str
    sizes: CaseSizes
    parameters: dict[str, Matrix]
    x: list[list[list[float]]]
    y: list[list[int]]
    activation: str = "tanh"
    feedback: str | None = None
    mask: list[list[float]] | None = None
    uniform: list[list[float]] | None = None
    expected: object = None


class Result(msgspec.Struct, frozen=True):
    """What `expected` holds in a case file; gradients at nodes are per sequence, those of parameters of `loss`."""

    loss: float
    loss_per_step: list[list[float]]
    nodes: dict[str, list[list[list[float]]]]
    node_gradients: dict[str, list[list[list[float]]]]
    parameter_gradients: dict[str, Matrix]


def read_case(path: Path) -> Case:
    """The case in this file; ExplorerError names the file, and the place in it where something is wrong."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ExplorerError(f"The case {path} cannot be read: {error.strerror or error}.") from error
    try:
        return msgspec.json.decode(content, type=Case)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        hint = " (JSON knows no NaN or Infinity)" if b"NaN" in content or b"Infinity" in content else ""
        raise ExplorerError(f"The case {path} cannot be understood{hint}: {error}.") from error


def compute(case: Case) -> Result:
    """Run the case; ExplorerError says which part does not fit, in one sentence."""
    trace = trace_case(case)
    if not trace.finite:
        raise ExplorerError("The numbers of this case overflow: its loss or a gradient is no finite number.")
    computed = [
        node for node in trace.network.nodes if isinstance(node.operation, Sum | Activation | Softmax)
    ]
    return Result(
        loss=trace.loss,
        loss_per_step=trace.loss_per_step.tolist(),
        nodes={node.name: trace.values[node.name].tolist() for node in computed},
        node_gradients={
            node.name: trace.gradients[node.name].tolist()
            for node in computed
            if not isinstance(node.operation, Softmax)
        },
        parameter_gradients={name: array.tolist() for name, array in trace.parameter_gradients.items()},
    )


def trace_case(case: Case) -> Trace:
    """The full trace of a case."""
    architecture = get_architecture(case.architecture)
    network = connect(architecture, get_feedback(case.feedback) if case.feedback else None, case.activation)
    sizes = msgspec.structs.asdict(case.sizes)
    for name, size in sizes.items():
        if size < 1:
            raise ExplorerError(f"sizes.{name} is {size}; it must be at least 1.")
    T, B = sizes.pop("T"), sizes.pop("B")
    steps = 1 if architecture.one_output else T
    x = _array(case.x, (T, B, sizes["n_x"]), "x")
    y = _array(case.y, (steps, B), "y").astype(np.intp)
    if y.min() < 0 or y.max() >= sizes["n_y"]:
        raise ExplorerError(
            f"y holds {y.max() if y.min() >= 0 else y.min()}; classes go from 0 to {sizes['n_y'] - 1}."
        )
    batch = Batch(x, y, *_chance(case, network, T, B))
    return run_trace(network, sizes, _parameters(case, architecture, sizes), batch)


def _parameters(case: Case, architecture: Architecture, sizes: dict[str, int]) -> dict[str, Array]:
    shapes = {p.name: p.shape(sizes) for p in architecture.parameters}
    for name in case.parameters:
        if name not in shapes:
            raise suggest(name, shapes, f"parameter of {architecture.id}")
    missing = [name for name in shapes if name not in case.parameters]
    if missing:
        raise ExplorerError(f"parameters lacks {', '.join(missing)}, which {architecture.id} needs.")
    return {
        name: _array(case.parameters[name], shape, f"parameters.{name}") for name, shape in shapes.items()
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
        if need and given is None:
            raise ExplorerError(f"Feedback {case.feedback} needs {name}, [t][batch]; add it to the case.")
        array = _array(given, (T, B), name) if need else None
        if array is not None and (array.min() < 0.0 or array.max() > 1.0):
            raise ExplorerError(f"{name} must hold numbers from 0 to 1.")
        found.append(array)
    return found[0], found[1]


def _array(nested: object, shape: tuple[int, ...], where: str) -> Array:
    """Nested lists as an array of this shape, every entry finite."""
    try:
        array = np.array(nested, dtype=np.float64)
    except (ValueError, OverflowError) as error:
        raise ExplorerError(
            f"{where} is ragged or holds no plain numbers; it must be {_shape(shape)}."
        ) from error
    if array.shape != shape:
        raise ExplorerError(f"{where} is {_shape(array.shape)}, but sizes say {_shape(shape)}.")
    if not np.isfinite(array).all():
        raise ExplorerError(f"{where} holds a number that is not finite.")
    return array


def _shape(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "a single number"
