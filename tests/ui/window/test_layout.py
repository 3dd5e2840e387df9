"""A low window leaves its height to the graph until training is wanted; what is written there can be read."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from explorer.session.document import show
from explorer.session.runs.run_book import RunBook
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.training.panel import TrainingPanel
from explorer.ui.window.layout import graph_column, side_by_side
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_document


class Desk:
    """The parts of the window, without what they show."""

    def __init__(self) -> None:
        self.panel, self.canvas = TrainingPanel(RunBook()), Canvas()
        self.panel.build = lambda: None  # type: ignore[method-assign]
        graph = graph_column(QWidget(), self.canvas)
        self.dividing = side_by_side(QWidget(), graph, QWidget(), self.panel)
        self.whole = self.dividing.whole

    def resize(self, height: int) -> int:
        self.whole.resize(900, height)
        QApplication.processEvents()
        return self.canvas.height()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk()
    qtbot.addWidget(desk.whole)
    desk.whole.show()
    yield desk
    desk.panel.shutdown()


def test_a_low_window_folds_the_training_panel_and_a_high_one_does_not(desk: Desk) -> None:
    low = desk.resize(560)
    assert desk.panel.folded and low > 400
    assert desk.panel.controls.isVisible()
    desk.resize(850)
    assert not desk.panel.folded and desk.panel.height() > 240
    assert desk.resize(560) == low


@pytest.mark.parametrize("button", ["run", "step"])
def test_training_unfolds_it_for_good(desk: Desk, button: str, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.resize(560)
    for name in ("start", "step"):
        monkeypatch.setattr(desk.panel.trainer, name, lambda *args, **kwargs: None)
    getattr(desk.panel.running, button)()
    QApplication.processEvents()
    assert not desk.panel.folded and desk.panel.height() > 150
    desk.resize(540)
    assert not desk.panel.folded


def test_dragging_its_border_unfolds_it_for_good(desk: Desk) -> None:
    desk.resize(560)
    splitter = desk.panel.parentWidget()
    assert isinstance(splitter, QSplitter)
    handle = splitter.handle(1)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(100, 1))
    QTest.mouseMove(handle, QPoint(100, -60))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(100, -60))
    QApplication.processEvents()
    assert not desk.panel.folded
    desk.resize(540)
    assert not desk.panel.folded


def test_its_button_unfolds_and_folds_it_for_good(desk: Desk) -> None:
    desk.resize(560)
    button = desk.panel.controls.fold_button
    assert button.accessibleName() == "Show the curves"
    button.click()
    QApplication.processEvents()
    assert not desk.panel.folded and desk.panel.height() > 150 and button.accessibleName() == "Hide the curves"
    desk.resize(540)
    assert not desk.panel.folded
    button.click()
    desk.resize(850)
    assert desk.panel.folded


def test_six_steps_keep_their_names_in_a_small_window(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(395, 350)
    shown = show(a_document("hidden_and_output", feedback="free_running_yhat", length=6))
    canvas.set_view(view_state(shown, View(len(shown.events))))
    rects = [canvas.vertex_rect(name) for name in ("U", "W", "R", "V")]
    assert all(rect.height() >= 14 for rect in rects)
    assert not any(a.intersects(b) for a in rects for b in rects if a is not b)


@pytest.mark.parametrize("sentence", ["No.", "A sentence that is as long as those that explain what is wrong. " * 3])
def test_a_notice_moves_nothing_and_covers_no_control(window: MainWindow, sentence: str) -> None:
    window.resize(1280, 720)
    for _ in range(10):
        QApplication.processEvents()
    parts = (window.drawings, window.caption, window.transport, window.header)
    before = [part.geometry() for part in parts]
    window.say_error(sentence)
    for _ in range(10):
        QApplication.processEvents()
    assert [part.geometry() for part in parts] == before
    notice = window.notice.geometry()
    assert window.notice.isVisible() and notice.height() >= window.notice.heightForWidth(notice.width())
    assert notice.bottom() == window.caption.geometry().bottom()
    assert len(sentence) > 80 or notice.top() >= window.caption.y(), "one line stays off the graph"
    window.notice._leaving.timeout.emit()
    assert window.notice.isHidden() and window.status.message.text() == sentence
