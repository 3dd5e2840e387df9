"""What is offered at the start computes the first node that is drawn, whatever is computed before it unseen."""

import pytest

from explorer.session.commands import COMMANDS
from explorer.session.session import Session
from explorer.session.view.offers import offered
from explorer.session.view.timetable import timetable
from explorer.session.viewing import View
from tests.session.shown import example
from tests.settings import a_document


@pytest.mark.parametrize("view", [View(), View(show_a=True), View(quiz=True)])
def test_the_first_node_is_one_that_is_drawn(view: View) -> None:
    session = Session(a_document("hidden_to_hidden", feedback=None))
    session.look(show_a=view.show_a, quiz=view.quiz)
    offer = offered(session.shown, session.view)
    assert offer is not None and offer.words[0] == "Compute the first node"
    COMMANDS[offer.command].run(session, offer.arguments)
    assert session.event is not None and session.event.vertex is not None
    name = session.event.vertex.name
    assert (name, session.cursor) == (("a", 1) if view.show_a or view.quiz else ("h", 2))


def test_of_a_closed_cell_it_is_the_cell_itself() -> None:
    shown = example("lstm", None)
    offer = offered(shown, View())
    assert offer is not None
    cursor = offer.arguments["cursor"]
    assert isinstance(cursor, int)
    vertex = shown.events[cursor - 1].vertex
    assert vertex is not None and timetable(shown, closed=True).stands_for(vertex) == vertex
