"""The events of two graphs are matched by what they are about."""

from explorer.architectures import architectures
from explorer.graph.analyse.events import Event
from explorer.graph.unfold import Vertex
from explorer.session.companion.matching import matched, partners
from explorer.session.document import Shown
from tests.each import each
from tests.session.shown import example

NETWORKS = [(id, "teacher_forcing" if network.takes_feedback else None) for id, network in architectures().items()]


def said(event: Event) -> str:
    return event.name if event.t is None else f"{event.name}{event.t}"


def after(left: Shown, right: Shown) -> list[tuple[str, str]]:
    """Each event on the left, and that after which the right stands then."""
    cursors = matched(left.events, right.events, partners(left.trace, right.trace))[1:]
    there = ["", *map(said, right.events)]
    return [(said(event), there[cursor]) for event, cursor in zip(left.events, cursors, strict=True)]


def test_of_one_network_every_event_is_matched_to_itself() -> None:
    shown = example("output_to_hidden", "teacher_forcing")
    assert matched(shown.events, shown.events, partners(shown.trace, shown.trace)) == tuple(
        range(len(shown.events) + 1)
    )


def test_what_one_network_alone_computes_waits_beside_what_comes_before_its_next_common_event() -> None:
    found = after(example("lstm", None), example("hidden_to_hidden", None))
    first_step = [name for name, _ in found[:13]]
    assert first_step[-3:] == ["h1", "o1", "yhat1"] and first_step[0] == "a_g1"
    assert [there for _, there in found[:13]] == ["a1"] * 10 + ["h1", "o1", "yhat1"]


def test_where_no_gradient_comes_on_the_other_side_that_stands_where_it_stood() -> None:
    through, cut = example("output_to_hidden", "free_running_yhat"), example("output_to_hidden", "teacher_forcing")
    found = dict(after(through, cut)[-40:])
    assert ("yhat1", "o1") not in found.items()
    assert found["W"] == "W"


def test_states_that_the_outputs_read_belong_together_whatever_they_are_called() -> None:
    left, right = example("deep_stacked", None), example("hidden_to_hidden", None)
    assert partners(left.trace, right.trace).vertex(Vertex("h2", 3)) == Vertex("h", 3)
    assert ("h22", "h2") in after(left, right)


def test_an_output_at_the_root_of_a_tree_belongs_to_that_after_the_last_step() -> None:
    left, right = example("recursive_tree", None), example("sequence_to_one", None)
    assert after(left, right)[-1] == ("L", "L")
    there = partners(left.trace, right.trace).vertex(Vertex("yhat", left.trace.loss_steps[0]))
    assert there == Vertex("yhat", 4)


@each("one", NETWORKS)
def test_every_network_can_be_stepped_beside_every_other(one: tuple[str, str | None]) -> None:
    left = example(*one)
    for other in NETWORKS:
        right = example(*other)
        along = partners(left.trace, right.trace)
        cursors = matched(left.events, right.events, along)
        assert len(cursors) == len(left.events) + 1 and cursors[0] == 0
        assert all(0 <= cursor <= len(right.events) for cursor in cursors)
        there = {event: cursor for cursor, event in enumerate(right.events, 1)}
        for event, cursor in zip(left.events, cursors[1:], strict=True):
            assert cursor == there.get(along.event(event), cursor)
