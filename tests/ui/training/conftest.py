"""Offer the training panel, shown, with a small problem and a short plan; its worker ends with the test."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from explorer.session.runs.run_book import RunBook
from explorer.ui.training.panel import TrainingPanel
from tests.settings import a_problem
from tests.ui.training.running import QUICK


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[TrainingPanel]:
    panel = TrainingPanel(RunBook())
    qtbot.addWidget(panel)
    panel.resize(1150, 290)
    panel.show()
    panel.set_problem(a_problem(length=5, hidden=3))
    panel.set_plan(QUICK)
    yield panel
    panel.shutdown()
