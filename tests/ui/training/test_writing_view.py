"""What the network writes: greedy or sampled, live while it trains, with a sentence where it cannot."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from explorer.session.runs.writing import LONGEST, Generation
from explorer.training.run import Run
from explorer.ui.training import writing_view
from explorer.ui.training.writing_view import WritingView
from explorer.ui.training.written_text import CELL, HINT, READY, WrittenText
from tests.settings import some_settings
from tests.trained import go_on, kept
from tests.ui.painting import blank
from tests.ui.showing import on_screen

TEXT = some_settings(
    architecture="hidden_and_output",
    task="next_symbol",
    task_options={"text": "hello"},
    feedback="teacher_forcing",
    hidden=12,
    length=10,
)


@pytest.fixture
def view(qtbot: QtBot) -> WritingView:
    return on_screen(qtbot, WritingView(), 360, 200)


def text_of(view: WritingView) -> str:
    return view.text.accessibleDescription()


def wait_for_the_end(qtbot: QtBot, view: WritingView) -> None:
    qtbot.waitUntil(lambda: view._generation is not None and view._generation.done, timeout=5000)


def test_it_writes_by_itself_from_the_beginning_of_the_text(qtbot: QtBot, view: WritingView) -> None:
    view.set_run(kept(Run(TEXT), 0, 300))
    wait_for_the_end(qtbot, view)
    assert view.prompt.text() == "hel"
    assert text_of(view).startswith("hellohellohello") and len(text_of(view)) == LONGEST + 3
    assert view.say.text() == "iteration 300"


def test_at_an_earlier_iteration_it_writes_as_it_did_then(qtbot: QtBot, view: WritingView) -> None:
    view.set_run(kept(Run(TEXT), 0, 300))
    view.set_iteration(0)
    wait_for_the_end(qtbot, view)
    assert view.say.text() == "iteration 0" and not text_of(view).startswith("hellohello")


def test_newer_weights_write_anew_but_not_faster_than_can_be_read(
    qtbot: QtBot, view: WritingView, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(TEXT)
    record = kept(run, 0)
    view.set_run(record)
    go_on(run, record, 1)
    view.refresh()
    assert view.say.text() == "iteration 0"
    monkeypatch.setattr(writing_view, "_STALE", 0.0)
    view.refresh()
    assert view.say.text() == "iteration 1"


def test_the_last_weights_write_although_nobody_asks_again(
    qtbot: QtBot, view: WritingView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run ends while the text before is still to be read."""
    monkeypatch.setattr(writing_view, "_STALE", 0.2)
    run = Run(TEXT)
    record = kept(run, 0)
    view.set_run(record)
    go_on(run, record, 1)
    view.refresh()
    assert view.say.text() == "iteration 0"
    qtbot.waitUntil(lambda: view.say.text() == "iteration 1", timeout=5000)


def test_greedy_is_always_the_same_and_sampled_each_time_another(qtbot: QtBot, view: WritingView) -> None:
    view.set_run(kept(Run(TEXT), 0))
    assert view.temperature.isHidden()
    texts = []
    for choice in (0, 0, 1, 1):
        view.how.choose(choice)
        view.how.chosen.emit(choice)
        qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
        wait_for_the_end(qtbot, view)
        texts.append(text_of(view))
    assert texts[0] == texts[1] and len(set(texts)) == 3
    assert view.temperature.isVisible() and view.degrees.text() == "temperature 1.0"
    view.temperature.setValue(1)
    assert view.degrees.text() == "temperature 0.1"


def test_a_character_that_was_not_learnt_is_refused_in_a_sentence(qtbot: QtBot, view: WritingView) -> None:
    view.set_run(kept(Run(TEXT), 5))
    view.prompt.setText("hex")
    qtbot.keyClick(view.prompt, Qt.Key.Key_Return)
    assert text_of(view).startswith("There is no input symbol of 'Next symbol' called 'x'")
    view.prompt.setText("he")
    qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
    wait_for_the_end(qtbot, view)
    assert text_of(view).startswith("he") and len(text_of(view)) == LONGEST + 2


def test_a_typed_prompt_stays_when_another_run_is_chosen(qtbot: QtBot, view: WritingView) -> None:
    view.set_run(kept(Run(TEXT), 5))
    view.prompt.setText("oh")
    view.set_run(kept(Run(TEXT), 9))
    assert view.prompt.text() == "oh"


def test_a_network_that_learns_no_text_says_so(qtbot: QtBot, view: WritingView) -> None:
    assert text_of(view) == HINT
    view.set_task("next_symbol")
    assert text_of(view) == READY, "the task is chosen already"
    view.set_task("running_parity")
    assert text_of(view) == HINT
    view.set_run(kept(Run(some_settings(architecture="hidden_to_hidden", task="running_parity")), 1))
    assert "'Running parity' cannot write" in text_of(view)


def test_it_writes_a_slice_at_a_time_so_that_the_window_stays_free(
    view: WritingView, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[float] = []
    monkeypatch.setattr(Generation, "write_on", lambda _, seconds: taken.append(seconds))
    view.set_run(kept(Run(TEXT), 0))
    view.write()
    view._write_on()
    assert len(taken) >= 2 and set(taken) == {writing_view.SLICE}


def test_nothing_is_written_while_nobody_looks(qtbot: QtBot, view: WritingView) -> None:
    view.hide()
    view.set_run(kept(Run(TEXT), 5))
    assert view._generation is None
    view.show()
    assert view._generation is not None


def test_characters_stand_in_cells_and_a_line_end_begins_a_row(qtbot: QtBot, theme) -> None:
    text = WrittenText()
    qtbot.addWidget(text)
    text.resize(round(10 * CELL) + 8, 200)
    text.write("ab", "c\nd" + "e" * 10)
    places = text.placed()
    assert [cell[1] for cell in places[:5]] == ["a", "b", "c", "⏎", "d"]
    assert [cell[2] for cell in places[:3]] == [False, False, True]
    tops = [cell[0].top() for cell in places]
    assert tops[3] < tops[4] == tops[13] < tops[14] and text.minimumHeight() > tops[-1]
    assert places[4][0].left() == places[0][0].left()
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "abc\nd" + "e" * 10
    assert not blank(text)
