"""Fig. 10.3 by hand, one sequence: forward propagation and BPTT as the book writes them, one step after another.

It shares no code with the project. Steps are counted from 1, as in the book; h[0] is the initial state.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.floating]
Matrix = NDArray[np.floating]


@dataclass(frozen=True)
class PlainBptt:
    """Loss, the value and gradient of each node as (T, n), and the gradient of each parameter."""

    loss: float
    values: dict[str, Matrix]
    gradients: dict[str, Matrix]
    parameter_gradients: dict[str, Matrix]


def plain_bptt(
    theta: dict[str, Matrix],
    x: Matrix,
    y: NDArray[np.intp],
    initial_state: Vector | None = None,
    borders: Collection[int] = (),
) -> PlainBptt:
    """Inputs x (T, n_x) and targets y (T,) through the network with tanh units and these U, V, W, b, c.

    Truncated BPTT takes the state at the `borders`, as the step after reads it, for a constant.
    """
    U, V, W, b, c = (theta[name] for name in "UVWbc")
    tau = len(x)
    h: dict[int, Vector] = {0: np.zeros(len(b)) if initial_state is None else initial_state}
    o: dict[int, Vector] = {}
    yhat: dict[int, Vector] = {}
    loss = 0.0
    for t in range(1, tau + 1):
        a = b + W @ h[t - 1] + U @ x[t - 1]  # 10.8
        h[t] = np.tanh(a)  # 10.9
        o[t] = c + V @ h[t]  # 10.10
        yhat[t] = np.exp(o[t]) / np.exp(o[t]).sum()  # 10.11
        loss -= float(np.log(yhat[t][y[t - 1]]))  # 10.12 to 10.14

    grad_o: dict[int, Vector] = {}
    grad_h: dict[int, Vector] = {}
    for t in range(tau, 0, -1):
        grad_o[t] = yhat[t].copy()
        grad_o[t][y[t - 1]] -= 1.0  # 10.18
        grad_h[t] = V.T @ grad_o[t]  # 10.19
        if t < tau and t not in borders:
            grad_h[t] = W.T @ np.diag(1 - h[t + 1] ** 2) @ grad_h[t + 1] + grad_h[t]  # 10.20, 10.21

    grad = {name: np.zeros_like(theta[name]) for name in "UVWbc"}
    for t in range(1, tau + 1):
        slope = np.diag(1 - h[t] ** 2)
        grad["c"] += grad_o[t]  # 10.22
        grad["b"] += slope @ grad_h[t]  # 10.23
        grad["V"] += np.outer(grad_o[t], h[t])  # 10.24
        grad["W"] += slope @ np.outer(grad_h[t], h[t - 1])  # 10.25, 10.26
        grad["U"] += slope @ np.outer(grad_h[t], x[t - 1])  # 10.27, 10.28

    def rows(steps: dict[int, Vector]) -> Matrix:
        return np.array([steps[t] for t in range(1, tau + 1)])

    return PlainBptt(
        loss,
        {"h": rows(h), "o": rows(o), "yhat": rows(yhat)},
        {"h": rows(grad_h), "o": rows(grad_o)},
        grad,
    )
