"""A screen reader finds every node and parameter in the drawing, with a role, a name, and whether it is picked."""

import gc

from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from explorer.graph.unfold import Vertex
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.accessible import install
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.spoken import spoken
from tests.session.shown import example


def test_every_node_and_parameter_is_a_child_of_the_canvas(qtbot: QtBot) -> None:
    install()
    canvas = Canvas()
    canvas.resize(800, 400)
    canvas.show()
    shown = example("hidden_to_hidden", None)
    for cursor in (0, len(shown.events)):
        view = view_state(shown, View(cursor, Vertex("h", 2)))
        canvas.set_view(view)
        graph = QAccessible.queryAccessibleInterface(canvas)
        children = [graph.child(n) for n in range(graph.childCount())]
        things = [*shown.graph.boundary, *view.timetable.graph.vertices, *shown.trace.parameters]
        assert [child.text(QAccessible.Text.Name) for child in children] == [spoken(view, thing) for thing in things]
        assert {child.role() for child in children} == {QAccessible.Role.Graphic}
        assert [graph.indexOfChild(child) for child in children] == list(range(len(things)))
        picked = [thing for child, thing in zip(children, things, strict=True) if child.state().selected]
        assert picked == [Vertex("h", 2)]
        place = canvas.vertex_rect(Vertex("h", 2))
        assert children[things.index(Vertex("h", 2))].rect().topLeft() == canvas.mapToGlobal(place.topLeft())
    other = example("sequence_to_one", None)
    canvas.set_view(view_state(other, View()))
    gone = things.index(Vertex("o", 2))
    assert not children[gone].isValid() and graph.childCount() < len(things)
    delete(canvas)
    gc.collect()
    assert not children[0].isValid()
