"""Compile a network into prepared numpy calls and run them: one executor to step and to train.

All views are made once, so running is a loop over calls without arguments. What is not on a cycle is one call
for the rows of many steps; only what is on a cycle is one call per step. With `keep`, pre-activations and the
contributions to each gradient keep arrays of their own; else they are overwritten once nobody needs them.
"""

from collections.abc import Collection
from functools import cached_property

import numpy as np

from explorer.graph.arrays import Array, Call
from explorer.graph.batch import Batch
from explorer.graph.compute.backward import compile_backward
from explorer.graph.compute.blocks import merged
from explorer.graph.compute.forward import compile_forward
from explorer.graph.compute.loading import Loader
from explorer.graph.compute.memory import Memory
from explorer.graph.declaration import Sizes
from explorer.graph.feedback import Network
from explorer.graph.operations.softmax import safe_exponent
from explorer.graph.output import Target
from explorer.graph.placed import placed
from explorer.graph.schedule import schedule, sources
from explorer.graph.truncated import Borders
from explorer.graph.uses import gradient_uses


class Program:
    """A network compiled for T steps and batches of B sequences.

    Put θ into `memory.theta`, `load` a batch, run `forward` and `backward`; then read `loss` and `memory`.
    Into the nodes named in `seeded` a gradient flows from outside as well, see `Memory.seeds`. With `root`, one of
    these, gradients are those of that node and not of the loss. With `weighted`, each batch brings loss weights. What
    the given nodes named in `one_hot` are multiplied with is looked up by symbol instead, which is faster; before the
    first step they must be one-hot or zero. Of the nodes named in `held`, each batch may hold some. BPTT is
    truncated at the `borders`. With several `networks`, each has its θ and its share of the B sequences, those of the
    first network first.
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
        weighted: bool = False,
        root: str | None = None,
        held: Collection[str] = (),
        borders: Borders = (),
        networks: int = 1,
    ):
        network, sizes = placed(network, sizes), network.with_lengths(sizes, T)
        self.network, self.sizes, self.T, self.B, self.weighted = network, sizes, T, B, weighted
        self.uses = gradient_uses(network, root)
        frugal = not (keep or seeded or held)
        if weighted and network.output is not None:
            seeded = (*seeded, network.output.loss)
        self.memory = Memory(network, sizes, T, B, self.uses, dtype, frugal, seeded, one_hot, held, networks)
        self._components = components = merged(schedule(network))
        self._recurs = any(component.direction for component in components)
        self._forward = compile_forward(self.memory, components, careful=False)
        backward = compile_backward(self.memory, components, self.uses, keep, borders)
        self._backward, self.contributions = backward.calls, backward.contributions
        self.initial_contributions, self.final_contributions = backward.initial, backward.final
        self._safe = safe_exponent(dtype)
        self.careful = False
        """Whether some exponential of the last batch was so large that all were taken with care."""
        self._losses: Array = np.zeros((0, B), dtype)
        self._weights: Array | None = None
        output, fills_targets = network.output, keep
        self._symbols = output is not None and output.kind.target is Target.SYMBOLS
        if output is not None:
            self._losses = self.memory.values[output.loss].reshape(-1, B)
            if weighted:
                self._weights = self.memory.seeds[output.loss].reshape(-1, B)
            fills_targets |= any(
                ref.name == output.target for node in network.nodes if node.name != output.loss for ref in sources(node)
            )
        self._loader = Loader(self.memory, self._weights, fills_targets)

    @property
    def entries_in_call(self) -> int:
        """How many numbers of the widest node the calls compute that take most of the time: of a step, or a block."""
        widest: int = max(values.shape[2] for values in self.memory.values.values())
        return widest * (self.B if self._recurs else min(self.memory.rows_in_block, self.T * self.B))

    def load(self, batch: Batch) -> None:
        """Take a batch of the shapes that the network has; what the network has no use for is left aside.

        Inputs named in `one_hot` must come with their symbols, and loss weights where the program is `weighted`.
        """
        self._loader.load(batch)

    @cached_property
    def _careful_forward(self) -> list[Call]:
        return compile_forward(self.memory, self._components, careful=True)  # for what hardly any batch needs

    def forward(self) -> None:
        """Fill every value."""
        with np.errstate(all="ignore"):  # what overflows is computed again, or is for the caller to notice
            for call in self._forward:
                call()
            self.careful = self._symbols and not self._is_safe(self.memory.log_normaliser)
            if self.careful:
                for call in self._careful_forward:
                    call()

    def _is_safe(self, normaliser: Array) -> bool:
        """Whether all are within ± safe: that they are often shows in one product, the square of their norm."""
        safe = self._safe
        return bool(normaliser.dot(normaliser) < safe**2 or (normaliser.min() > -safe and normaliser.max() < safe))

    def backward(self) -> None:
        """Fill every gradient; `forward` must have run."""
        for call in self._backward:
            call()

    def last_states(self) -> dict[str, Array]:
        """The `initial` of a batch whose sequences go on where these end: by node, the last rows, (rows, B, n)."""
        memory, steps = self.memory, self.memory.steps
        return {
            name: memory.values[name][steps(name) : steps(name) + len(rows)].copy()
            for name, rows in memory.initial.items()
        }

    @property
    def loss(self) -> float:
        """L = Σ_t w(t) L(t), the mean over the batch (eqs. 10.13 and 10.14); w(t) = 1 where there are no weights.

        It is an empty sum, 0, in a network without an output.
        """
        losses = self._losses if self._weights is None else self._losses * self._weights
        return float(losses.sum()) / self.B

    @property
    def losses(self) -> Array:
        """L of each network, (networks,), the mean over its sequences."""
        networks, each = self.memory.networks, self.memory.each
        losses = self._losses if self._weights is None else self._losses * self._weights
        total = losses.reshape(-1, networks, each).swapaxes(0, 1).reshape(networks, -1).sum(1)
        return np.asarray(total.astype(np.float64) / each)

    @property
    def loss_per_step(self) -> Array:
        """L(t) without weights, (T, B), or (1, B) for one output; overwritten by the next `forward`."""
        return self._losses
