"""The term left ⊙ right, by which a gate lets through a share of each unit."""

import numpy as np

from explorer.graph.arrays import Array
from explorer.graph.contexts import Here, Rows, Script, TermBack, aligned
from explorer.graph.equation import Combine, TermOf, summand
from explorer.graph.refs import Source
from explorer.graph.terms.base import Elementwise


class Hadamard(Elementwise, frozen=True):
    """The term left ⊙ right, an elementwise product, as in a gate."""

    left: Source
    right: Source

    def _other(self, slot: int) -> Source:
        return self.left if slot else self.right

    def forward(self, at: Rows) -> Array:
        left, right = at.read(self.left), at.read(self.right)
        product = at.room(max(len(left), len(right)))
        at.call(np.multiply, *aligned(left, right, product))
        return product

    def factor(self, slot: int, at: TermBack) -> Array:
        return at.read(self._other(slot))

    def value_said(self, here: Here) -> TermOf:
        return summand(here.value(self.left), here.value(self.right), combine=Combine.ELEMENTWISE)

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        return summand(here.gradient(), here.value(self._other(slot)), combine=Combine.ELEMENTWISE)

    def numpy_value(self, script: Script) -> str:
        return f"{script.read(self.left)} * {script.read(self.right)}"

    def numpy_vjp(self, slot: int, gradient: str, script: Script) -> str:
        return f"{gradient} * {script.read(self._other(slot))}"
