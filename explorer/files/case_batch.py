"""Make the batch of a case: inputs, targets, what chooses and draws fed-back signals, initial states, loss weights."""

from typing import TYPE_CHECKING

import numpy as np

from explorer.errors import ExplorerError, check_known, suggest
from explorer.files.case_arrays import as_array, refuse
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch, Symbols
from explorer.graph.compute.memory import final_states, initial_states
from explorer.graph.declaration import Sizes, dimension
from explorer.graph.feedback import Network
from explorer.graph.output import Output, Target
from explorer.graph.tree import Tree
from explorer.language import tr, trn

if TYPE_CHECKING:
    from explorer.files.case import Case

MOST_UNITS = 5_000_000
"""The largest T · B · (n_x + n_h + n_y): as text, its values and gradients take about half a gigabyte."""

_WITHOUT_EFFECT = {
    "mask": tr(
        "only a mixed feedback, such as mixed_yhat, chooses by it between the target and the network's own output"
    ),
    "uniform": tr("only a feedback that draws a symbol, such as free_running_sample, draws it by these numbers"),
}
"""Why a key changes nothing where the feedback does not need it."""


def batch_of(case: "Case", network: Network, sizes: Sizes, T: int, B: int) -> Batch:
    """The batch of a case; ExplorerError says which part does not fit, in one sentence."""
    output, title = network.output, network.architecture.title
    for name in ("y", "loss_weights"):
        why_not = tr("'{title}' has no output", title=title)
        _check_there(getattr(case, name), name, output is not None, why_not, needed=name == "y")
    inputs = _inputs(case, network, sizes, T, B)
    y: Array = np.zeros((0, 0))
    weights = None
    if output is not None:
        steps = network.node(output.loss).span.count(T, sizes)
        y = _targets(case, output, steps, B, dimension(output.size, sizes))
        if case.loss_weights is not None:
            weights = as_array(case.loss_weights, (steps, B), "loss_weights")
            refuse(weights, weights < 0, "loss_weights", tr("a weight is 0, to leave a loss out, or a number above"))
    mask, uniform = _chance(case, network, T, B)
    units = sum(sizes[name] for name in network.dimensions)
    if max([T, *(sizes.get(name, T) for name in network.lengths)]) * B * units > MOST_UNITS:
        raise ExplorerError(
            "A case of {T} steps and {B} sequences with {units} units is too large to write down every value; make it "
            "shorter or smaller.",
            T=T,
            B=B,
            units=units,
        )
    initial, final = _states(case, "initial", network, sizes, B), _states(case, "final", network, sizes, B)
    trees = _trees(case, network, T, B)
    return Batch(inputs, y, mask=mask, uniform=uniform, initial=initial, final=final, loss_weights=weights, trees=trees)


def _check_there(given: object, name: str, used: bool, why_not: str, needed: bool = True) -> None:
    """Refuse what would change nothing, and what is lacking."""
    if given is not None and not used:
        raise ExplorerError(
            "{name} is given, but {why_not}, so it would change nothing; leave {name} out.", name=name, why_not=why_not
        )
    if given is None and used and needed:
        raise ExplorerError("The case has no {name}; add it.", name=name)


def _inputs(case: "Case", network: Network, sizes: Sizes, T: int, B: int) -> dict[str, Array]:
    """Every input that the network has, (steps, B, n) each."""
    if case.x is not None and "x" in case.inputs:
        raise ExplorerError("The case gives x twice, once under inputs; leave one of the two out.")
    given = {f"inputs.{name}": x for name, x in case.inputs.items()} | ({} if case.x is None else {"x": case.x})
    places = {f"inputs.{name}" if name != "x" or name in case.inputs else "x": name for name in network.inputs}
    for place, x in given.items():
        _check_there(
            x, place, bool(places), tr("'{architecture}' has no input", architecture=network.architecture.title)
        )
        check_known(place, places, tr("input of {architecture}", architecture=network.architecture.id))
    found = {}
    for place, name in places.items():
        node = network.node(name)
        _check_there(given.get(place), place, True, "")
        found[name] = as_array(given[place], (node.span.count(T, sizes), B, dimension(node.size, sizes)), place)
    return found


def _trees(case: "Case", network: Network, T: int, B: int) -> Symbols | None:
    """The tree of each sequence, (2, T − 1, B)."""
    used = any(node.span.tree for node in network.nodes)
    why_not = tr("'{architecture}' has no tree", architecture=network.architecture.title)
    _check_there(case.trees, "trees", used, why_not, needed=False)
    if case.trees is None:
        return None
    if len(case.trees) != B:
        raise ExplorerError(
            "trees has {trees} trees for B = {B} sequences; give one for each.", trees=len(case.trees), B=B
        )
    for number, inner in enumerate(case.trees):
        if len(inner) != T - 1:
            raise ExplorerError(
                "trees[{number}] has {nodes}, and one over T = {T} leaves has {last}.",
                number=number,
                nodes=trn("1 inner node", "{n:,} inner nodes", len(inner)),
                T=T,
                last=T - 1,
            )
        Tree(tuple(inner))  # or it says why it is none
    return np.array(case.trees, np.intp).reshape(B, T - 1, 2).transpose(2, 1, 0)


def _targets(case: "Case", output: Output, steps: int, B: int, n: int) -> Array:
    if output.kind.target is not Target.SYMBOLS:
        y = as_array(case.y, (steps, B, n), "y")
        if output.kind.target is Target.BITS:
            refuse(y, (y != 0) & (y != 1), "y", tr("the targets of a {kind} output are 0 or 1", kind=output.kind.id))
        return y
    y = as_array(case.y, (steps, B), "y")
    refuse(y, y != np.floor(y), "y", tr("classes are whole numbers from 0 to {n}", n=n - 1))
    refuse(y, (y < 0) | (y > n - 1), "y", tr("classes go from 0 to {n}", n=n - 1))
    return y.astype(np.intp)


def _chance(case: "Case", network: Network, T: int, B: int) -> tuple[Array | None, Array | None]:
    """The mask and the uniform numbers, where the network needs them."""
    needed = {"mask": network.switched, "uniform": network.draws}
    asks = tr("Feedback {feedback}", feedback=case.feedback) if case.feedback else network.architecture.title
    found: list[Array | None] = []
    for name, need in needed.items():
        given = getattr(case, name)
        if given is not None and not need:
            raise ExplorerError(
                "{name} is given, but {without_effect}; leave {name} out.",
                name=name,
                without_effect=_WITHOUT_EFFECT[name],
            )
        if need and given is None:
            raise ExplorerError("{asks} needs {name}, [t][batch]; add it to the case.", asks=asks, name=name)
        array = as_array(given, (T, B), name) if need else None
        if array is not None and name == "mask":
            refuse(array, (array != 0) & (array != 1), name, tr("it must be 1, for the target, or 0"))
        elif array is not None:
            refuse(array, (array < 0) | (array > 1), name, tr("it must be a number from 0 to 1"))
        found.append(array)
    return found[0], found[1]


_OUTSIDE = {
    "initial": (initial_states, tr("before the first step")),
    "final": (final_states, tr("after the last step")),
}


def _states(case: "Case", key: str, network: Network, sizes: Sizes, B: int) -> dict[str, Array]:
    """The states before the first step, or after the last, that the case gives, (B, n) each."""
    states_of, where = _OUTSIDE[key]
    read, found = states_of(network), {}
    for name, given in getattr(case, key).items():
        if name not in read:
            if not read:
                raise ExplorerError(
                    "{key} gives {name}, but nothing is read {where}; leave it out.", key=key, name=name, where=where
                )
            raise suggest(name, read, tr("{key} state", key=key))
        found[name] = as_array(given, (B, dimension(network.node(name).size, sizes)), f"{key}.{name}")
    return found
