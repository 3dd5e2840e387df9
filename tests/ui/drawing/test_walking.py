"""With the keys one gets from any thing of the drawing to any other, sees where one is, and hears what it is."""

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from explorer.architectures import architectures
from explorer.graph.unfold import Vertex
from explorer.session.document import Shown, show
from explorer.session.view.view_state import view_state
from explorer.session.viewing import Selection, View
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.spoken import spoken
from explorer.ui.drawing.walking import Pickable, neighbour, spots_near
from explorer.ui.parts.ways import WAYS
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_document, task_of

Place = tuple[Selection, int, int]


def shown_of(id: str) -> Shown:
    architecture = architectures()[id]
    fed = "teacher_forcing" if architecture.takes_feedback else None
    return show(a_document(id, task_of(architecture), length=4, hidden=3, feedback=fed))


def place(spot: Pickable) -> Place:
    at = spot.rect.center().toPoint()
    return spot.thing, at.x(), at.y()


def reached(ways: dict[Place, set[Place]], start: Place) -> set[Place]:
    found, next_ones = {start}, [start]
    while next_ones:
        new = ways[next_ones.pop()] - found
        found |= new
        next_ones += new
    return found


@pytest.mark.parametrize("id", architectures())
def test_every_node_tag_and_name_can_be_reached_from_every_other(qtbot: QtBot, id: str) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(844, 480)
    shown = shown_of(id)
    for fold, open_cells in {(0.0, False), (1.0, False), (0.0, bool(shown.architecture.cells))}:
        canvas.set_view(view_state(shown, View(open_cells=open_cells)))
        canvas.set_fold(fold)
        scene, camera = canvas._scene, canvas._camera
        assert scene is not None
        pixels = [QPointF(x, 200) for x in range(0, canvas.width(), 15)]
        spots = {place(spot): spot for pixel in pixels for spot in spots_near(scene, camera, pixel)}
        forth: dict[Place, set[Place]] = {at: set() for at in spots}
        back: dict[Place, set[Place]] = {at: set() for at in spots}
        for at, spot in spots.items():
            near = spots_near(scene, camera, spot.rect.center())
            for found in filter(None, (neighbour(near, spot.rect, way) for way in WAYS)):
                forth[at].add(place(found))
                back[place(found)].add(at)
        start = next(iter(spots))
        assert set(spots) - reached(forth, start) == set()
        assert set(spots) - reached(back, start) == set()
        drawn = scene.geometry.front_vertices if fold else scene.geometry.graph.vertices
        things = {thing for thing, *_ in spots}
        assert things.issuperset(drawn)
        assert all(things.intersection(line) for line in scene.view.timetable.together.values())


def press(qtbot: QtBot, window: MainWindow, *keys: Qt.Key) -> Selection:
    for key in keys:
        qtbot.keyClick(window.canvas, key, Qt.KeyboardModifier.ShiftModifier)
    return window.session.selection


def test_shift_and_an_arrow_pick_out_what_return_then_edits(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("change", architecture="hidden_to_hidden")
    up, right = Qt.Key.Key_Up, Qt.Key.Key_Right
    first = press(qtbot, window, right)
    ring = window.canvas._ring
    assert first == Vertex("x", 1) and ring.isVisible()
    assert ring.geometry().contains(window.canvas.vertex_rect(first))
    assert [press(qtbot, window, up) for _ in range(3)] == ["U", Vertex("h", 1), "V"]
    assert press(qtbot, window, Qt.Key.Key_Down) == "b"
    assert ring.geometry().contains(window.canvas.vertex_rect("b"))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    assert window.editors.popup is not None and window.editors.popup.title.text.startswith("Parameter b")
    window.editors.close()
    window.transport.forward.setFocus()
    assert not ring.isVisible()
    window.canvas.setFocus()
    assert ring.isVisible()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.session.selection is None and not ring.isVisible()


def test_what_is_out_of_sight_is_brought_into_it(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("change", architecture="hidden_to_hidden", length=12)
    window.perform("select", thing=Vertex("h", 1))
    for _ in range(8):
        window.canvas.zoom_in()
    for _ in range(6):
        press(qtbot, window, Qt.Key.Key_Right)
        assert window.canvas.rect().contains(window.canvas._ring.geometry().center())


def test_a_thing_is_said_with_what_is_known_of_it() -> None:
    shown = shown_of("hidden_to_hidden")
    before, after = view_state(shown, View()), view_state(shown, View(len(shown.events)))
    state = Vertex("h", 2)
    events = before.timetable.value_at[state], before.timetable.gradient_at[state]
    assert spoken(before, state) == (
        f"h(2). Value not computed yet: event {events[0]} computes it. "
        f"Gradient not computed yet: event {events[1]} computes it."
    )
    value, gradient = shown.trace.value("h", 2), shown.trace.gradient("h", 2)
    said = spoken(after, state)
    for number in (*value, *gradient):
        assert f"{abs(number):.3g}"[:4] in said
    assert spoken(after, Vertex("y", 2)) == f"y(2): {shown.said('y', shown.trace.value('y', 2))}."
    assert spoken(after, "W") == "W, weights, 3 by 3, the same at every step."
