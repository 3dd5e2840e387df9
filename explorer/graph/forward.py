"""Compile forward propagation: the calls that fill every node's value (eqs. 10.8 to 10.11)."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from explorer.graph.declaration import (
    Activation,
    Bias,
    CrossEntropy,
    Given,
    Hadamard,
    Linear,
    Mix,
    Node,
    OneHotArgmax,
    OneHotSample,
    Ref,
    Softmax,
    Sum,
    Term,
)
from explorer.graph.memory import Memory
from explorer.graph.operations import FUNCTIONS, Array, one_hot_argmax, one_hot_sample, softmax
from explorer.graph.schedule import Component

Call = Callable[[], object]


def compile_forward(memory: Memory, components: Iterable[Component]) -> list[Call]:
    """One call for all steps wherever the schedule allows it, one per step on its loops."""
    calls: list[Call] = []
    for component in components:
        if component.direction == 0:
            (node,) = component.nodes
            calls += _node(memory, node, *memory.spans[node.name])
        else:
            calls += _loop(memory, component)
    return calls


def _loop(memory: Memory, component: Component) -> list[Call]:
    """What comes from outside the cycle first, for all steps; then the cycle, step by step."""
    members = {node.name for node in component.nodes}
    calls: list[Call] = []
    inner: dict[str, list[Term]] = {}
    hoisted = set()
    for node in component.nodes:
        if isinstance(node.operation, Sum):
            outer = [term for term in node.operation.terms if not _reads(term, members)]
            inner[node.name] = [term for term in node.operation.terms if _reads(term, members)]
            if outer:
                hoisted.add(node.name)
                calls += _sum(memory, node, outer, 0, memory.T)
    # A product runs up to half as fast again if its right factor need not be transposed on the way.
    weights = {term.weight for terms in inner.values() for term in terms if isinstance(term, Linear)}
    copies = {weight: np.empty_like(memory.parameters[weight].T, order="C") for weight in weights}
    calls += [partial(np.copyto, copy, memory.parameters[weight].T) for weight, copy in copies.items()]
    for t in range(memory.T)[:: component.direction]:
        for node in component.nodes:
            if node.name in inner:
                calls += _sum(memory, node, inner[node.name], t, t + 1, node.name not in hoisted, copies)
            else:
                calls += _node(memory, node, t, t + 1)
    return calls


def _reads(term: Term, members: set[str]) -> bool:
    return any(isinstance(source, Ref) and source.name in members for source in term.sources)


def _node(memory: Memory, node: Node, lo: int, hi: int) -> list[Call]:
    """The calls that compute a node at steps lo ≤ t < hi."""
    out = memory.value(node.name, lo, hi)
    match node.operation:
        case Given():
            return []
        case Sum(terms):
            return _sum(memory, node, terms, lo, hi)
        case Activation(Ref() as source, str() as function):
            return [partial(FUNCTIONS[function].value, memory.source(source, lo, hi), out)]
        case Softmax(source):
            normaliser = memory.log_normaliser[(lo - memory.spans[node.name][0]) * memory.B :][: len(out)]
            return [partial(softmax, memory.source(source, lo, hi), memory.ones(out.shape[1]), out, normaliser)]
        case CrossEntropy(prediction):
            logits = memory.network.node(prediction.name).operation.sources[0]
            assert isinstance(logits, Ref)
            o = memory.source(logits, lo, hi).reshape(-1)
            return [partial(_cross_entropy, o, memory.target_index, memory.log_normaliser, out.reshape(-1))]
        case OneHotArgmax(source):
            return [partial(one_hot_argmax, memory.source(source, lo, hi), out)]
        case OneHotSample(source):
            assert memory.uniform is not None
            uniform = memory.uniform[lo * memory.B : hi * memory.B]
            return [partial(one_hot_sample, memory.source(source, lo, hi), uniform, out)]
        case Mix(target, own):
            assert memory.mask is not None
            mask = memory.mask[lo * memory.B : hi * memory.B]
            return [partial(_mix, memory.source(target, lo, hi), memory.source(own, lo, hi), mask, out)]
    raise AssertionError(f"{node.name}: no arithmetic for {node.operation}")


def _sum(
    memory: Memory,
    node: Node,
    terms: Iterable[Term],
    lo: int,
    hi: int,
    fresh: bool = True,
    transposed: Mapping[str, Array] | None = None,
) -> list[Call]:
    """The calls that write these terms to the node (`fresh`), or add them to what stands there.

    `transposed` holds Wᵀ for its weights, where there are copies of them.
    """
    if transposed is None:
        transposed = {name: array.T for name, array in memory.parameters.items()}
    out = memory.value(node.name, lo, hi)
    calls: list[Call] = []
    # A matrix product can be written in place of a copy, so biases come after it.
    for term in sorted(terms, key=lambda term: isinstance(term, Bias)):
        match term:
            case Bias(name):
                bias = memory.parameters[name]
                calls.append(partial(np.copyto, out, bias) if fresh else partial(np.add, out, bias, out))
            case Linear(weight, Ref(at_last=True) as source):
                product = memory.scratch(memory.B, out.shape[1])
                every_step = out.reshape(hi - lo, memory.B, -1)
                calls.append(partial(memory.source(source, lo, hi).dot, transposed[weight], product))
                calls.append(_put(product, every_step, fresh))
            case Linear(weight, Ref() as source):
                product = out if fresh else memory.scratch(*out.shape)
                calls.append(partial(memory.source(source, lo, hi).dot, transposed[weight], product))
                if not fresh:
                    calls.append(partial(np.add, out, product, out))
            case Hadamard(Ref() as left, Ref() as right):
                product = out if fresh else memory.scratch(*out.shape)
                factors = memory.source(left, lo, hi), memory.source(right, lo, hi)
                calls.append(partial(np.multiply, *factors, product))
                if not fresh:
                    calls.append(partial(np.add, out, product, out))
        fresh = False
    return calls


def _put(product: Array, out: Array, fresh: bool) -> Call:
    return partial(np.copyto, out, product) if fresh else partial(np.add, out, product, out)


def _cross_entropy(o: Array, target_index: NDArray[np.intp], log_normaliser: Array, out: Array) -> None:
    """L(t) = log Σ exp(o) − o[y], which is −log softmax(o)[y] without ever forming a tiny probability."""
    np.subtract(log_normaliser, o.take(target_index), out)


def _mix(target: Array, own: Array, mask: Array, out: Array) -> None:
    np.copyto(out, own)
    np.copyto(out, target, where=mask != 0)
