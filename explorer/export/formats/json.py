"""All values and gradients as JSON."""

from typing import Any

import msgspec

from explorer.export.format import ExportKind, Format, Material, Options, not_finite
from explorer.graph.analyse.trace import Trace
from explorer.language import tr


def _document(material: Material, options: Options) -> bytes:
    # Adding 0 makes −0.0 0, and leaves every other number as it is.
    written = msgspec.json.encode(contents(material.trace), enc_hook=lambda array: (array + 0.0).tolist())
    return msgspec.json.format(written, indent=1) + b"\n"


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
        "values": trace.values,
        "initial": trace.initial,
        "parameters": trace.parameters,
    }
    if trace.batch.held:
        found["held"] = {name: held.mask.tolist() for name, held in trace.batch.held.items()}
    if trace.borders:
        found["borders"] = list(trace.borders)
    if network.output is None:
        return found
    return found | {
        "loss": trace.loss + 0.0,
        "loss_per_step": trace.loss_per_step,
        "gradients": trace.gradients,
        "initial_gradients": trace.initial_gradients,
        "parameter_gradients": trace.parameter_gradients,
        "update": {"optimizer": update.rule.optimizer, "learning_rate": update.rule.rate, "gradient_norm": update.norm},
        "parameters_after": trace.parameters_after,
        "loss_after": trace.loss_after + 0.0,
    }


FORMAT = Format(
    id="json",
    kind=ExportKind.DATA,
    title=tr("Numbers, as JSON"),
    suffix=".json",
    about=tr("every value, gradient and parameter, as nested lists"),
    lacks=not_finite,
    write=_document,
)
