"""A window that opens what another has saved looks like it, to the last pixel, and goes on like it."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.session.edits import WeightEdit
from explorer.session.viewing import Sight, Writing
from explorer.training.commands import Origin
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_plan
from tests.ui.showing import on_screen

LOOKED_AT = {
    "along a run, from close by": {"sight": Sight(0.7, 0.4, 2.5), "pinned": "V", "log_loss": True, "reading": "here"},
    "another example": {"card": "example", "example": 7, "equations": False},
    "folded, with other cards": {"fold": 1.0, "card": "drift", "show_a": True, "smoothing": 3, "settings": False},
}


@pytest.fixture
def other(qtbot: QtBot) -> MainWindow:
    return on_screen(qtbot, MainWindow(look="light"))


def trained(qtbot: QtBot, window: MainWindow, edits: bool = True) -> None:
    plan = a_plan(iterations=30, evaluate_every=5)
    window.perform("change", length=5, plan=plan)
    if edits:
        window.perform("edit", edits=(WeightEdit("W", (0, 0), 1.5),))
    window.training.running.run()
    qtbot.waitUntil(lambda: window.training.book.iteration == 30, timeout=30_000)
    qtbot.waitUntil(lambda: not window.training.trainer.running, timeout=30_000)


def picture(part: QWidget) -> QImage:
    QApplication.processEvents()
    return part.grab().toImage()


@pytest.mark.parametrize("looked", LOOKED_AT.values(), ids=LOOKED_AT)
def test_it_looks_the_same(
    qtbot: QtBot, window: MainWindow, other: MainWindow, tmp_path: Path, looked: dict[str, object]
) -> None:
    trained(qtbot, window)
    first, second = window.session.runs.records
    window.training.actions_on_runs.rename(first.id, "Mine")
    window.training.actions_on_runs.recolour(second.id, "#12ab9f")
    window.perform("look", motion=False)
    window.perform("travel", run=second.id, iteration=12)
    window.perform("look", cursor=window.session.cursor + 9, **looked)
    qtbot.waitUntil(lambda: not window.canvas._looked.isActive(), timeout=5000)
    window.documents.save(tmp_path / "all.rnnx")
    other.perform("look", motion=False)
    other.documents.open(tmp_path / "all.rnnx")
    for one in (window, other):
        one.training.build()
        for passing in (one.notice, one.training.notice):
            passing.hide()
        one.canvas.setFocus()
        one.resize(1280, 720)
    qtbot.wait(500)
    assert other.session.view == window.session.view and other.session.looking
    for name in ("canvas", "inspector", "sidebar", "header", "transport", "caption"):
        part, same = getattr(window, name), getattr(other, name)
        assert part.isVisible() == same.isVisible(), name
        assert not part.isVisible() or picture(part) == picture(same), name
    for name in ("losses", "views"):
        mine, theirs = (picture(getattr(one.training, name)) for one in (window, other))
        assert mine == theirs, name
    assert window.status.origin.text() == other.status.origin.text()
    for one in (window, other):
        one.perform("come_back")
    assert picture(other.canvas) == picture(window.canvas)
    assert window.training.travel.at is None and other.training.travel.at is None


def test_what_a_network_writes_is_there_again(
    qtbot: QtBot, window: MainWindow, other: MainWindow, tmp_path: Path
) -> None:
    text = {"id": "next_symbol", "options": {"text": "hello help held"}}
    window.perform("change", network={"architecture": "hidden_to_hidden"}, task=text, feedback=None)
    trained(qtbot, window, edits=False)
    window.perform("look", card="writing")
    writing = window.training.views.writing
    writing.prompt.setText("lp he")
    writing.how._group.button(1).click()
    writing.temperature.setValue(17)
    for _ in range(3):
        writing.button.click()
    assert window.session.view.writing == Writing("lp he", True, 1.7, 3)
    window.documents.save(tmp_path / "all.rnnx")
    other.documents.open(tmp_path / "all.rnnx")
    again = other.training.views.writing
    for one in (writing, again):
        qtbot.waitUntil(lambda one=one: one._generation is not None and one._generation.done, timeout=30_000)
    assert again.text._text == writing.text._text != ""
    assert (again.prompt.text(), again.temperature.value(), again.how.choice) == ("lp he", 17, 1)


def test_training_goes_on_where_it_was_saved(
    qtbot: QtBot, window: MainWindow, other: MainWindow, tmp_path: Path
) -> None:
    trained(qtbot, window)
    window.documents.save(tmp_path / "all.rnnx")
    other.documents.open(tmp_path / "all.rnnx")
    assert other.training.running.goes_on
    other.training.running.run()
    qtbot.waitUntil(lambda: other.training.book.iteration == 60, timeout=30_000)
    assert other.training.running.goes_on and other.training.notice.isHidden(), "as if it had never been closed"
    first = other.session.runs.records[0]
    assert isinstance(first.origin, Origin) and first.edits == (WeightEdit("W", (0, 0), 1.5),)
    assert len(first.training) == 60
    other.perform("change", plan=a_plan(iterations=30, evaluate_every=5, optimizer="sgd"))
    assert not other.training.running.goes_on
    other.documents.save(tmp_path / "all.rnnx")
    window.documents.open(tmp_path / "all.rnnx")
    assert window.training.book.iteration == 60
    assert not window.training.running.goes_on, "with another plan, Run begins anew"
