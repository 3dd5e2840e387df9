"""An elementwise function of one source: tanh, a sigmoid, whatever the learner has chosen."""

from collections.abc import Callable
from typing import Self

import numpy as np
from msgspec.structs import replace

from explorer.errors import suggest
from explorer.graph.activations import FUNCTIONS, ActivationFunction
from explorer.graph.contexts import BackRows, Here, Rows, Script
from explorer.graph.equation import Combine, Said, TermOf, summand
from explorer.graph.operations.base import Operation, Stop
from explorer.graph.refs import Ref, Source
from explorer.language import tr

THRESHOLD = Stop(
    "threshold",
    cut=tr("cut by the threshold: a small change of what it is given changes nothing, but for a jump"),
    fed=tr("step {t} reads threshold units of step {s}, which have no derivative"),
    always=tr("each step reads threshold units of the one before, which have no derivative"),
)
"""The derivative of a step is 0 wherever it has one (section 6.2.2.2)."""


class Activation(Operation, frozen=True):
    """φ(source), elementwise (eq. 10.9). `function` None means the activation that the learner has chosen."""

    elementwise = True
    in_place = True
    source: Source
    function: str | None = None

    @property
    def chosen(self) -> bool:
        return self.function is None

    @property
    def phi(self) -> ActivationFunction:
        """The function, once it is decided."""
        assert self.function is not None, "nobody has chosen an activation yet"
        if self.function not in FUNCTIONS:
            raise suggest(self.function, FUNCTIONS, tr("function"))
        return FUNCTIONS[self.function]

    def stop(self, source: Source) -> Stop | None:
        return THRESHOLD if self.function is not None and self.phi.flat else None

    def connected(self, read: Callable[[Source], Ref], activation: str) -> Self:
        return replace(self, source=read(self.source), function=self.function or activation)

    def forward(self, at: Rows) -> None:
        for function, *arrays in self.phi.calls(at.read(self.source), at.out):
            at.call(function, *arrays)

    def vjp(self, slot: int, at: BackRows) -> None:
        at.call(np.multiply, at.gradient, at.slope, at.out)

    def value_said(self, here: Here) -> Said:
        words = self.phi.words.format(source=here.plain(self.source), id=self.phi.id)
        caption = tr("{here} is {words}.", here=here.plain(), words=words)
        if here.is_probability:
            caption = tr("{here} turns each logit into a probability of its own, that of a 1.", here=here.plain())
        return Said((summand(here.value(self.source)),), caption, function=self.phi)

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        """With φ'(a) as a vector; the book writes it as the diagonal matrix of the same numbers (eq. 10.21)."""
        return summand(here.gradient(), self.phi.slope_at(here.itself()), combine=Combine.ELEMENTWISE)

    def numpy_value(self, script: Script) -> str:
        if self.phi.numpy_helper:
            script.helper(self.phi.numpy_helper)
        return self.phi.numpy.format(a=script.read(self.source))

    def numpy_vjp(self, slot: int, gradient: str, value: str, script: Script) -> str:
        return f"{gradient} * ({self.phi.numpy_derivative.format(h=value)})"

    def torch_value(self, script: Script) -> str:
        return self.phi.torch.format(a=script.read(self.source))
