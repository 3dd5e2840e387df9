"""Compile forward propagation: the calls that fill every node's value (eqs. 10.8 to 10.11)."""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from explorer.graph.compute.memory import Memory
from explorer.graph.declaration import (
    Activation,
    Bias,
    BinaryCrossEntropy,
    CrossEntropy,
    Given,
    Hadamard,
    Linear,
    Mix,
    Node,
    OneHotArgmax,
    OneHotSample,
    Ref,
    Scaled,
    Softmax,
    SquaredError,
    Sum,
    Term,
)
from explorer.graph.operations import (
    FUNCTIONS,
    Array,
    binary_cross_entropy,
    cross_entropy,
    one_hot_argmax,
    one_hot_sample,
    quick_softmax,
    softmax,
    squared_error,
)
from explorer.graph.schedule import Component

Call = Callable[[], object]


class ForwardCompiler:
    """Collect the calls. Without `careful`, exponentials are taken as they come, which `Program` then checks."""

    def __init__(self, memory: Memory, careful: bool):
        self.memory, self.careful = memory, careful
        self.calls: list[Call] = []
        self._transposed: dict[str, Array] = {}

    def component(self, component: Component) -> None:
        """All steps at once, or what comes from outside the cycle first and then the cycle, step by step."""
        if component.direction == 0:
            (node,) = component.nodes
            self._node(node, *self.memory.spans[node.name])
            return
        members = {node.name for node in component.nodes}
        inner: dict[str, list[Term]] = {}
        hoisted = set()
        for node in component.nodes:
            if isinstance(node.operation, Sum):
                outer = [term for term in node.operation.terms if not _reads(term, members)]
                inner[node.name] = [term for term in node.operation.terms if _reads(term, members)]
                if outer:
                    hoisted.add(node.name)
                    self._sum(node, outer, *self.memory.spans[node.name])
        for t in range(*self.memory.spans[component.nodes[0].name])[:: component.direction]:
            for node in component.nodes:
                if node.name in inner:
                    self._sum(node, inner[node.name], t, t + 1, fresh=node.name not in hoisted)
                else:
                    self._node(node, t, t + 1)

    def transposed(self, weight: str) -> Array:
        """A copy of Wᵀ, made before its first use: products run up to half as fast again if it is in this order."""
        if weight not in self._transposed:
            original = self.memory.parameters[weight].T
            self._transposed[weight] = np.empty_like(original, order="C")
            self.calls.append(partial(np.copyto, self._transposed[weight], original))
        return self._transposed[weight]

    def _node(self, node: Node, lo: int, hi: int) -> None:
        """Compute a node at steps lo ≤ t < hi."""
        memory, out = self.memory, self.memory.value(node.name, lo, hi)
        match node.operation:
            case Given():
                pass
            case Sum(terms):
                self._sum(node, terms, lo, hi)
            case Activation(Ref() as source, str() as function):
                self.calls.append(partial(FUNCTIONS[function].value, memory.source(source, lo, hi), out))
            case Softmax(source):
                normaliser = memory.log_normaliser[(lo - memory.spans[node.name][0]) * memory.B :][: len(out)]
                o = memory.source(source, lo, hi)
                if self.careful:
                    self.calls.append(partial(softmax, o, out, normaliser))
                else:
                    self.calls += quick_softmax(o, memory.ones(out.shape[1]), out, normaliser)
            case CrossEntropy():
                if not self.careful:
                    self.calls.append(partial(np.log, memory.log_normaliser, memory.log_normaliser))
                o = self._logits(lo, hi).reshape(-1)
                arguments = o, memory.target_index, memory.log_normaliser, out.reshape(-1)
                self.calls.append(partial(cross_entropy, *arguments))
            case BinaryCrossEntropy(_, target):
                signals = self._logits(lo, hi), memory.source(target, lo, hi)
                self.calls.append(partial(binary_cross_entropy, *signals, out.reshape(-1)))
            case SquaredError(prediction, target):
                signals = memory.source(prediction, lo, hi), memory.source(target, lo, hi)
                self.calls.append(partial(squared_error, *signals, out.reshape(-1)))
            case OneHotArgmax(source):
                self.calls.append(partial(one_hot_argmax, memory.source(source, lo, hi), out))
            case OneHotSample(source):
                assert memory.uniform is not None
                uniform = memory.uniform[lo * memory.B : hi * memory.B]
                self.calls.append(partial(one_hot_sample, memory.source(source, lo, hi), uniform, out))
            case Mix(target, own):
                assert memory.mask is not None
                mask = memory.mask[lo * memory.B : hi * memory.B]
                signals = memory.source(target, lo, hi), memory.source(own, lo, hi)
                self.calls.append(partial(_mix, *signals, mask, out))
            case _:
                raise AssertionError(f"{node.name}: no arithmetic for {node.operation}")

    def _logits(self, lo: int, hi: int) -> Array:
        """The logits of the output at steps lo ≤ t < hi."""
        assert self.memory.network.output is not None
        return self.memory.value(self.memory.network.output.logits, lo, hi)

    def _sum(self, node: Node, terms: Iterable[Term], lo: int, hi: int, fresh: bool = True) -> None:
        """Write these terms to the node (`fresh`), or add them to what stands there."""
        memory, out = self.memory, self.memory.value(node.name, lo, hi)
        waiting = sorted(terms, key=self._rank)
        while waiting:
            term = waiting.pop(0)
            match term:
                case Bias(name):
                    self._put(memory.parameters[name], out, fresh)
                case Linear(weight, Ref(at_last=False) as source) if source.name in memory.symbols:
                    bias = next((term for term in waiting if isinstance(term, Bias) and fresh), None)
                    if bias is not None:
                        waiting.remove(bias)
                    product = out if fresh else memory.scratch(*out.shape)
                    self._look_up(weight, bias, memory.symbols_read(source, lo, hi), product)
                    self._put(product, out, fresh)
                case Linear(weight, Ref(at_last=True) as source):
                    product = memory.scratch(memory.B, out.shape[1])
                    self.calls.append(partial(memory.source(source, lo, hi).dot, self.transposed(weight), product))
                    self._put(product, out.reshape(hi - lo, memory.B, -1), fresh)
                case Linear(weight, Ref() as source):
                    product = out if fresh else memory.scratch(*out.shape)
                    self.calls.append(partial(memory.source(source, lo, hi).dot, self.transposed(weight), product))
                    self._put(product, out, fresh)
                case Scaled(_, Ref() as source):
                    factor, calls = memory.factor(term)
                    signal = memory.source(source, lo, hi)
                    product = memory.scratch(*signal.shape) if source.at_last or not fresh else out
                    self.calls += [*calls, partial(np.multiply, signal, factor, product)]
                    self._put(product, out.reshape(hi - lo, memory.B, -1) if source.at_last else out, fresh)
                case Hadamard(Ref() as left, Ref() as right):  # pragma: no branch - there are no other terms
                    product = out if fresh else memory.scratch(*out.shape)
                    factors = [memory.source(factor, lo, hi) for factor in (left, right)]
                    if left.at_last or right.at_last:  # the same at every step
                        factors = [f.reshape(-1, memory.B, out.shape[1]) for f in factors]
                        product = product.reshape(hi - lo, memory.B, -1)
                    self.calls.append(partial(np.multiply, *factors, product))
                    self._put(product.reshape(out.shape), out, fresh)
            fresh = False

    def _rank(self, term: Term) -> int:
        """Lookups first, as a bias can ride along; products next, which can be written in place; biases last."""
        if isinstance(term, Bias):
            return 2
        source = term.source if isinstance(term, Linear) else None
        return 0 if isinstance(source, Ref) and source.name in self.memory.symbols else 1

    def _look_up(self, weight: str, bias: Bias | None, symbols: NDArray[np.intp], out: Array) -> None:
        """Write W x (+ b) for one-hot x: a row of Wᵀ for each symbol, many times as fast as the product."""
        parameters = self.memory.parameters
        columns = parameters[weight].T
        table = np.zeros((len(columns) + 1, columns.shape[1]), columns.dtype)
        if bias is None:
            self.calls.append(partial(np.copyto, table[:-1], columns))
        else:
            self.calls.append(partial(np.add, columns, parameters[bias.parameter], table[:-1]))
            self.calls.append(partial(np.copyto, table[-1], parameters[bias.parameter]))
        # Without "clip" numpy would check and buffer; all symbols are within the table.
        self.calls.append(partial(table.take, symbols, 0, out, "clip"))

    def _put(self, array: Array, out: Array, fresh: bool) -> None:
        """Copy or add an array to the node's rows, unless it was written there in the first place."""
        if not fresh:
            self.calls.append(partial(np.add, out, array, out))
        elif array is not out:
            self.calls.append(partial(np.copyto, out, array))


def compile_forward(memory: Memory, components: Iterable[Component], careful: bool) -> list[Call]:
    """One call for all steps wherever the schedule allows it, one per step on its loops."""
    compiler = ForwardCompiler(memory, careful)
    for component in components:
        compiler.component(component)
    return compiler.calls


def _reads(term: Term, members: set[str]) -> bool:
    return any(isinstance(source, Ref) and source.name in members for source in term.sources)


def _mix(target: Array, own: Array, mask: Array, out: Array) -> None:
    np.copyto(out, own)
    np.copyto(out, target, where=mask != 0)
