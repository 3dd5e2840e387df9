"""Every tool tip of the window speaks to a learner: none shows the name that the program has for a thing."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QComboBox, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from explorer.architectures import architectures
from explorer.graph.feedback import FEEDBACKS
from explorer.session.document import Document
from explorer.session.view.cards import CARDS
from explorer.tasks import get_task, task_ids
from explorer.training.settings import RunSettings
from explorer.ui.drawing.pointing import description
from explorer.ui.window.main_window import MainWindow
from tests.settings import FOUR

IDS = {
    *FOUR,
    *task_ids(),
    *FEEDBACKS,
    *(option.name for id in task_ids() for option in get_task(id).options()),
    *Document.__struct_fields__,
    *RunSettings.__struct_fields__,
    "yhat",
    "argmax",
}
RAW = re.compile(rf"\b({'|'.join(id for id in IDS if '_' in id or id in ('yhat', 'argmax'))})\b")
NETWORKS = [
    *((id, None) for id, architecture in architectures().items() if id in FOUR and not architecture.takes_feedback),
    ("output_to_hidden", "teacher_forcing"),
    *(("hidden_and_output", feedback) for feedback in ("free_running_argmax", "mixed_yhat")),
]
GRID = 3
"""Points in each direction at which a widget is pointed at."""


def pointed_at(whole: QWidget, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What every part says when it is pointed at, in many places."""
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda at, text, *more: said.append(text))
    for widget in whole.findChildren(QWidget):
        if not isValid(widget):
            continue  # it has given way to another since
        if widget.toolTip():
            yield widget.toolTip()
        if isinstance(widget, QComboBox):
            yield from (str(widget.itemData(i, Qt.ItemDataRole.ToolTipRole) or "") for i in range(widget.count()))
        if not widget.isVisible():
            continue
        for x in range(1, 2 * GRID, 2):
            for y in range(1, 2 * GRID, 2):
                at = QPoint(widget.width() * x // (2 * GRID), widget.height() * y // (2 * GRID))
                there = widget.mapToGlobal(at)
                none = Qt.MouseButton.NoButton
                keys = Qt.KeyboardModifier.NoModifier
                move = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), QPointF(there), none, none, keys)
                QApplication.sendEvent(widget, move)
                QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, there))
    yield from said


def test_no_tool_tip_shows_a_raw_name(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    for architecture, feedback in NETWORKS:
        window.perform("change", architecture=architecture)
        if feedback:
            window.perform("change", feedback=feedback)
        window.perform("end")
        window.perform("look", card="reach")
        found = list(pointed_at(window, monkeypatch))
        scene = window.canvas._scene
        assert scene is not None
        graph, trace = window.session.shown.graph, window.session.shown.trace
        found += [description(scene, thing) for thing in (*graph.vertices, *graph.boundary, *trace.parameters)]
        assert len(found) > 50, (architecture, feedback)
        assert [text for text in found if RAW.search(text)] == [], (architecture, feedback)


def test_nor_does_one_of_a_run(window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    window.perform("change", architecture="hidden_and_output")
    window.training.running.step()
    qtbot.waitUntil(lambda: window.training.book.iteration >= 1, timeout=20_000)
    for id in CARDS:
        window.training.views.turn_to(id)
        found = list(pointed_at(window.training.views, monkeypatch))
        assert [text for text in found if RAW.search(text)] == []
    found = list(pointed_at(window, monkeypatch))
    assert [text for text in found if RAW.search(text)] == []
    assert any("Teacher forcing" in text for text in found)
