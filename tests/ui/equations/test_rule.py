"""Optimiser and η are changed where the update stands, and the update and the loss after it follow at once."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_plan

LOSS_AFTER = Event(Phase.UPDATE, Kind.LOSS_AFTER, "L")


def type_rate(qtbot: QtBot, window: MainWindow, text: str) -> None:
    field = window.inspector.rule.rate
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_it_stands_at_every_update_and_nowhere_else(window: MainWindow) -> None:
    for cursor, event in enumerate(window.session.shown.events, 1):
        window.perform("go_to", cursor=cursor)
        assert window.inspector.rule.isVisible() == (event.phase is Phase.UPDATE)
    window.perform("go_to", cursor=0)
    assert not window.inspector.rule.isVisible()


def test_the_step_is_the_plans_until_another_rate_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    window.do(lambda: window.session.change(plan=a_plan(optimizer="rmsprop", learning_rate=0.01)))
    window.perform("end")
    view = window.inspector.rule
    assert view.words.text() == "As training is planned."
    assert (view.optimizer.currentText(), view.rate.text()) == ("RMSProp", "0.01")
    assert not view.planned.isVisible()
    before = window.session.shown.trace
    type_rate(qtbot, window, "0.5")
    after = window.session.shown.trace
    assert window.session.event == LOSS_AFTER, "the cursor stays"
    assert after.loss == before.loss and after.loss_after != before.loss_after
    assert (after.update.rule.optimizer, after.update.rule.rate) == ("rmsprop", 0.5)
    assert view.words.text() == "Training is planned with RMSProp, η = 0.01."
    qtbot.mouseClick(view.planned, Qt.MouseButton.LeftButton)
    assert window.session.document.learning_rate is None
    assert window.session.shown.trace.loss_after == before.loss_after


def test_the_rate_of_the_plan_is_followed_once_it_is_typed_again(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("end")
    type_rate(qtbot, window, "0.5")
    type_rate(qtbot, window, "0.02")
    window.do(lambda: window.session.change(plan=a_plan(learning_rate=0.03)))
    assert window.session.shown.trace.update.rule.rate == 0.03


def test_another_optimiser_steps_with_the_same_gradient(qtbot: QtBot, window: MainWindow) -> None:
    window.perform("end")
    view, before = window.inspector.rule, window.session.shown.trace
    for title in ("SGD", "Momentum", "RMSProp"):
        view.optimizer.setCurrentText(title)
        view.optimizer.activated.emit(view.optimizer.currentIndex())
        trace = window.session.shown.trace
        assert trace.update.rule.optimizer == title.lower() and trace.loss == before.loss
        assert "Training is planned with Adam, η = 0.02." in view.words.text()
    assert window.training.plan.training.optimizer == "adam", "training stays as it is planned"
    view.optimizer.setCurrentText("Adam")
    view.optimizer.activated.emit(view.optimizer.currentIndex())
    assert window.session.document.optimizer is None and window.session.shown.trace.loss_after == before.loss_after


@pytest.mark.parametrize("text", ["0", "-1", "fast"])
def test_a_rate_that_cannot_be_changes_nothing(qtbot: QtBot, window: MainWindow, text: str) -> None:
    window.perform("end")
    before = window.session.document
    type_rate(qtbot, window, text)
    assert window.session.document == before
    assert window.inspector.rule.rate.property("invalid")


def test_what_an_optimiser_makes_its_step_of_is_a_click_away(qtbot: QtBot, window: MainWindow) -> None:
    events = window.session.shown.events
    window.perform("go_to", cursor=events.index(Event(Phase.UPDATE, Kind.UPDATE, "W")) + 1)
    derivation = window.inspector.derivation
    assert derivation.button.text() == "What the step is made of, line by line"
    qtbot.mouseClick(derivation.button, Qt.MouseButton.LeftButton)
    shown = [line.formula.latex for line in derivation.lines if line.used]
    assert [tex.partition(" = ")[0] for tex in shown] == ["m", "v", r"\hat{m}", r"\hat{v}", r"\varepsilon"]
