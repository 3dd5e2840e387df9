"""Compile a network into prepared numpy calls and run them: one executor to step and to train.

All views are made once, so running is a loop over calls without arguments. What is not on a cycle is one call
for all T·B rows; only what is on a cycle is one call per step. With `keep`, pre-activations and the
contributions to each gradient keep arrays of their own; else they are overwritten once nobody needs them.
"""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from explorer.graph.backward import compile_backward
from explorer.graph.declaration import CrossEntropy, Sizes, Softmax
from explorer.graph.feedback import Network
from explorer.graph.forward import compile_forward
from explorer.graph.memory import Memory
from explorer.graph.operations import SAFE_EXPONENT, Array
from explorer.graph.schedule import schedule, sources
from explorer.graph.uses import gradient_uses


class Program:
    """A network compiled for T steps and batches of B sequences.

    Put θ into `memory.theta`, `load` a batch, run `forward` and `backward`; then read `loss` and `memory`.
    Into the nodes named in `seeded` a gradient flows from outside as well, see `Memory.seeds`. What the
    given nodes named in `one_hot` are multiplied with is looked up by symbol instead, which is faster; it takes
    them to be zero before the first step.
    """

    def __init__(
        self,
        network: Network,
        sizes: Sizes,
        T: int,
        B: int,
        dtype: type = np.float64,
        keep: bool = False,
        seeded: Collection[str] = (),
        one_hot: Collection[str] = (),
    ):
        self.network, self.sizes, self.T, self.B = network, sizes, T, B
        self.uses = gradient_uses(network)
        loss, target = network.find(CrossEntropy), network.target
        frugal = not (keep or seeded)
        self.memory = Memory(network, sizes, T, B, self.uses, dtype, frugal, seeded, one_hot)
        components = schedule(network)
        self._forward = compile_forward(self.memory, components, careful=False)
        self._careful_forward = compile_forward(self.memory, components, careful=True)
        self._backward, self.contributions = compile_backward(self.memory, components, self.uses, keep)
        self._x = self.memory.steps_of(network.input)
        self._y = self.memory.steps_of(target)
        symbols = {name: self.memory.symbols_of(name) for name in self.memory.symbols}
        self._x_symbols, self._y_symbols = symbols.get(network.input), symbols.get(target)
        self._one_hot = keep or any(
            ref.name == target for node in network.nodes if node != loss for ref in sources(node)
        )
        self._losses = self.memory.values[loss.name].reshape(-1, B)
        rows = len(self.memory.target_index)
        self._first_entry = np.arange(rows) * self.memory.values[network.find(Softmax).name].shape[2]

    def load(
        self,
        x: Array,
        y: NDArray[np.intp],
        mask: Array | None = None,
        uniform: Array | None = None,
        x_symbols: NDArray[np.intp] | None = None,
    ) -> None:
        """Take a batch: x (T, B, n_x), y class indices (T, B) or (1, B).

        `x_symbols` (T, B) says which entry of x is 1, where x was named in `one_hot`.
        `mask` (T, B): 1 where a mixed feedback feeds the target; `uniform` (T, B) in [0, 1): for sampling.
        """
        memory = self.memory
        np.copyto(self._x, x)
        np.add(self._first_entry, y.reshape(-1), memory.target_index)
        if self._one_hot:
            self._y.fill(0.0)
            self._y.reshape(-1)[memory.target_index] = 1.0
            if self._y_symbols is not None:
                self._y_symbols[:] = y.reshape(-1)
        if self._x_symbols is not None:
            assert x_symbols is not None, "one-hot inputs come with their symbols"
            self._x_symbols[:] = x_symbols.reshape(-1)
        if memory.mask is not None:
            assert mask is not None, "a mixed feedback needs a mask"
            np.copyto(memory.mask, np.reshape(mask, (-1, 1)))
        if memory.uniform is not None:
            assert uniform is not None, "sampling needs uniform numbers"
            np.copyto(memory.uniform, np.reshape(uniform, -1))

    def forward(self) -> None:
        """Fill every value."""
        with np.errstate(all="ignore"):  # what overflows is computed again, or is for the caller to notice
            for call in self._forward:
                call()
            normaliser = self.memory.log_normaliser
            if not (normaliser.min() > -SAFE_EXPONENT and normaliser.max() < SAFE_EXPONENT):
                for call in self._careful_forward:
                    call()

    def backward(self) -> None:
        """Fill every gradient; `forward` must have run."""
        for call in self._backward:
            call()

    @property
    def loss(self) -> float:
        """L = Σ_t L(t), the mean over the batch, in nats (eqs. 10.13 and 10.14)."""
        return float(self._losses.sum()) / self.B

    @property
    def loss_per_step(self) -> Array:
        """L(t), (T, B), or (1, B) for one output; overwritten by the next `forward`."""
        return self._losses
