"""The table of operations: value, derivative and TeX of each activation; softmax and its loss."""

from collections.abc import Callable
from functools import partial

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.arrays import Array as Array
from explorer.graph.arrays import Call as Call
from explorer.graph.arrays import Index as Index


class ActivationFunction(Struct, frozen=True, eq=False):
    """An elementwise function h = φ(a) whose derivative can be read off h itself.

    `value(a, out)` writes φ(a), and `out` may be `a`; `derivative(h, out)` writes φ'(a), given h, to another
    array. Shapes are free. `derivative_tex` is φ'(a) in terms of a vector called h, whose symbol is `{h}`.
    """

    id: str
    tex: str
    derivative_tex: str
    value: Callable[[Array, Array], object]
    derivative: Callable[[Array, Array], object]


def _sigmoid(a: Array, out: Array) -> None:
    # σ(a) = (1 + tanh(a/2)) / 2 cannot overflow, whatever the sign of a.
    np.multiply(a, 0.5, out)
    np.tanh(out, out)
    np.multiply(out, 0.5, out)
    np.add(out, 0.5, out)


def _sigmoid_derivative(h: Array, out: Array) -> None:
    np.multiply(h, h, out)
    np.subtract(h, out, out)


def _tanh_derivative(h: Array, out: Array) -> None:
    np.multiply(h, h, out)
    np.subtract(1.0, out, out)


def _relu(a: Array, out: Array) -> None:
    np.maximum(a, 0.0, out=out)


def _relu_derivative(h: Array, out: Array) -> None:
    np.greater(h, 0.0, out)


def _identity(a: Array, out: Array) -> None:
    if a is not out:
        np.copyto(out, a)


def _one(h: Array, out: Array) -> None:
    out.fill(1.0)


def _one_minus(a: Array, out: Array) -> None:
    np.subtract(1.0, a, out)


def _minus_one(h: Array, out: Array) -> None:
    out.fill(-1.0)


ACTIVATIONS: dict[str, ActivationFunction] = {
    f.id: f
    for f in (
        ActivationFunction("tanh", r"\tanh", r"1 - ({h})^2", np.tanh, _tanh_derivative),
        ActivationFunction("sigmoid", r"\sigma", r"{h} \odot (1 - {h})", _sigmoid, _sigmoid_derivative),
        ActivationFunction("relu", r"\mathrm{relu}", r"1_{{{h} > 0}}", _relu, _relu_derivative),
        ActivationFunction("identity", r"\mathrm{id}", r"1", _identity, _one),
    )
}
"""The activations that a learner can choose for h."""

FUNCTIONS = ACTIVATIONS | {
    "one_minus": ActivationFunction("one_minus", "1 -", "-1", _one_minus, _minus_one),
}
"""All elementwise functions that a declaration may name; 1 − z is what a gated unit needs."""


SAFE_EXPONENT = 300.0
"""While log Σ exp(o) of every row is within ± this, no exponential over- or underflowed in a way that matters."""


def softmax(o: Array, yhat: Array, log_normaliser: Array) -> None:
    """Write softmax of each row of o (rows, n) to yhat, and log Σ exp(o) to log_normaliser (rows,).

    The row's maximum is taken out first (section 4.1), so nothing overflows, however large the logits.
    """
    np.maximum.reduce(o, axis=1, out=log_normaliser)
    np.subtract(o, log_normaliser[:, None], yhat)
    np.exp(yhat, yhat)
    total = np.add.reduce(yhat, 1)
    np.divide(yhat, total[:, None], yhat)
    np.log(total, total)
    np.add(log_normaliser, total, log_normaliser)


def quick_softmax(o: Array, ones: Array, yhat: Array, normaliser: Array) -> list[Call]:
    """The calls that write softmax of each row to yhat and Σ exp(o) to normaliser, with no care for large logits.

    Whoever uses them looks at the normaliser afterwards (see SAFE_EXPONENT), which is far cheaper than the row
    maxima; `ones` (n,) adds up rows, for numpy's product is several times as fast as its sum.
    """
    return [
        partial(np.exp, o, yhat),
        partial(yhat.dot, ones, normaliser),
        partial(np.divide, yhat, normaliser[:, None], yhat),
    ]


def softmax_vjp(yhat: Array, ones: Array, gradient: Array, out: Array, total: Array) -> list[Call]:
    """The calls that write the gradient at the logits, Jᵀg = ŷ ⊙ (g − ŷᵀg) for each row; `total` is room (rows,)."""
    return [
        partial(np.multiply, yhat, gradient, out),
        partial(out.dot, ones, total),
        partial(np.subtract, gradient, total[:, None], out),
        partial(np.multiply, out, yhat, out),
    ]


def cross_entropy(o: Array, target_index: NDArray[np.intp], log_normaliser: Array, out: Array) -> None:
    """L(t) = log Σ exp(o) − o[y], which is −log softmax(o)[y] without ever forming a tiny probability.

    `o` and `target_index` are flat; the others (rows,).
    """
    np.subtract(log_normaliser, o.take(target_index), out)


def binary_cross_entropy(o: Array, y: Array, out: Array) -> None:
    """L(t) = Σ ζ((1 − 2y) ⊙ o) of each row, o and y (rows, n), out (rows,) (section 6.2.2.2).

    The softplus ζ(z) = log(1 + exp(z)) is taken as max(z, 0) + log(1 + exp(−|z|)), which cannot overflow.
    """
    z = (1.0 - 2.0 * y) * o
    np.add.reduce(np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))), 1, out=out)


def squared_error(o: Array, y: Array, out: Array) -> None:
    """L(t) = ½ ‖y − o‖² of each row, o and y (rows, n), out (rows,) (section 6.2.2.1)."""
    difference = y - o
    np.einsum("ij,ij->i", difference, difference, out=out)
    np.multiply(out, 0.5, out)


def one_hot_argmax(o: Array, out: Array) -> None:
    """Write 1 at the first largest entry of each row of o and 0 elsewhere; arrays (rows, n)."""
    out.fill(0.0)
    out[np.arange(len(o)), o.argmax(1)] = 1.0


def one_hot_sample(yhat: Array, uniform: Array, out: Array) -> None:
    """Write 1 at the symbol that the uniform number of each row, in [0, 1), picks from its probabilities."""
    below = np.add.accumulate(yhat, 1) <= uniform[:, None]
    out.fill(0.0)
    # The last symbol takes what rounding leaves of the total below 1.
    out[np.arange(len(yhat)), np.minimum(below.sum(1), yhat.shape[1] - 1)] = 1.0
