"""Of two graphs both show what is known on their side, and mark what differs from the other."""

from explorer.graph.unfold import Vertex
from explorer.session.companion.compared import Compared
from explorer.session.document import Document, show
from explorer.session.view.difference import difference
from explorer.session.view.two import two_states
from explorer.session.view.view_state import ViewState, view_state
from explorer.session.viewing import View
from tests.settings import a_document, changed

FORCED = a_document("output_to_hidden", length=4, hidden=3)


def pair(left: Document, **fields: object) -> Compared:
    return Compared(show(left), show(changed(left, **fields)))


def states(both: Compared, cursor: int) -> tuple[ViewState, ViewState]:
    return two_states(both, view_state(both.left, View(cursor=cursor)))


def test_edges_that_only_one_side_has_are_marked_from_the_start() -> None:
    left, right = states(pair(FORCED, test_time=True), 0)
    assert {edge.source.name for edge in left.apart.edges} == {"y"}
    assert {edge.source.name for edge in right.apart.edges} == {"o"}
    assert left.apart.vertices == frozenset()


def test_numbers_are_marked_once_both_are_there() -> None:
    both = pair(FORCED, test_time=True)
    assert both.first is not None
    vertex = both.left.events[both.first - 1].vertex
    assert vertex not in states(both, both.first - 1)[0].apart.vertices
    for state in states(both, both.first):
        assert vertex in state.apart.vertices


def test_a_gradient_that_is_cut_on_one_side_alone_is_marked_on_both() -> None:
    soft = a_document("output_to_hidden", length=4, hidden=3, feedback="free_running_yhat")
    both = pair(soft, feedback="free_running_sample")
    left, right = states(both, len(both.left.events))
    marked = {(edge.source, edge.target) for edge in left.apart.edges}
    assert marked == {(Vertex("yhat", t), Vertex("h", t + 1)) for t in range(1, 4)}
    assert marked == {(edge.source, edge.target) for edge in right.apart.edges}
    assert all(right.edge(edge).cut for edge in right.apart.edges)


def test_a_step_paints_the_columns_anew_in_which_something_came_to_differ() -> None:
    both = pair(FORCED, test_time=True)
    for cursor in range(len(both.left.events)):
        for old, new in zip(states(both, cursor), states(both, cursor + 1), strict=True):
            grown = new.apart.vertices - old.apart.vertices
            assert {vertex.t for vertex in grown} <= difference(old, new)
            assert new.goes_on(old)
