"""What a task declares of itself: what goes in, what must come out, how well guessing does."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from explorer.graph.arrays import Array
from explorer.graph.batch import Batch
from explorer.graph.declaration import EVERY, Span
from explorer.graph.output import Target
from explorer.tasks.facts import Fact

Drawn = NDArray[Any]
"""What a sequence follows from: a row for each step of the input, and `lookahead` more, for each of B sequences."""


class DeclaredTask(ABC):
    """What each task must say, and what it may say differently; `Task` has what follows from it."""

    id: ClassVar[str]
    title: ClassVar[str]
    lesson: ClassVar[str]
    """What the task teaches, in one sentence."""
    lesson_fed_back: ClassVar[str] = ""
    """The same for a network that is fed its target or output, where that says more."""
    networks: ClassVar[str]
    """Which networks learn it, which do not, and why, in one sentence: tests/benchmarks/which_network_learns.py."""
    order: ClassVar[int]
    """Place in lists of tasks; learners should meet low numbers first."""
    opens_with: ClassVar[str] = ""
    """The id of the network to meet it with, where one that is shown says too little or too much about it."""
    lookahead: ClassVar[int] = 0
    """How many steps beyond the last of the input the targets depend on."""
    causal: ClassVar[bool] = True
    """Whether what was read up to a step, and `lookahead` more, settles its target as far as anything does."""
    ruled: ClassVar[bool] = True
    """Whether targets follow from the inputs by a rule, so that they change with an input that is edited."""

    # What own data decide for themselves; any other task is of a class that says it for all of them.

    input_kind: Target
    """What a step of the input is."""
    target_kind: Target
    """What the targets are as the task gives them."""
    input_span: Span = EVERY
    """Where in time the input is: at every step, once for the whole sequence, or in a segment of its own length."""
    weighted: bool = False
    """Whether its batches bring loss weights, by which some steps count more than others, or not at all."""
    one_output: bool = False
    """Whether there is a single target, after the last step."""
    one_hot_inputs: bool = False
    """Whether an input has a single 1, so that what it is multiplied with can be looked up."""
    in_order: bool = False
    """Whether its mini-batches can follow each other, so that a network can carry its states along."""
    inputs_are_previous_targets: bool = False
    """Whether x(t) is y(t − 1), which a network that is fed its targets knows without x."""

    # What a task must say.

    @property
    @abstractmethod
    def input_units(self) -> tuple[str, ...]:
        """Labels of the input units, n_x of them, each of which can be seen."""

    @property
    @abstractmethod
    def output_units(self) -> tuple[str, ...]:
        """Labels of the output units, n_y of them."""

    @abstractmethod
    def draw(self, rng: np.random.Generator, T: int, B: int) -> Drawn:
        """Draw what B sequences of T steps follow from: `rows(T)` rows of B."""

    @abstractmethod
    def encode(self, drawn: Drawn) -> Batch:
        """Return the input x and the targets that follow from what was drawn; both in arrays of their own."""

    @abstractmethod
    def chance_loss(self, T: int) -> float:
        """Return the loss per predicted step of the best guess that sees neither inputs nor time.

        That is what the output bias c can reach alone, in the unit of the loss.
        """

    @abstractmethod
    def describe_input(self, x: Array) -> str:
        """Return one input vector (n_x,) as a person writes it."""

    @abstractmethod
    def describe_target(self, y: Array) -> str:
        """Return one target, or output in its place, (n_y,) as a person writes it."""

    # What a task may say differently.

    def teaches(self, fed_back: bool) -> str:
        """What the task teaches with a network that is fed its target or output at the next step, or is not."""
        return (fed_back and self.lesson_fed_back) or self.lesson

    def knows(self, drawn: Drawn) -> tuple[Fact, ...]:
        """What this task knows of the sequences that were drawn, beyond what `all_known` says of every task.

        The most telling comes first; it is computed from what was drawn alone.
        """
        return ()

    @property
    def target(self) -> Target:
        """What the targets are as the output takes them, which decides the output of a network that learns them."""
        return self.target_kind

    def length_of(self, number: int) -> int | None:
        """How long the example of that number is; None where it has as many steps as it is asked for."""
        return None

    def input_place(self, t: int) -> tuple[int, ...]:
        """Where in what is drawn for one sequence the symbol of input step t stands."""
        return t - 1, 0

    @property
    def default_length(self) -> int:
        """A length T at which the lesson shows and the graph is easy to look at."""
        return 8

    @property
    def shortest_length(self) -> int:
        """The least T that makes sense."""
        return 1

    def tolerance(self, T: int) -> float:
        """Return how far off an output may be and still be right; 0, as symbols and bits are right or wrong."""
        return 0.0

    def lengths(self, T: int) -> dict[str, int]:
        """The lengths of segments other than T, by the names that spans call them."""
        return {}

    @property
    def note(self) -> str:
        """What a learner must know of the options as they are, in one sentence; "" if nothing."""
        return ""

    @property
    def idle(self) -> frozenset[str]:
        """Options that are not worth a place in a form, as things are: none of them is chosen, or of any use."""
        return frozenset()

    @property
    def input_steps(self) -> tuple[str, ...]:
        """Everything one input step can be, as a person writes it, where it is one of a few."""
        return ()
