"""The stepper and the views on long-term dependencies agree which step is at hand; what has none says why."""

import pytest

from explorer.errors import ExplorerError
from explorer.graph.analyse.events import Phase
from explorer.session.document import show
from explorer.session.longterm.composed import composable
from explorer.session.longterm.here import cursor_at, step_at
from explorer.session.longterm.multiplied import multipliable
from tests.settings import a_document

PLAIN = a_document("hidden_to_hidden", feedback=None, length=4, hidden=3)


def test_a_step_is_where_its_value_has_just_been_computed() -> None:
    shown = show(PLAIN)
    for t in (1, 3, 4):
        cursor = cursor_at(shown, "h", t)
        assert (shown.events[cursor - 1].name, shown.events[cursor - 1].t) == ("h", t)
        assert step_at(shown, cursor, "h") == t
    assert cursor_at(shown, "h", 0) == 0


def test_before_the_first_event_and_in_the_update_no_step_is_at_hand() -> None:
    shown = show(PLAIN)
    assert step_at(shown, 0, "h") is None and step_at(shown, len(shown.events), "h") is None
    backward = next(i for i, event in enumerate(shown.events, 1) if event.phase is Phase.BACKWARD)
    assert step_at(shown, backward, "h") == 4


def test_a_step_of_another_segment_is_none_of_this() -> None:
    shown = show(a_document("encoder_decoder", "reversal", length=4, hidden=3))
    in_encoder = cursor_at(shown, "e", 2)
    assert step_at(shown, in_encoder, "e") == 2 and step_at(shown, in_encoder, "h") is None


def test_what_cannot_be_followed_says_why() -> None:
    forced = show(a_document(feedback="teacher_forcing"))
    for followed in (composable, multipliable):
        with pytest.raises(ExplorerError, match=r"under teacher forcing .* nothing of h\(t−1\)\. Let it run free"):
            followed(forced)
    with pytest.raises(ExplorerError, match="nothing to follow") as error:
        multipliable(show(a_document(feedback="free_running_argmax")))
    assert "free." not in str(error.value)
    assert composable(show(a_document(feedback="free_running_argmax")))
    with pytest.raises(ExplorerError, match="nodes of a tree"):
        composable(show(a_document("recursive_tree", "majority", feedback=None, length=4)))
    with pytest.raises(ExplorerError, match="up to T = 200 steps; here T = 201: shorten"):
        multipliable(show(a_document("hidden_to_hidden", feedback=None, length=201, hidden=1)))
