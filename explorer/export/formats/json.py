"""All values and gradients as JSON."""

from collections.abc import Mapping
from typing import Any

import msgspec

from explorer.export.format import ExportKind, Format, Material, Options, not_finite
from explorer.graph.analyse.trace import Trace
from explorer.graph.arrays import Array
from explorer.language import tr


def _document(material: Material, options: Options) -> bytes:
    return msgspec.json.format(msgspec.json.encode(contents(material.trace)), indent=1) + b"\n"


def contents(trace: Trace) -> dict[str, Any]:
    """Arrays of nodes are [step][sequence][unit]; gradients at nodes are those of a sequence's own loss.

    `held` says which units are held by hand, in every sequence; the numbers they are held at are among the values.
    `borders` are the steps after which BPTT was truncated.
    """
    network, update = trace.network, trace.update
    found: dict[str, Any] = {
        "architecture": network.architecture.id,
        "activation": network.activation,
        "feedback": network.feedback.id if network.feedback else None,
        "sizes": {**trace.sizes, "T": trace.T, "B": trace.B},
        "steps": {node.name: list(trace.steps(node.name)) for node in network.nodes},
        "values": _lists(trace.values),
        "initial": _lists(trace.initial),
        "parameters": _lists(trace.parameters),
    }
    if trace.batch.held:
        found["held"] = {name: held.mask.tolist() for name, held in trace.batch.held.items()}
    if trace.borders:
        found["borders"] = list(trace.borders)
    if network.output is None:
        return found
    return found | {
        "loss": trace.loss + 0.0,
        "loss_per_step": (trace.loss_per_step + 0.0).tolist(),
        "gradients": _lists(trace.gradients),
        "initial_gradients": _lists(trace.initial_gradients),
        "parameter_gradients": _lists(trace.parameter_gradients),
        "update": {"optimizer": update.rule.optimizer, "learning_rate": update.rule.rate, "gradient_norm": update.norm},
        "parameters_after": _lists(trace.parameters_after),
        "loss_after": trace.loss_after + 0.0,
    }


def _lists(arrays: Mapping[str, Array]) -> dict[str, Any]:
    return {name: (array + 0.0).tolist() for name, array in arrays.items()}


FORMAT = Format(
    id="json",
    kind=ExportKind.DATA,
    title=tr("Numbers, as JSON"),
    suffix=".json",
    about=tr("every value, gradient and parameter, as nested lists"),
    lacks=not_finite,
    write=_document,
)
