"""Dress the test application as the real one, and offer both themes."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from explorer.training.pace import PACES
from explorer.ui.kept import settings
from explorer.ui.look import text_size
from explorer.ui.look import theme as themes
from explorer.ui.look.theme import Theme
from explorer.ui.training import panel as training_panel
from explorer.ui.window.main_window import MainWindow
from tests.ui.at_once import AtOnce
from tests.ui.showing import on_screen


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> Iterator[QApplication]:
    """The application with the app's fonts and its light theme."""
    themes.apply(qapp, themes.LIGHT)
    yield qapp
    _delete_what_is_left(qapp)


def _delete_what_is_left(app: QApplication) -> None:
    """Delete what no test has: PySide would at exit, by address, also what has gone with its parent by then."""
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    for thing in shiboken6.getAllValidWrappers():
        if isinstance(thing, QObject) and shiboken6.isValid(thing) and shiboken6.ownedByPython(thing):
            shiboken6.delete(thing)


@pytest.fixture(params=[themes.LIGHT, themes.DARK], ids=lambda theme: theme.name)
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    """Each theme in turn, put on for one test."""
    _wear(qapp, request.param)
    yield request.param
    _wear(qapp, themes.LIGHT)


def _wear(app: QApplication, theme: Theme) -> None:
    if theme is not themes.current():
        themes.apply(app, theme)


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """A widget that is shown alone is dressed as it is in the window."""
    add = qtbot.addWidget

    def dress_and_add(widget: QWidget, **options: Any) -> None:
        themes.dress(widget)
        add(widget, **options)

    monkeypatch.setattr(qtbot, "addWidget", dress_and_add)
    return qtbot


@pytest.fixture(autouse=True)
def what_a_test_closed_is_gone(qapp: QApplication) -> Iterator[None]:
    """Delete what waits for an event loop to be deleted: each theme that is put on would dress it anew."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if text_size.factor() != 1.0:  # the next test finds text as large as usual
        text_size.set_factor(1.0)
        themes.apply(qapp, themes.current())


@pytest.fixture(autouse=True)
def nothing_is_kept_of_what_went_before() -> None:
    """Each test starts as the app does the first time: no lesson has been taken, no place or size chosen."""
    settings().clear()


@pytest.fixture(autouse=True)
def nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training at the pace that is usual in a window goes on as fast as it can."""
    monkeypatch.setitem(PACES, "normal", None)


@pytest.fixture(autouse=True)
def nobody_is_there_to_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that asks what is to become of unsaved work, as one that a test leaves behind may, closes."""
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Discard)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training is done in this process, which needs no second to start it: for tests that only need what it finds."""
    monkeypatch.setattr("explorer.training.crew.TrainingCrew", AtOnce)


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The whole window on its first document, shown and active; its worker ends with the test.

    Plots and worker come with the first run or with `training.build()`: most tests need neither.
    """
    monkeypatch.setattr(training_panel, "BUILD_AFTER_MS", 60_000)
    window = on_screen(qtbot, MainWindow(look="light"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    yield window
    window.setProperty("unasked", True)
    window.close()
