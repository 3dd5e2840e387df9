"""The window as a learner handles it, with mouse and keys: stepping, undo, messages, files, looks, focus."""

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.graph.analyse.events import Phase
from explorer.graph.unfold import Vertex
from explorer.session.edits import WeightEdit
from explorer.session.files import save_document
from explorer.session.stepping import Grain, middle_of_backward, next_cursor, phases
from explorer.session.training_plan import Plan
from explorer.ui.look import theme as themes
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_document, a_plan
from tests.ui.settings.choosing import choose_network

LEFT = Qt.MouseButton.LeftButton
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def press(qtbot: QtBot, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def last(window: MainWindow) -> int:
    return len(window.session.shown.events)


def set_length(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Type another length, as a learner does."""
    field = window.sidebar.sequence.length
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Key.Key_Return)


# Stepping.


@pytest.mark.parametrize(
    ("button", "grain", "direction"),
    [
        ("forward", Grain.NODE, 1),
        ("back", Grain.NODE, -1),
        ("fast_forward", Grain.STEP, 1),
        ("fast_back", Grain.STEP, -1),
    ],
)
def test_the_buttons_step(qtbot: QtBot, window: MainWindow, button: str, grain: Grain, direction: int) -> None:
    window.perform("go_to", cursor=20)
    qtbot.mouseClick(getattr(window.transport, button), LEFT)
    assert window.session.cursor == next_cursor(window.session.shown.events, 20, direction, grain) != 20
    assert window.transport.position.text() == f"event {window.session.cursor} of {last(window)}"
    assert window.inspector.position.text() == window.transport.position.text()


@pytest.mark.parametrize(
    ("key", "modifier", "grain", "direction"),
    [
        (Key.Key_Space, Qt.KeyboardModifier.NoModifier, Grain.NODE, 1),
        (Key.Key_Space, SHIFT, Grain.NODE, -1),
        (Key.Key_Right, Qt.KeyboardModifier.NoModifier, Grain.NODE, 1),
        (Key.Key_Left, Qt.KeyboardModifier.NoModifier, Grain.NODE, -1),
        (Key.Key_Down, Qt.KeyboardModifier.NoModifier, Grain.STEP, 1),
        (Key.Key_Up, Qt.KeyboardModifier.NoModifier, Grain.STEP, -1),
        (Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, Grain.PHASE, 1),
        (Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, Grain.PHASE, -1),
    ],
)
def test_the_keys_step(
    qtbot: QtBot, window: MainWindow, key: Key, modifier: Qt.KeyboardModifier, grain: Grain, direction: int
) -> None:
    window.perform("go_to", cursor=20)
    press(qtbot, key, modifier)
    assert window.session.cursor == next_cursor(window.session.shown.events, 20, direction, grain) != 20


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


# Files.


def choose_file(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Answer the next file dialog with this path."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args, **kwargs: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: True)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(path)])


def test_save_and_open_again(qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.rnnx"
    choose_file(monkeypatch, path)
    set_length(qtbot, window, "4")
    press(qtbot, Key.Key_S, CONTROL)
    assert window.status.message.text() == "Saved mine.rnnx."
    assert window.windowTitle().startswith("mine.rnnx") and not window.isWindowModified()
    saved = window.session.document
    press(qtbot, Key.Key_2)
    press(qtbot, Key.Key_3)
    assert window.isWindowModified() and window.status.message.text() != "Saved mine.rnnx."
    press(qtbot, Key.Key_O, CONTROL)
    assert window.session.document == saved and not window.isWindowModified()
    assert window.status.message.text() == "Opened mine.rnnx."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"", "is no RNN Explorer file"),
        (b"\xff\xfe\x00", "is no RNN Explorer file"),
        (b"[1, 2", "is no RNN Explorer file"),
        (b'{"hidden": "many"}', "is no RNN Explorer file"),
        (b'{"colour": 3}', "is no RNN Explorer file"),
        (b'{"architecture": "output_to_hiden"}', "output_to_hidden"),
        (b'{"length": 100000}', "Length T"),
        (b'{"hidden": 0}', "Hidden units"),
        (b'{"plan": {"optimizer": "adamm"}}', "adam"),
        (b'{"plan": {"modes": ["teacher"]}}', "teacher_forcing"),
        (b'{"plan": {"batch": 0}}', "'Batch' is 0; choose a whole number from 1"),
        (b'{"plan": {"seeds": 99}}', "choose a whole number from 1 to 10."),
        (b'{"plan": {"rate": 1}}', "is no RNN Explorer file"),
        (b'{"edits": [{"type": "weight", "name": "W", "index": [99, 0], "value": 1}]}', "W"),
    ],
)
def test_a_bad_file_is_explained_and_changes_nothing(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes | None,
    said: str,
) -> None:
    path = tmp_path / "bad.rnnx"
    if content is not None:
        path.write_bytes(content)
    choose_file(monkeypatch, path)
    before = window.session.document
    press(qtbot, Key.Key_O, CONTROL)
    assert window.notice.isVisible() and said in window.notice.text.text()
    assert window.session.document == before and window.documents.path is None
    assert "\n" not in window.notice.text.text()


def test_saving_where_one_may_not_is_explained(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_file(monkeypatch, tmp_path / "nowhere" / "mine.rnnx")
    press(qtbot, Key.Key_S, CONTROL)
    assert "cannot be written" in window.notice.text.text() and window.documents.path is None


@pytest.mark.parametrize(
    ("call", "number", "reason"),
    [
        pytest.param("os.fsync", errno.ENOSPC, "No space left on device", id="disk full"),
        pytest.param("tempfile.mkstemp", errno.EACCES, "Permission denied", id="read-only folder"),
    ],
)
def test_a_full_disk_and_a_read_only_folder_keep_the_file_and_are_explained(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    number: int,
    reason: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "mine.rnnx"
    path.write_bytes(b"old")
    choose_file(monkeypatch, path)
    monkeypatch.setattr(call, fail)
    press(qtbot, Key.Key_S, CONTROL)
    assert window.notice.isVisible()
    assert window.notice.text.text() == f"{path} cannot be written: {reason}. Choose another place."
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_undoing_an_open_leads_back_to_the_file_before_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lesson.rnnx"
    save_document(a_document(length=3), path)
    choose_file(monkeypatch, path)
    press(qtbot, Key.Key_O, CONTROL)
    assert window.windowTitle().startswith("lesson.rnnx")
    press(qtbot, Key.Key_Z, CONTROL)
    assert window.documents.path is None and not window.isWindowModified()
    window.menus["redo"].trigger()
    assert window.documents.path == path and not window.isWindowModified()
    press(qtbot, Key.Key_1)
    press(qtbot, Key.Key_Z, CONTROL)
    assert window.documents.path == path, "a change within a file is another thing than opening one"


def test_folding_the_training_panel_gives_its_keys_to_the_graph(qtbot: QtBot, window: MainWindow) -> None:
    window.training.set_folded(False)
    window.training.views.tabs.bar.setFocus()
    qtbot.mouseClick(window.training.controls.fold_button, Qt.MouseButton.LeftButton)
    assert window.training.folded and window.canvas.hasFocus()


def test_weights_changed_by_hand_are_said_to_be(window: MainWindow) -> None:
    window.do(lambda: window.session.edit(WeightEdit("W", (0, 0), 2.0)))
    assert window.status.origin.text() == "showing initial weights of seed 7, edited"
    window.do(lambda: window.session.change(plan=a_plan(initial_scale=2.0)))
    assert window.status.origin.text() == "showing initial weights × 2 of seed 7, edited"


def test_how_training_is_planned_is_saved_and_opened_too(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_file(monkeypatch, tmp_path / "lesson.rnnx")
    window.training.controls.open_form("batch")
    form = window.training.controls.form
    batch = form.fields["batch"]
    qtbot.keyClicks(batch, "5")
    qtbot.keyClick(batch, Key.Key_Return)
    form.hide()
    assert window.session.document.plan.training.batch == 5
    press(qtbot, Key.Key_S, CONTROL)
    press(qtbot, Key.Key_Z, CONTROL)
    assert window.training.plan == Plan() and window.isWindowModified()
    press(qtbot, Key.Key_O, CONTROL)
    assert window.training.plan == a_plan(batch=5) and not window.isWindowModified()
    assert batch.text() == "5"


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


def test_a_saved_file_is_readable_by_people(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_file(monkeypatch, tmp_path / "mine.rnnx")
    press(qtbot, Key.Key_S, CONTROL)
    assert json.loads((tmp_path / "mine.rnnx").read_text())["network"]["architecture"] == "output_to_hidden"


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


# Keyboard only.


def focus_order(qtbot: QtBot, window: MainWindow) -> list[QWidget]:
    """Where Tab leads, from the graph until it comes back."""
    window.canvas.setFocus()
    found: list[QWidget] = []
    while len(found) < 200:
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        found.append(QApplication.focusWidget())
        if found[-1] is window.canvas:
            return found
    raise AssertionError(f"Tab does not come back to the graph: {found[-5:]}")


def describe(widget: QWidget) -> str:
    return f"{type(widget).__name__} in {' in '.join(type(w).__name__ for w in ancestors(widget))}"


def ancestors(widget: QWidget) -> Iterator[QWidget]:
    while (widget := widget.parentWidget()) is not None:
        yield widget


def part_of(window: MainWindow, widget: QWidget) -> str:
    parts = ("sidebar", "header", "canvas", "caption", "transport", "inspector", "training")
    return next((name for name in parts if getattr(window, name).isAncestorOf(widget)), "")


def test_tab_leads_through_the_window_in_reading_order(qtbot: QtBot, window: MainWindow) -> None:
    window.training.build()
    window.perform("end")
    found = focus_order(qtbot, window)
    parts = [part_of(window, widget) or "canvas" for widget in found]
    in_order = [part for i, part in enumerate(parts) if i == 0 or part != parts[i - 1]]
    start = in_order.index("sidebar")
    assert in_order[start:] + in_order[:start] == [
        "sidebar",
        "header",
        "canvas",
        "caption",
        "transport",
        "inspector",
        "training",
    ]
    tabbed = {type(widget).__name__ for widget in found}
    assert {"ChosenNetwork", "WholeNumber", "Choice", "IconButton", "ScrubBar", "QPushButton"} <= tabbed


def test_everything_that_takes_the_focus_has_a_name_for_screen_readers(qtbot: QtBot, window: MainWindow) -> None:
    window.training.build()
    window.perform("end")
    nameless = [
        describe(widget)
        for widget in focus_order(qtbot, window)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []


def test_the_focus_is_visible(qtbot: QtBot, window: MainWindow) -> None:
    window.training.build()
    unseen = []
    for widget in focus_order(qtbot, window)[:-1]:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        focused = widget.grab().toImage()
        window.canvas.setFocus()
        if widget.grab().toImage() == focused and not isinstance(widget, QLineEdit):
            unseen.append(describe(widget))
    assert unseen == []


def test_space_presses_the_button_that_tab_has_led_to_and_else_steps(qtbot: QtBot, window: MainWindow) -> None:
    free = window.sidebar.feedback.findChildren(QRadioButton)[1]
    free.setFocus()
    press(qtbot, Key.Key_Space)
    assert window.session.document.feedback == "free_running_yhat" and window.session.cursor == 0
    qtbot.mouseClick(window.transport.forward, LEFT)
    assert window.session.cursor == 1
    window.transport.forward.setFocus()
    press(qtbot, Key.Key_Return)
    assert window.session.cursor == 2


def test_a_click_on_a_button_leaves_the_keys_with_the_graph(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.transport.forward, LEFT)
    choose_network(qtbot, window, "hidden_to_hidden")
    assert QApplication.focusWidget() is window.canvas
    cursor = window.session.cursor
    press(qtbot, Key.Key_Right)
    assert window.session.cursor == cursor + 1


def test_a_typed_number_gives_the_keys_back_to_the_graph(qtbot: QtBot, window: MainWindow) -> None:
    set_length(qtbot, window, "3")
    assert QApplication.focusWidget() is window.canvas
    press(qtbot, Key.Key_Space)
    assert window.session.cursor == 1


# The panels.


@pytest.mark.parametrize(("key", "panel"), [(Key.Key_B, "sidebar"), (Key.Key_I, "inspector"), (Key.Key_J, "training")])
def test_each_panel_can_be_put_away(qtbot: QtBot, window: MainWindow, key: Key, panel: str) -> None:
    size = window.canvas.size()
    press(qtbot, key, CONTROL)
    assert not getattr(window, panel).isVisible()
    qtbot.waitUntil(lambda: window.canvas.size() != size)
    press(qtbot, key, CONTROL)
    assert getattr(window, panel).isVisible()


# Training and the graph.


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
