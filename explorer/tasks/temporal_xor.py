"""Temporal XOR: read bits one at a time and say how likely the next is a one (Elman 1990)."""

import numpy as np

from explorer.graph.output import Target
from explorer.language import tr
from explorer.tasks.chosen_output import ChosenOutput
from explorer.tasks.facts import BIT, UNKNOWN, Fact
from explorer.tasks.number_task import Numbers, NumberTask


class TemporalXor(ChosenOutput, NumberTask):
    """x(t) is a bit; y(t) = x(t + 1). Every third bit is the exclusive or of the two before it, the others are fair.

    A sequence begins with the first of three bits. One bit more than is read is drawn, as the last target.
    """

    id = "temporal_xor"
    title = tr("Temporal XOR")
    lesson = tr(
        "Only every third bit follows from what came before, and only from two bits together, so the loss falls there "
        "and stays at a coin's elsewhere."
    )
    networks = tr(
        "A network with a loop through its hidden state learns it, if slowly; one with a loop through its output "
        "alone does not, for it sees one bit of the two; and one with both, trained on the true bits, fails once it "
        "is fed its own, since the sequence goes on by chance and not as it said."
    )
    order = 7
    lookahead = 1
    input_kind = Target.BITS
    target_kind = Target.BITS
    inputs_are_previous_targets = True
    input_units = ("bit",)
    target_names = ("bit",)
    default_length = 9
    shortest_length = 2
    """Two: the third bit is the first that follows from any."""

    def draw(self, rng: np.random.Generator, T: int, B: int) -> Numbers:
        bits = rng.integers(2, size=(T + 1, B, 1))
        bits[2::3] = bits[0:-2:3] ^ bits[1:-1:3]
        return bits.astype(np.float64)

    def targets(self, numbers: Numbers) -> Numbers:
        return numbers[1:].copy()

    def target_moments(self, T: int) -> tuple[Numbers, Numbers]:
        """Those of a fair coin; a third bit is one as well, to whom does not know the other two."""
        return np.array([1 / 2]), np.array([1 / 4])

    def entropy_floor(self, T: int) -> float | None:
        """Return the loss of guessing each of the steps whose next bit is fair: log 2 nats of a sigmoid."""
        self.check_length(T)
        return self.least_loss(np.array([1 / 2])) * (T - (T + 1) // 3) / T

    def knows(self, drawn: Numbers) -> tuple[Fact, ...]:
        bits = self.read(drawn)[..., 0].astype(np.intp)
        places = np.zeros_like(bits) + np.arange(len(bits))[:, np.newaxis] % 3
        both = np.full_like(bits, UNKNOWN)
        both[1:] = bits[1:] != bits[:-1]
        return (
            Fact("place", tr("Place among three"), places, (tr("first"), tr("second"), tr("third"))),
            Fact("xor", tr("Exclusive or of the last two bits"), both, BIT),
        )


TASK = TemporalXor
