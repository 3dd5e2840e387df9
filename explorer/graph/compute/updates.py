"""Move θ by its gradient, update after update: weight decay, clipping, and then the step of an optimiser."""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
    """Moves θ by its gradient, both flat and in their place."""

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
        self._theta, self._gradient = theta, gradient
        self._optimizer = OPTIMIZERS[rule.optimizer](theta, rule.rate, rule.momentum)
        parameters = tuple(parameters)
        decays = _each_entry(parameters, sizes, lambda parameter: rule.l2 if len(parameter.dimensions) > 1 else 0.0)
        self._decay = decays.astype(theta.dtype) if decays.any() else None
        fixed = _each_entry(parameters, sizes, lambda parameter: not parameter.trained)
        self._fixed = fixed if fixed.any() else None
        """What is not trained: a gradient of 0 moves no optimiser."""
        self._updates = 0
        if moments is not None and moments.optimizer == rule.optimizer:
            self._updates = moments.updates
            self._optimizer.resume(moments.arrays, moments.updates)

    def add_decay(self) -> float:
        """Add the gradient of weight decay, leave out what is not trained; return the norm of the whole."""
        if self._decay is not None:
            self._gradient += self._decay * self._theta
        if self._fixed is not None:
            self._gradient[self._fixed] = 0.0
        return norm(self._gradient)

    def move(self, gradient_norm: float) -> None:
        """Clip the gradient, which has this norm, and move θ."""
        if self.rule.clip_norm is not None:
            clip(self._gradient, gradient_norm, self.rule.clip_norm)
        if self.rule.clip_value is not None:
            np.clip(self._gradient, -self.rule.clip_value, self.rule.clip_value, out=self._gradient)
        self._optimizer.update(self._theta, self._gradient)
        self._updates += 1

    def made(self) -> Update:
        """Make one update; return what was done, in arrays of its own."""
        before, gradient_norm = self.moments, self.add_decay()
        self.move(gradient_norm)
        return Update(self.rule, gradient_norm, self._gradient.copy(), before, self.moments)

    @property
    def moments(self) -> Moments:
        """What the optimiser remembers now, copied, in float64."""
        kept = {name: getattr(self._optimizer, name).astype(np.float64) for name in self._optimizer.kept}
        return Moments(self.rule.optimizer, self._updates, kept)


def _each_entry(
    parameters: Sequence[Parameter], sizes: Sizes, value: Callable[[Parameter], float | bool]
) -> NDArray[Any]:
    """What a parameter has for all of its entries, flat like θ: the weight decay, say, of weights and not of biases."""
    counts = [prod(parameter.shape(sizes)) for parameter in parameters]
    return np.repeat([value(parameter) for parameter in parameters], counts)
