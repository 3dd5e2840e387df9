"""What compiling the backward pass comes to: its calls, and where what each use of a value sends back is kept."""

from msgspec import Struct

from explorer.graph.arrays import Array, Call
from explorer.graph.uses import Use


class Contribution(Struct, frozen=True, eq=False):
    """What one use sends back to a node: `array` (steps, B, n), 0 outside the steps lo ≤ t < hi reached."""

    use: Use
    lo: int
    hi: int
    array: Array


class Backward(Struct, frozen=True, eq=False):
    """The calls of the backward pass, and what it leaves beside the gradients in `Memory`, if that is kept.

    `contributions` are those to each node's gradient, `initial` and `final` those at states before the first and after
    the last step.
    """

    calls: list[Call]
    contributions: dict[str, list[Contribution]]
    initial: dict[str, list[Contribution]]
    final: dict[str, list[Contribution]]
