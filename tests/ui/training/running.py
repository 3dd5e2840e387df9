"""Let the training panel run, as a learner does."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.training.panel import TrainingPanel
from tests.settings import a_plan

QUICK = a_plan(iterations=40, evaluate_every=10)
ENDLESS = a_plan(iterations=1_000_000, evaluate_every=10)


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def run_to_the_end(qtbot: QtBot, panel: TrainingPanel) -> None:
    click(qtbot, panel.controls.run_button)
    qtbot.waitUntil(lambda: bool(panel.book.current) and not panel.trainer.running, timeout=10_000)


def run_for_a_while(qtbot: QtBot, panel: TrainingPanel) -> None:
    panel.set_plan(ENDLESS)
    click(qtbot, panel.controls.run_button)
    qtbot.waitUntil(lambda: panel.book.iteration > 20, timeout=10_000)
