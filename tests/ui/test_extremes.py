"""The window with the least that there can be, and with more than a number can hold: nothing breaks, all is said."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from explorer.session.quiz.quiz import ask
from explorer.session.session import Weights, fit_of
from explorer.ui.window.main_window import NOT_FINITE, MainWindow


def walk(qtbot: QtBot, window: MainWindow) -> None:
    """See every event and every node, with all that the window can say about them."""
    shown = window.session.shown
    for cursor in range(len(shown.events) + 1):
        window.perform("go_to", cursor=cursor)
        ask(shown, min(cursor, len(shown.events) - 1), np.random.default_rng(0))
    for thing in (*shown.graph.vertices, *shown.trace.parameters):
        window.look(selection=thing)
        window.edit(thing)
        if window.editors.popup is not None:
            window.editors.popup.grab()
            window.editors.close()
    window.look(selection=None)
    window.perform("reach")
    window.perform("nudge")
    assert window.nudging.dialog is not None
    window.nudging.dialog.panel.slider.setValue(30)
    qtbot.waitUntil(lambda: not window.cards.reach.busy)
    window.grab()
    window.nudging.dialog.grab()
    window.nudging.dialog.close()


@pytest.mark.parametrize("architecture", ["sequence_to_one", "hidden_and_output"])
def test_one_step_and_one_hidden_unit_are_enough(qtbot: QtBot, window: MainWindow, architecture: str) -> None:
    window.perform("change", architecture=architecture)
    shortest = window.session.shown.task.shortest_length
    assert window.do(lambda: window.session.change(length=shortest, hidden=1))
    walk(qtbot, window)
    window.notice.hide()  # what is computed cannot be edited, it said
    window.training.running.step()
    qtbot.waitUntil(lambda: window.training.book.iteration == 1, timeout=20_000)
    assert not window.notice.isVisible(), window.notice.text.text()


@pytest.mark.parametrize("large", [1e155, 1e300])
def test_numpy_may_raise_at_every_overflow_and_the_window_says_what_to_do(
    qtbot: QtBot, window: MainWindow, large: float
) -> None:
    """Nobody else's np.seterr turns numbers that overflow into faults of the window."""
    with np.errstate(all="raise"):
        window.perform("change", architecture="hidden_to_hidden")
        window.do(lambda: window.session.change(activation="identity", hidden=2))
        parameters = {name: np.full_like(array, large) for name, array in window.session.shown.trace.parameters.items()}
        window.do(lambda: window.session.use_weights(Weights(parameters, "nowhere", fit_of(window.session.document))))
        assert window.notice.text.text() == NOT_FINITE and window.notice.isVisible()
        walk(qtbot, window)
