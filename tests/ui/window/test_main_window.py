"""The window as a learner handles it, with mouse and keys: stepping, undo, messages, panels, looks."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.graph.analyse.events import Phase
from explorer.graph.unfold import Vertex
from explorer.session.edits import WeightEdit
from explorer.session.stepping import Grain, middle_of_backward, next_cursor, phases
from explorer.session.training_plan import Plan
from explorer.ui.look import theme as themes
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_plan
from tests.ui.keys import press, set_length

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def last(window: MainWindow) -> int:
    return len(window.session.shown.events)


# Stepping.


def test_the_buttons_and_keys_step(qtbot: QtBot, window: MainWindow) -> None:
    bar, events = window.transport, window.session.shown.events
    ways = {
        (Grain.NODE, 1): ((Key.Key_Space, PLAIN), (Key.Key_Right, PLAIN), bar.forward),
        (Grain.NODE, -1): ((Key.Key_Space, SHIFT), (Key.Key_Left, PLAIN), bar.back),
        (Grain.STEP, 1): ((Key.Key_Down, PLAIN), bar.fast_forward),
        (Grain.STEP, -1): ((Key.Key_Up, PLAIN), bar.fast_back),
        (Grain.PHASE, 1): ((Key.Key_PageDown, PLAIN),),
        (Grain.PHASE, -1): ((Key.Key_PageUp, PLAIN),),
    }
    for (grain, direction), ways_there in ways.items():
        for way in ways_there:
            window.perform("go_to", cursor=40)
            if isinstance(way, tuple):
                press(qtbot, *way)
            else:
                qtbot.mouseClick(way, LEFT)
            assert window.session.cursor == next_cursor(events, 40, direction, grain) != 40, way
            assert window.inspector.position.text() == bar.position.text()


def test_home_and_end_go_to_the_ends(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, Key.Key_End)
    assert window.session.cursor == last(window)
    press(qtbot, Key.Key_Home)
    assert window.session.cursor == 0
    for button, cursor in ((window.transport.end, last(window)), (window.transport.start, 0)):
        qtbot.mouseClick(button, LEFT)
        assert window.session.cursor == cursor


def test_every_event_forward_and_every_event_back(qtbot: QtBot, window: MainWindow) -> None:
    captions = [window.caption.text]
    for _ in range(last(window)):
        press(qtbot, Key.Key_Space)
        captions.append(window.caption.text)
    assert len(set(captions)) == last(window) + 1
    back = [window.caption.text]
    for _ in range(last(window)):
        press(qtbot, Key.Key_Space, SHIFT)
        back.append(window.caption.text)
    assert back == captions[::-1]


def test_arrows_belong_to_the_field_that_has_the_focus(qtbot: QtBot, window: MainWindow) -> None:
    window.sidebar.model.hidden.setFocus()
    press(qtbot, Key.Key_Up)
    assert (window.session.document.network.hidden, window.session.cursor) == (9, 0)
    window.sidebar.network.setFocus()
    press(qtbot, Key.Key_Right)
    assert window.session.cursor == 0
    window.header.fold.setFocus()
    press(qtbot, Key.Key_Right)
    assert window.session.cursor == 0 and window.canvas.fold > 0


def test_the_scrub_bar_travels_and_tells(qtbot: QtBot, window: MainWindow) -> None:
    scrub = window.transport.scrub
    qtbot.mouseClick(scrub, LEFT, pos=QPoint(round(scrub.x_of(33)), 16))
    assert window.session.cursor == 33
    assert window.caption.text.startswith("Event 33 of ")


def test_a_coarser_grain_is_chosen_and_kept(qtbot: QtBot, window: MainWindow) -> None:
    window.transport.grain.setFocus()
    press(qtbot, Key.Key_End)
    window.canvas.setFocus()
    press(qtbot, Key.Key_Space)
    assert window.session.cursor == phases(window.session.shown.events)[0][2]


def test_play_goes_on_by_itself_as_fast_as_is_chosen_and_ends_at_the_end(qtbot: QtBot, window: MainWindow) -> None:
    set_length(qtbot, window, "1")
    for _ in range(10):
        press(qtbot, Key.Key_Period)
    assert window.transport.speed.currentText() == "16×"
    press(qtbot, Key.Key_P)
    assert window.transport.play.accessibleName() == "Pause"
    qtbot.waitUntil(lambda: window.session.cursor == last(window), timeout=8000)
    assert not window.player.playing and window.transport.play.accessibleName() == "Play"
    qtbot.mouseClick(window.transport.play, LEFT)
    assert window.player.playing and window.session.cursor == 0, "from the start again"
    press(qtbot, Key.Key_P)
    at = window.session.cursor
    qtbot.wait(80)
    assert window.session.cursor == at


def test_slower_is_slower(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(10):
        press(qtbot, Key.Key_Comma)
    assert window.transport.speed.currentText() == "0.25×"


def test_the_graph_is_clicked_and_esc_leads_back_to_the_event(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("go_to", cursor=10)
    title = window.inspector.title.text
    vertex = next(v for v in window.session.shown.graph.vertices if (v.name, v.t) == ("o", 3))
    qtbot.mouseClick(window.canvas, LEFT, pos=window.canvas.vertex_rect(vertex).center())
    assert window.session.selection == vertex and window.inspector.title.text != title
    press(qtbot, Key.Key_Escape)
    assert window.session.selection is None and window.inspector.title.text == title


# What is drawn.


def test_f_folds_and_unfolds(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, Key.Key_F)
    qtbot.waitUntil(lambda: window.canvas.fold == 1.0, timeout=5000)
    assert window.header.fold.value() == 100 and window.header.title.text() == "Folded graph"
    press(qtbot, Key.Key_F)
    qtbot.waitUntil(lambda: window.canvas.fold == 0.0, timeout=5000)
    assert window.header.fold.value() == 0 and window.header.title.text() == "Unfolded graph"


def test_the_slider_folds(qtbot: QtBot, window: MainWindow) -> None:
    window.header.fold.setFocus()
    press(qtbot, Key.Key_End)
    assert window.canvas.fold == 1.0


def test_test_time_lets_the_network_live_on_its_own_output(qtbot: QtBot, window: MainWindow) -> None:
    train, test = (window.header.times.findChildren(QWidget)[i] for i in (0, 1))
    qtbot.mouseClick(test, LEFT)
    assert window.session.document.test_time
    assert window.session.shown.network.feedback is not None
    assert not window.session.shown.network.feedback.target
    qtbot.mouseClick(train, LEFT)
    assert not window.session.document.test_time


def test_the_pre_activations_are_drawn_on_demand_by_key_and_by_box(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, Key.Key_A)
    assert window.header.activations.isChecked() and window.canvas.view.view.show_a
    qtbot.mouseClick(window.header.activations, LEFT, pos=QPoint(8, 10))
    assert not window.canvas.view.view.show_a and not window.menus["show_a"].isChecked()


def test_zoom_and_fit(qtbot: QtBot, window: MainWindow) -> None:
    def width() -> int:
        vertex = window.session.shown.graph.vertices[0]
        return window.canvas.vertex_rect(vertex).width()

    fitted = width()
    press(qtbot, Key.Key_Plus)
    assert width() > fitted
    qtbot.waitUntil(lambda: window.header.findChildren(QWidget) != [])
    press(qtbot, Key.Key_0)
    assert width() == fitted


# Undo.


def test_undo_redo_and_taking_edits_back(qtbot: QtBot, window: MainWindow) -> None:
    first = window.session.document
    assert not window.menus["undo"].isEnabled() and not window.menus["take_edits_back"].isEnabled()
    set_length(qtbot, window, "4")
    assert window.session.document.length == 4
    press(qtbot, Key.Key_Z, CONTROL)
    assert window.session.document == first
    assert window.sidebar.sequence.length.value() == first.length
    press(qtbot, Key.Key_Z, CONTROL | SHIFT)
    assert window.session.document.length == 4
    window.do(lambda: window.session.edit(WeightEdit("W", (0, 0), 0.5)))
    assert window.session.shown.trace.parameters["W"][0, 0] == 0.5
    window.menus["take_edits_back"].trigger()
    assert window.session.document.edits == () and window.session.document.length == 4
    press(qtbot, Key.Key_Z, CONTROL)
    assert window.session.shown.trace.parameters["W"][0, 0] == 0.5
    press(qtbot, Key.Key_Y, CONTROL)
    assert window.session.document.edits == ()


def test_a_change_keeps_the_event(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("go_to", cursor=middle_of_backward(window.session.shown.events))
    event = window.session.event
    window.sidebar.model.activation.setFocus()
    press(qtbot, Key.Key_Down)
    assert window.session.document.network.activation != "tanh"
    assert window.session.event == event and event.phase is Phase.BACKWARD


# What goes wrong.


def test_what_cannot_be_is_said_and_the_last_good_state_stays(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("go_to", cursor=12)
    before, caption = window.session.document, window.caption.text
    window.do(lambda: window.session.change(hidden=0))
    assert window.notice.isVisible() and "'Hidden units' is 0" in window.notice.text.text()
    assert (window.session.document, window.caption.text, window.session.cursor) == (before, caption, 12)
    press(qtbot, Key.Key_Space)
    assert window.notice.isVisible(), "it stays while one looks around"
    set_length(qtbot, window, "5")
    assert not window.notice.isVisible(), "and goes with the next change"


def test_a_key_of_what_cannot_be_done_says_why_and_one_that_holds_says_what(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, Key.Key_H)
    assert "Select a computed node first" in window.status.message.text()
    window.perform("select", thing=Vertex("h", 3))
    press(qtbot, Key.Key_H)
    assert window.session.shown.edited.held == {Vertex("h", 3)} and "h(3) is held" in window.notice.text.text()


def test_a_note_can_be_closed(qtbot: QtBot, window: MainWindow) -> None:
    window.say_error("Something is amiss.")
    qtbot.mouseClick(window.notice.closer, LEFT)
    assert not window.notice.isVisible()


def test_numbers_that_are_none_are_named_and_undone_by_one_click(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("change", architecture="hidden_to_hidden")
    window.do(lambda: window.session.change(activation="identity", length=60))
    good = window.session.document
    window.do(lambda: window.session.edit_all(WeightEdit("W", (i, i), 1e6) for i in range(8)))
    assert not window.session.shown.trace.finite
    assert "no finite number" in window.notice.text.text() and window.notice.remedy.text() == "Undo"
    window.perform("end")
    qtbot.mouseClick(window.notice.remedy, LEFT)
    assert window.session.document == good and not window.notice.isVisible()


# Looks.


def test_the_look_is_chosen_from_the_menu(window: MainWindow) -> None:
    looks = {action.text().replace("&", ""): action for action in window.menus.actions if action.actionGroup()}
    assert looks["Light"].isChecked()
    looks["Dark"].trigger()
    assert themes.current() is themes.DARK and not looks["Light"].isChecked()
    looks["Light"].trigger()
    assert themes.current() is themes.LIGHT


def test_only_as_the_system_follows_the_system(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    hints = QApplication.instance().styleHints()
    monkeypatch.setattr(themes, "system_theme", lambda: themes.DARK)
    hints.colorSchemeChanged.emit(hints.colorScheme())
    assert themes.current() is themes.LIGHT
    window.appearance.choose("system")
    assert themes.current() is themes.DARK
    monkeypatch.setattr(themes, "system_theme", lambda: themes.LIGHT)
    hints.colorSchemeChanged.emit(hints.colorScheme())
    assert themes.current() is themes.LIGHT


# The panels.


def test_each_panel_can_be_put_away(qtbot: QtBot, window: MainWindow) -> None:
    for key, panel in ((Key.Key_B, window.sidebar), (Key.Key_I, window.inspector), (Key.Key_J, window.training)):
        size = window.canvas.size()
        press(qtbot, key, CONTROL)
        assert not panel.isVisible(), key
        qtbot.waitUntil(lambda size=size: window.canvas.size() != size)
        press(qtbot, key, CONTROL)
        assert panel.isVisible(), key


# Training and the graph.


def test_weights_changed_by_hand_are_said_to_be(window: MainWindow) -> None:
    window.do(lambda: window.session.edit(WeightEdit("W", (0, 0), 2.0)))
    assert window.status.origin.text() == "showing initial weights of seed 7, edited"
    window.do(lambda: window.session.change(plan=a_plan(initial_scale=2.0)))
    assert window.status.origin.text() == "showing initial weights × 2 of seed 7, edited"


def test_another_plan_leaves_a_question_waiting_and_is_shown_once(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.perform("quiz", on=True)
    while not window.quiz_card.waiting:
        window.perform("next")
    window.training.controls.plan_changed.emit(a_plan(batch=5))
    assert window.quiz_card.waiting and window.session.document.plan.training.batch == 5
    shown: list[int] = []
    monkeypatch.setattr(window.training.controls, "set_plan", lambda plan, *_: shown.append(plan.training.batch))
    window.menus["undo"].trigger()
    assert shown == [Plan().training.batch]


def test_a_plan_that_cannot_be_is_said_and_the_last_good_one_stays(window: MainWindow) -> None:
    window.training.controls.plan_changed.emit(a_plan(learning_rate=-1.0))
    assert window.notice.isVisible() and "'Learning rate' is -1.0" in window.notice.text.text()
    assert window.training.plan == window.session.document.plan == Plan()


def test_trained_weights_are_shown_and_the_seed_s_come_back(qtbot: QtBot, window: MainWindow) -> None:
    initial = window.session.shown.trace.parameters["W"].copy()
    press(qtbot, Key.Key_T, CONTROL)
    qtbot.waitUntil(lambda: window.training.book.iteration >= 1, timeout=20_000)
    window.training.losses.line_moved.emit(1.0)
    assert "iteration 1" in window.status.origin.text()
    assert (window.session.shown.trace.parameters["W"] != initial).any()
    window.menus["initial_weights"].trigger()
    assert (window.session.shown.trace.parameters["W"] == initial).all()
    assert window.status.origin.text() == "showing initial weights of seed 7"


def test_the_seed_is_one_and_the_same_everywhere(qtbot: QtBot, window: MainWindow) -> None:
    field = window.sidebar.model.seed
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "11")
    qtbot.keyClick(field, Key.Key_Return)
    assert window.training.problem.seed == window.session.document.seed == 11


def test_closing_ends_the_worker(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, Key.Key_T, CONTROL)
    qtbot.waitUntil(lambda: window.training.book.iteration >= 1, timeout=20_000)
    process = window.training.trainer.worker.workers[0]._link.process
    window.close()
    process.join(5)
    assert not process.is_alive()
