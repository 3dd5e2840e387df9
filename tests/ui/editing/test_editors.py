"""Inputs, targets, states, parameters and switches are changed where they are drawn, by mouse and by keys."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.errors import ExplorerError
from explorer.graph.unfold import Vertex
from explorer.session.document import Document
from explorer.session.edits import HoldEdit, InitialEdit, InputEdit, NumberEdit, TargetEdit, WeightEdit
from explorer.session.session import Session
from explorer.training.settings import TaskSettings
from explorer.ui.editing.editors import Editors
from explorer.ui.editing.number_table import NumberTable
from explorer.ui.editing.popup import EditorPopup, placed
from explorer.ui.look.theme import Theme
from tests.settings import a_document
from tests.ui.painting import blank, pixels, share_of

HERE = QRect(100, 100, 60, 40)
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Bench:
    """A stand-in for the window: it runs changes, counts refreshes and keeps what it was told."""

    def __init__(self, qtbot: QtBot, document: Document) -> None:
        self.qtbot, self.session = qtbot, Session(document)
        self.canvas = QWidget()
        self.canvas.resize(400, 300)
        qtbot.addWidget(self.canvas)
        self.canvas.show()
        self.refreshes, self.said = 0, ""
        self.editors = Editors(self.canvas, self.session, self.do)

    def do(self, change: Callable[[], object]) -> None:
        self.said = ""
        try:
            change()
        except ExplorerError as error:
            self.said = str(error)
        self.refreshes += 1

    def open(self, thing: Vertex | str | None) -> EditorPopup:
        self.editors.open(thing, HERE)
        assert self.editors.popup is not None and self.editors.popup.isVisible()
        return self.editors.popup

    def table(self, thing: Vertex | str) -> NumberTable:
        table = self.open(thing).table
        assert table is not None
        return table

    def type(self, *keys: str | Qt.Key) -> None:
        """Type texts and keys, each to where the focus is by then."""
        for key in keys:
            for one in key if isinstance(key, str) else [key]:
                focus = QApplication.focusWidget()
                assert focus is not None
                self.qtbot.keyClick(focus, one)
                # A delegate takes a number a moment after its key.
                QApplication.processEvents()

    def weight(self, *index: int, name: str = "W") -> float:
        return float(self.session.shown.trace.parameters[name][index])


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    """Fig. 10.4 with teacher forcing, six steps, eight units."""
    return Bench(qtbot, Document())


class TestSymbols:
    def test_an_input_is_chosen_with_a_click_and_shown_at_once(self, bench: Bench, qtbot: QtBot) -> None:
        popup = bench.open(Vertex("x", 3))
        assert popup.title.text == "Input x(3)" and popup.picker is not None
        other = next(i for i, button in enumerate(popup.picker.buttons) if not button.isChecked())
        y = bench.session.shown.trace.batch.y[:, 0]
        qtbot.mouseClick(popup.picker.buttons[other], Qt.MouseButton.LeftButton)
        assert bench.session.document.edits == (InputEdit(3, other),)
        assert (
            bench.session.shown.trace.value("x", 3).tolist() == bench.session.shown.task.input_vectors[other].tolist()
        )
        assert bench.refreshes == 1 and not popup.isVisible()
        # Running parity: the targets follow, from this step on.
        assert bench.session.shown.trace.batch.y[:, 0].tolist() == [*y[:2], *(1 - y[2:])]

    def test_a_target_is_chosen_with_arrows_and_enter(self, bench: Bench) -> None:
        bench.open(Vertex("y", 2))
        was = int(bench.session.shown.trace.value("y", 2).argmax())
        bench.type(Qt.Key.Key_Left if was else Qt.Key.Key_Right, Qt.Key.Key_Return)
        assert bench.session.document.edits == (TargetEdit(2, 1 - was),)

    def test_a_symbol_is_chosen_by_typing_it(self, qtbot: QtBot) -> None:
        session = Session()
        session.change(architecture="hidden_to_hidden", task=TaskSettings("next_symbol"))
        bench = Bench(qtbot, session.document)
        bench.open(Vertex("x", 1))
        steps = bench.session.shown.task.input_steps
        now = int(bench.session.shown.trace.value("x", 1).argmax())
        wanted = next(i for i in range(len(steps)) if i != now)
        bench.type(steps[wanted])
        assert bench.session.document.edits == (InputEdit(1, wanted),)

    def test_the_present_symbol_chosen_again_is_no_edit(self, bench: Bench) -> None:
        bench.open(Vertex("x", 1))
        bench.type(Qt.Key.Key_Return)
        assert bench.session.document.edits == () and bench.refreshes == 0

    def test_escape_changes_nothing(self, bench: Bench) -> None:
        popup = bench.open(Vertex("y", 2))
        bench.type(Qt.Key.Key_Right, Qt.Key.Key_Escape)
        assert not popup.isVisible() and bench.session.document.edits == () and bench.refreshes == 0


class TestNumbersOfTheSequence:
    def test_a_number_that_is_read_is_typed_where_it_is_drawn_and_the_targets_follow(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, a_document("sequence_to_one", "adding_problem", feedback=None))
        popup = bench.open(Vertex("x", 2))
        assert popup.title.text == "Input x(2)" and popup.table is not None
        bench.type("0.25", Qt.Key.Key_Return, "1", Qt.Key.Key_Return)
        assert bench.session.document.edits == (NumberEdit("x", 2, 0, 0.25), NumberEdit("x", 2, 1, 1.0))
        x, y = bench.session.shown.trace.batch.inputs["x"][:, 0], bench.session.shown.trace.batch.y
        assert x[1].tolist() == [0.25, 1.0] and y[0, 0, 0] == pytest.approx((x[:, 0] * x[:, 1]).sum())

    def test_a_target_that_is_no_bit_is_refused_in_a_sentence_and_can_be_mended(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, a_document(task="temporal_xor"))
        popup = bench.open(Vertex("y", 2))
        before = bench.session.shown
        bench.type("0.5", Qt.Key.Key_Return)
        assert "is made of bits, so it cannot be 0.5; choose 0 or 1" in popup.message.text()
        assert bench.session.shown is before and bench.session.document.edits == ()
        flipped = 1.0 - before.trace.value("y", 2)[0]
        bench.type(f"{flipped:g}", Qt.Key.Key_Return)
        assert bench.session.document.edits == (NumberEdit("y", 2, 0, flipped),)


class TestNumbers:
    def test_a_typed_weight_is_taken_on_enter_and_the_next_row_is_next(self, bench: Bench) -> None:
        table = bench.table("W")
        bench.type("-0.25", Qt.Key.Key_Return)
        assert bench.session.document.edits == (WeightEdit("W", (0, 0), -0.25),) and bench.refreshes == 1
        assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 0)
        assert table.model().index(0, 0).data() == "−0.250"
        bench.type(Qt.Key.Key_Right, Qt.Key.Key_Down, "2e-3", Qt.Key.Key_Return)
        assert bench.weight(2, 1) == 2e-3 and len(bench.session.document.edits) == 2

    def test_enter_opens_the_number_in_full_and_escape_leaves_it(self, bench: Bench) -> None:
        before = bench.weight(0, 0)
        table = bench.table("W")
        bench.type(Qt.Key.Key_Return)
        line = QApplication.focusWidget()
        assert line.text() == repr(before)  # type: ignore[union-attr]
        bench.type("7", Qt.Key.Key_Escape)
        assert bench.weight(0, 0) == before and table.isVisible() and bench.refreshes == 0
        bench.type(Qt.Key.Key_Escape)
        assert not table.isVisible()

    def test_tab_takes_a_number_and_opens_the_one_beside_it(self, bench: Bench) -> None:
        bench.table("W")
        bench.type("1", Qt.Key.Key_Tab, "2", Qt.Key.Key_Return)
        assert (bench.weight(0, 0), bench.weight(0, 1)) == (1.0, 2.0)

    def test_an_arrow_takes_a_number_and_moves_but_within_it_only_the_caret(self, bench: Bench) -> None:
        table = bench.table("W")
        bench.type("12", Qt.Key.Key_Left, "0", Qt.Key.Key_Right, Qt.Key.Key_Right, "3", Qt.Key.Key_Down)
        assert (bench.weight(0, 0), bench.weight(0, 1)) == (102.0, 3.0)
        assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 1)

    def test_enter_goes_along_a_single_row(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, a_document("sequence_to_one", "adding_problem", feedback=None))
        assert bench.table("V").model().rowCount() == 1
        bench.type("1", Qt.Key.Key_Return, "2", Qt.Key.Key_Return)
        assert (bench.weight(0, 0, name="V"), bench.weight(0, 1, name="V")) == (1.0, 2.0)

    @pytest.mark.parametrize("text", ["abc", "0.5.1", "--1", "1e"])
    def test_what_is_no_number_is_said_and_can_be_mended(self, bench: Bench, text: str) -> None:
        popup = bench.open("W")
        bench.type(text, Qt.Key.Key_Return)
        assert popup.message.text() == f"“{text}” is not a number; write it like −0.5 or 2e-3."
        assert popup.message.isVisible() and bench.session.document.edits == ()
        bench.type(*[Qt.Key.Key_Backspace] * len(text), "0.5", Qt.Key.Key_Return)
        assert bench.weight(0, 0) == 0.5 and not popup.message.isVisible()

    def test_two_numbers_in_a_cell_are_not_made_one(self, bench: Bench) -> None:
        popup = bench.open("W")
        bench.type("0.1 2", Qt.Key.Key_Return)
        assert popup.message.text().startswith("“0.1 2” is not one number") and bench.session.document.edits == ()
        bench.type(Qt.Key.Key_Escape)
        assert popup.message.isHidden(), "nothing wrong is left there"

    @pytest.mark.parametrize("text", ["1e9", "inf", "nan"])
    def test_a_number_out_of_bounds_is_refused_and_its_cell_kept(self, bench: Bench, text: str) -> None:
        before, popup = bench.weight(0, 0), bench.open("W")
        table = popup.table
        assert table is not None
        bench.type(text, Qt.Key.Key_Return)
        assert "An entry of W cannot be" in popup.message.text() and popup.message.text() == bench.said
        assert bench.weight(0, 0) == before and table.currentIndex().row() == 0
        assert not blank(table)

    def test_a_bias_is_a_column(self, bench: Bench) -> None:
        table = bench.table("b")
        assert (table.model().rowCount(), table.model().columnCount()) == (8, 1)
        bench.type(Qt.Key.Key_Down, "3", Qt.Key.Key_Return)
        assert bench.session.document.edits == (WeightEdit("b", (1,), 3.0),)

    def test_an_initial_state_is_set_unit_by_unit(self, bench: Bench) -> None:
        popup = bench.open(Vertex("y", 0))
        assert popup.title.text == "Initial state y(0)"
        bench.type("0.5", Qt.Key.Key_Return, "1", Qt.Key.Key_Return)
        assert bench.session.document.edits == (InitialEdit("y", 0, 0.5), InitialEdit("y", 1, 1.0))
        assert bench.session.shown.trace.value("y", 0).tolist() == [0.5, 1.0]

    def test_delete_makes_zeros(self, bench: Bench) -> None:
        bench.table("W").selectColumn(1)
        bench.type(Qt.Key.Key_Delete)
        assert not bench.session.shown.trace.parameters["W"][:, 1].any()
        bench.session.undo()
        assert bench.session.shown.trace.parameters["W"].all()

    def test_control_enter_fills_what_is_selected_with_one_number(self, bench: Bench) -> None:
        table = bench.table("W")
        table.selectAll()
        bench.type("0.5")
        bench.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert (bench.session.shown.trace.parameters["W"] == 0.5).all() and bench.refreshes == 1
        bench.type("2", Qt.Key.Key_Return)
        assert bench.weight(0, 0) == 2.0 and bench.weight(0, 1) == 0.5


class TestPasting:
    def paste(self, bench: Bench, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        focus = QApplication.focusWidget()
        assert focus is not None
        bench.qtbot.keyClick(focus, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def test_a_block_is_one_undo_step(self, bench: Bench) -> None:
        before = bench.session.shown.trace.parameters["W"].copy()
        bench.table("W")
        bench.type(Qt.Key.Key_Down)
        self.paste(bench, "1\t2\n3\t4\n")
        assert bench.session.shown.trace.parameters["W"][1:3].tolist() == [[1, 2], [3, 4]]
        assert bench.refreshes == 1
        bench.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        np.testing.assert_array_equal(bench.session.shown.trace.parameters["W"], before)
        bench.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CTRL_SHIFT)
        assert bench.weight(2, 1) == 4.0

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "There are no numbers here"),
            ("1\tx", "“x” in row 1, column 2 is not a number; write it like −0.5 or 2e-3."),
            ("x", "“x” is not a number; write it like −0.5 or 2e-3."),
            ("1\t2\n3", "The rows of numbers are not equally long"),
            ("1\t2\t3", "These numbers are 1×3, but from row 1, column 1 on there is room for 8×2"),
            ("1\t1e7", "An entry of W cannot be 10000000.0"),
        ],
    )
    def test_a_bad_block_changes_nothing_and_says_why(self, bench: Bench, text: str, sentence: str) -> None:
        before = bench.session.shown.trace.parameters["W"].copy()
        popup = bench.open("W")
        self.paste(bench, text)
        assert popup.message.text().startswith(sentence) and popup.message.isVisible()
        np.testing.assert_array_equal(bench.session.shown.trace.parameters["W"], before)
        assert not bench.session.can_undo

    def test_a_printed_row_fills_a_bias(self, bench: Bench) -> None:
        bench.table("b")
        self.paste(bench, repr(np.arange(8) / 4))
        assert bench.session.shown.trace.parameters["b"].tolist() == [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75]

    def test_what_is_copied_can_be_pasted_back(self, bench: Bench) -> None:
        table = bench.table("U")
        table.selectAll()
        bench.qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        self.paste(bench, QGuiApplication.clipboard().text())
        assert bench.session.document.edits == ()  # every number is the same, to the last figure


class TestFeeding:
    def test_flipping_one_step_reroutes_its_edge(self, bench: Bench, qtbot: QtBot) -> None:
        popup = bench.open(Vertex("y", 3))
        target, own = popup.feeding
        assert target.isChecked()
        qtbot.mouseClick(own, Qt.MouseButton.LeftButton, pos=QPoint(8, own.height() // 2))
        document = bench.session.document
        assert document.feedback == "mixed_yhat" and document.fed_target == (True, True, False, True, True, True)
        assert any(
            e.source == Vertex("yhat", 3) and e.target == Vertex("f", 3) for e in bench.session.shown.graph.edges
        )
        assert popup.isVisible() and own.isChecked()

    def test_a_switch_is_flipped_by_one_click_and_by_a_double_click_once(self, bench: Bench) -> None:
        bench.session.feed(2, False)
        bench.editors.click(Vertex("f", 2))
        assert bench.session.document.fed_target[1]
        bench.editors.open(Vertex("f", 2), QRect())
        assert bench.session.document.fed_target[1] and bench.editors.popup is None

    def test_enter_flips_a_switch(self, bench: Bench) -> None:
        bench.session.feed(2, False)
        bench.editors.open(Vertex("f", 2), QRect())
        assert bench.session.document.fed_target[1] and bench.refreshes == 1

    @pytest.mark.parametrize("thing", [Vertex("x", 1), Vertex("h", 2), "W", None])
    def test_a_click_on_anything_else_edits_nothing(self, bench: Bench, thing: Vertex | str | None) -> None:
        bench.editors.click(thing)
        assert bench.editors.popup is None and bench.refreshes == 0


def test_what_is_computed_is_said_to_be(bench: Bench) -> None:
    bench.editors.open(Vertex("L", 3), HERE)
    assert bench.said.startswith("L is what everything else is judged by")
    assert bench.editors.popup is None


def test_nothing_selected_is_said(bench: Bench) -> None:
    bench.editors.open(None, QRect())
    assert bench.said.startswith("Select an input, a target, an initial state or a parameter first")


def test_an_undo_that_leads_to_another_network_closes_the_editor(bench: Bench) -> None:
    bench.session.change(hidden=4)
    popup = bench.open("W")
    bench.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bench.session.document.network.hidden == 8 and not popup.isVisible()


def test_a_new_editor_replaces_the_old_one(bench: Bench) -> None:
    first = bench.open("W")
    second = bench.open("U")
    assert not first.isVisible() and second.isVisible()


@pytest.mark.parametrize(
    ("thing", "where"),
    [
        (QRect(400, 300, 60, 40), QPoint(330, 346)),
        (QRect(400, 700, 60, 40), QPoint(330, 494)),
        (QRect(0, 300, 60, 40), QPoint(0, 346)),
        (QRect(980, 300, 60, 40), QPoint(824, 346)),
        (QRect(400, -200, 60, 1200), QPoint(330, 0)),
    ],
    ids=["below", "above", "left edge", "right edge", "no room"],
)
def test_an_editor_stands_beside_its_thing_and_within_the_screen(thing: QRect, where: QPoint) -> None:
    assert placed(thing, QSize(200, 200), QRect(0, 0, 1024, 768)) == where


def test_numbers_changed_by_hand_have_a_mark_and_colours_follow_the_theme(bench: Bench, theme: Theme) -> None:
    bench.session.edit(WeightEdit("b", (0,), 1e-9))
    table = bench.table("b")
    bench.type(Qt.Key.Key_Down, Qt.Key.Key_Down)

    def corner(row: int) -> np.ndarray:
        rect = table.visualRect(table.model().index(row, 0))
        picture = pixels(table.viewport().grab(rect).toImage())
        return picture[2:5, -6:-2]

    assert share_of(corner(1), theme.surface) > 0.9
    assert share_of(corner(0), theme.surface) < 0.5


def test_a_large_matrix_is_shown_in_part_and_opens_quickly(qtbot: QtBot) -> None:
    session = Session()
    session.change(architecture="hidden_to_hidden")
    session.change(hidden=128)
    bench = Bench(qtbot, session.document)
    table = bench.table("W")
    assert table.width() < 1000 and table.height() < 400
    table.setCurrentIndex(table.model().index(127, 127))
    bench.type("1", Qt.Key.Key_Return)
    assert bench.weight(127, 127) == 1.0


def test_keys_that_the_editor_does_not_know_are_left_alone(bench: Bench) -> None:
    popup = bench.open(Vertex("y", 2))
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(popup, event)
    assert popup.isVisible() and bench.refreshes == 0


def test_a_state_is_held_by_typing_a_number_and_let_go_by_a_button(bench: Bench) -> None:
    session = bench.session
    before = session.shown.trace.loss
    popup = bench.open(Vertex("h", 2))
    assert popup.holding is not None and not popup.holding.let_go.isEnabled() and not popup.effect.isVisible()
    bench.type("0.5", Qt.Key.Key_Return)
    assert session.document.edits == (HoldEdit("h", 2, 0, 0.5),)
    assert popup.effect.text().startswith("L was ")
    popup.holding.later.click()
    assert session.document.edits == (HoldEdit("h", 2, 0, 0.5, onward=True),)
    popup.holding.hold.click()
    assert len(session.document.edits) == len(session.shown.trace.value("h", 2))
    assert session.document.edits[0] == HoldEdit("h", 2, 0, 0.5, onward=True), "what is held stays"
    popup.holding.let_go.click()
    assert not session.document.edits and session.shown.trace.loss == before and not popup.effect.isVisible()
