"""The inspector explains every event, node and parameter of every network, and does what its controls say."""

from collections.abc import Iterator
from itertools import cycle

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from explorer.architectures import architectures, get_architecture
from explorer.graph.analyse.events import Event, Kind
from explorer.graph.equation import Role
from explorer.graph.equations.by_event import equation_of
from explorer.graph.feedback import FEEDBACKS
from explorer.graph.unfold import Vertex
from explorer.session.document import Shown, show
from explorer.session.edits import WeightEdit
from explorer.session.equations.figures import evaluate
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.scene import Scales
from explorer.ui.equations import check
from explorer.ui.equations.array_block import ArrayBlock
from explorer.ui.equations.inspector import Inspector
from explorer.ui.equations.text import READINGS
from tests.settings import a_document

CASES = [
    *((get_architecture(id), None) for id in ("hidden_to_hidden", "sequence_to_one")),
    *zip(map(get_architecture, cycle(("output_to_hidden", "hidden_and_output"))), FEEDBACKS, strict=False),
]
FREE = a_document("hidden_and_output", feedback="free_running_yhat", length=4, hidden=3)


def shown_of(architecture, feedback, **fields) -> Shown:
    task = "majority" if architecture.one_output else "running_parity"
    return show(a_document(architecture.id, task, feedback=feedback, length=3, fed_target=(True, False), **fields))


def event_of(shown: Shown, kind: Kind, name: str, t: int | None = None) -> Event:
    return next(e for e in shown.events if (e.kind, e.name, e.t) == (kind, name, t))


def block_of(inspector: Inspector, tex_here: str) -> tuple[ArrayBlock, float, float]:
    for placed, block in inspector.equation.numbers.view.arrangement.blocks():
        if block.factor.tex_here == tex_here:
            return block, placed.x, placed.axis
    raise AssertionError(f"{tex_here} is not shown")


def point_at(inspector: Inspector, tex_here: str, index: tuple[int, ...]) -> QPointF:
    block, x, axis = block_of(inspector, tex_here)
    return next(
        QPointF(px, py)
        for py in range(int(axis - block.above), int(axis + block.above))
        for px in range(int(x), int(x + block.width))
        if block.index_at(x, axis, QPointF(px, py)) == index
    )


@pytest.fixture
def inspector(qapp) -> Iterator[Inspector]:
    widget = Inspector()
    widget.resize(380, 900)
    widget.show()
    yield widget
    widget.close()
    widget.deleteLater()
    # At once: a change of theme takes its time over every widget that is still there.
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize(("architecture", "feedback"), CASES, ids=lambda p: getattr(p, "id", p))
def test_every_event_is_shown_with_operands_that_give_its_result(inspector, architecture, feedback):
    shown = shown_of(architecture, feedback, hidden=2)
    for event in shown.events:
        inspector.set_event(shown, event)
        assert inspector.title.text == equation_of(shown.trace, event).title
        view = inspector.equation.numbers.view
        operands = [[f.array for f in term] for term in view.figures.terms]
        unit = 10.0 ** (view.figures.left.exponent - view.figures.left.decimals)
        apart = abs(evaluate(view.equation, operands) - view.figures.left.array).max()
        assert apart <= (0.5 + 1e-6) * unit
        inspector.grab()


@pytest.mark.parametrize(("architecture", "feedback"), CASES, ids=lambda p: getattr(p, "id", p))
def test_one_number_has_one_colour_at_every_event_and_in_the_graph(inspector, architecture, feedback):
    shown = shown_of(architecture, feedback, hidden=3)
    graph, parameters = Scales.of(shown), {}
    for event in shown.events:
        inspector.set_event(shown, event)
        for _, block in inspector.equation.numbers.view.arrangement.blocks():
            factor = block.factor
            if block.scalar:
                continue  # it is written in ink
            assert abs(factor.array).max() <= block.limit
            if factor.parameter:
                nabla = factor.tex.startswith(r"\nabla")  # and not what the optimiser makes of it
                kind = (block.map, nabla, factor.parameter)
                assert parameters.setdefault(kind, block.limit) == block.limit
            elif block.map == "gradient":
                assert block.limit == graph.gradient
            elif factor.role in (Role.VALUE, Role.TARGET):
                assert block.limit == graph.values[factor.vertex.name]


@pytest.mark.parametrize("hidden", [1, 8, 40])
@pytest.mark.parametrize("width", [340, 400, 700])
def test_nothing_is_wider_than_the_panel(inspector, hidden, width):
    inspector.resize(width, 700)
    shown = shown_of(architectures()["hidden_and_output"], "free_running_yhat", hidden=hidden)
    for event in shown.events:
        inspector.set_event(shown, event)
        view = inspector.equation.numbers.view
        # A matrix of 40 columns takes what it takes; it scrolls.
        assert view.arrangement.width <= view.parentWidget().width()
        assert inspector.widget().minimumSizeHint().width() <= inspector.viewport().width()


def test_what_has_diverged_is_shown_as_it_is(inspector):
    edits = tuple(WeightEdit("V", (i, j), 1e6) for i in range(2) for j in range(2))
    shown = show(a_document(feedback="free_running_o", activation="identity", length=60, hidden=2, edits=edits))
    assert not shown.trace.finite
    for event in shown.events[-40:]:
        inspector.set_event(shown, event)
        inspector.grab()
    assert inspector.equation.numbers.view.figures.left.text() == "NaN"


def test_before_the_first_event_it_says_what_the_network_teaches(inspector):
    shown = show(FREE)
    inspector.set_event(shown, None)
    assert inspector.position.text() == f"event 0 of {len(shown.events)}"
    assert inspector.caption.text() == shown.architecture.lesson
    assert not inspector.equation.isVisible()


def test_it_says_which_event_this_is(inspector):
    shown = show(FREE)
    inspector.set_event(shown, shown.events[9])
    assert inspector.position.text() == f"event 10 of {len(shown.events)}"
    assert inspector.equation.source.accessibleName() == equation_of(shown.trace, shown.events[9]).source


def test_an_equation_is_read_three_ways(inspector):
    shown = show(FREE)
    inspector.set_event(shown, event_of(shown, Kind.GRADIENT, "h", 2))
    read = {}
    for reading in READINGS:
        inspector.equation.read(reading)
        read[reading] = inspector.equation.formula.latex
        assert inspector.equation.why.isVisible() == (reading == "shapes")
    assert "(t)" in read["symbols"]
    assert r"3 \times 2" in read["shapes"]
    assert "(2)" in read["here"] and "(t)" not in read["here"]
    assert "transpose" in inspector.equation.why.text()


def test_the_shapes_of_a_column_and_a_row_are_seen_to_make_that_of_the_matrix(inspector):
    shown = show(FREE)
    inspector.set_event(shown, event_of(shown, Kind.PARAMETER_GRADIENT, "V"))
    inspector.equation.read("shapes")
    for shape in (r"2 \times 3", r"2 \times 1", r"1 \times 3"):
        assert shape in inspector.equation.formula.latex
    assert "a column times a row" in inspector.equation.why.text()


def test_a_node_shows_what_was_computed_of_it_last(inspector):
    shown = show(FREE)
    inspector.set_event(shown, event_of(shown, Kind.VALUE, "h", 3))
    inspector.set_node(shown, Vertex("h", 3))
    assert inspector.title.text == "h at step 3"
    QTest.mouseClick(inspector.face_buttons[1], Qt.MouseButton.LeftButton)
    assert inspector.title.text == "∇ with respect to h(3)"
    inspector.set_event(shown, shown.events[-1])
    inspector.set_node(shown, Vertex("h", 3))
    assert inspector.title.text == "∇ with respect to h(3)"


@pytest.mark.parametrize(("architecture", "feedback"), CASES, ids=lambda p: getattr(p, "id", p))
def test_the_panel_has_numbers_where_the_graph_has_and_else_says_when_they_come(inspector, architecture, feedback):
    shown = shown_of(architecture, feedback, hidden=2)
    for cursor in (0, 4, len(shown.events) // 2, len(shown.events)):
        view = view_state(shown, View(cursor))
        inspector.show_view(shown, View(cursor))
        for vertex in shown.graph.vertices:
            inspector.set_node(shown, vertex)
            table = view.timetable
            for at, button in zip((table.value_at, table.gradient_at), inspector.face_buttons, strict=False):
                if button.text():
                    button.click()
                    known = at[vertex] <= cursor
                    assert inspector.equation.with_numbers.isVisible() == known
                    assert (f"event {at[vertex]} computes it" in inspector.caption.text()) == (not known)
        for name in shown.trace.parameters:
            inspector.set_parameter(shown, name)
            kinds = (None, Kind.PARAMETER_GRADIENT, Kind.UPDATE)
            for kind, button in zip(kinds, inspector.face_buttons, strict=True):
                button.click()
                at = shown.events.index(event_of(shown, kind, name)) + 1 if kind else 0
                assert inspector.equation.with_numbers.isVisible() == (at <= cursor)


def test_what_is_held_back_has_no_parts_and_no_derivation_either(inspector):
    shown = show(FREE)
    inspector.set_event(shown, shown.events[3])
    inspector.set_node(shown, Vertex("yhat", 3))
    assert not inspector.derivation.isVisible()
    inspector.face_buttons[1].click()
    assert not inspector.parts.isVisible()
    inspector.set_event(shown, shown.events[-1])
    inspector.set_node(shown, Vertex("yhat", 3))
    assert inspector.parts.isVisible()


@pytest.mark.parametrize("vertex", [Vertex("x", 2), Vertex("y", 2), Vertex("h", 0)])
def test_a_given_node_shows_its_numbers_alone(inspector, vertex):
    shown = show(FREE)
    inspector.set_event(shown, None)
    inspector.set_node(shown, vertex)
    view = inspector.equation.numbers.view
    assert (view.figures.left.exact == shown.trace.value(vertex.name, vertex.t)).all()
    assert len(list(view.arrangement.blocks())) == 1


def test_a_parameter_has_three_faces_and_its_ledger(inspector):
    shown = show(FREE)
    inspector.set_event(shown, shown.events[-1])
    inspector.set_parameter(shown, "R")
    titles = []
    for button in inspector.face_buttons:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        titles.append(inspector.title.text)
    assert titles == ["Parameter R", "∇ with respect to R", "Update of R"]
    assert inspector.ledger.account.name == "R"


def test_what_changed_last_is_shown(inspector):
    shown = show(FREE)
    inspector.show_view(shown, View(5))
    stepped = inspector.title.text
    inspector.show_view(shown, View(5, "W"))
    assert inspector.title.text == "Parameter W"
    inspector.show_view(shown, View(6, "W"))
    assert inspector.title.text == equation_of(shown.trace, shown.events[5]).title
    inspector.show_view(shown, View(5))
    assert inspector.title.text == stepped


def test_pointing_at_a_result_says_how_it_is_made(inspector, qtbot):
    shown = show(FREE)
    inspector.set_event(shown, event_of(shown, Kind.GRADIENT, "h", 4))
    view, words = inspector.equation.numbers.view, inspector.equation.numbers.words
    hint = words.text()
    place = point_at(inspector, r"\nabla_{h^{(4)}} L", (1,))
    with qtbot.waitSignal(view.made):
        QTest.mouseMove(view, place.toPoint())
    assert words.text().startswith(view.figures.left.written((1,)).strip("()"))
    row, _, _ = block_of(inspector, r"V^\top")
    assert row.emphasis == {(1, 0), (1, 1)}
    QTest.mouseMove(view, view.rect().bottomRight())
    assert words.text() == hint


def test_keys_move_over_a_result_and_aim(inspector, qtbot):
    shown = show(FREE)
    inspector.set_event(shown, event_of(shown, Kind.UPDATE, "R"))
    view = inspector.equation.numbers.view
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(view, key)
    assert block_of(inspector, "R'")[0].emphasis == {(2, 1)}
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: inspector.check.aimed is not None, timeout=5000)
    assert (inspector.check.aimed.name, inspector.check.aimed.index) == ("R", (2, 1))


@pytest.mark.parametrize("done", [False, True], ids=["before its gradient", "after it"])
def test_what_is_said_of_an_entry_that_was_clicked_is_in_view(inspector, qtbot, monkeypatch, done):
    shown = show(FREE)
    monkeypatch.setattr(check, "SLICE", 0.0)  # a busy machine: the whole parameter is checked after the entry
    inspector.resize(380, 420)
    inspector.show_view(shown, View(len(shown.events) if done else 5, "W"))
    view = inspector.equation.numbers.view
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point_at(inspector, "W", (0, 1)).toPoint())
    said = inspector.check.entry
    qtbot.waitUntil(said.isVisible, timeout=5000)
    qtbot.waitUntil(lambda: not said.visibleRegion().isEmpty(), timeout=5000)
    assert "row 1, column 2" in said.text()
    monkeypatch.undo()
    if done:
        qtbot.waitSignal(inspector.check.checked).wait()
    QApplication.processEvents()
    assert said.visibleRegion().boundingRect() == said.rect()


def test_a_click_on_an_entry_of_a_transposed_matrix_aims_at_the_entry_itself(inspector, qtbot):
    shown = show(FREE)
    inspector.set_event(shown, shown.events[-1])
    inspector.set_node(shown, Vertex("h", 2))
    view = inspector.equation.numbers.view
    place = point_at(inspector, r"V^\top", (2, 1))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place.toPoint())
    qtbot.waitUntil(lambda: inspector.check.aimed is not None, timeout=5000)
    assert (inspector.check.aimed.name, inspector.check.aimed.index) == ("V", (1, 2))


def test_every_cell_has_all_its_figures_in_a_tool_tip(inspector):
    shown = show(FREE)
    inspector.set_event(shown, event_of(shown, Kind.VALUE, "a", 2))
    block, _, _ = block_of(inspector, "W")
    assert block.hover_text((1, 2)) == f"W, row 2, column 3\n{float(shown.trace.parameters['W'][1, 2])!r}".replace(
        "-", "−"
    )
    assert QToolTip.text() == ""


def test_a_tool_tip_leaves_the_row_of_the_equation_to_be_read(inspector, monkeypatch):
    shown, told = show(FREE), []
    inspector.set_event(shown, event_of(shown, Kind.VALUE, "a", 2))
    view, place = inspector.equation.numbers.view, point_at(inspector, "W", (0, 0)).toPoint()
    monkeypatch.setattr(QToolTip, "showText", lambda place, *_: told.append(view.mapFromGlobal(place)))
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    block, x, axis = block_of(inspector, "W")
    assert told[0].x() == place.x() and told[0].y() >= block.body(x, axis).bottom() > place.y()


def test_a_click_on_a_symbol_opens_and_closes_its_array(inspector):
    shown = show(FREE)
    inspector.set_event(shown, event_of(shown, Kind.VALUE, "a", 2))
    block, x, axis = block_of(inspector, "W")
    before = block.expanded
    view = inspector.equation.numbers.view
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=block.label(x, axis).center().toPoint())
    assert block_of(inspector, "W")[0].expanded != before
    inspector.set_event(shown, event_of(shown, Kind.VALUE, "a", 3))
    assert block_of(inspector, "W")[0].expanded != before, "it stays so at the next step"


def test_a_click_on_a_number_leaves_its_array_open_and_one_on_colours_opens_it(inspector):
    shown = show(FREE)
    inspector.set_event(shown, event_of(shown, Kind.VALUE, "a", 2))
    view, number = inspector.equation.numbers.view, point_at(inspector, "h^{(1)}", (1,))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=number.toPoint())
    block, x, axis = block_of(inspector, "h^{(1)}")
    assert block.expanded
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=block.label(x, axis).center().toPoint())
    assert not block_of(inspector, "h^{(1)}")[0].expanded
    colour = point_at(inspector, "h^{(1)}", (1,))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=colour.toPoint())
    assert block_of(inspector, "h^{(1)}")[0].expanded


def test_the_equation_of_another_event_or_node_is_in_view(inspector):
    shown = show(FREE)
    inspector.resize(380, 300)
    bar = inspector.verticalScrollBar()
    inspector.show_view(shown, View(20))
    bar.setValue(150)
    inspector.show_view(shown, View(20))
    assert bar.value() == 150, "nothing new is shown"
    inspector.show_view(shown, View(21))
    assert bar.value() == 0
    bar.setValue(150)
    inspector.show_view(shown, View(21, Vertex("h", 1)))
    assert bar.value() == 0
    bar.setValue(150)
    inspector.show_view(shown, View(22, Vertex("h", 1), pinned="W"))
    assert inspector.ledger.account.name == "W"
    assert bar.value() == 150, "the account is watched"


def test_all_arrays_can_be_opened(inspector):
    shown = shown_of(architectures()["hidden_and_output"], "free_running_yhat", hidden=12)
    inspector.set_event(shown, event_of(shown, Kind.VALUE, "a", 2))
    assert not block_of(inspector, "W")[0].expanded
    inspector.equation.all_figures.click()
    assert all(block.expanded for _, block in inspector.equation.numbers.view.arrangement.blocks())


def test_a_long_sum_is_cut_until_asked_for(inspector):
    shown = show(a_document("hidden_to_hidden", feedback=None, length=20, hidden=2))
    inspector.set_event(shown, event_of(shown, Kind.PARAMETER_GRADIENT, "W"))
    assert inspector.equation.every_term.text() == "Show 14 more steps"
    inspector.equation.every_term.click()
    blocks = list(inspector.equation.numbers.view.arrangement.blocks())
    assert len(blocks) == 1 + 2 * 20


def test_a_derivation_is_closed_until_asked_for_and_then_stays_open(inspector):
    shown = show(FREE)
    inspector.set_event(shown, event_of(shown, Kind.GRADIENT, "o", 3))
    assert not inspector.derivation.lines
    inspector.derivation.button.click()
    assert [line.numbers.isVisible() for line in inspector.derivation.lines] == [True] * 3
    inspector.set_event(shown, event_of(shown, Kind.GRADIENT, "o", 2))
    assert inspector.derivation.lines[2].numbers.figures.left.exact.tolist() == pytest.approx(
        (shown.trace.value("yhat", 2) - shown.trace.value("y", 2)).tolist()
    )
    inspector.set_event(shown, event_of(shown, Kind.VALUE, "h", 2))
    assert not inspector.derivation.isVisible()


@pytest.mark.parametrize(("kind", "name"), [(Kind.VALUE, "yhat"), (Kind.GRADIENT, "o")])
def test_what_a_derivation_arrives_at_has_the_colour_that_it_has_above(inspector, kind, name):
    shown = show(FREE)
    inspector.set_event(shown, event_of(shown, kind, name, 4))
    inspector.derivation.button.click()
    (_, above), *_ = inspector.equation.numbers.view.arrangement.blocks()
    (_, last), *_ = inspector.derivation.lines[2].numbers.arrangement.blocks()
    assert last.figures.exact == pytest.approx(above.figures.exact) and last.limit == above.limit


def test_contributions_stand_apart_and_open(inspector):
    shown = show(FREE)
    inspector.set_event(shown, event_of(shown, Kind.GRADIENT, "h", 2))
    bars = inspector.parts.bars
    assert bars.isVisible() and "from a(3)" in bars.accessibleName()
    low = bars.height()
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton)
    assert bars.opened and bars.height() > low
    inspector.set_event(shown, event_of(shown, Kind.VALUE, "h", 2))
    assert not bars.isVisible()


def test_a_cut_path_is_listed_with_its_reason(inspector):
    shown = show(a_document("output_to_hidden", feedback="teacher_forcing", length=3))
    inspector.set_event(shown, event_of(shown, Kind.GRADIENT, "o", 2))
    assert "cut by teacher forcing" in inspector.parts.cuts.text()
    inspector.set_event(shown, event_of(shown, Kind.GRADIENT, "o", 3))
    assert not inspector.parts.cuts.isVisible()


def test_a_change_of_theme_repaints(inspector, theme):
    shown = show(FREE)
    inspector.set_event(shown, event_of(shown, Kind.GRADIENT, "h", 2))
    corner = inspector.grab().toImage().pixelColor(2, 2)
    assert corner == theme.window


def test_where_a_probability_underflows_the_section_says_how_the_loss_was_computed(inspector: Inspector) -> None:
    document = a_document("hidden_to_hidden", feedback=None, length=4, hidden=3)
    parameters = show(document).trace.parameters
    far = show(document, {name: array * 1e6 for name, array in parameters.items()})
    losses = [e for e in far.events if e.kind is Kind.VALUE and e.name == "L"]
    vanished = [e for e in losses if far.trace.value("yhat", e.t)[far.trace.value("y", e.t).argmax()] == 0]
    assert vanished and len(vanished) < len(losses)
    for event in losses:
        inspector.set_event(far, event)
        said = inspector.equation.beyond
        assert said.isVisible() == (event in vanished)
        assert ("computed from the logits instead" in said.text()) == (event in vanished)


def test_a_softmax_sends_back_figures_in_one_size_where_the_line_ends_before_its_mean(inspector):
    """ŷ ⊙ (∇ŷ − ŷᵀ∇ŷ): the row ŷᵀ had given up its figures, to fit on one line with all in the brackets."""
    inspector.resize(310, 900)
    shown = shown_of(get_architecture("output_to_hidden"), "free_running_yhat", hidden=2)
    inspector.set_event(shown, event_of(shown, Kind.GRADIENT, "o", 2))
    assert all(block.expanded for _, block in inspector.equation.numbers.view.arrangement.blocks())


def test_an_outer_product_keeps_its_figures_where_its_row_has_a_line_of_its_own(inspector):
    """∇o h(t)ᵀ of four units: the row had given up its figures, to fit on one line with the column before it."""
    inspector.resize(310, 900)
    shown = shown_of(get_architecture("sequence_to_one"), None, hidden=4)
    inspector.set_event(shown, event_of(shown, Kind.PARAMETER_GRADIENT, "V"))
    view = inspector.equation.numbers.view
    assert all(block.expanded for _, block in view.arrangement.blocks())
    assert view.arrangement.width <= view.parentWidget().width()
