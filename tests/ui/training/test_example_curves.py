"""Numbers of an example are seen as curves: the target in green, beside it what comes out fed targets and alone."""

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from explorer.session.runs.examples import Followed, Row
from explorer.session.runs.runs import RunRecord
from explorer.training.settings import RunSettings
from explorer.ui.look.theme import Theme
from explorer.ui.training import example_view
from explorer.ui.training.example_rows import LABELS, NARROWEST, ExampleRows
from tests.ui.painting import pixels, share_of

T = 12


def row(title: str, numbers: np.ndarray) -> Row:
    return Row(title, tuple(f"{n:.3g}" for n in numbers), (False,) * len(numbers), numbers[:, np.newaxis])


def example(own: np.ndarray) -> Followed:
    swing = np.sin(np.arange(T))
    return Followed(
        number=0,
        iteration=9,
        inputs=("−0.123",) * T,
        rows=(row("target", swing), row("fed targets", swing + 0.05), row("fed its own output", own)),
        first_step=1,
        drift=np.ones(T),
        injected=None,
        one="number",
        input_numbers=np.full((T, 1), -0.123),
        curves=True,
    )


@pytest.fixture
def rows(qtbot: QtBot) -> ExampleRows:
    rows = ExampleRows()
    qtbot.addWidget(rows)
    return rows


@pytest.mark.parametrize("own", [np.cos(np.arange(T)), np.full(T, 1e9), np.full(T, np.nan)], ids=["", "far", "broken"])
def test_the_target_is_seen_however_far_off_the_own_output_is(rows: ExampleRows, own: np.ndarray, theme: Theme) -> None:
    rows.set_example(example(own))
    rows.resize(rows.minimumSize())
    assert rows.width() == round(LABELS + NARROWEST * T + 8), "numbers need no room to be written"
    plot = pixels(rows.grab().toImage())[25:85, round(LABELS) :]
    heights = [y for y, line in enumerate(plot) if share_of(line[np.newaxis], theme.target.line) > 0]
    assert max(heights) - min(heights) > 20, "it is no flat line"


@pytest.mark.parametrize("curves", [True, False], ids=["curves", "symbols"])
def test_an_example_is_seen_whole_without_scrolling(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, curves: bool
) -> None:
    followed = replace(example(np.ones(T)), curves=curves)
    monkeypatch.setattr(example_view, "follow_example", lambda *_: followed)
    view = example_view.ExampleView()
    qtbot.addWidget(view)
    view.show()
    view.set_run(RunRecord(0, RunSettings()))
    view.resize(560, view.minimumHeight())
    (scroll,) = (scroll for scroll in view.findChildren(QScrollArea) if scroll.isVisible())
    qtbot.waitUntil(lambda: scroll.width() == 560)
    assert scroll.verticalScrollBar().maximum() == 0


def test_the_tool_tip_has_the_numbers_and_outputs_may_end_before_inputs_do(rows: ExampleRows) -> None:
    followed = example(np.zeros(T))
    rows.set_example(followed)
    assert rows.tip(3).splitlines()[:4] == ["t = 3", "input: −0.123", "target: 0.909", "fed targets: 0.959"]
    longer = Followed(
        **{name: getattr(followed, name) for name in followed.__struct_fields__} | {"inputs": ("a",) * 15}
    )
    rows.set_example(longer)
    assert rows.tip(15) == "t = 15\ninput: a"
