"""A presentation shows graph and equation alone, is led by a remote control, and leaves everything as it was."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.lessons.library import lessons
from explorer.ui.look import text_size
from explorer.ui.parts.pointer_light import REST_LOOKS, PointerWatch
from explorer.ui.window.main_window import MainWindow

Key = Qt.Key


def press(qtbot: QtBot, window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(window.focusWidget() or window.canvas, key)


def test_it_fills_the_screen_with_graph_and_equation_in_large_type(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1000, 600)
    before = window.geometry(), window.session.view
    press(qtbot, window, Key.Key_F5)
    assert window.isFullScreen() and text_size.factor() >= 1.25 * min(window.width() / 1280, window.height() / 720)
    seen = {
        name: getattr(window, name).isVisible() for name in ("canvas", "inspector", "caption", "training", "sidebar")
    }
    assert seen == {"canvas": True, "inspector": True, "caption": True, "training": False, "sidebar": False}
    around = window.statusBar(), window.header, window.transport
    assert not any(part.isVisible() for part in around) and window.menuBar().height() == 0
    press(qtbot, window, Key.Key_Escape)
    assert (window.geometry(), window.session.view, text_size.factor()) == (*before, 1.0)
    assert all(part.isVisible() for part in around) and window.menuBar().height() > 0


def test_whatever_was_open_is_open_again(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window.appearance, "enlarge", lambda least: None)
    # Any two switches are in all four ways in six rows: of two different threes among five rows both have one.
    switched = tuple(combinations(range(1, 6), 3))
    for row in range(6):
        settings, equations, training, curved, learn = (row in rows for rows in switched[:5])
        curves = True if curved else None
        window.look(settings=settings, equations=equations, training=training, curves=curves, learn=learn)
        view = window.session.view
        window.perform("present")
        assert window.inspector.isVisible() and not window.training.isVisible()
        window.look(settings=True, curves=False)
        window.perform("present")
        assert window.session.view == view


def test_what_came_to_stand_beside_the_graph_meanwhile_keeps_its_room(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.appearance, "enlarge", lambda least: None)
    view = window.session.view
    window.perform("present")
    window.perform("beside_time")
    window.perform("present")
    assert window.session.view.companion is not None and not window.inspector.isVisible()
    beside = window.session.view
    window.perform("present")
    window.perform("present")
    assert window.session.view == beside
    window.perform("present")
    window.perform("alone")
    window.perform("present")
    assert window.session.view == view


def test_a_remote_control_leads_through_steps_and_through_a_lesson(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.appearance, "enlarge", lambda least: None)
    window.perform("present")
    press(qtbot, window, Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageUp)
    assert window.session.cursor == 1
    press(qtbot, window, Key.Key_Period, Key.Key_PageDown)
    assert not window.presenting.black.isVisible() and window.session.cursor == 1, "any key gives the picture back"
    window.perform("learn", on=True)
    course = window.teaching.course
    press(qtbot, window, Key.Key_PageDown)
    for page in lessons()[0].pages:
        assert course.page is page and not course.finished
        press(qtbot, window, Key.Key_PageDown)
        assert course.page is page and course.finished, "first it does what the page asks for"
        press(qtbot, window, Key.Key_PageDown)
    press(qtbot, window, Key.Key_PageUp)
    assert course.page is lessons()[0].pages[-1]
    window.teaching.enter(next(page for page in course.pages if "run" in page.highlight))
    assert window.training.isVisible(), "a page on training is shown with the curves"
    QApplication.processEvents()
    assert window.training.height() > 0.45 * window.dividing.whole.height(), "and half the height is theirs"
    window.teaching.enter(next(page for page in course.pages if "train or test time" in page.highlight))
    assert window.header.times.isVisible(), "and one that says what to click above the graph with that"
    window.teaching.enter(course.pages[0])
    assert not window.training.isVisible() and not window.header.isVisible()


@pytest.mark.usefixtures("at_once")
def test_what_trains_and_what_a_story_asks_is_seen(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.appearance, "enlarge", lambda least: None)
    window.perform("story_1")
    window.perform("present")
    assert window.training.story.isVisible(), "whoever presents a story sees what it asks"
    window.perform("present")
    window.perform("story_2")
    window.training.story.closer.click()
    window.perform("present")
    assert not window.training.isVisible()
    press(qtbot, window, Key.Key_PageDown)
    assert not window.training.isVisible(), "a step is no training"
    window.perform("train")
    qtbot.waitUntil(lambda: window.training.losses.isVisible())
    window.perform("train")
    window.perform("present")
    assert window.session.view.training


def test_a_light_follows_the_pointer_and_a_pointer_at_rest_is_hidden(window: MainWindow) -> None:
    window.perform("present")
    presenting, place = window.presenting, QPoint(300, 200)
    window.perform("pointer_light")
    presenting.watch.moved.emit(window.mapToGlobal(place))
    picture, lit = window.grab().toImage(), presenting.light.lit
    assert lit.center().toPoint() == place
    window.perform("pointer_light")
    plain = window.grab().toImage()
    for at, same in ((place, True), (QPoint(round(lit.right()) + 9, 200), False)):
        assert (picture.pixelColor(at) == plain.pixelColor(at)) == same
    presenting.watch.rested.emit()
    cursor = QGuiApplication.overrideCursor()
    assert cursor is not None and cursor.shape() == Qt.CursorShape.BlankCursor
    window.perform("present")
    assert QGuiApplication.overrideCursor() is None


def test_the_pointer_is_seen_to_move_and_to_rest(qapp: QApplication) -> None:
    place = QPoint(1, 1)
    watch, seen = PointerWatch(qapp, lambda: place), list[object]()
    watch.moved.connect(seen.append)
    watch.rested.connect(lambda: seen.append("rest"))
    for _ in range(2 * REST_LOOKS):
        watch.look()
    place = QPoint(5, 5)
    watch.look()
    assert seen == ["rest", place]
