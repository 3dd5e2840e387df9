"""Move θ by its gradient, update after update: weight decay, clipping, and then the step of an optimiser."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from math import prod
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.arrays import Array
from explorer.graph.compute.clipping import clip, norm
from explorer.graph.optimizers import OPTIMIZERS
from explorer.graph.refs import Sizes
from explorer.graph.terms.base import Parameter


class Rule(Struct, frozen=True):
    """How θ is moved: an optimiser by its id, learning rate η, momentum α, and what is done to the gradient before.

    The gradient of ½ l2 ‖w‖² is added to it (section 7.1), then it is clipped to the norm `clip_norm`, None for never
    (section 10.11.1), and each entry to ± `clip_value`, likewise.
    """

    optimizer: str = "sgd"
    rate: float = 0.1
    momentum: float = 0.9
    clip_norm: float | None = None
    l2: float = 0.0
    clip_value: float | None = None


class Moments(Struct, frozen=True, eq=False):
    """What an optimiser remembers after so many updates: flat arrays like θ, by their names in `Optimizer.kept`."""

    optimizer: str
    updates: int
    arrays: Mapping[str, Array]


class Update(Struct, frozen=True, eq=False):
    """One update as it was made.

    `gradient`: what the optimiser was given, flat, 0 for what is not trained; `norm`: of the gradient with weight
    decay, before it was clipped. `before` and `after`: what the optimiser remembered.
    """

    rule: Rule
    norm: float
    gradient: Array
    before: Moments
    after: Moments

    @property
    def clipped(self) -> bool:
        return self.rule.clip_norm is not None and self.norm > self.rule.clip_norm


class Updates:
    """Moves θ by its gradient: `theta` and `gradient`, both flat and in their place. `count`: so many times so far."""

    def __init__(
        self,
        theta: Array,
        gradient: Array,
        parameters: Iterable[Parameter],
        sizes: Sizes,
        rule: Rule,
        moments: Moments | None = None,
    ):
        """Begin, or go on from `moments`; those of another optimiser mean nothing to this one, which begins anew."""
        self.rule = rule
        self.theta, self.gradient = theta, gradient
        self.optimizer = OPTIMIZERS[rule.optimizer](theta, rule.rate, rule.momentum)
        parameters = tuple(parameters)
        decays = _each_entry(parameters, sizes, lambda parameter: rule.l2 if len(parameter.dimensions) > 1 else 0.0)
        self._decay = decays.astype(theta.dtype) if decays.any() else None
        fixed = _each_entry(parameters, sizes, lambda parameter: not parameter.trained)
        self._fixed = fixed if fixed.any() else None
        """What is not trained: a gradient of 0 moves no optimiser."""
        self.count = 0
        if moments is not None and moments.optimizer == rule.optimizer:
            self.count = moments.updates
            self.optimizer.resume(moments.arrays)

    def add_decay(self) -> float:
        """Add the gradient of weight decay, leave out what is not trained; return the norm of the whole."""
        if self._decay is not None:
            self.gradient += self._decay * self.theta
        if self._fixed is not None:
            self.gradient[self._fixed] = 0.0
        return norm(self.gradient)

    def clip(self, gradient_norm: float) -> None:
        """Clip the gradient, which has this norm."""
        if self.rule.clip_norm is not None:
            clip(self.gradient, gradient_norm, self.rule.clip_norm)
        if self.rule.clip_value is not None:
            np.clip(self.gradient, -self.rule.clip_value, self.rule.clip_value, out=self.gradient)

    def move(self) -> None:
        """Move θ by the gradient as it is."""
        self.count += 1
        self.optimizer.update(self.theta, self.gradient, self.count)

    def made(self) -> Update:
        """Make one update; return what was done, in arrays of its own."""
        before, gradient_norm = self.moments, self.add_decay()
        self.clip(gradient_norm)
        self.move()
        return Update(self.rule, gradient_norm, self.gradient.copy(), before, self.moments)

    @property
    def moments(self) -> Moments:
        """What the optimiser remembers now, copied, in float64."""
        kept = {name: getattr(self.optimizer, name).astype(np.float64) for name in self.optimizer.kept}
        return Moments(self.rule.optimizer, self.count, kept)


class UpdatesTogether:
    """Moves several θ at once that have one rule and one count, `theta` by `gradient`, both (networks, size).

    Theirs, and what their optimisers remember, are rows of these from now on: each can be moved by itself as well.
    """

    def __init__(self, updates: Sequence[Updates]):
        rule, self._each = updates[0].rule, updates
        self.theta = np.array([one.theta for one in updates])
        self.gradient = np.array([one.gradient for one in updates])
        self._optimizer = OPTIMIZERS[rule.optimizer](self.theta, rule.rate, rule.momentum)
        for number, one in enumerate(updates):
            one.theta, one.gradient = self.theta[number], self.gradient[number]
            for name in one.optimizer.kept:
                row = getattr(self._optimizer, name)[number]
                np.copyto(row, getattr(one.optimizer, name))
                setattr(one.optimizer, name, row)

    def move(self, chosen: Sequence[bool]) -> None:
        """Move those that are chosen."""
        if not all(chosen):
            for one in compress(self._each, chosen):
                one.move()
            return
        for one in self._each:
            one.count += 1
        self._optimizer.update(self.theta, self.gradient, self._each[0].count)


def _each_entry(
    parameters: Sequence[Parameter], sizes: Sizes, value: Callable[[Parameter], float | bool]
) -> NDArray[Any]:
    """What a parameter has for all of its entries, flat like θ: the weight decay, say, of weights and not of biases."""
    counts = [prod(parameter.shape(sizes)) for parameter in parameters]
    return np.repeat([value(parameter) for parameter in parameters], counts)
