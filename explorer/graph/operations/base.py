"""What an operation is: sources, value, derivatives, what stops a gradient, how it is said, and its source code.

An operation is one file of this package: a subclass of `Operation` whose fields that are references are its sources, in
order.
"""

from collections.abc import Callable
from typing import ClassVar, Self

from msgspec import Struct
from msgspec.structs import replace

from explorer.graph.activations import ActivationFunction
from explorer.graph.arrays import Array
from explorer.graph.contexts import BackRows, Here, Rows, Script
from explorer.graph.equation import Said, TermOf
from explorer.graph.refs import Ref, Source
from explorer.graph.terms.base import Term, references
from explorer.language import tr


class Stop(Struct, frozen=True):
    """Why no gradient comes back from a node to one of its sources, and the sentences that say so.

    In the sentences {h}, {o}, {yhat} and {y} are symbols of the network, {t} is the reading step and {s} the other.
    `cut` names one cut, `fed` says what a step is fed instead, `always` that it is so at every step.
    """

    id: str
    cut: str = ""
    fed: str = ""
    always: str = ""


DATA = Stop("data")
"""What is given, or made of nothing else, depends on no parameter."""
TARGET = Stop(
    "target",
    cut=tr("cut by teacher forcing: step {t} was fed the target, not this output"),
    fed=tr("step {t} is fed the target {y}({s})"),
    always=tr("under teacher forcing each step is fed the target {y}(t−1), and nothing of {h}(t−1)"),
)
"""The target is fed in place of the network's own output (fig. 10.6)."""
HELD = Stop(
    "held",
    cut=tr("cut by hand: what is held there does not depend on anything before it"),
    fed=tr("what step {t} reads of step {s} goes into what is held by hand"),
)
"""It is held by hand: an intervention, do(h = v), on which nothing before it has any influence."""
TRUNCATED = Stop(
    "truncated",
    cut=tr("cut by truncation: step {t} begins the next window, which takes what it reads of this one as given"),
    fed=tr("truncated BPTT ends between them: step {t} takes what it reads of step {s} as given"),
    always=tr("BPTT is truncated at every step, which takes what it reads of the one before as given"),
)
"""The two steps are in different windows of truncated BPTT, over whose border states are carried, not gradients."""


class Operation(Struct, frozen=True):
    """How a node is computed from its sources."""

    given: ClassVar[bool] = False
    """Whether the value comes from the data."""
    elementwise: ClassVar[bool] = False
    """Whether it takes its source unit by unit, so that it has the size of the node."""
    repeats: ClassVar[bool] = False
    """Whether it can read one step of a source at every one of its own."""
    needs_value: ClassVar[bool] = True
    """Whether its value is needed when gradients come back, by itself."""
    in_place: ClassVar[bool] = False
    """Whether it may be computed where its source stands, whose value it does not need afterwards."""
    switched: ClassVar[bool] = False
    """Whether a mask says, step by step, which of two sources it takes: the target or the network's own signal."""
    draws: ClassVar[bool] = False
    """Whether it needs random numbers."""
    tag: ClassVar[str] = ""
    """What is written on it where it is drawn as a tag on an edge."""
    fed_words: ClassVar[str] = ""
    """What it feeds back into later steps, in words."""
    jacobian: ClassVar[str] = ""
    """The letter of its Jacobian in a product of matrices, where it has one."""

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(references(self).values())

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that it adds up; none, unless it is a sum."""
        return ()

    @property
    def unit_by_unit(self) -> tuple[Source, ...]:
        """The sources that have the size of the node."""
        return self.sources if self.elementwise else ()

    @property
    def chosen(self) -> bool:
        """Whether the learner's choice of an activation decides what it is."""
        return False

    def connected(self, read: Callable[[Source], Ref], activation: str) -> Self:
        """The same with every source resolved, and the activation that the learner has chosen."""
        return replace(self, **{name: read(source) for name, source in references(self).items()})

    def reads(self, target_fed: bool | None = None) -> list[tuple[Source, str | None]]:
        """What it reads, each with the weight that stands beside the edge; `target_fed` is the choice of a switch."""
        return [(source, None) for source in self.sources]

    def stop(self, source: Source) -> Stop | None:
        """What keeps it from passing a gradient to a source."""
        return None

    def uses(self) -> list[tuple[Source, Term | None, int]]:
        """The sources to which it passes a gradient: each with its term, and its number there or in the operation."""
        return [(source, None, slot) for slot, source in enumerate(self.sources) if self.stop(source) is None]

    @property
    def phi(self) -> ActivationFunction | None:
        """The elementwise function that it is, if it is one."""
        return None

    @property
    def jump(self) -> str:
        """What may happen between two points of a finite difference, with {unit} and {here}; "" if it is smooth."""
        return "" if self.phi is None else self.phi.kink

    def forward(self, at: Rows) -> None:
        """Prepare the calls that write the value to `at.out`."""
        raise NotImplementedError

    @property
    def slope(self) -> Callable[[Array, Array], object] | None:
        """Writes the derivative of an elementwise operation, given its value, to another array."""
        return None if self.phi is None else self.phi.derivative

    def vjp(self, slot: int, at: BackRows) -> None:
        """Prepare the calls that write to `at.out` what comes back to source number `slot`."""
        raise NotImplementedError

    def value_said(self, here: Here) -> Said:
        """How the value comes about, in an equation."""
        raise NotImplementedError

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        """What comes back to a source, in an equation."""
        raise NotImplementedError

    def numpy_value(self, script: Script) -> str:
        """The value as a numpy expression, (B, n)."""
        raise NotImplementedError

    def numpy_vjp(self, slot: int, gradient: str, value: str, script: Script) -> str:
        """What comes back to a source, as a numpy expression of the node's gradient and value."""
        raise NotImplementedError

    def torch_value(self, script: Script) -> str:
        """The value as a PyTorch expression: as in numpy, unless an operation says otherwise."""
        return self.numpy_value(script)
