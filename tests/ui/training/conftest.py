"""Offer two short runs; and the training panel, shown, with a small problem, which trains in this process."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from explorer.session.runs.run_book import RunBook
from explorer.session.training_plan import plan_runs
from explorer.ui.training.panel import TrainingPanel
from tests.settings import a_plan, a_problem
from tests.trained import trained
from tests.ui.showing import on_screen
from tests.ui.training.running import QUICK


@pytest.fixture(scope="module")
def book() -> RunBook:
    """Two runs of 60 iterations on delayed echo, where teacher forcing cannot succeed, judged at every tenth."""
    return trained(plan_runs(a_problem(task="delayed_echo", length=6, hidden=4), a_plan(iterations=60)))


@pytest.fixture
def panel(qtbot: QtBot, at_once: None) -> Iterator[TrainingPanel]:
    panel = on_screen(qtbot, TrainingPanel(RunBook()), 1150, 290)
    panel.set_problem(a_problem(length=5, hidden=3))
    panel.set_plan(QUICK)
    yield panel
    panel.shutdown()
