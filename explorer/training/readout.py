"""Learn V and c at once, where all that they read is fixed (`Readout`): ridge regression, as in section 10.8.

With logits o = V h + c, a loss that is a likelihood is A(o) − yᵀo but for a constant, its gradient at o the prediction
minus y (section 6.2.2). It is convex in V and c, so with ½ λ‖V‖² there is one minimum, which Newton's method finds. For
a linear output A is ½‖o‖² and the first step of it is ridge regression, which is exact; for softmax and sigmoid there
is no closed form, and each step is a ridge regression with weights of its own.
"""

from collections.abc import Callable

import numpy as np
from msgspec import Struct

from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.compute.program import Program
from explorer.graph.declaration import Bias, BinaryCrossEntropy, CrossEntropy, Linear, Loss, Node, Ref, SquaredError
from explorer.graph.output import OutputKind

MOST_ROWS = 5_000
"""Time steps that are kept; mini-batches that come after so many are left aside."""
MOST_TOGETHER = 1_000
"""Numbers that a softmax couples, so that they must be found together: a step takes time as their square."""
_MOST_STEPS, _MOST_HALVINGS = 20, 30
_CLOSE = 1e-10


def readout_of(architecture: Architecture) -> Node | None:
    """The node of the logits, if its weights and its bias are all that is trained, and it is fed back to nothing.

    None also for an output whose loss is not convex in them.
    """
    if architecture.output is None or architecture.takes_feedback or not is_convex(architecture.output.kind):
        return None
    node = architecture.node(architecture.output.logits)
    if not all(isinstance(term, Bias) or _reads_now(term) for term in node.operation.terms):
        return None
    own = {name for term in node.operation.terms for name in term.parameters}
    trained = {parameter.name for parameter in architecture.parameters if parameter.trained}
    return node if trained == own else None


def is_convex(kind: OutputKind) -> bool:
    """Whether a loss has one minimum in the weights of the readout: that of a likelihood."""
    return kind.loss in _LIKELIHOODS


def _reads_now(term: object) -> bool:
    return isinstance(term, Linear) and isinstance(term.source, Ref)


class Readout:
    """All sequences so far of a program whose logits alone are trained, and the best weights for them.

    `ridge` is λ, in Σ w L + ½ λ‖V‖², the sum over all time steps that are kept; c is not held back.
    """

    def __init__(self, program: Program, ridge: float):
        output, node = program.network.output, readout_of(program.network.architecture)
        assert output is not None and node is not None, "more than a readout is trained"
        self._memory, self._target = program.memory, output.kind.target
        self._likelihood = _LIKELIHOODS[output.kind.loss]
        terms = program.network.node(output.logits).operation.terms
        self._read = [term for term in terms if isinstance(term, Linear)]
        self._biases = [term for term in terms if isinstance(term, Bias)]
        self._logits = output.logits
        theta = self._theta
        self._penalty = np.full(len(theta), ridge)
        if self._biases:
            self._penalty[-1] = 0.0
        self._X, self._Y, self._w = np.zeros((0, len(theta))), np.zeros((0, theta.shape[1])), np.zeros(0)

    def learn(self, program: Program, batch: Batch) -> None:
        """Take in a batch that `program` has just run forward, and move V and c to what is best for all so far.

        It is the program of `__init__`, or one of the same network for sequences of another length.
        """
        if len(self._w) >= MOST_ROWS:
            return
        steps = program.memory.spans[self._logits]
        states = [program.memory.source(_now(term), *steps) for term in self._read]
        X = np.hstack([*states, *([np.ones((len(states[0]), 1))] if self._biases else [])])
        q = self._Y.shape[1]
        weights = np.ones(batch.y.shape[:2]) if batch.loss_weights is None else batch.loss_weights
        self._X = np.vstack([self._X, X])
        self._Y = np.vstack([self._Y, self._target.vectors(batch.y, q).reshape(-1, q)])
        self._w = np.concatenate([self._w, weights.reshape(-1)])
        self._theta = self._minimum(self._theta)

    @property
    def _theta(self) -> Array:
        """Vᵀ over cᵀ, (entries of the state + 1, units of the output)."""
        parameters = self._memory.parameters
        found = np.vstack([parameters[term.parameters[0]].T for term in (*self._read, *self._biases)])
        return found.astype(np.float64)  # Newton's method needs it, whatever the precision of training

    @_theta.setter
    def _theta(self, theta: Array) -> None:
        at = 0
        for term in (*self._read, *self._biases):
            into = np.atleast_2d(self._memory.parameters[term.parameters[0]].T)
            into[...] = theta[at : at + len(into)]
            at += len(into)

    def _minimum(self, theta: Array) -> Array:
        """Where the loss is least, found from θ on by Newton's method."""
        value = self._value(theta)
        for _ in range(_MOST_STEPS):
            P = self._likelihood.prediction(self._X @ theta)
            gradient = self._X.T @ (self._w[:, None] * (P - self._Y)) + self._penalty[:, None] * theta
            step = self._likelihood.step(self._X, P, self._w, self._penalty, gradient)
            expected = float((gradient * step).sum())
            length, close = 1.0, expected <= _CLOSE * (1.0 + abs(value))
            for _ in range(_MOST_HALVINGS):
                new = self._value(theta - length * step)
                if close or new <= value - 1e-4 * length * expected:
                    break
                length /= 2.0
            theta, value = theta - length * step, new
            if close:  # the error goes with the square of that before
                break
        return theta

    def _value(self, theta: Array) -> float:
        o = self._X @ theta
        losses = self._likelihood.cumulant(o) - (self._Y * o).sum(1)
        return float(self._w @ losses + 0.5 * (self._penalty[:, None] * theta**2).sum())


def _now(term: Linear) -> Ref:
    assert isinstance(term.source, Ref)
    return term.source


Step = Callable[[Array, Array, Array, Array, Array], Array]
"""Solves H · step = gradient for rows X, predictions P, weights of the rows and the penalty of each row of θ."""


class _Likelihood(Struct, frozen=True):
    """A(o), a number for each row; its derivative, the prediction; and the Newton step with its second derivative."""

    cumulant: Callable[[Array], Array]
    prediction: Callable[[Array], Array]
    step: Step


def _linear_step(X: Array, P: Array, w: Array, penalty: Array, gradient: Array) -> Array:
    return _solved(X.T @ (w[:, None] * X), penalty, gradient)


def _sigmoid_step(X: Array, P: Array, w: Array, penalty: Array, gradient: Array) -> Array:
    """Each unit of the output is a regression of its own."""
    slopes = w[:, None] * P * (1.0 - P)
    columns = [_solved(X.T @ (slopes[:, [j]] * X), penalty, gradient[:, [j]]) for j in range(P.shape[1])]
    return np.hstack(columns)


def _softmax_step(X: Array, P: Array, w: Array, penalty: Array, gradient: Array) -> Array:
    """The second derivative is diag(ŷ) − ŷŷᵀ, which couples all units of the output."""
    (n, p), q = X.shape, P.shape[1]
    H = np.zeros((q * p, q * p))
    for j in range(q):
        own = slice(j * p, (j + 1) * p)
        H[own, own] = X.T @ ((w * P[:, j])[:, None] * X)
    for rows in np.array_split(np.arange(n), max(1, n // 1_000)):
        weighted = np.sqrt(w[rows])[:, None, None] * P[rows, :, None] * X[rows, None, :]
        flat = weighted.reshape(len(rows), q * p)
        H -= flat.T @ flat
    # To add the same to every entry of c changes no prediction, so H says nothing about it; the gradient is 0 there.
    free = np.tile(penalty == 0.0, q).astype(float)
    H += np.outer(free, free)
    return _solved(H, np.tile(penalty, q), gradient.T.reshape(-1, 1)).reshape(q, p).T


def _solved(H: Array, penalty: Array, gradient: Array) -> Array:
    """H + diag(penalty), which a hair more keeps from being singular where all predictions are certain."""
    return np.asarray(np.linalg.solve(H + np.diag(penalty + 1e-12), gradient))


def _softmax(o: Array) -> Array:
    e = np.exp(o - o.max(1, keepdims=True))
    return np.asarray(e / e.sum(1, keepdims=True))


def _log_sum_exp(o: Array) -> Array:
    most = o.max(1)
    return np.asarray(most + np.log(np.exp(o - most[:, None]).sum(1)))


_LIKELIHOODS: dict[type[Loss], _Likelihood] = {
    SquaredError: _Likelihood(lambda o: 0.5 * np.square(o).sum(1), lambda o: o, _linear_step),
    BinaryCrossEntropy: _Likelihood(
        lambda o: np.logaddexp(0.0, o).sum(1), lambda o: 0.5 * (1.0 + np.tanh(0.5 * o)), _sigmoid_step
    ),
    CrossEntropy: _Likelihood(_log_sum_exp, _softmax, _softmax_step),
}
