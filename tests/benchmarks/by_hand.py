"""Train `hidden_to_hidden` and `output_to_hidden` in plain numpy, written by hand: what the executor is held to.

Every trick that pays is here: all x-terms in one product before the loop, views and bound products made once,
in-place work in preallocated buffers, contiguous (T, B, n) rows, output layer and loss once over T·B, each
parameter gradient one product after the loop.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


class ByHand:
    """One network, one batch size. `step` is forward, BPTT and a step of gradient descent."""

    def __init__(self, parameters: dict[str, Floats], K: int, H: int, T: int, B: int, rate: float) -> None:
        self.K, self.H, self.T, self.B, self.rate = K, H, T, B, rate
        order = ("b", "W", "U", "c", "V")
        shapes = [parameters[name].shape for name in order]
        ends = np.cumsum([0, *(int(np.prod(shape)) for shape in shapes)])
        self.theta = np.concatenate([parameters[name].ravel() for name in order])
        self.gradient = np.zeros_like(self.theta)
        self.update = np.zeros_like(self.theta)

        def views(flat: Floats) -> list[Floats]:
            return [flat[a:z].reshape(s) for a, z, s in zip(ends, ends[1:], shapes, strict=False)]

        self.b, self.W, self.U, self.c, self.V = views(self.theta)
        self.gb, self.gW, self.gU, self.gc, self.gV = views(self.gradient)
        rows, self.dtype = T * B, self.theta.dtype
        self.h = np.zeros((T + 1, B, H), self.dtype)
        self.flat_h, self.past = self.h[1:].reshape(rows, H), self.h[:-1].reshape(rows, H)
        self.o, self.yhat, self.total = self.room(rows, K), self.room(rows, K), self.room(rows)
        self.g, self.flat_g = (g := self.room(T, B, H)), g.reshape(rows, H)
        self.slope = self.room(T, B, H)
        self.flat_slope = self.slope.reshape(rows, H)
        self.product = self.room(B, H)
        self.first = np.arange(rows) * K
        self.ones, self.ones_K = np.ones(rows, self.dtype), np.ones(K, self.dtype)
        self.transposed = self.room(self.W.shape[1], H)
        self.loss = 0.0

    def room(self, *shape: int) -> Floats:
        """An array to write to, in the precision of the parameters."""
        return np.empty(shape, self.dtype)

    def output_layer(self, y: NDArray[np.intp]) -> None:
        """Logits, softmax, loss, and ŷ − 1_y left in `yhat`."""
        np.dot(self.flat_h, self.V.T, self.o)
        np.add(self.o, self.c, self.o)
        np.exp(self.o, self.yhat)
        self.yhat.dot(self.ones_K, self.total)
        np.divide(self.yhat, self.total[:, None], self.yhat)
        at = self.first + y.ravel()
        self.loss = float(np.log(self.total).sum() - self.o.take(at).sum()) / self.B
        self.yhat.reshape(-1)[at] -= 1.0

    def parameter_gradients(self, x: Floats, fed: Floats) -> None:
        """One product over all rows for each parameter, then the update."""
        np.dot(self.flat_g.T, fed, self.gW)
        np.dot(self.flat_g.T, x, self.gU)
        np.dot(self.ones, self.flat_g, self.gb)
        np.dot(self.yhat.T, self.flat_h, self.gV)
        np.dot(self.ones, self.yhat, self.gc)
        np.multiply(self.gradient, self.rate / self.B, self.update)
        np.subtract(self.theta, self.update, self.theta)


class HiddenToHidden(ByHand):
    """Fig. 10.3."""

    def __init__(self, parameters: dict[str, Floats], K: int, H: int, T: int, B: int, rate: float) -> None:
        super().__init__(parameters, K, H, T, B, rate)
        self.forward = [(self.h[t].dot, self.h[t + 1]) for t in range(T)]
        self.backward = [(self.g[t + 1].dot, self.g[t], self.slope[t]) for t in reversed(range(T - 1))]

    def step(self, x: Floats, y: NDArray[np.intp]) -> None:
        """One training step on a batch: x (T, B, K), y (T, B)."""
        rows = x.reshape(-1, self.K)
        W, product, add, multiply, tanh = self.W, self.product, np.add, np.multiply, np.tanh
        np.dot(rows, self.U.T, self.flat_h)
        np.add(self.flat_h, self.b, self.flat_h)
        transposed = self.transposed
        np.copyto(transposed, W.T)
        for dot, h in self.forward:
            dot(transposed, product)
            add(h, product, h)
            tanh(h, h)
        self.output_layer(y)
        np.dot(self.yhat, self.V, self.flat_g)
        np.multiply(self.flat_h, self.flat_h, self.flat_slope)
        np.subtract(1.0, self.flat_slope, self.flat_slope)
        multiply(self.g[-1], self.slope[-1], self.g[-1])
        for dot, g, slope in self.backward:
            dot(W, product)
            add(g, product, g)
            multiply(g, slope, g)
        self.parameter_gradients(rows, self.past)


class TeacherForced(ByHand):
    """Fig. 10.4, fed the targets: nothing is left to loop over."""

    def step(self, x: Floats, y: NDArray[np.intp]) -> None:
        """One training step on a batch: x (T, B, K), y (T, B)."""
        rows = x.reshape(-1, self.K)
        fed = np.zeros((self.T, self.B, self.K), self.dtype)
        fed[1:].reshape(-1)[self.first[: (self.T - 1) * self.B] + y[:-1].ravel()] = 1.0
        fed_rows = fed.reshape(-1, self.K)
        np.dot(rows, self.U.T, self.flat_h)
        np.add(self.flat_h, fed_rows @ self.W.T, self.flat_h)
        np.add(self.flat_h, self.b, self.flat_h)
        np.tanh(self.flat_h, self.flat_h)
        self.output_layer(y)
        np.dot(self.yhat, self.V, self.flat_g)
        np.multiply(self.flat_h, self.flat_h, self.flat_slope)
        np.subtract(1.0, self.flat_slope, self.flat_slope)
        np.multiply(self.flat_g, self.flat_slope, self.flat_g)
        self.parameter_gradients(rows, fed_rows)


class FreeRunning(ByHand):
    """Fig. 10.4, fed its own prediction ŷ: everything from one output to the next is on the loop."""

    def __init__(self, parameters: dict[str, Floats], K: int, H: int, T: int, B: int, rate: float) -> None:
        super().__init__(parameters, K, H, T, B, rate)
        self.p = np.zeros((T + 1, B, K), self.dtype)
        self.flat_p, self.fed = self.p[1:].reshape(-1, K), self.p[:-1].reshape(-1, K)
        self.logits = self.o.reshape(T, B, K)
        self.go = self.room(T, B, K)
        self.sum, self.sum_K, self.back = self.room(B), self.room(B, K), self.room(B, K)
        self.forward = [
            (self.p[t].dot, self.h[t + 1], self.h[t + 1].dot, self.logits[t], self.p[t + 1], self.p[t + 1].dot)
            for t in range(T)
        ]
        self.backward = [
            (self.g[t], self.g[t].dot, self.slope[t], self.go[t], self.go[t].dot, self.p[t]) for t in reversed(range(T))
        ]
        self.V_transposed = self.room(H, K)

    def step(self, x: Floats, y: NDArray[np.intp]) -> None:
        """One training step on a batch: x (T, B, K), y (T, B)."""
        rows = x.reshape(-1, self.K)
        add, multiply, tanh, exp, divide = np.add, np.multiply, np.tanh, np.exp, np.divide
        W, V, product, ones, total, c, back = self.W, self.V, self.product, self.ones_K, self.sum, self.c, self.back
        np.dot(rows, self.U.T, self.flat_h)
        add(self.flat_h, self.b, self.flat_h)
        np.copyto(self.transposed, W.T)
        np.copyto(self.V_transposed, V.T)
        column = total[:, None]
        for feed, h, h_dot, o, p, p_dot in self.forward:
            feed(self.transposed, product)
            add(h, product, h)
            tanh(h, h)
            h_dot(self.V_transposed, o)
            add(o, c, o)
            exp(o, p)
            p_dot(ones, total)
            divide(p, column, p)
        at = self.first + y.ravel()
        self.loss = -float(np.log(self.flat_p.take(at)).sum()) / self.B
        np.copyto(self.yhat, self.flat_p)
        self.yhat.reshape(-1)[at] -= 1.0
        np.copyto(self.go.reshape(-1, self.K), self.yhat)
        np.multiply(self.flat_h, self.flat_h, self.flat_slope)
        np.subtract(1.0, self.flat_slope, self.flat_slope)
        for i, (g, g_dot, slope, _, go_dot, p_before) in enumerate(self.backward):
            go_dot(V, g)
            multiply(g, slope, g)
            if i < self.T - 1:
                g_dot(W, back)
                before = self.backward[i + 1][3]
                multiply(p_before, back, self.sum_K)
                self.sum_K.dot(ones, total)
                np.subtract(back, column, back)
                multiply(back, p_before, back)
                add(before, back, before)
        np.copyto(self.yhat, self.go.reshape(-1, self.K))
        self.parameter_gradients(rows, self.fed)
