"""The folded graph beside the unfolded one, as in fig. 10.2: at once for a network whose figure has both."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.architectures import architectures
from explorer.graph.unfold import Vertex
from explorer.session.viewing import View
from explorer.ui.drawing.render import render_file
from explorer.ui.window.main_window import MainWindow
from tests.session.shown import example


@pytest.fixture
def both(window: MainWindow) -> MainWindow:
    window.perform("motion", on=False)
    window.perform("change", architecture="hidden_to_hidden", length=4)
    window.perform("go_to", cursor=6)
    window.perform("beside", on=True)
    return window


def test_a_network_begins_as_its_figure_is(window: MainWindow) -> None:
    for network in architectures().values():
        window.perform("change", architecture=network.id)
        assert window.drawings.circuit.isVisible() is network.circuit is (network.figure == "10.2"), network.id
        assert window.header.both.isChecked() is network.circuit


def test_its_switch_shows_and_hides_it(both: MainWindow) -> None:
    circuit = both.drawings.circuit
    assert circuit.isVisible() and circuit.fold == 1.0 and both.canvas.fold == 0.0
    both.header.both.click()
    assert not circuit.isVisible() and both.session.view.beside is False
    both.perform("beside")
    both.perform("fold", on=True)
    assert not circuit.isVisible(), "the canvas shows it by itself"
    both.perform("fold", on=False)
    assert circuit.isVisible() and both.menus["beside"].isChecked()


def test_its_room_goes_by_how_far_the_graph_is_to_be_folded(both: MainWindow) -> None:
    room = both.drawings.circuit.width()
    both.perform("fold", on=True)
    both.perform("motion", on=True)
    both.perform("fold", on=False)
    assert both.canvas.fold == 1.0 and both.drawings.circuit.width() == room


def test_its_rows_stand_beside_those_of_the_unfolded_graph(both: MainWindow) -> None:
    for name in ("x", "h", "o", "L"):
        folded, unfolded = (part.vertex_rect(Vertex(name, 2)) for part in (both.drawings.circuit, both.canvas))
        assert abs(folded.center().y() - unfolded.center().y()) <= 1
        assert folded.width() >= unfolded.width() * 0.98


def test_what_is_pointed_at_in_one_lights_up_in_both(both: MainWindow, qtbot: QtBot) -> None:
    circuit, canvas = both.drawings.circuit, both.canvas
    qtbot.mouseMove(circuit, circuit.vertex_rect("W").center())
    assert canvas.view is not None and canvas.view.picked_parameter == "W"
    qtbot.mouseMove(circuit, QPoint(2, 2))
    assert canvas.view.picked_parameter is None
    qtbot.mouseMove(canvas, canvas.vertex_rect(Vertex("h", 2)).center())
    assert circuit.view is not None and circuit.view.hover == Vertex("h", 2)
    qtbot.mouseClick(circuit, Qt.MouseButton.LeftButton, pos=circuit.vertex_rect(Vertex("o", 2)).center())
    assert both.session.selection == Vertex("o", 2)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("width", [None, 480])
def test_a_picture_has_both(tmp_path: Path, width: int | None) -> None:
    shown, images = example("hidden_to_hidden", None), []
    for beside in (True, False):
        path = tmp_path / f"{beside}.png"
        render_file(shown, path, View(5, beside=beside), width=width)
        images.append(QImage(str(path)))
    assert images[0].size().height() == images[1].size().height()
    assert images[0] != images[1]
    assert (images[0].width() > images[1].width()) is (width is None)


def test_the_legend_is_shared_out_between_both(both: MainWindow) -> None:
    assert both.drawings.circuit.legend + both.canvas.legend == ("value", "gradient")
    both.perform("beside", on=False)
    assert both.canvas.legend == ("value", "gradient")


def test_in_a_narrow_window_with_large_text_they_stand_side_by_side(both: MainWindow) -> None:
    """The folded graph had been below the arrow and the unfolded one."""
    both.resize(1280, 900)
    both.perform("text_150")
    QApplication.processEvents()
    folded, unfolded = both.drawings.circuit.geometry(), both.canvas.geometry()
    assert folded.right() < unfolded.left() and unfolded.right() < both.drawings.width()
