"""Adding problem: add up the two numbers of a sequence that are marked (Hochreiter & Schmidhuber 1997, section 5.4)."""

import numpy as np

from explorer.language import tr
from explorer.tasks.facts import Fact
from explorer.tasks.number_task import Numbers, NumberTask


class AddingProblem(NumberTask):
    """x(t) = (value, mark), a number from 0 to 1 and a mark that is 1 at two steps; the one target is their sum.

    One mark lies in each half of the sequence. Values are not shifted or scaled as in the paper, so that the sum can be
    checked at sight.
    """

    id = "adding_problem"
    title = tr("Adding problem")
    lesson = tr(
        "Two numbers far apart have to be kept, exactly and not as one of a few symbols, while all between them are "
        "let go, so a state that fades or saturates cannot hold what is asked for."
    )
    networks = tr(
        "With 8 steps a network with one output and a tanh state learns it after far more iterations than it takes to "
        "recall a first symbol; with 30 it did in none of five trials of 3000 iterations, since two exact numbers "
        "have to be kept for as long, and a recursive tree, which passes them on five times, did in all five, as LSTM "
        "→ one did along its cell state."
    )
    order = 11
    one_output = True
    input_units = ("value", "mark")
    output_units = ("sum",)
    shortest_length = 2
    """Two, for the two marks."""

    def draw(self, rng: np.random.Generator, T: int, B: int) -> Numbers:
        numbers = np.zeros((T, B, 2))
        numbers[..., 0] = rng.random((T, B))
        sequences = np.arange(B)
        numbers[rng.integers(T // 2, size=B), sequences, 1] = 1.0
        numbers[rng.integers(T // 2, T, size=B), sequences, 1] = 1.0
        return numbers

    def targets(self, numbers: Numbers) -> Numbers:
        y: Numbers = numbers.prod(axis=2).sum(axis=0)[np.newaxis, :, np.newaxis]
        return y

    def target_moments(self, T: int) -> tuple[Numbers, Numbers]:
        """Those of the sum of two independent numbers from 0 to 1."""
        return np.array([1.0]), np.array([1 / 6])

    def knows(self, drawn: Numbers) -> tuple[Fact, ...]:
        values, marks = drawn[..., 0], drawn[..., 1]
        return (
            Fact("sum", tr("Sum so far"), (values * marks).cumsum(0)),
            Fact("marks", tr("Marks so far"), marks.cumsum(0)),
        )


TASK = AddingProblem
