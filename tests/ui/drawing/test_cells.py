"""A cell opens and closes where it is drawn, from the header and by its key."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.ui.drawing.cells import mark_rect
from explorer.ui.drawing.pointing import description
from explorer.ui.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CELL = Vertex("h", 2)


@pytest.fixture(params=["lstm", "gru"])
def celled(window: MainWindow, request: pytest.FixtureRequest) -> MainWindow:
    window.perform("change", architecture=request.param, length=8)
    window.perform("motion", on=False)
    return window


def mark(window: MainWindow) -> QPoint:
    canvas = window.canvas
    assert canvas._scene is not None
    return mark_rect(canvas._scene, canvas._camera, CELL).center().toPoint()


def test_a_double_click_opens_it_and_brings_it_near(celled: MainWindow, qtbot: QtBot) -> None:
    canvas = celled.canvas
    closed = canvas.vertex_rect(CELL)
    qtbot.mouseDClick(canvas, LEFT, pos=closed.center())
    assert celled.session.view.open_cells
    for name in ("v", "h"):
        box = canvas.vertex_rect(Vertex(name, 2))
        assert canvas.rect().contains(box) and box.width() > closed.width()
    qtbot.mouseDClick(canvas, LEFT, pos=canvas.vertex_rect(Vertex("v", 2)).center())
    assert not celled.session.view.open_cells
    assert canvas.vertex_rect(CELL) == closed


@pytest.mark.parametrize("fold", [False, True])
def test_its_mark_opens_and_closes_it(celled: MainWindow, qtbot: QtBot, fold: bool) -> None:
    celled.perform("go_to", cursor=len(celled.session.shown.events) // 4)
    celled.perform("fold", on=fold)
    for wanted in (True, False):
        qtbot.mouseClick(celled.canvas, LEFT, pos=mark(celled))
        assert celled.session.view.open_cells is wanted
        assert celled.header.cells.isChecked() is wanted


def test_the_header_opens_it_while_there_is_one(celled: MainWindow) -> None:
    celled.header.cells.click()
    assert celled.session.view.open_cells and celled.menus["open_cells"].isChecked()
    celled.perform("change", architecture="hidden_to_hidden")
    assert not celled.header.cells.isVisible() and not celled.menus["open_cells"].isEnabled()
    assert not celled.perform("open_cells")


def test_a_node_inside_stays_selected_when_its_cell_closes(celled: MainWindow) -> None:
    celled.perform("open_cells", on=True)
    celled.perform("select", thing=Vertex("v", 2))
    celled.perform("open_cells", on=False)
    view = celled.canvas.view
    assert view is not None and view.vertex(CELL).selected
    assert celled.session.selection == Vertex("v", 2)


def test_looking_elsewhere_stays_there_until_another_event(celled: MainWindow, qtbot: QtBot) -> None:
    celled.perform("go_to", cursor=1)
    qtbot.mouseDClick(celled.canvas, LEFT, pos=celled.canvas.vertex_rect(Vertex("h", 8)).center())
    far = celled.canvas.vertex_rect(Vertex("v", 8))
    assert celled.canvas.rect().contains(far)
    celled.perform("select", thing=Vertex("v", 8))
    assert celled.canvas.vertex_rect(Vertex("v", 8)) == far
    celled.perform("next")
    assert celled.canvas.vertex_rect(Vertex("v", 8)) != far


def test_a_closed_cell_says_what_is_inside_and_how_to_see_it(celled: MainWindow) -> None:
    canvas = celled.canvas
    for cursor in (0, 60):
        celled.perform("go_to", cursor=cursor)
        assert canvas._scene is not None
        said = description(canvas._scene, Vertex("h", 1))
        assert "Double-click to see inside: " in said and " v" in said and "a_" not in said
    celled.perform("open_cells", on=True)
    assert canvas._scene is not None and "Double-click" not in description(canvas._scene, Vertex("h", 1))


def test_every_weight_on_a_line_into_a_closed_cell_can_be_reached_from_a_click_on_it(
    celled: MainWindow, qtbot: QtBot
) -> None:
    canvas, session = celled.canvas, celled.session
    place = canvas.vertex_rect("U_v").center()
    qtbot.mouseClick(canvas, LEFT, pos=place)
    reached = set()
    for name in [name for name in session.shown.trace.parameters if name.startswith("U_")]:
        celled.inspector.together.linkActivated.emit(name)
        qtbot.mouseClick(canvas, LEFT, pos=place)  # which keeps to the one that is picked
        assert session.selection == name and canvas.vertex_rect(name).contains(place)
        links = celled.inspector.together.text()
        reached |= {other for other in session.shown.trace.parameters if f'href="{other}"' in links}
        celled.perform("nudge")
        assert celled.nudging.dialog is not None and celled.nudging.dialog.panel.parameter.currentData() == name
    assert reached == {name for name in session.shown.trace.parameters if name.startswith("U_")}
    celled.perform("open_cells")
    assert celled.inspector.together.isHidden()
