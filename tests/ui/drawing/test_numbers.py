"""Inputs and targets that are numbers or bits are drawn, pointed at and told as such."""

import re

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.session.document import Document, show
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.node_painter import _fitting, _fitting_loss, _fitting_target
from explorer.ui.drawing.pointing import description, thing_at
from explorer.ui.drawing.sheet import text_width
from explorer.ui.typography.numbers import figures
from tests.each import each
from tests.settings import a_document

DOCUMENTS = [
    a_document("sequence_to_one", "adding_problem", feedback=None, length=5),
    a_document("hidden_and_output", "damped_pendulum", feedback="free_running_yhat", length=5),
    a_document("output_to_hidden", "temporal_xor", length=5),
]
every = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.task.id)


def shown_on(qtbot: QtBot, document: Document) -> Canvas:
    canvas, shown = Canvas(), show(document)
    qtbot.addWidget(canvas)
    canvas.resize(900, 460)
    canvas.set_motion(False)
    canvas.show()
    canvas.set_view(view_state(shown, View(len(shown.events))))
    QApplication.processEvents()
    return canvas


@every
def test_inputs_and_targets_are_pointed_at_and_told_by_the_labels_of_their_units(
    qtbot: QtBot, document: Document
) -> None:
    canvas = shown_on(qtbot, document)
    scene = canvas._scene
    assert scene is not None
    for name, signal in scene.shown.signals.items():
        vertex = Vertex(name, 5)
        assert thing_at(scene, canvas._camera, QPointF(canvas.vertex_rect(vertex).center())) == vertex
        said = description(scene, vertex)
        assert all(re.search(rf"<td align='right'>{unit}&nbsp;", said) for unit in signal.units)
        assert scene.said(vertex) in said


@each("value", [0.0, 0.5, -0.81035, 12.345, 1e-7, -123456.0])
@each("room", [8.0, 20.0, 60.0])
def test_a_number_has_as_many_digits_as_there_is_room_for(value: float, room: float) -> None:
    text, size = _fitting(value, room, 12.0)
    whole = f"{value:.0f}".replace("-", "−")
    assert text in [whole, *(figures(value, digits) for digits in (1, 2, 3))]
    assert text_width(text, 12.0, 700) * size / 12.0 <= room * 1.001 and size <= 12.0


@pytest.mark.parametrize(
    ("value", "said"), [(0.97, "1.0"), (-0.97, "−1.0"), (9.6, "10"), (123.4, "123"), (0.94, "0.9")]
)
def test_rounded_to_a_figure_no_number_seems_whole_that_is_not_nor_a_power_of_ten(value: float, said: str) -> None:
    assert _fitting(value, 1.0, 12.0)[0] == said


@pytest.mark.parametrize(
    ("value", "room", "said"),
    [(0.0042, 16.0, "≈ 0"), (0.0042, 60.0, "4.20×10⁻³"), (0.62, 16.0, "0.6"), (0.0, 16.0, "0")],
)
def test_a_small_loss_that_has_no_room_is_said_to_be_next_to_nothing(value: float, room: float, said: str) -> None:
    assert _fitting_loss(value, room, 9.0, 0.7)[0] == said


@pytest.mark.parametrize(
    ("value", "room", "said"),
    [(-0.094, 15.0, "−0.1"), (0.0042, 15.0, "≈ 0"), (-0.52, 15.0, "−0.5"), (-0.094, 60.0, "−0.0940"), (2.0, 8.0, "2")],
)
def test_a_target_that_has_little_room_is_said_to_a_tenth(value: float, room: float, said: str) -> None:
    assert _fitting_target(value, room, 9.0, 6.0)[0] == said
