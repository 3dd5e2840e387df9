"""The card in the window: its key, the stepper, and the weights of a run that is travelled along."""

import pytest
from pytestqt.qtbot import QtBot

from explorer.session.longterm.here import cursor_at
from explorer.session.states.seen import ReadOff
from explorer.training.settings import TaskSettings
from explorer.ui.window.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("at_once")


@pytest.mark.usefixtures("qtbot")
def test_it_follows_the_stepper_and_the_weights_of_a_run(window: MainWindow, qtbot: QtBot) -> None:
    window.perform("change", architecture="hidden_to_hidden", task=TaskSettings("running_parity"))
    window.perform("change", length=8)
    window.perform("states")
    card = window.cards.states
    assert card.isVisible() and window.session.view.card == "states"

    def worked() -> bool:
        return not card.busy and card.seen is not None and card.seen.trace is window.session.shown.trace

    qtbot.waitUntil(worked, timeout=60_000)
    card.plane.go(1, 0)
    assert window.session.cursor == cursor_at(window.session.shown, "h", 1)

    window.perform("look", pace="full")
    window.perform("train")
    qtbot.waitUntil(lambda: not window.training.trainer.running, timeout=120_000)
    # The graph, and the card with it, comes to the last weights a little after training has ended; the usual run of
    # parity learns a machine of two states.
    qtbot.waitUntil(
        lambda: worked() and isinstance(card.seen.read, ReadOff) and len(card.seen.read.machine) == 2, timeout=60_000
    )

    window.perform("travel", run=window.session.runs.records[0].id, iteration=0)
    qtbot.waitUntil(worked, timeout=60_000)
    read = card.seen.read
    assert not isinstance(read, ReadOff) or read.machine.right < 0.9
    window.perform("states")
    assert not card.isVisible()
