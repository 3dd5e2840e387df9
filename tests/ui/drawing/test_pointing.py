"""What is under the mouse on the canvas is selected, lit up and told."""

import re

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.pointing import description
from explorer.ui.typography.numbers import figures
from tests.session.shown import example
from tests.ui.drawing.canvases import empty_place, fed, look, middle, showing


def test_a_click_selects_what_is_under_it(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, fed())
    heard: list[object] = []
    canvas.selected.connect(heard.append)
    for vertex in (Vertex("h", 2), Vertex("L", 4), Vertex("y", 1), Vertex("x", 3), Vertex("h", 0)):
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle(canvas, vertex))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=empty_place(canvas))
    assert heard == [Vertex("h", 2), Vertex("L", 4), Vertex("y", 1), Vertex("x", 3), Vertex("h", 0), None]


@pytest.mark.parametrize("name", ["U", "V", "W", "R"])
def test_a_click_on_an_edge_or_its_name_selects_the_parameter(canvas: Canvas, qtbot: QtBot, name: str) -> None:
    showing(canvas, fed())
    heard: list[object] = []
    canvas.selected.connect(heard.append)
    assert canvas._scene is not None
    edge = next(e for e in canvas._scene.geometry.graph.edges if e.weight == name and e.target.t == 3)
    on_it = canvas._camera.point(canvas._scene.geometry.path(edge).along(0.55))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=on_it.toPoint())
    assert heard == [name]


def test_a_click_on_a_bias_selects_it(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, fed())
    heard: list[object] = []
    canvas.selected.connect(heard.append)
    rect = canvas.vertex_rect(Vertex("o", 2))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=rect.topRight() + QPoint(-12, 12))
    assert heard == ["c"]


def test_a_click_on_the_switch_of_a_mixed_feedback_selects_it(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, example("output_to_hidden", "mixed_yhat"))
    heard: list[object] = []
    canvas.selected.connect(heard.append)
    assert canvas._scene is not None
    geometry = canvas._scene.geometry
    edge = next(e for e in geometry.graph.edges if "f" in e.through and e.source.t == 2)
    box = canvas._camera.rect(geometry.tag(edge, "f"))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert heard == [Vertex("f", 2)]


def test_the_ghost_of_an_undrawn_signal_is_that_signal(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, example("output_to_hidden", "free_running_argmax"))
    heard: list[object] = []
    canvas.selected.connect(heard.append)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle(canvas, Vertex("o", 0)))
    assert heard == [Vertex("argmax", 0)]


def test_hovering_tells_and_lights_up(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, fed())
    before = look(canvas)
    heard: list[object] = []
    canvas.hovered.connect(heard.append)
    qtbot.mouseMove(canvas, middle(canvas, Vertex("h", 2)))
    assert heard == [Vertex("h", 2)]
    assert canvas.view is not None and canvas.view.hover == Vertex("h", 2)
    lit = look(canvas)
    assert (lit != before).any()
    showing(canvas, fed())  # a view that knows nothing of the pointer does not put the light out
    assert (look(canvas) == lit).all()
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert heard == [Vertex("h", 2), None]
    assert (look(canvas) == before).all()


def test_hovering_elsewhere_in_the_window_lights_up_too(canvas: Canvas) -> None:
    shown = fed()
    showing(canvas, shown)
    before = look(canvas)
    canvas.set_view(view_state(shown, View(len(shown.events)), hover="W"))
    assert (look(canvas) != before).any()


def test_the_tool_tip_gives_six_figures_of_each_unit_counted_from_1(canvas: Canvas) -> None:
    shown = fed()
    showing(canvas, shown)
    said = canvas.description(Vertex("h", 2))
    columns = zip(shown.trace.value("h", 2), shown.trace.gradient("h", 2), strict=True)
    numbers = [[str(i), figures(value, 6), figures(gradient, 6)] for i, (value, gradient) in enumerate(columns, 1)]
    assert rows(said) == [["unit", "value", "gradient"], *numbers]


def test_the_tool_tip_of_a_prediction_names_its_symbols_beside_their_units(canvas: Canvas) -> None:
    shown = fed()
    showing(canvas, shown)
    assert canvas._scene is not None
    said = rows(description(canvas._scene, Vertex("yhat", 1)))
    assert [row[:2] for row in said] == [["unit", "name"], ["1", "0"], ["2", "1"]]


def rows(said: str) -> list[list[str]]:
    """The cells of the table in a tool tip."""
    return [re.findall(r"<td[^>]*>(.*?)(?:&nbsp;)*</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", said)]


def test_a_tool_tip_tells_no_number_before_its_time(canvas: Canvas) -> None:
    showing(canvas, fed(), cursor=0)
    assert canvas._scene is not None
    assert "not computed yet" in description(canvas._scene, Vertex("h", 2))
    for name in ("b", "W"):
        number = canvas._scene.shown.trace.parameters[name].flat[0]
        assert figures(number, 6) in description(canvas._scene, name)
    assert "target" in description(canvas._scene, Vertex("y", 1))


def test_a_double_click_on_a_node_activates_it(canvas: Canvas, qtbot: QtBot) -> None:
    showing(canvas, fed())
    heard: list[object] = []
    canvas.activated.connect(heard.append)
    canvas.point_at(Vertex("x", 2))
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=middle(canvas, Vertex("x", 2)))
    assert heard == [Vertex("x", 2)]
    assert canvas.view is not None and canvas.view.hover is None, "what opens takes the pointer away"
