"""Look at a case in the window, `opened_case`, and write what is looked at as a case, `case_of`."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from explorer.data.cells import letters
from explorer.data.data_set import DataSet, encoded
from explorer.errors import ExplorerError
from explorer.files.case import Case, case_in, compute, faults_in, read_case, trace_case
from explorer.graph.analyse.trace import Trace
from explorer.graph.batch import Batch, Symbols
from explorer.graph.compute.memory import initial_states
from explorer.graph.output import Target
from explorer.language import tr
from explorer.session.document import Document, Shown, chances
from explorer.session.edits import InitialEdit
from explorer.session.files import Opened
from explorer.session.weights import Weights, fit_of
from explorer.tasks.own_data import OwnData
from explorer.training.settings import NetworkSettings, TaskSettings

PASTED = tr("“pasted text”")
EXAMPLES = 1000
"""Examples whose numbers to draw symbols by are compared with those of a case."""


def open_case(path: Path) -> tuple[Opened, str]:
    """The case of a file as a document, and a sentence about what of it is not shown, or "".

    Raises ExplorerError for what is no case, or one that the window has no place for.
    """
    case = read_case(path)
    with faults_in(path):
        return opened_case(case, path.name)


def pasted_case(text: str) -> tuple[Opened, str]:
    """The same of the case in a pasted text."""
    case = case_in(text.encode(errors="surrogatepass"), PASTED)
    with faults_in(PASTED):
        return opened_case(case, PASTED)


def opened_case(case: Case, name: str) -> tuple[Opened, str]:
    """The same of a case that has been read."""
    trace = trace_case(case)
    _check_shown(trace)
    batch, one = trace.batch, _differs(trace.batch)
    data = _data(trace, 1 if one else trace.B, name)
    states = {state: array.reshape(-1, trace.B, array.shape[-1])[-1, 0] for state, array in batch.initial.items()}
    network, sizes = trace.network, trace.sizes
    settings = NetworkSettings(
        architecture=case.architecture, hidden=sizes.get("n_h", 1), activation=case.activation, biases=case.biases
    )
    put_out = {} if network.output is None else {"output": network.output.kind.id}
    lags = {sizes[lag] for lag in network.architecture.lags if lag in sizes}
    document = Document(
        network=msgspec.structs.replace(settings, lag=lags.pop()) if lags else settings,
        task=TaskSettings(OwnData.id, {"data": encoded(data), "share": 0, **put_out}),
        length=trace.T,
        example=_example(trace.batch) or 0,
        feedback=network.feedback.id if network.feedback else None,
        fed_target=() if batch.mask is None else tuple(bool(fed) for fed in batch.mask[:, 0]),
        edits=tuple(
            InitialEdit(state, unit, value)
            for state, values in states.items()
            for unit, value in enumerate(values.tolist())
            if value
        ),
    )
    weights = Weights(dict(trace.parameters), tr("weights of {name}", name=name), fit_of(document))
    said = tr("Sequence 1 of {B} is shown, for their initial states or masks differ.", B=trace.B) if one else ""
    return Opened(document, weights), said


def case_of(shown: Shown) -> bytes:
    """What is shown as the JSON of a case, with all that it computes; ExplorerError if a case cannot hold it."""
    trace = shown.trace
    if trace.batch.held:
        raise ExplorerError("A case has no place for what is held by hand; let it go first, or save a document.")
    if trace.borders:
        raise ExplorerError("A case has the whole gradient; plan training with whole BPTT first, or save a document.")
    fields = msgspec.to_builtins(_given(shown), enc_hook=np.ndarray.tolist)
    case = msgspec.convert(fields, Case)
    result = compute(case)
    if result.loss is not None and not np.isclose(result.loss, trace.loss, rtol=1e-12, atol=1e-12):
        raise ExplorerError(
            "'{architecture}' has choices that a case has no place for; save it as a file.",
            architecture=shown.architecture.title,
        )
    fields["expected"] = msgspec.to_builtins(result)
    return msgspec.json.format(msgspec.json.encode(fields), indent=2) + b"\n"


def _given(shown: Shown) -> dict[str, Any]:
    """The fields of a case, arrays among them, without those that it leaves out."""
    trace, network, chosen = shown.trace, shown.network, shown.document.network
    batch, output, read = trace.batch, network.output, initial_states(network)
    inputs = {name: x for name, x in batch.inputs.items() if name in network.inputs}
    trees = batch.trees if any(node.span.tree for node in network.nodes) else None
    fields = {
        "architecture": shown.architecture.id,
        "sizes": {name: size for name, size in shown.sizes.items() if name in _sizes(trace)} | {"T": trace.T, "B": 1},
        "parameters": trace.parameters,
        "x": inputs.pop("x", None),
        "inputs": inputs or None,
        "y": None if output is None else batch.y,
        "output": None if output is None else output.kind.id,
        "activation": chosen.activation if any(node.operation.chosen for node in shown.architecture.nodes) else None,
        "biases": None if chosen.biases else False,
        "feedback": None if network.feedback is None else network.feedback.id,
        "mask": batch.mask,
        "uniform": batch.uniform,
        "loss_weights": batch.loss_weights,
        "trees": None if trees is None else trees.transpose(2, 1, 0),
        "initial": {name: array for name, array in batch.initial.items() if name in read} or None,
    }
    return {name: given for name, given in fields.items() if given is not None}


def _sizes(trace: Trace) -> tuple[str, ...]:
    """The names of the sizes that a case of this network has."""
    architecture = trace.network.architecture
    return *architecture.dimensions, *architecture.lengths, *architecture.lags


def _check_shown(trace: Trace) -> None:
    """Refuse what the window has no place for."""
    network, batch = trace.network, trace.batch
    ends = any(array.any() for array in batch.final.values())
    for wrong, what in (
        (len(network.inputs) > 1, tr("several inputs")),
        (ends, tr("states after the last step")),
        (_example(batch) is None, tr("numbers to draw symbols by other than its own")),
    ):
        if wrong:
            raise ExplorerError(
                "The window has no place for {what}; leave that out, or compute the case by the command trace.",
                what=what,
            )


def _example(batch: Batch) -> int | None:
    """The number of the example for which the window draws the numbers that symbols are drawn by; None if it does not.

    Where no symbols are drawn that is the first.
    """
    if batch.uniform is None:
        return 0
    T, B = batch.uniform.shape
    numbers = range(EXAMPLES if B == 1 else 0)
    return next((number for number in numbers if np.array_equal(chances(number, T), batch.uniform)), None)


def _differs(batch: Batch) -> bool:
    """Whether states before the first step, or what is fed back, differ from sequence to sequence."""
    arrays = [*batch.initial.values(), *(() if batch.mask is None else (batch.mask[..., np.newaxis],))]
    return any((array != array[..., :1, :]).any() for array in arrays)


def _data(trace: Trace, B: int, name: str) -> DataSet:
    """The sequences as own data. A network without an input is told the targets before, which own data know as x."""
    network, batch, y = trace.network, trace.batch, trace.batch.y
    kind, n_y = Target.NUMBERS, 1
    if network.output is None:
        y = np.zeros((trace.T, trace.B, 1))  # nobody looks at them
    else:
        kind, n_y = network.output.kind.target, trace.sizes[network.output.size]
    symbols = kind is Target.SYMBOLS
    rows = y[..., np.newaxis].astype(float) if symbols else y
    told = kind.vectors(y, n_y)
    before = np.concatenate([np.zeros_like(told[:1]), told[:-1]])  # nothing is told before the first step
    x = batch.inputs[network.inputs[0]] if network.inputs else before
    weights = batch.loss_weights if batch.loss_weights is not None and (batch.loss_weights != 1.0).any() else None
    segment = network.node(network.inputs[0]).span.length if network.inputs else "T"
    outputs = tuple(str(k) for k in range(n_y)) if symbols else letters("y", n_y)
    return DataSet(
        inputs=Target.NUMBERS,
        targets=kind,
        input_names=letters("x", x.shape[-1]),
        output_names=outputs,
        sequences=tuple((x[:, b].tolist(), rows[:, b].tolist()) for b in range(B)),
        one_output=network.architecture.one_output,
        previous_target=not network.inputs,
        name=name,
        inputs_in="T" if segment == "T" else "1" if segment == "1" else "T_x",
        weights=() if weights is None else tuple(weights[:, b].tolist() for b in range(B)),
        trees=() if batch.trees is None else tuple(_pairs(batch.trees[..., b]) for b in range(B)),
    )


def _pairs(tree: Symbols) -> list[tuple[int, int]]:
    """The children of each inner node of a tree (2, T − 1)."""
    return [(left, right) for left, right in tree.T.tolist()]
