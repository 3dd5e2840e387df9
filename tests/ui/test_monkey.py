"""A monkey uses the window; nothing breaks, hangs or complains. `tests/benchmarks/monkey.py` plays longer."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from explorer.ui.window.main_window import MainWindow
from tests.ui.monkey import Monkey

ACTIONS, SEED = 250, 20


def test_whatever_is_done_the_window_stays_whole(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.training.build()
    monkey = Monkey(window, SEED, tmp_path)
    with qtbot.capture_exceptions() as uncaught:
        for number in range(ACTIONS):
            monkey.act(number)
            assert uncaught == monkey.faults == [], "\n".join(monkey.log)
    assert window.isVisible()
    train_again(qtbot, window)


def train_again(qtbot: QtBot, window: MainWindow) -> None:
    """However the window was left, training works at one press of a button, if there is a loss."""
    training = window.training
    if window.session.shown.network.output is None:
        window.perform("change", architecture="hidden_to_hidden")
    training.running.reset()
    training.running.step()
    qtbot.waitUntil(lambda: training.book.iteration >= 1, timeout=20_000)
    assert training.trainer.worker.alive
