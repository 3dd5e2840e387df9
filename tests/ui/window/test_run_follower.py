"""A run is watched in the graph: its numbers change while it trains, and one click leads back and forth."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytest import MonkeyPatch
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.session.document import FIRST
from explorer.session.files import Opened
from explorer.training.pace import PACES
from explorer.ui.training.controls import PAUSE, RESUME, TRAIN_ON
from explorer.ui.window import slow_motion
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_plan

pytestmark = pytest.mark.usefixtures("at_once")


def test_the_graph_follows_a_run_and_initial_and_now_are_one_click_apart(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("change", plan=a_plan(iterations=60), hidden=3)
    window.perform("select", thing=Vertex("yhat", 2))
    session, trainer, seen = window.session, window.training.trainer, set[int]()
    initial = session.shown.trace.parameters["W"].copy()
    assert window.header.whose.isHidden()

    window.perform("train_slower")
    assert window.training.controls.pace.currentData() == "slow" and trainer.pace == PACES["slow"]
    window.perform("train")
    record = session.runs.current[0]

    def moves() -> bool:
        seen.update([] if session.view.travel is None else [session.view.travel[1]])
        return len(seen) > 2

    qtbot.waitUntil(moves, timeout=60_000)
    assert trainer.running and window.header.whose.choice == 1 and session.selection == Vertex("yhat", 2)
    assert window.header.title.text() == record.name
    assert window.header.weights.shown == f"iteration {session.view.travel[1]}"  # type: ignore[index]

    window.training.controls.pace.asked.emit("full")
    qtbot.waitUntil(lambda: not trainer.running and session.view.travel == (record.id, 60), timeout=60_000)
    last = record.weights(60)
    assert last is not None
    np.testing.assert_array_equal(session.shown.trace.parameters["W"], last[1]["W"])
    assert window.status.origin.text() == f"showing weights of {record.name}, iteration 60"
    assert window.training.controls.run_button.text() == TRAIN_ON

    before, now = window.header.whose.findChildren(QToolButton)
    qtbot.mouseClick(before, Qt.MouseButton.LeftButton)
    np.testing.assert_array_equal(session.shown.trace.parameters["W"], initial)
    assert window.header.whose.choice == 0 and session.cursor > 0
    qtbot.keyClick(window.canvas, Qt.Key.Key_I)
    assert window.header.whose.choice == 1 and session.view.travel == (record.id, 60)
    window.perform("travel", run=record.id, iteration=20)
    assert window.header.whose.choice == -1 and window.training.travel.at == (record, 20)
    qtbot.mouseClick(now, Qt.MouseButton.LeftButton)
    assert session.view.travel == (record.id, 60) and window.training.travel.at is None

    window.perform("change", plan=a_plan(iterations=60, learning_rate=0.3), hidden=3)
    assert session.beginning is None, "another run begins as this one did"
    window.training.controls.reset_button.click()
    np.testing.assert_array_equal(session.shown.trace.parameters["W"], initial)
    assert window.header.whose.isHidden(), "there is no run to follow"


def test_in_slow_motion_one_iteration_after_another_is_played(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("change", plan=a_plan(iterations=60), hidden=2, length=3)
    window.perform("look", pace="slow motion", speed=16.0)
    session, trainer, button = window.session, window.training.trainer, window.training.controls.run_button
    window.play(True)
    window.perform("train")
    qtbot.waitUntil(lambda: window.caption.text.startswith("Iteration 1, sequence 1 of 32"), timeout=60_000)
    assert window.player.playing and not trainer.running and button.text() == PAUSE and trainer.book.iteration == 1
    window.perform("end")
    assert not window.caption.go_on.isVisible(), "the next comes by itself"
    qtbot.waitUntil(lambda: window.caption.text.startswith("Iteration 2"), timeout=60_000)
    first = session.runs.current[0].weights(1)
    assert first is not None
    np.testing.assert_array_equal(session.shown.trace.parameters["W"], first[1]["W"])

    window.perform("train")
    at = session.cursor
    assert not window.player.playing and button.text() == RESUME
    window.perform("train")
    assert window.player.playing and session.cursor == at
    window.perform("look", pace="slow")
    qtbot.waitUntil(lambda: trainer.running and session.view.travel == (0, trainer.book.iteration), timeout=60_000)
    window.perform("look", pace="slow motion")
    qtbot.waitUntil(lambda: window.caption.text.startswith(f"Iteration {trainer.book.iteration},"), timeout=60_000)
    window.perform("train_anew")
    assert not session.looking and session.cursor < len(session.shown.events)


def test_slow_motion_goes_on_with_what_is_there_and_with_nothing_else(
    qtbot: QtBot, window: MainWindow, monkeypatch: MonkeyPatch
) -> None:
    monkeypatch.setattr(slow_motion, "LAST_SEEN_MS", 1600)  # 100 ms at this speed
    window.perform("change", plan=a_plan(iterations=60), hidden=2, length=3)
    window.perform("look", pace="slow motion", speed=16.0)
    session, trainer = window.session, window.training.trainer

    def tells(iteration: int) -> None:
        qtbot.waitUntil(lambda: window.caption.text.startswith(f"Iteration {iteration}"), timeout=60_000)

    window.perform("train")
    tells(1)
    window.perform("follow", on=False)
    qtbot.waitUntil(lambda: not trainer.telling, timeout=10_000)
    window.perform("train")
    tells(2)
    assert session.view.follow, "to tell of a run is to follow it"

    first, second = session.runs.current
    window.perform("delete_run", run=first.id)
    window.perform("end")
    tells(3)
    assert session.view.travel == (second.id, 2), "not the one that was deleted"

    window.perform("end")
    window.training.running.reset()
    qtbot.wait(300)
    assert not session.runs.current, "nothing begins by itself"

    window.perform("train")
    tells(1)
    trainer.step()
    window.do(lambda: session.open(Opened(FIRST)))
    qtbot.wait(200)
    assert not session.looking and not trainer.telling, "what was told since is not of this document"
