"""Name the weights of the recurrence, and make them larger: what decides whether states settle or turn chaotic."""

from collections.abc import Mapping

from explorer.graph.arrays import Array
from explorer.graph.feedback import Network
from explorer.graph.refs import refs_in
from explorer.graph.schedule import schedule


def recurrent_weights(network: Network) -> tuple[str, ...]:
    """The matrices on the cycles of the folded graph: W in fig. 10.3; V and W where the output is fed back.

    None where a target is fed instead, which leaves no cycle.
    """
    found: list[str] = []
    for component in schedule(network):
        members = {node.name for node in component.nodes} if component.direction else set()
        for term in (term for node in component.nodes for term in node.operation.terms):
            if term.weight and any(ref.name in members for ref in refs_in(term.sources)):
                found.append(term.weight)
    return tuple(dict.fromkeys(found))


def enlarged(network: Network, parameters: Mapping[str, Array], gain: float) -> dict[str, Array]:
    """θ with the recurrent weights `gain` times as large."""
    recurrent = recurrent_weights(network)
    return {name: array * gain if name in recurrent else array for name, array in parameters.items()}
