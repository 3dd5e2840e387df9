"""What was changed by hand is marked on the drawing and in matrices, with what stood there before a hover away."""

import re

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from explorer.graph.analyse.events import Kind
from explorer.graph.unfold import Vertex
from explorer.session.document import Shown, show
from explorer.session.edits import Edit, HoldEdit, InitialEdit, InputEdit, TargetEdit, WeightEdit
from explorer.session.equations.focus import event_face, node_faces
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.drawing.edit_marks import edited_entries, paint_corner, said_of_computed, said_of_entry_before
from explorer.ui.drawing.pointing import description
from explorer.ui.equations.view import EquationView
from explorer.ui.look.theme import Theme
from explorer.ui.typography.numbers import figures
from tests.settings import a_document
from tests.ui.painting import painted, pixels, share_of

PLAIN = a_document("hidden_and_output", feedback="free_running_yhat", length=4, hidden=3)
INPUT, TARGET = InputEdit(2, 0), TargetEdit(3, 1)


def with_edits(*edits: Edit, length: int = 4) -> Shown:
    return show(replace(PLAIN, edits=edits, length=length))


def tip(canvas: Canvas, shown: Shown, thing: Vertex | str) -> str:
    canvas.set_view(view_state(shown, View(len(shown.events))))
    assert canvas._scene is not None
    return description(canvas._scene, thing)


def marked(canvas: Canvas, shown: Shown, theme: Theme, area: QRectF) -> float:
    canvas.set_view(view_state(shown, View()))
    return share_of(pixels(canvas.grab(area.toAlignedRect()).toImage()), theme.parameter.text)


@pytest.mark.parametrize(
    ("edit", "vertex"), [(INPUT, Vertex("x", 2)), (TARGET, Vertex("y", 3)), (InitialEdit("h", 0, 0.0), Vertex("h", 0))]
)
@pytest.mark.parametrize("length", [4, 20])
def test_a_pen_stands_on_the_corner_of_what_was_edited(
    canvas: Canvas, theme: Theme, edit: Edit, vertex: Vertex, length: int
) -> None:
    canvas.set_view(view_state(with_edits(length=length), View()))
    rect = QRectF(canvas.vertex_rect(vertex))
    area = QRectF(rect.right() - 6, rect.y() - 4, 10, 10)
    if vertex.name == "y":  # a circle, or a symbol alone
        area = QRectF(rect.center().x(), rect.y() - 4, rect.width() / 2 + 10, rect.height() / 2)
    before = marked(canvas, with_edits(length=length), theme, area)
    assert marked(canvas, with_edits(edit, length=length), theme, area) > before + 0.02


def test_far_out_a_dot_marks_the_step(canvas: Canvas, theme: Theme) -> None:
    canvas.set_view(view_state(with_edits(length=60), View()))
    below = QRectF(canvas.vertex_rect(Vertex("x", 2)).adjusted(-3, 0, 3, 9))
    before = marked(canvas, with_edits(length=60), theme, below)
    assert marked(canvas, with_edits(INPUT, length=60), theme, below) > before


def test_what_is_held_has_a_pin_on_an_edge_too(canvas: Canvas, theme: Theme) -> None:
    free, everything = show(replace(PLAIN, feedback="mixed_argmax")), QRectF(canvas.rect())
    held = show(replace(free.document, edits=(HoldEdit("f", 2, 0, 1.0),)))
    assert marked(canvas, held, theme, everything) > marked(canvas, free, theme, everything)


def test_a_pin_that_has_no_room_is_a_dot_with_a_needle(canvas: Canvas) -> None:
    pictures = []
    for edits in ((), (HoldEdit("o", 60, 0, 0.0),)):
        canvas.set_view(view_state(with_edits(*edits, length=60), View()))
        pictures.append(pixels(canvas.grab().toImage()))
    changed = np.any(pictures[0] != pictures[1], 2)
    assert changed.any(1).sum() > 1.4 * changed.any(0).sum() > 0, "higher than wide"


def test_a_parameter_with_edited_entries_has_a_dot_at_each_copy(canvas: Canvas, theme: Theme) -> None:
    everything = QRectF(canvas.rect())
    plain = marked(canvas, with_edits(), theme, everything)
    edits = {name: with_edits(WeightEdit(name, (0,) * n, 2.0)) for name, n in (("W", 2), ("U", 2), ("b", 1))}
    for shown in edits.values():
        assert marked(canvas, shown, theme, everything) > plain


def test_a_tool_tip_says_what_stood_there(canvas: Canvas) -> None:
    before = with_edits()
    was = {"0": "1", "1": "0"}[before.task.output_symbols[int(before.trace.value("y", 3).argmax())]]
    assert "edited" not in tip(canvas, before, Vertex("y", 3))
    opposite = TargetEdit(3, before.task.output_symbols.index(was))
    other = {"0": "1", "1": "0"}[was]
    assert f"edited by hand (was {other})" in tip(canvas, with_edits(opposite), Vertex("y", 3))
    said = before.task.describe_input(before.trace.value("x", 2))
    assert f"edited by hand (was {said})" in tip(canvas, with_edits(INPUT), Vertex("x", 2))
    assert "edited by hand (was zero)" in tip(canvas, with_edits(InitialEdit("h", 1, 0.5)), Vertex("h", 0))


def test_a_parameter_says_which_entry_and_from_what_or_how_many(canvas: Canvas) -> None:
    was = figures(with_edits().trace.parameters["W"][1, 0], 6)
    one, two = WeightEdit("W", (1, 0), 2.0), WeightEdit("W", (0, 0), 1.0)
    assert f"row 2, column 1 edited by hand (was {was})" in tip(canvas, with_edits(one), "W")
    assert "2 entries edited by hand" in tip(canvas, with_edits(one, two), "W")
    assert "edited" not in tip(canvas, with_edits(one), "U")


def test_of_trained_weights_it_says_what_training_made_of_them(canvas: Canvas) -> None:
    shown = with_edits(WeightEdit("W", (1, 0), 2.0))
    theta = {name: array + 0.1 for name, array in shown.trace.parameters.items()}
    assert f"(was {figures(float(theta['W'][1, 0]), 6)})" in tip(canvas, show(shown.document, theta), "W")


def test_losses_and_predictions_say_what_they_were(canvas: Canvas) -> None:
    before, shown = with_edits(), with_edits(WeightEdit("W", (1, 0), 2.0))
    for vertex in (Vertex("yhat", 3), Vertex("L", 3)):
        said = tip(canvas, shown, vertex)
        assert ">was&nbsp;&nbsp;<" in said
        for one in (before, shown):
            assert figures(float(one.trace.value(vertex.name, 3)[0]), 6) in said
        assert "was" not in tip(canvas, before, vertex)


def test_the_equation_says_it_too() -> None:
    before, shown = with_edits(), with_edits(WeightEdit("W", (1, 0), 2.0))
    losses = [face.equation for face in node_faces(shown, Vertex("L", 3))]
    assert said_of_computed(shown, losses[0]) == (
        f"Without the edits by hand it was {figures(float(before.trace.value('L', 3)[0]))}."
    )
    assert said_of_computed(shown, losses[1]) == "", "its gradient is 1 in any case"
    total = event_face(shown, next(e for e in shown.events if e.kind is Kind.TOTAL_LOSS)).equation
    assert said_of_computed(shown, total) == f"Without the edits by hand it was {figures(before.trace.loss)}."
    was = figures(float(before.trace.value("yhat", 3)[1]), 6)
    assert said_of_entry_before(shown, losses[0].terms[0].factors[0], (1,)) == f"was {was} without the edits by hand"


def test_entries_are_marked_where_the_matrix_stands_and_mirrored_where_it_is_transposed() -> None:
    shown = with_edits(WeightEdit("W", (2, 0), 2.0))
    (value, gradient) = (face.equation for face in node_faces(shown, Vertex("a", 2)))
    backward = next(face.equation for face in node_faces(shown, Vertex("h", 2)) if face.label == "gradient")
    found = {
        factor.tex_here: edited_entries(shown, shown.edited, factor)
        for equation in (value, gradient, backward)
        for term in equation.terms
        for factor in term.factors
    }
    assert {tex: marks for tex, marks in found.items() if marks} == {"W": {(2, 0)}, r"W^\top": {(0, 2)}}


def test_of_an_update_only_what_was_typed_is_marked() -> None:
    shown = with_edits(WeightEdit("W", (2, 0), 2.0))
    event = next(e for e in shown.events if e.kind is Kind.UPDATE and e.name == "W")
    equation = event_face(shown, event).equation
    factors = [equation.left, *(f for term in equation.terms for f in term.factors)]
    assert [bool(edited_entries(shown, shown.edited, f)) for f in factors] == [False, True, False, False]


def test_the_inspector_marks_the_entry_and_says_what_it_was(qtbot: QtBot) -> None:
    view = EquationView()
    qtbot.addWidget(view)
    view.resize(600, 300)
    shown = with_edits(WeightEdit("W", (2, 0), 2.0))
    view.set_equation(node_faces(shown, Vertex("h", 2))[-1].equation, shown)
    block = next(b for _, b in view.arrangement.blocks() if b.factor.parameter == "W")
    assert block.edited == {(0, 2)}
    was = figures(with_edits().trace.parameters["W"][2, 0], 6)
    assert view._hover_text(block, (0, 2)).endswith(f"edited by hand (was {was})")
    assert "edited" not in view._hover_text(block, (0, 1))


def test_the_inspector_marks_a_number_of_the_state_before_the_first_step(qtbot: QtBot) -> None:
    view = EquationView()
    qtbot.addWidget(view)
    view.resize(600, 300)
    plain = a_document("hidden_to_hidden", feedback=None, length=3, hidden=3)
    shown = show(replace(plain, edits=(InitialEdit("h", 1, 0.5),)))
    view.set_equation(node_faces(shown, Vertex("a", 1))[0].equation, shown)
    block = next(b for _, b in view.arrangement.blocks() if b.factor.vertex == Vertex("h", 0))
    assert block.edited == {(1,)}
    assert view._hover_text(block, (1,)).endswith("edited by hand (was 0)")
    assert "edited" not in view._hover_text(block, (0,))


@pytest.mark.parametrize("cell", ["#000000", "#ffffff", "#335599"])
def test_the_corner_shows_on_a_cell_of_any_colour(theme: Theme, cell: str) -> None:
    rect = QRectF(10, 10, 20, 20)
    picture = painted(lambda p: paint_corner(p, rect, theme.text, theme.surface), 40, 40, ground=cell)
    brightness = picture[10:18, 20:30].mean(axis=2)
    assert np.ptp(brightness) > 120


def test_of_a_state_that_stands_for_several_steps_the_gradient_is_the_sum_of_theirs(canvas: Canvas) -> None:
    plain = a_document("skip_in_time", feedback=None, length=4, hidden=3, lag=2)

    def at(value: float) -> Shown:
        return show(replace(plain, edits=(InitialEdit("h", 0, value),)))

    slope = (at(0.5001).trace.loss - at(0.4999).trace.loss) / 0.0002
    first = tip(canvas, at(0.5), Vertex("h", 0)).split("<tr>")[2]
    value, _, total = (float(n.replace("−", "-")) for n in re.findall(r">([−\d.]+)&nbsp;", first)[1:])
    assert value == 0.5 and total == pytest.approx(slope, rel=1e-4)
