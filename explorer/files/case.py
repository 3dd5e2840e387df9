"""Read a case (one network, one batch, as JSON), and write what a correct implementation computes for it."""

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError, check_known, sentence
from explorer.files.case_batch import batch_of
from explorer.files.case_faults import check_complete, reading_fault
from explorer.files.case_parameters import parameters_of, stacks_used
from explorer.graph.analyse.trace import Trace
from explorer.graph.analyse.tracer import Tracer
from explorer.graph.architecture import Architecture, softmax_of_one
from explorer.graph.arrays import Array
from explorer.graph.feedback import connect, get_feedback
from explorer.graph.output import get_output
from explorer.graph.stacked import Stacked, stacked_gradients
from explorer.language import tr
from explorer.reading.file import read_bytes
from explorer.reading.json_text import NOT_JSON, decode_json
from explorer.wording import inner

Matrix = list[float | list[float]]
"""A vector, or a matrix as a list of rows."""

LARGEST_FILE = 256 * 2**20


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The layout of a case file. x is [t][batch][unit]; y holds class indices, [t][batch].

    `sizes` has the time steps T, the sequences B, and the numbers of units, such as n_h, that the network is made of;
    the steps of a segment of its own, such as T_x, are T if left out, and a lag, such as d, what the network declares.
    A network without an input has no x, one without an output no y. Inputs of other names than x stand in `inputs`; one
    without time has one step. Of a network over trees, `trees` [batch] gives for each inner node, of which there is one
    less than leaves, the steps of its two children, counted from 1: [[1, 2], [4, 3]] is ((1 2) 3). The leaves are the
    first T steps, inner nodes follow, the root last. Trees are balanced if they are left out.

    With `biases` false each sum is of its matrices alone. `output` is an id of explorer.graph.output, and what the
    architecture declares if it is left out; where that is not a softmax, y is [t][batch][unit]. `initial` gives states
    before the first step by node, [batch][unit], zero if left out, and `final` those after the last step of what runs
    backward in time; `loss_weights` [t][batch] are w(t) in L = Σ_t w(t) L(t), 1 if left out. `mask` [t][batch] goes
    with a mixed feedback, `uniform` [t][batch] with a sampled one; elsewhere they are refused, for they would change
    nothing.
    `expected` is read by explorer.files.case_check alone.
    """

    architecture: str
    sizes: dict[str, int]
    parameters: dict[str, Matrix]
    x: list[list[list[float]]] | None = None
    inputs: dict[str, list[list[list[float]]]] = {}
    y: list[list[int | float | list[float]]] | None = None
    activation: str = "tanh"
    biases: bool = True
    feedback: str | None = None
    output: str | None = None
    initial: dict[str, list[list[float]]] = {}
    final: dict[str, list[list[float]]] = {}
    loss_weights: list[list[float]] | None = None
    mask: list[list[float]] | None = None
    uniform: list[list[float]] | None = None
    trees: list[list[tuple[int, int]]] | None = None
    expected: msgspec.Raw = msgspec.Raw()


class Result(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What `expected` holds in a case file; gradients at nodes are per sequence, those of parameters of `loss`.

    `loss_per_step` is without loss weights. `initial_gradients` and `final_gradients` are those at the states that are
    read before the first step and after the last. A network without an output has only `nodes`.
    """

    loss: float | None = None
    loss_per_step: list[list[float]] | None = None
    nodes: dict[str, list[list[list[float]]]] = {}
    node_gradients: dict[str, list[list[list[float]]]] = {}
    parameter_gradients: dict[str, Matrix] = {}
    initial_gradients: dict[str, list[list[float]]] = {}
    final_gradients: dict[str, list[list[float]]] = {}


def read_case(path: Path) -> Case:
    """The case in this file; ExplorerError names the file, and the place in it where something is wrong."""
    return case_in(read_bytes(path, LARGEST_FILE, tr("The case"), pipes=True), path)


def case_in(content: bytes, path: Path | str) -> Case:
    """The case that these bytes hold, of a file or of what else `path` names; ExplorerError as `read_case`."""
    content = content.removeprefix(BOM_UTF8)
    try:
        case: Case = decode_json(content, Case)
        return case
    except NOT_JSON as error:
        fault = reading_fault(content, error, Case.__struct_fields__)
        raise ExplorerError(
            sentence(tr("The case {path} cannot be understood: {fault}", path=path, fault=fault))
        ) from error


@contextmanager
def faults_in(path: Path | str) -> Iterator[None]:
    """Let an ExplorerError about what a case holds name its file, or what else it is from."""
    name = path if isinstance(path, str) else path.name
    try:
        yield
    except ExplorerError as error:
        raise ExplorerError("In the case {path}: {error}", path=name, error=error) from error


def compute(case: Case) -> Result:
    """Run the case; ExplorerError says which part does not fit, in one sentence."""
    trace = trace_case(case)
    stacks = stacks_used(case.parameters, trace.network.architecture)
    return result(trace, stacks)


def result(trace: Trace, stacks: Iterable[Stacked] = ()) -> Result:
    """What is computed of a trace."""
    if not trace.finite:
        raise ExplorerError("The numbers of this case overflow: its loss or a gradient is no finite number.")
    output, declared = trace.network.output, trace.network.architecture.nodes
    loss = output.loss if output else None
    computed = [n.name for n in declared if not n.given and n.name != loss]
    nodes = {name: _lists(trace.values[name]) for name in computed}
    if output is None:
        return Result(nodes=nodes)
    gradients = stacked_gradients(trace.parameter_gradients, stacks)
    return Result(
        loss=trace.loss + 0.0,
        loss_per_step=_lists(trace.loss_per_step),
        nodes=nodes,
        node_gradients={
            name: _lists(trace.gradients[name])
            for name in computed
            if name in trace.gradients and (name != output.prediction or name == output.logits)
        },
        parameter_gradients={name: _lists(array) for name, array in gradients.items()},
        initial_gradients={name: _lists(array) for name, array in trace.initial_gradients.items()},
        final_gradients={name: _lists(array) for name, array in trace.final_gradients.items()},
    )


def _lists(array: Array) -> Any:
    """As nested lists, without −0.0: adding 0 makes it 0 and leaves every other number as it is."""
    return (array + 0.0).tolist()


def trace_case(case: Case) -> Trace:
    """The full trace of a case."""
    architecture = get_architecture(case.architecture)
    if not case.biases:
        architecture = architecture.without_biases()
    if case.output is not None:
        architecture = architecture.with_output(get_output(case.output))
    network = connect(architecture, get_feedback(case.feedback) if case.feedback else None, case.activation)
    _check_activation(case, architecture)
    sizes = _sizes(case, architecture)
    T, B = sizes.pop("T"), sizes.pop("B")
    sizes = network.with_lengths(sizes, T)
    nothing_to_learn = softmax_of_one(network, sizes)
    if nothing_to_learn:
        raise ExplorerError("sizes.n_y is 1: {nothing_to_learn}", nothing_to_learn=inner(nothing_to_learn))
    parameters = parameters_of(case.parameters, architecture, sizes)
    batch = batch_of(case, network, sizes, T, B)
    return Tracer(network, sizes, T, B, weighted=batch.loss_weights is not None).trace(parameters, batch)


def _sizes(case: Case, architecture: Architecture) -> dict[str, int]:
    """T, B, the number of units along each dimension, the lengths of segments of their own, the lags to choose."""
    needed = ("T", "B", *architecture.dimensions)
    known = (*needed, *architecture.lengths, *architecture.lags)
    for name, size in case.sizes.items():
        check_known(name, known, tr("size of {architecture}", architecture=architecture.id))
        if size < 1:
            raise ExplorerError("sizes.{name} is {size}; it must be at least 1; give more.", name=name, size=size)
    check_complete("sizes", [name for name in needed if name not in case.sizes], architecture.id)
    for name in architecture.lags:
        if case.sizes.get(name, 1) > case.sizes["T"]:
            raise ExplorerError(
                "sizes.{name} is {lag}, a lag beyond the T = {T} steps; give a shorter one.",
                name=name,
                lag=case.sizes[name],
                T=case.sizes["T"],
            )
    return dict(case.sizes)


def _check_activation(case: Case, architecture: Architecture) -> None:
    """Refuse an activation that no node would use; tanh is what a case without one has."""
    if not any(node.operation.chosen for node in architecture.nodes) and case.activation != "tanh":
        raise ExplorerError(
            "activation is {activation}, but '{architecture}' has no hidden units whose activation can be chosen; "
            "leave activation out.",
            activation=case.activation,
            architecture=architecture.title,
        )
