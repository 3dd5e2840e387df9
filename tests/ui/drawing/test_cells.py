"""A cell opens and closes where it is drawn, from the header and by its key."""

from collections.abc import Iterator
from itertools import product

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.ui.drawing.cells import mark_rect
from explorer.ui.drawing.pointing import description
from explorer.ui.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CELL = Vertex("h", 2)


def celled(window: MainWindow) -> Iterator[str]:
    """Show each of the networks with cells in turn, closed and from the beginning."""
    window.perform("motion", on=False)
    for architecture in ("lstm", "gru"):
        window.perform("change", architecture=architecture, length=8)
        window.perform("open_cells", on=False)
        window.perform("start")
        yield architecture


def mark(window: MainWindow) -> QPoint:
    canvas = window.canvas
    assert canvas._scene is not None
    return mark_rect(canvas._scene, canvas._camera, CELL).center().toPoint()


def test_a_double_click_opens_it_and_brings_it_near(window: MainWindow, qtbot: QtBot) -> None:
    for network in celled(window):
        canvas = window.canvas
        closed = canvas.vertex_rect(CELL)
        qtbot.mouseDClick(canvas, LEFT, pos=closed.center())
        assert window.session.view.open_cells, network
        for name in ("v", "h"):
            box = canvas.vertex_rect(Vertex(name, 2))
            assert canvas.rect().contains(box) and box.width() > closed.width(), network
        qtbot.mouseDClick(canvas, LEFT, pos=canvas.vertex_rect(Vertex("v", 2)).center())
        assert not window.session.view.open_cells, network
        assert canvas.vertex_rect(CELL) == closed, network


def test_its_mark_opens_and_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    for network in celled(window):
        window.perform("go_to", cursor=len(window.session.shown.events) // 4)
        for fold, wanted in product((False, True), (True, False)):
            window.perform("fold", on=fold)
            qtbot.mouseClick(window.canvas, LEFT, pos=mark(window))
            assert window.session.view.open_cells is wanted, network
            assert window.header.cells.isChecked() is wanted, network


def test_the_header_opens_it_while_there_is_one(window: MainWindow) -> None:
    for network in celled(window):
        window.header.cells.click()
        assert window.session.view.open_cells and window.menus["open_cells"].isChecked(), network
        window.perform("change", architecture="hidden_to_hidden")
        assert not window.header.cells.isVisible() and not window.menus["open_cells"].isEnabled(), network
        assert not window.perform("open_cells"), network


def test_a_node_inside_stays_selected_when_its_cell_closes(window: MainWindow) -> None:
    for network in celled(window):
        window.perform("open_cells", on=True)
        window.perform("select", thing=Vertex("v", 2))
        window.perform("open_cells", on=False)
        view = window.canvas.view
        assert view is not None and view.vertex(CELL).selected, network
        assert window.session.selection == Vertex("v", 2), network


def test_looking_elsewhere_stays_there_until_another_event(window: MainWindow, qtbot: QtBot) -> None:
    for network in celled(window):
        window.perform("go_to", cursor=1)
        qtbot.mouseDClick(window.canvas, LEFT, pos=window.canvas.vertex_rect(Vertex("h", 8)).center())
        far = window.canvas.vertex_rect(Vertex("v", 8))
        assert window.canvas.rect().contains(far), network
        window.perform("select", thing=Vertex("v", 8))
        assert window.canvas.vertex_rect(Vertex("v", 8)) == far, network
        window.perform("next")
        assert window.canvas.vertex_rect(Vertex("v", 8)) != far, network


def test_a_closed_cell_says_what_is_inside_and_how_to_see_it(window: MainWindow) -> None:
    for network in celled(window):
        canvas = window.canvas
        for cursor in (0, 60):
            window.perform("go_to", cursor=cursor)
            assert canvas._scene is not None
            said = description(canvas._scene, Vertex("h", 1))
            assert "Double-click to see inside: " in said and " v" in said and "a_" not in said, network
        window.perform("open_cells", on=True)
        assert canvas._scene is not None and "Double-click" not in description(canvas._scene, Vertex("h", 1)), network


def test_every_weight_on_a_line_into_a_closed_cell_can_be_reached_from_a_click_on_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    for network in celled(window):
        canvas, session = window.canvas, window.session
        place = canvas.vertex_rect("U_v").center()
        qtbot.mouseClick(canvas, LEFT, pos=place)
        reached = set()
        for name in [name for name in session.shown.trace.parameters if name.startswith("U_")]:
            window.inspector.together.linkActivated.emit(name)
            qtbot.mouseClick(canvas, LEFT, pos=place)  # which keeps to the one that is picked
            assert session.selection == name and canvas.vertex_rect(name).contains(place), network
            links = window.inspector.together.text()
            reached |= {other for other in session.shown.trace.parameters if f'href="{other}"' in links}
            window.perform("nudge")
            dialog = window.nudging.dialog
            assert dialog is not None and dialog.panel.parameter.currentData() == name, network
        assert reached == {name for name in session.shown.trace.parameters if name.startswith("U_")}, network
        window.perform("open_cells")
        assert window.inspector.together.isHidden(), network
