"""What an optimiser is: how it moves θ, what it remembers, how that is said, and the same as a program.

An optimiser is one file of this package, a subclass of `Optimizer` that its module calls OPTIMIZER. Each works in place
on θ and its gradient, entry by entry, in buffers allocated once: on flat vectors, or on those of several networks.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from math import log10
from typing import ClassVar

import numpy as np
from msgspec import Struct

from explorer.graph.arrays import Array
from explorer.graph.equation import Combine, Factor, Role, Step, TermOf, summand
from explorer.graph.plain import plain
from explorer.language import tr


class UpdateSaid(Struct, frozen=True, eq=False):
    """How an update is said: the terms beside the parameter itself, a caption, and how the terms come about."""

    terms: tuple[TermOf, ...]
    caption: str
    derivation: tuple[Step, ...] = ()


class ParameterUpdate(Struct, frozen=True, eq=False):
    """An update of one parameter as it was made, for the words about it.

    `called` is the parameter as plain text, `gradient` what the optimiser was given of it. `before` and `after`: the
    part of it in what is remembered, by the names in `Optimizer.kept`; `updates` counts this one.
    """

    called: str
    gradient: Factor
    rate: float
    momentum: float
    updates: int
    before: Mapping[str, Array]
    after: Mapping[str, Array]

    def scaled(self, symbol: str, number: float, array: Factor, sign: int = 1) -> TermOf:
        """± a number times an array."""
        return summand(Factor(symbol, symbol, np.array(number), Role.CONSTANT), array, combine=Combine.SCALE, sign=sign)

    def descent(self, array: Factor) -> TermOf:
        """− η times an array."""
        return self.scaled(r"\eta", self.rate, array, -1)

    def factor(self, tex: str, array: Array) -> Factor:
        """Numbers of the parameter's shape that stand in the place of its gradient."""
        return Factor(tex, tex, array, Role.GRADIENT, self.gradient.shape, parameter=self.gradient.parameter)

    def left_over(self, **symbols: str) -> tuple[Step, ...]:
        """What an earlier update left, each of `kept` by its symbol; of none, nothing is said."""
        if self.updates == 1:
            return ()
        return tuple(
            Step(tr("{symbol} as the update before left it.", symbol=symbol), symbol, self.before[name])
            for name, symbol in symbols.items()
        )

    def epsilon(self, delta: float, divided_by: str) -> Step:
        """What the book's δ, a power of ten, is for; the equations call it ε."""
        power = f"10^{{{round(log10(delta))}}}"
        words = tr(
            "ε is {power}: where {divided_by} is 0 there is nothing to divide by.",
            power=plain(power),
            divided_by=divided_by,
        )
        return Step(words, rf"\varepsilon = {power}")


class Optimizer(ABC):
    """One rule for the step Δθ; `rate` is the learning rate, ε in the book."""

    id: ClassVar[str]
    title: ClassVar[str]
    called: ClassVar[str]
    """What it is called in a sentence."""
    cited: ClassVar[str]
    """Where the book has it, "algorithm 8.1" say."""
    takes_momentum: ClassVar[bool] = False
    """Whether the momentum α that the learner chooses means anything to it."""
    adaptive: ClassVar[bool] = False
    """Whether its steps are as long however large the gradient is, so that clipping does not help."""
    kept: ClassVar[tuple[str, ...]] = ()
    """The attributes, shaped like θ, that are carried from one update to the next; zero at the first."""
    written: ClassVar[tuple[tuple[str, str], ...]]
    """The same as a program: what is kept, and `step`, each with its expression for one parameter.

    It reads `gradient` and what is kept by these names, and {rate}, {momentum}, the number of {updates} with this, and
    constants of the class, such as {delta}.
    """

    def __init__(self, theta: Array, rate: float, momentum: float):
        """Allocate for a θ of this shape; `momentum` is α of algorithm 8.2."""
        self.rate, self.momentum = rate, momentum
        self.step = np.zeros_like(theta)
        for name in self.kept:
            setattr(self, name, np.zeros_like(theta))

    @abstractmethod
    def update(self, theta: Array, gradient: Array, updates: int) -> None:
        """Move θ in place; the gradient is only read. `updates` counts this one."""

    @classmethod
    @abstractmethod
    def said(cls, made: ParameterUpdate) -> UpdateSaid:
        """How an update comes about, in an equation."""

    def resume(self, kept: Mapping[str, Array]) -> None:
        """Go on from what was kept."""
        for name in self.kept:
            np.copyto(getattr(self, name), kept[name])
