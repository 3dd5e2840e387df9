"""What stays in the window after parts of it were painted again is what a whole new picture shows."""

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from explorer.graph.unfold import Vertex
from explorer.session.document import show
from explorer.session.edits import HoldEdit, WeightEdit
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing import graph_painter
from explorer.ui.drawing.canvas import Canvas
from tests.settings import a_document
from tests.ui.drawing.canvases import look
from tests.ui.painting import pixels


def settled(canvas: Canvas) -> np.ndarray:
    """What is in the window once nothing is left to be painted."""
    QApplication.processEvents()
    while canvas.behind:
        QApplication.processEvents()
    return pixels(canvas.screen().grabWindow(canvas.winId()).toImage())


@pytest.mark.parametrize("T", [8, 25])
def test_the_window_follows_a_run_as_a_new_picture_shows_it(canvas: Canvas, T: int) -> None:
    canvas.resize(700, 380)
    runs = [show(a_document("hidden_and_output", length=T, seed=seed)) for seed in (1, 2, 3)]
    for cursor in (0, 3, 28):
        for shown in runs:
            canvas.set_view(view_state(shown, View(cursor, follow=True)))
            there = settled(canvas)
            canvas._tiles.forget()
            np.testing.assert_array_equal(there, look(canvas))


def test_nothing_that_travelled_is_left(canvas: Canvas) -> None:
    shown = show(a_document("recursive_tree", "majority", feedback=None, length=4))
    for cursor in range(1, len(shown.events)):
        canvas.set_motion(False)
        canvas.set_view(view_state(shown, View(cursor - 1)))
        canvas.set_view(view_state(shown, View(cursor)))
        for share in (0.02, 0.98, 1.0):
            canvas._set_moving(share)
            there = settled(canvas)
        np.testing.assert_array_equal(there, look(canvas))


@pytest.mark.parametrize(("network", "feedback"), [("hidden_and_output", "free_running_yhat"), ("lstm", None)])
def test_what_is_edited_and_picked_looks_as_in_a_new_picture(
    canvas: Canvas, network: str, feedback: str | None
) -> None:
    document = a_document(network, feedback=feedback, length=6)
    weight, held = WeightEdit("V", (0, 1), 2.5), HoldEdit("h", 3, 0, 0.5)
    edited = [show(replace(document, edits=edits)) for edits in ((), (weight,), (weight, held), (held,))]
    events = len(edited[0].events)
    for cursor, picked in ((9, None), (events // 2, Vertex("h", 2)), (events - 8, "V"), (events, None)):
        for shown in edited:
            for at in (cursor - 1, cursor):
                canvas.set_view(view_state(shown, View(at, picked, open_cells=picked == "V")))
                there = settled(canvas)
                canvas._tiles.forget()
                np.testing.assert_array_equal(there, look(canvas))


def test_an_edit_paints_only_what_has_other_numbers(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    nodes, edges = list[str](), list[object]()
    node, edge = graph_painter.paint_vertex, graph_painter.paint_edge
    monkeypatch.setattr(
        graph_painter, "paint_vertex", lambda s, **how: (nodes.append(how["vertex"].name), node(s, **how))
    )
    monkeypatch.setattr(graph_painter, "paint_edge", lambda *args, **how: (edges.append(args), edge(*args, **how)))
    document = a_document("hidden_and_output", length=6)
    first, second = (show(replace(document, edits=(WeightEdit("V", (0, 0), value),))) for value in (0.4, 0.5))
    canvas.set_view(view_state(first, View(len(first.events))))
    look(canvas)
    assert "x" in nodes and edges
    nodes.clear()
    edges.clear()
    canvas.set_view(view_state(second, View(len(first.events))))
    look(canvas)
    assert {*nodes} == {"h", "o", "yhat", "y", "L"} and not edges
