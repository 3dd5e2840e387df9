"""Show two graphs after the same events, with what differs marked in both: `two_states`."""

from functools import lru_cache

from msgspec.structs import replace

from explorer.graph.unfold import Edge, Vertex
from explorer.grouping import by_key
from explorer.session.companion.compared import Compared
from explorer.session.presence import is_there, leads
from explorer.session.view.timetable import Timetable
from explorer.session.view.view_state import Apart, ViewState, view_state

Ends = tuple[Vertex, Vertex]


def two_states(pair: Compared, left: ViewState) -> tuple[ViewState, ViewState]:
    """The state of both graphs, of which `left` is the one that is worked on."""
    view = left.view
    beside = replace(
        view,
        cursor=pair.cursors[view.cursor],
        selection=view.selection if is_there(pair.right, view.selection) else None,
        path=view.path if leads(pair.right, view.path) else None,
    )
    right = view_state(pair.right, beside, left.hover)
    known = [
        (vertex, there)
        for vertex, there, here_at, there_at in _parted(pair, left.timetable, right.timetable)
        if here_at <= left.cursor and there_at <= right.cursor
    ]
    other = [(vertex, there) for vertex, there in known if vertex in pair.symbols]
    only, cut = _only(pair, left.timetable, right.timetable), _cut(pair, left, right)
    apart = (
        Apart(of, frozenset(v[side] for v in known), frozenset(v[side] for v in other), only[side] | cut[side])
        for side, of in enumerate((pair.right, pair.left))
    )
    return replace(left, apart=next(apart)), replace(right, apart=next(apart))


@lru_cache(maxsize=2)
def _parted(pair: Compared, left: Timetable, right: Timetable) -> tuple[tuple[Vertex, Vertex, int, int], ...]:
    """What differs, as it is called on the left and on the right, and the cursors there from which on it is known."""
    found = []
    for vertices, here, there in (
        (pair.values, left.value_at, right.value_at),
        (pair.gradients, left.gradient_at, right.gradient_at),
    ):
        for vertex in vertices:
            other = pair.partners.vertex(vertex)
            if vertex in here and other in there:
                found.append((vertex, other, here[vertex], there[other]))
    return tuple(found)


@lru_cache(maxsize=2)
def _only(pair: Compared, left: Timetable, right: Timetable) -> tuple[frozenset[Edge], frozenset[Edge]]:
    """The drawn edges that join nodes between which there is none on the other side."""
    here, there = _by_ends(left), _by_ends(right)
    named = {_named(pair, ends): ends for ends in here}
    return (
        frozenset(edge for ends in named.keys() - there.keys() for edge in here[named[ends]]),
        frozenset(edge for ends in there.keys() - named.keys() for edge in there[ends]),
    )


def _by_ends(table: Timetable) -> dict[Ends, list[Edge]]:
    return by_key(table.graph.edges, lambda edge: (edge.source, edge.target))


def _named(pair: Compared, ends: Ends) -> Ends:
    source, target = map(pair.partners.vertex, ends)
    return source, target


def _cut(pair: Compared, left: ViewState, right: ViewState) -> tuple[frozenset[Edge], frozenset[Edge]]:
    """The edges on both sides on which a gradient turned out to be cut on one, and has come back over on the other."""
    found = set[Edge](), set[Edge]()
    for edge, other, of_left in _told_apart(pair, left.timetable, right.timetable):
        cut_on, through = (left, right) if of_left else (right, left)
        cut, back = (edge, other) if of_left else (other, edge)
        if cut_on.timetable.cut_at[cut] <= cut_on.cursor and through.timetable.backward_at[back] <= through.cursor:
            found[0].add(edge)
            found[1].add(other)
    return frozenset(found[0]), frozenset(found[1])


@lru_cache(maxsize=2)
def _told_apart(pair: Compared, left: Timetable, right: Timetable) -> tuple[tuple[Edge, Edge, bool], ...]:
    """Edges between the same nodes of which one is cut, whether that on the left, and the other passes a gradient."""
    there = _by_ends(right)
    return tuple(
        (edge, other, cut)
        for ends, edges in _by_ends(left).items()
        for edge in edges
        for other in there.get(_named(pair, ends), ())
        for cut, one, two in ((True, (left, edge), (right, other)), (False, (right, other), (left, edge)))
        if one[1] in one[0].cut_at and two[1] in two[0].backward_at
    )
