"""Say which steps of a sequence get a column: all, or, as in the book, 1, 2, 3, …, τ with the middle left out."""

from bisect import bisect_right
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from explorer.graph.unfold import Graph, Vertex

LONGEST = 12
"""So many steps are always drawn."""
FIRST = 3
"""So many of the first steps are drawn where the middle is left out."""


class Steps(Struct, frozen=True):
    """The steps 1 … T in columns, which count from 0: each has its own, but neighbours that are left out share one.

    `starts` holds the first step of each column.
    """

    T: int
    starts: tuple[int, ...]

    def column(self, t: int) -> int:
        """The column of a step; of one outside 1 … T, the place beyond the first or the last column."""
        if t > self.T:
            return len(self.starts) + t - self.T - 1
        return t - 1 if t < 1 else bisect_right(self.starts, t) - 1

    def within(self, column: int) -> range:
        """The steps of a column."""
        following = self.starts[column + 1] if column + 1 < len(self.starts) else self.T + 1
        return range(self.starts[column], following)

    def drawn(self, t: int) -> bool:
        """Whether a step has a column of its own."""
        return not 1 <= t <= self.T or len(self.within(self.column(t))) == 1

    @property
    def gaps(self) -> tuple[int, ...]:
        """The columns that stand for several steps."""
        columns = len(self.starts)
        # Nothing is left out of most drawings, however long.
        return () if columns == self.T else tuple(c for c in range(columns) if len(self.within(c)) > 1)


def every(T: int) -> Steps:
    """All steps, each in a column of its own."""
    return Steps(T, tuple(range(1, T + 1)))


def shortened(T: int, about: int | None = None) -> Steps:
    """Of more than `LONGEST` steps only the first few, the last, and the step `about` with its neighbours."""
    if T <= LONGEST:
        return every(T)
    near = set() if about is None else {about - 1, about, about + 1}
    shown = sorted(t for t in {*range(1, FIRST + 1), *near, T} if 1 <= t <= T)
    return Steps(T, tuple(_starts(shown)))


def _starts(shown: Iterable[int]) -> Iterable[int]:
    before = 0
    for t in shown:
        if t > before + 1:
            yield before + 1  # what is left out; a single step is not, for it takes no more room
        yield t
        before = t


def joined(parts: Iterable[Steps]) -> Steps:
    """The steps of several stretches of time, one after another, as if they were one."""
    starts, before = list[int](), 0
    for part in parts:
        starts += [before + start for start in part.starts]
        before += part.T
    return Steps(before, tuple(starts))


def kept(graph: Graph, drawn: Callable[[Vertex], bool]) -> Graph:
    """What is drawn of a graph: these of its vertices, and all edges from or to them."""
    edges = tuple(edge for edge in graph.edges if drawn(edge.source) or drawn(edge.target))
    return replace(graph, vertices=tuple(filter(drawn, graph.vertices)), edges=edges)
