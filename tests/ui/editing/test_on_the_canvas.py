"""On the real drawing: a double click opens the editor beside its thing, a click flips a switch, edits show at once."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.session.document import Document
from explorer.session.edits import InputEdit
from explorer.session.session import Session
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.editing.editors import Editors
from tests.settings import a_document


class Desk:
    """The drawing with its editors, connected as the window connects them."""

    def __init__(self, qtbot: QtBot, document: Document) -> None:
        self.qtbot, self.session, self.canvas = qtbot, Session(document), Canvas()
        self.session.move_to(len(self.session.shown.events))
        qtbot.addWidget(self.canvas)
        self.canvas.set_motion(False)
        self.canvas.resize(900, 500)
        self.canvas.show()
        self.editors = Editors(self.canvas, self.session, self.do)
        self.canvas.activated.connect(lambda thing: self.editors.open(thing, self.canvas.vertex_rect(thing)))
        self.canvas.selected.connect(self.editors.click)
        self.show()

    def do(self, change: Callable[[], object]) -> None:
        change()
        self.show()

    def show(self) -> None:
        self.canvas.set_view(view_state(self.session.shown, View(self.session.cursor)))

    def double_click(self, at: QPoint) -> None:
        for act in (self.qtbot.mouseClick, self.qtbot.mouseDClick):
            act(self.canvas, Qt.MouseButton.LeftButton, pos=at)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot, a_document(feedback="mixed_yhat", fed_target=(True,) * 6))


def test_a_double_click_opens_the_editor_beside_the_node_and_the_edit_is_drawn(desk: Desk) -> None:
    vertex = Vertex("x", 2)
    rect = desk.canvas.vertex_rect(vertex)
    desk.double_click(rect.center())
    popup = desk.editors.popup
    assert popup is not None and popup.title.text == "Input x(2)"
    beside = QRect(desk.canvas.mapToGlobal(rect.topLeft()), rect.size())
    assert not popup.geometry().intersects(beside)
    before = desk.canvas.grab(rect).toImage()
    now = int(desk.session.shown.trace.value("x", 2).argmax())
    desk.qtbot.keyClick(QApplication.focusWidget(), str(1 - now))
    assert desk.session.document.edits == (InputEdit(2, 1 - now),)
    assert desk.canvas.grab(rect).toImage() != before


def test_an_initial_state_opens_where_its_dashed_box_stands(desk: Desk) -> None:
    desk.double_click(desk.canvas.vertex_rect(Vertex("y", 0)).center())
    assert desk.editors.popup is not None and desk.editors.popup.title.text == "Initial state f(0)"


@pytest.mark.parametrize("clicks", ["click", "double click"])
def test_the_switch_on_a_feedback_edge_is_flipped_once(desk: Desk, clicks: str) -> None:
    scene = desk.canvas._scene
    assert scene is not None
    edge = next(e for e in scene.geometry.graph.edges if e.source == Vertex("y", 3) and "f" in e.through)
    at = desk.canvas._camera.rect(scene.geometry.tag(edge, "f")).center().toPoint()
    if clicks == "click":
        desk.qtbot.mouseClick(desk.canvas, Qt.MouseButton.LeftButton, pos=at)
    else:
        desk.double_click(at)
    assert desk.session.document.fed_target == (True, True, False, True, True, True)
    assert desk.canvas.view is not None
    drawn = desk.canvas.view.timetable.graph.edges
    assert any(e.source == Vertex("yhat", 3) and e.lag and "f" in e.through for e in drawn)
    assert desk.editors.popup is None
