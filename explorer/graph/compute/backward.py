"""Compile back-propagation through time: the calls that fill every gradient (eqs. 10.17 to 10.28).

Backward is the schedule reversed. Each node pulls one contribution per use of its value; their sum is its
gradient. Parameter gradients are one product over all T·B rows once every node has its own.
"""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.compute.memory import Memory
from explorer.graph.declaration import (
    Activation,
    Bias,
    BinaryCrossEntropy,
    CrossEntropy,
    Hadamard,
    Linear,
    Loss,
    Mix,
    Node,
    Ref,
    Scaled,
    Softmax,
    SquaredError,
    terms_of,
)
from explorer.graph.operations import FUNCTIONS, Array, softmax_vjp
from explorer.graph.schedule import Component
from explorer.graph.uses import Use, Uses

Call = Callable[[], object]


class Contribution(Struct, frozen=True, eq=False):
    """What one use sends back to a node: `array` (steps, B, n), 0 outside the steps lo ≤ t < hi reached."""

    use: Use
    lo: int
    hi: int
    array: Array


class BackwardCompiler:
    """Collect the calls; `written` remembers which rows of each gradient hold something already."""

    def __init__(self, memory: Memory, uses: Uses, keep: bool):
        self.memory, self.uses, self.keep = memory, uses, keep
        self.calls: list[Call] = []
        self.written: dict[str, NDArray[np.bool_]] = {name: np.zeros(memory.steps(name), bool) for name in uses.of}
        self.contributions: dict[str, list[Contribution]] = {name: [] for name in uses.of}

    def component(self, component: Component) -> None:
        """All contributions to the nodes of one component; those of later components are complete."""
        nodes = [node for node in component.nodes if node.name in self.uses][::-1]
        members = {node.name for node in component.nodes}
        for node in nodes:
            if isinstance(node.operation, Activation):
                assert node.operation.function is not None
                derivative = FUNCTIONS[node.operation.function].derivative
                span = self.memory.spans[node.name]
                value, out = self.memory.value(node.name, *span), self.memory.derivative(node.name, *span)
                self.calls.append(partial(derivative, value, out))
        inner: list[tuple[Use, Array | None]] = []
        for node in nodes:
            if node.name in self.memory.seeds:
                seed, total = self.memory.seeds[node.name], self.memory.gradients[node.name]
                self.calls.append(partial(np.copyto, total, seed))
                self.written[node.name][:] = True
            for use in self.uses.of[node.name]:
                array = self._array(use)
                if use.consumer.name in members:
                    inner.append((use, array))
                else:
                    self._pull(use, *self.memory.spans[node.name], array)
        if component.direction == 0:
            return
        for t in range(*self.memory.spans[component.nodes[0].name])[:: -component.direction]:
            for use, array in inner:
                self._pull(use, t, t + 1, array)

    def _array(self, use: Use) -> Array | None:
        """An array of its own for a contribution that is to be kept apart."""
        if not self.keep:
            return None
        name = use.source.name
        array = np.zeros_like(self.memory.gradients[name])
        self.contributions[name].append(Contribution(use, *self._reach(use, *self.memory.spans[name]), array))
        return array

    def _reach(self, use: Use, lo: int, hi: int) -> tuple[int, int]:
        """The steps of the source, within lo … hi, that the consumer reads."""
        if use.source.at_last:
            return max(lo, self.memory.spans[use.source.name][1] - 1), hi
        start, stop = self.memory.spans[use.consumer.name]
        return max(lo, start - use.source.lag), min(hi, stop - use.source.lag)

    def _pull(self, use: Use, lo: int, hi: int, array: Array | None) -> None:
        """Write or add the contribution of one use to the steps lo ≤ t < hi of its source."""
        name = use.source.name
        lo, hi = self._reach(use, lo, hi)
        if lo >= hi:
            return
        start = self.memory.spans[name][0]
        written = self.written[name][lo - start : hi - start]
        if written.any() and not written.all():
            for t in range(lo, hi):
                self._pull(use, t, t + 1, array)
            return
        total = self.memory.gradient(name, lo, hi)
        if array is not None:
            out = array[lo - start : hi - start].reshape(total.shape)
        elif written.any():
            out = self.memory.scratch(*total.shape)
        else:
            out = total
        self.calls += self._product(use, lo, hi, out)
        if written.any():
            self.calls.append(partial(np.add, total, out, total))
        elif out is not total:
            self.calls.append(partial(np.copyto, total, out))
        written[:] = True

    def _product(self, use: Use, lo: int, hi: int, out: Array) -> list[Call]:
        """Gradient at the consumer times the derivative of the consumer by the source, written to out."""
        memory, consumer, lag = self.memory, use.consumer, use.source.lag
        if use.source.at_last:
            return self._added_up(use, out)
        rows = lo + lag, hi + lag
        gradient = memory.gradient(consumer.name, *rows)
        match consumer.operation, use.term:
            case _, Linear(weight):
                return [partial(gradient.dot, memory.parameters[weight], out)]
            case _, Scaled() as term:
                factor, calls = memory.factor(term)
                return [*calls, partial(np.multiply, gradient, factor, out)]
            case _, Hadamard(_, Ref() as other):
                factor = memory.source(other, *rows)
                if other.at_last:  # the same at every step
                    gradient, out = (array.reshape(-1, *factor.shape) for array in (gradient, out))
                return [partial(np.multiply, gradient, factor, out)]
            case Activation(), _:
                return [partial(np.multiply, gradient, memory.derivative(consumer.name, *rows), out)]
            case Softmax(), _:
                yhat = memory.value(consumer.name, *rows)
                return softmax_vjp(yhat, memory.ones(yhat.shape[1]), gradient, out, memory.scratch(len(out), 1)[:, 0])
            case (CrossEntropy() | BinaryCrossEntropy() | SquaredError()) as loss, _:
                calls = [self._prediction_minus_target(loss, rows, out)]
                if consumer.name in memory.seeds:
                    calls.append(partial(np.multiply, out, gradient, out))
                return calls
            case Mix(), _:
                assert memory.mask is not None
                own = memory.mask[rows[0] * memory.B : rows[1] * memory.B]
                return [partial(_where_own, gradient, own, out)]
        raise AssertionError(f"{consumer.name}: no derivative for {consumer.operation}")

    def _added_up(self, use: Use, out: Array) -> list[Call]:
        """What comes back to a step that every step of the consumer reads: the sum over these."""
        memory, every_step = self.memory, self.memory.gradients[use.consumer.name]
        total = np.zeros_like(every_step[0])
        match use.term:
            case Linear(weight):
                return [
                    partial(np.add.reduce, every_step, 0, None, total),
                    partial(total.dot, memory.parameters[weight], out),
                ]
            case Scaled() as term:
                factor, calls = memory.factor(term)
                added = partial(np.add.reduce, every_step, 0, None, total)
                return [*calls, added, partial(np.multiply, total, factor, out)]
            case Hadamard(_, Ref() as other):
                factor = memory.source(other, *memory.spans[use.consumer.name]).reshape(-1, *total.shape)
                product = np.zeros_like(every_step)
                return [
                    partial(np.multiply, every_step, factor, product),
                    partial(np.add.reduce, product, 0, None, out),
                ]
        raise AssertionError(f"{use.consumer.name}: only a term of a sum can read one step at every step")

    def _prediction_minus_target(self, loss: Loss, rows: tuple[int, int], out: Array) -> Call:
        prediction = self.memory.value(loss.prediction.name, *rows)
        if isinstance(loss, CrossEntropy):
            return partial(_minus_one_hot, prediction, self.memory.target_index, out)
        return partial(np.subtract, prediction, self.memory.source(loss.target, *rows), out)

    def _paired(self, node: Node, source: Ref) -> tuple[Array, Array]:
        """The gradient at a node and what it reads there: (steps, B, n) each, or (1, B, n) of one step."""
        gradient = self.memory.gradients[node.name]
        return gradient, self.memory.source(source, *self.memory.spans[node.name]).reshape(-1, *gradient.shape[1:])

    def initial(self) -> dict[str, Array]:
        """The gradients at what is read before the first step: arrays (steps, B, n), the step before last."""
        memory, found = self.memory, {}
        for name, uses in self.uses.of.items():
            before = memory.before[name]
            if not before:
                continue
            found[name] = array = np.zeros((before, *memory.gradients[name].shape[1:]), memory.dtype)
            self.calls.append(partial(array.fill, 0.0))
            for use in uses:
                lo, hi = self._reach(use, -before, 0)
                if lo < hi and not use.source.at_last:
                    rows = array[lo + before : hi + before].reshape(-1, array.shape[2])
                    part = np.zeros_like(rows)
                    self.calls += [*self._product(use, lo, hi, part), partial(np.add, rows, part, rows)]
        return found

    def parameters(self, nodes: Iterable[Node]) -> None:
        """∇W = Σ_t ∇a(t) source(t)ᵀ (eqs. 10.22 to 10.28), averaged over the batch."""
        memory = self.memory
        written: set[str] = set()
        for node, term in terms_of(nodes):
            if node.name not in self.uses or isinstance(term, Hadamard):
                continue
            span = memory.spans[node.name]
            gradient = memory.gradient(node.name, *span)
            (name,) = term.parameters
            out = target = memory.parameter_gradients[name]
            if name in written:
                out = np.zeros_like(target)
            match term:
                case Bias():
                    self.calls.append(partial(memory.ones(len(gradient)).dot, gradient, out))
                case Scaled(_, Ref() as source, complement):
                    self.calls.append(partial(_scaled_gradient, *self._paired(node, source), complement, out))
                case Linear(_, Ref(at_last=True) as source):
                    total = np.zeros_like(memory.gradients[node.name][0])
                    self.calls.append(partial(np.add.reduce, memory.gradients[node.name], 0, None, total))
                    self.calls.append(partial(total.T.dot, memory.source(source, *span), out))
                case Linear(_, Ref() as source):  # pragma: no branch - no other term has a parameter
                    self.calls.append(partial(gradient.T.dot, memory.source(source, *span), out))
            if out is not target:
                self.calls.append(partial(np.add, target, out, target))
            written.add(name)
        if memory.B > 1:
            self.calls.append(partial(np.multiply, memory.theta_gradient, 1.0 / memory.B, memory.theta_gradient))


class Backward(Struct, frozen=True, eq=False):
    """The calls of the backward pass, and what it leaves beside the gradients in `Memory`, if that is kept.

    `contributions` are those to each node's gradient, `initial` the gradients at states before the first step.
    """

    calls: list[Call]
    contributions: dict[str, list[Contribution]]
    initial: dict[str, Array]


def compile_backward(memory: Memory, components: Iterable[Component], uses: Uses, keep: bool) -> Backward:
    """Compile the backward pass; with `keep`, contributions keep arrays of their own."""
    compiler = BackwardCompiler(memory, uses, keep)
    if memory.network.output is not None:
        memory.gradients[memory.network.output.loss].fill(1.0)
    for component in reversed(tuple(components)):
        compiler.component(component)
    compiler.parameters(memory.network.nodes)
    initial = compiler.initial() if keep else {}
    return Backward(compiler.calls, compiler.contributions, initial)


def _minus_one_hot(yhat: Array, target_index: NDArray[np.intp], out: Array) -> None:
    """ŷ − 1_y (eq. 10.18)."""
    np.copyto(out, yhat)
    out.reshape(-1)[target_index] -= 1.0


def _scaled_gradient(gradient: Array, source: Array, complement: bool, out: Array) -> None:
    np.sum(gradient * source, axis=(0, 1), out=out)
    if complement:
        np.negative(out, out)


def _where_own(gradient: Array, mask: Array, out: Array) -> None:
    np.multiply(gradient, mask == 0, out)
