"""Say what a network takes and gives, or a task gives and asks for: names, what entries are, where in time."""

from msgspec import Struct

from explorer.graph.declaration import EVERY, Span
from explorer.graph.output import Target
from explorer.language import tr


class Signal(Struct, frozen=True):
    """One input or the target: its name, where in time it lives, and for a task what its entries are.

    `units` are labels of the entries; of `one_hot` ones a single one is 1. A network leaves `kind` and `units` open:
    it takes inputs of any, and its output is exchanged for one that the targets ask for. With `previous_target` an
    input is y(t − 1), so that a network which is fed that anyway may leave the input aside.
    """

    name: str
    span: Span = EVERY
    kind: Target | None = None
    units: tuple[str, ...] = ()
    one_hot: bool = False
    previous_target: bool = False


class Signature(Struct, frozen=True):
    """Inputs in the order in which they are declared, and the target; None for a network without an output."""

    inputs: tuple[Signal, ...]
    target: Signal | None


def same_place(one: Span, other: Span) -> bool:
    """Whether two spans are alike but for the names of segments: T, once, or a length of its own."""
    in_tree = [span.tree and not span.last for span in (one, other)]
    return one.last == other.last and in_tree[0] == in_tree[1] and _segment(one) == _segment(other)


def _segment(span: Span) -> str:
    return span.length if span.length in ("T", "1") else "of its own"


def place_in_words(span: Span) -> str:
    """Where something lives: "at every step", say."""
    if span.last:
        return tr("after the last step")
    if span.tree:
        return tr("at every node of a tree")
    return {"T": tr("at every step"), "1": tr("once for the whole sequence")}.get(
        span.length, tr("over a sequence of its own")
    )
