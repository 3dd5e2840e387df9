"""The settings as a learner changes them, with mouse and keys; what cannot be is not offered, or explained."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from explorer.architectures import architectures
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.own_signal import OWN_SIGNALS
from explorer.tasks import get_task, task_ids
from explorer.training.matching import mismatch
from explorer.training.settings import SHOWN, TaskSettings
from explorer.ui.parts.fields import Choice
from explorer.ui.settings.sequence_settings import in_full
from explorer.ui.window.main_window import MainWindow
from tests.settings import flat
from tests.ui.settings.choosing import choose_network

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key
IDS = tuple(architectures())


def goes(network: str, task: str) -> bool:
    return mismatch(architectures()[network], get_task(task)) is None


def choose(qtbot: QtBot, box: Choice, id: str) -> None:
    """Open a list with a click and choose an entry. By key, since Qt ignores a second click that comes so soon."""
    qtbot.mouseClick(box, LEFT)
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    view.setCurrentIndex(view.model().index(box.findData(id), 0))
    qtbot.keyClick(view, Key.Key_Return)
    box.hidePopup()


def type_into(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Put another text in the place of what a field holds."""
    field.setFocus()
    qtbot.keyClick(field, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Key.Key_Return)


def test_the_keys_1_to_9_show_the_networks(qtbot: QtBot, window: MainWindow) -> None:
    for key, id in enumerate(IDS[:9], Key.Key_1):
        qtbot.keyClick(window.canvas, Key(key))
        assert window.session.shown.architecture.id == id and window.sidebar.network.network == architectures()[id]


def test_a_network_that_is_given_nothing_asks_only_for_a_length(qtbot: QtBot, window: MainWindow) -> None:
    settings = window.sidebar.sequence
    given = (settings.task, settings.example, settings.lesson)
    window.perform("network_dynamical_system")
    assert settings.length.isVisible() and not any(part.isVisible() for part in given)
    assert window.caption.text.startswith("12 events to come: nothing is computed yet")
    window.perform("network_recurrent_state")
    window.perform("start")
    assert all(part.isVisible() for part in (settings.task, settings.example))
    assert "the inputs are given, nothing" in window.caption.text


def test_every_task_that_a_network_can_learn_is_chosen_from_the_list(qtbot: QtBot, window: MainWindow) -> None:
    for task in (id for id in task_ids() if any(goes(network, id) for network in IDS)):
        if not goes(window.session.document.network.architecture, task):
            choose_network(qtbot, window, next(id for id in IDS if goes(id, task)))
        choose(qtbot, window.sidebar.sequence.task, task)
        assert window.session.document.task.id == task
        fed_back = window.session.shown.architecture.takes_feedback
        assert window.sidebar.sequence.lesson.text() == get_task(task).teaches(fed_back)
        own = {option.name for option in get_task(task).options() if not option.common}
        assert set(window.sidebar.sequence.options.fields) == own


def test_how_targets_are_put_out_is_chosen_beside_the_heading(qtbot: QtBot, window: MainWindow) -> None:
    output = window.sidebar.sequence.options.output
    height = output.height()
    choose(qtbot, output.box, "linear")
    assert window.session.document.task.options == {"output": "linear"}
    assert window.session.shown.network.output.kind.id == "linear"
    choose(qtbot, window.sidebar.sequence.task, "temporal_xor")
    assert output.box.currentText() == "sigmoid" and not output.box.model().item(0).isEnabled()
    assert "are bits, not symbols" in output.box.itemData(0, Qt.ItemDataRole.ToolTipRole)
    window.perform("change", architecture="sequence_to_one", task=TaskSettings("adding_problem"))
    assert output.box.currentText() == "linear" and not output.box.isEnabled()
    assert output.height() == height


def test_a_task_that_makes_no_sense_cannot_be_chosen_and_says_why(window: MainWindow) -> None:
    for id, network in architectures().items():
        window.perform("change", architecture=id)
        box = window.sidebar.sequence.task
        for row in range(box.count()):
            index = box.model().index(row, 0)
            why = mismatch(network, get_task(box.itemData(row)))
            assert bool(index.flags() & Qt.ItemFlag.ItemIsEnabled) == (not why)
            assert index.data(Qt.ItemDataRole.ToolTipRole) == (why or in_full(get_task(box.itemData(row)), network))
            assert ("needs" in box.itemText(row)) == bool(why)
        tasks = [box.itemData(row) for row in range(box.count())]
        able = [goes(id, task) for task in tasks]
        assert able == sorted(able, reverse=True) and sorted(tasks) == sorted(task_ids())
        assert box.currentText() == window.session.shown.task.title


def test_a_click_on_an_impossible_task_changes_nothing(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.document
    choose(qtbot, window.sidebar.sequence.task, "majority")
    assert window.session.document == before


def test_a_network_that_cannot_learn_the_task_brings_one_that_it_can(qtbot: QtBot, window: MainWindow) -> None:
    choose_network(qtbot, window, "sequence_to_one")
    document = window.session.document
    assert not mismatch(window.session.shown.architecture, get_task(document.task.id))
    assert window.sidebar.sequence.task.currentData() == document.task.id


def test_numbers_are_typed_stepped_and_bounded(qtbot: QtBot, window: MainWindow) -> None:
    sequence, model = window.sidebar.sequence, window.sidebar.model
    for number, field in ((sequence.length, "length"), (model.hidden, "hidden"), (model.seed, "seed")):

        def value(field: str = field) -> int:
            return flat(window.session.document)[field]

        type_into(qtbot, number, "3")
        assert value() == 3, field
        number.setFocus()
        qtbot.keyClick(number, Key.Key_Up)
        assert value() == 4, field
        qtbot.keyClick(number, Key.Key_Down)
        qtbot.keyClick(number, Key.Key_Down)
        assert value() == 2, field
        type_into(qtbot, number, "-7")
        assert value() in (2, 7), f"{field}: a minus sign cannot be typed"
        assert number.maximum() == SHOWN[field]
        type_into(qtbot, number, "")
        assert number.value() == value(), f"{field}: an empty field keeps its number"


def test_a_number_counts_only_once_it_is_typed_whole(qtbot: QtBot, window: MainWindow) -> None:
    number = window.sidebar.sequence.length
    number.setFocus()
    number.selectAll()
    qtbot.keyClicks(number, "12")
    assert window.session.document.length == 6
    qtbot.keyClick(number, Key.Key_Return)
    assert window.session.document.length == 12
    assert window.menus["undo"].isEnabled()
    window.menus["undo"].trigger()
    assert window.session.document.length == 6, "one step of undo"


def test_the_wheel_scrolls_past_fields_without_changing_them(qtbot: QtBot, window: MainWindow) -> None:
    before = window.session.document
    for field in (window.sidebar.sequence.length, window.sidebar.sequence.task):
        turn = QWheelEvent(
            QPointF(5, 5),
            QPointF(field.mapToGlobal(QPoint(5, 5))),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, turn)
    assert window.session.document == before


def test_another_example_is_another_sequence_of_the_same_task(qtbot: QtBot, window: MainWindow) -> None:
    x = window.session.shown.trace.value("x", 1)
    for number in range(1, 8):
        type_into(qtbot, window.sidebar.sequence.example, str(number))
        if (window.session.shown.trace.value("x", 1) != x).any():
            break
    else:
        raise AssertionError("eight examples begin alike")
    assert window.session.document.example == number


def test_every_activation_is_chosen_from_the_list(qtbot: QtBot, window: MainWindow) -> None:
    for activation in reversed(ACTIVATIONS):
        choose(qtbot, window.sidebar.model.activation, activation)
        assert window.session.document.network.activation == activation


def test_how_w_begins_is_chosen_from_the_list_and_shown_at_once(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("change", architecture="hidden_to_hidden")
    for initial in ("identity", "orthogonal", "seeded"):
        choose(qtbot, window.sidebar.model.initial, initial)
        W = window.session.shown.trace.parameters["W"]
        assert np.array_equal(W, np.eye(8)) == (initial == "identity")
        assert np.allclose(W @ W.T, np.eye(8)) == (initial != "seeded")


def test_a_start_that_no_matrix_has_cannot_be_chosen(window: MainWindow) -> None:
    window.perform("change", architecture="output_to_hidden")
    assert not window.sidebar.model.initial.isEnabled()
    assert "no matrix of its own" in window.sidebar.model.initial.toolTip()


def test_biases_are_left_out_and_undo_brings_them_back(qtbot: QtBot, window: MainWindow) -> None:
    check = window.sidebar.model.biases
    qtbot.mouseClick(check, LEFT, pos=QPoint(8, check.height() // 2))
    assert not {"b", "c"} & window.session.shown.trace.parameters.keys()
    window.perform("undo")
    assert {"b", "c"} <= window.session.shown.trace.parameters.keys() and check.isChecked()


# What is fed back.


def test_the_radio_buttons_say_what_is_fed_back(qtbot: QtBot, window: MainWindow) -> None:
    feedback = window.sidebar.feedback
    assert feedback.target.isChecked() and not feedback.own.isVisible()
    for button, id in (
        (feedback.free, "free_running_yhat"),
        (feedback.mixed, "mixed_yhat"),
        (feedback.target, "teacher_forcing"),
    ):
        qtbot.mouseClick(button, LEFT, pos=QPoint(8, button.height() // 2))
        assert window.session.document.feedback == id and button.isChecked()
        assert feedback.own.isVisible() == (button is not feedback.target)


def test_every_signal_of_its_own_can_be_fed_back(qtbot: QtBot, window: MainWindow) -> None:
    feedback = window.sidebar.feedback
    for button, prefix in ((feedback.free, "free_running"), (feedback.mixed, "mixed")):
        qtbot.mouseClick(button, LEFT, pos=QPoint(8, button.height() // 2))
        for own in reversed(OWN_SIGNALS):
            choose(qtbot, feedback.own, own)
            assert window.session.document.feedback == f"{prefix}_{own}"


def test_a_network_without_output_feedback_says_why_there_is_nothing_to_choose(
    qtbot: QtBot, window: MainWindow
) -> None:
    choose_network(qtbot, window, "hidden_to_hidden")
    feedback = window.sidebar.feedback
    assert feedback.why.isVisible() and "does not feed its output back" in feedback.why.text()
    assert not any(w.isVisible() for w in (feedback.target, feedback.free, feedback.mixed, feedback.own))
    choose_network(qtbot, window, "output_to_hidden")
    assert not feedback.why.isVisible() and feedback.target.isVisible()


# The task's own options.


def text_field(qtbot: QtBot, window: MainWindow) -> Choice:
    choose(qtbot, window.sidebar.sequence.task, "next_symbol")
    return window.sidebar.sequence.options.fields["text"]


def test_what_is_no_whole_number_changes_nothing_and_says_why(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window.sidebar.sequence.task, "delayed_echo")
    before = window.session.document
    options = window.sidebar.sequence.options.fields
    fields = window.sidebar.sequence.length, options["k"], options["symbols"], window.sidebar.model.seed
    for field, label in zip(fields, ("Length T", "Delay k", "Symbols", "Seed"), strict=True):
        window.notice.hide()
        type_into(qtbot, field, "1.5")
        said = f"{label}: “1.5” cannot be used here; write a whole number from"
        assert window.notice.isVisible() and window.notice.text.text().startswith(said)
        assert window.session.document == before and field.value() == int(field.cleanText())


def test_a_delay_is_stepped_on_and_on_in_one_field(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window.sidebar.sequence.task, "delayed_echo")
    (name, delay) = next(iter(window.sidebar.sequence.options.fields.items()))
    before = delay.value()
    delay.setFocus()
    for _ in range(2):
        qtbot.keyClick(delay, Key.Key_Up)
    assert window.session.document.task.options[name] == before + 2
    assert window.sidebar.sequence.options.fields[name] is delay, "the field in use is not replaced"
    window.menus["undo"].trigger()
    assert delay.value() == before + 1


def test_a_text_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    line = text_field(qtbot, window).lineEdit()
    type_into(qtbot, line, "abac")
    assert window.session.document.task.options == {"text": "abac"}
    assert window.session.shown.task.output_symbols == ("a", "b", "c")
    window.menus["undo"].trigger()
    assert line.text() == "hello"


def test_an_example_text_is_chosen_from_the_list(qtbot: QtBot, window: MainWindow) -> None:
    box = text_field(qtbot, window)
    box.setFocus()
    qtbot.keyClick(box, Key.Key_Down)
    box.activated.emit(box.currentIndex())
    assert window.session.document.task.options == {"text": box.itemText(box.currentIndex())}


def test_a_text_that_is_refused_stays_to_be_mended_and_says_why(qtbot: QtBot, window: MainWindow) -> None:
    line = text_field(qtbot, window).lineEdit()
    before = window.session.document
    type_into(qtbot, line, "a")
    assert window.session.document == before
    assert "at least 2" in window.notice.text.text() and window.notice.isVisible()
    assert line.text() == "a" and window.sidebar.sequence.options.fields["text"].property("invalid") is True
    window.notice.hide()
    line.setFocus()
    window.canvas.setFocus()
    assert not window.notice.isVisible(), "it is said once, not at each look"
    type_into(qtbot, line, "ab")
    assert window.session.document.task.options == {"text": "ab"} and not window.notice.isVisible()
    assert window.sidebar.sequence.options.fields["text"].property("invalid") is False


def test_a_pasted_text_that_will_not_do_is_explained_at_once(qtbot: QtBot, window: MainWindow) -> None:
    line = text_field(qtbot, window).lineEdit()
    kept = window.sidebar.sequence.options.kept
    for text, said in (
        ("", "is empty; give it at least 2 characters"),
        ("a" * 20_000, "at least"),
        ("".join(map(chr, range(0x20000, 0x20000 + 100_000))), "different characters"),
    ):
        before, in_use = window.session.document, line.text()
        QGuiApplication.clipboard().setText(text)
        line.setFocus()
        line.selectAll()
        if text:
            qtbot.keyClick(line, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        else:
            qtbot.keyClick(line, Key.Key_Delete)
        qtbot.keyClick(line, Key.Key_Return)
        assert window.session.document == before, said
        assert said in window.notice.text.text() and window.notice.isVisible()
        assert len(window.notice.text.text()) < 250, said
        assert kept.isVisible() and kept.text() == f"Not taken; “{in_use}” is still in use.", said
        assert line.hasFocus() or window.focusWidget() is line.parent(), f"to be mended at once ({said})"
        type_into(qtbot, line, "ab")
        assert not kept.isVisible() and window.focusWidget() is window.canvas, said


def test_a_text_comes_from_a_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = text_field(qtbot, window).lineEdit()
    path = tmp_path / "poem.txt"
    path.write_text("tyger tyger\nburning bright\n" * 400)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args, **kwargs: (str(path), ""))
    qtbot.mouseClick(window.sidebar.sequence.options.from_file, LEFT)
    assert window.session.document.task.options == {"text": path.read_text()}
    assert line.text().startswith("tyger tyger") and len(line.text()) <= 200


def test_a_text_file_that_will_not_do_is_explained(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text_field(qtbot, window)
    before, path = window.session.document, tmp_path / "text.txt"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args, **kwargs: (str(path), ""))
    for content, said in (
        (None, "cannot be read: No such file"),
        (b"", "empty"),
        (b"a", "at least two different characters"),
        ("".join(map(chr, range(0x20000, 0x20000 + 100_000))).encode(), "holds 100,000 different characters"),
        (b"x" * (10 * 2**20 + 1), "larger than 10 MB"),
    ):
        if content is not None:
            path.write_bytes(content)
        window.notice.hide()
        qtbot.mouseClick(window.sidebar.sequence.options.from_file, LEFT)
        assert window.session.document == before
        assert window.notice.isVisible() and said in window.notice.text.text()


def test_a_number_half_typed_is_dropped_with_the_task_it_belongs_to(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window.sidebar.sequence.task, "delayed_echo")
    field = next(iter(window.sidebar.sequence.options.fields.values()))
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "2")
    window.do(lambda: window.session.change(task=TaskSettings("running_parity")))
    assert window.session.document.task.options == {} and not window.notice.isVisible()


def test_a_long_name_is_shortened_where_there_is_no_room_and_whole_in_the_list(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(900, 560)
    window.perform("change", architecture="sequence_to_one")
    box = window.sidebar.sequence.task
    choose(qtbot, box, "first_symbol_recall")
    assert box.text_rect().right() <= box.width()
    qtbot.mouseClick(box, LEFT)
    qtbot.waitUntil(box.view().isVisible)
    assert box.view().viewport().width() >= box.view().sizeHintForColumn(0)
    box.hidePopup()


def test_a_learner_chooses_the_lag_of_a_connection_that_skips_steps(window: MainWindow) -> None:
    lag = window.sidebar.model.lag
    assert not lag.isVisible(), "where nothing skips there is none to choose"
    window.perform("change", architecture="skip_in_time")
    assert lag.isVisible() and lag.value() == 3
    lag.setValue(2)
    assert {edge.lag for edge in window.session.shown.graph.edges if edge.weight == "W_d"} == {2}


def test_what_a_network_leaves_open_is_chosen_beside_its_other_settings(qtbot: QtBot, window: MainWindow) -> None:
    choices = window.sidebar.choices
    assert not choices.isVisible()
    window.perform("change", architecture="echo_state")
    assert choices.isVisible() and [*choices.fields] == ["radius", "sparsity", "input_scale"]
    type_into(qtbot, choices.fields["radius"], "1.2")
    assert window.session.document.network.choices == {"radius": 1.2}
    type_into(qtbot, choices.fields["radius"], "11")
    assert window.session.document.network.choices == {"radius": 1.2}, "no radius is above 10"
    window.perform("change", architecture="leaky")
    learned = choices.fields["learned"]
    assert isinstance(learned, QCheckBox) and learned.isChecked()
    qtbot.mouseClick(learned, LEFT)
    assert window.session.document.network.choices == {"learned": False}
    window.menus["undo"].trigger()
    assert learned.isChecked()


def test_a_text_says_what_teacher_forcing_means_for_the_network_beside_it(window: MainWindow) -> None:
    feedback = window.sidebar.feedback
    window.perform("change", task=TaskSettings("next_symbol"))
    assert window.session.document.network.architecture == "autoregressive" and feedback.target.isVisible()
    assert "What is fed back is all that it reads" in feedback.why.text()
    window.perform("change", architecture="gru")
    assert feedback.why.isVisible() and "In 'Next symbol' x(t) is y(t − 1), the truth" in feedback.why.text()
    assert not feedback.target.isVisible()
