"""The readout of an echo state network is learned at once beside what gradients do; other networks say why not."""

import pytest
from pytestqt.qtbot import QtBot

from explorer.ui.window.main_window import MainWindow
from tests.settings import changed

pytestmark = pytest.mark.usefixtures("at_once")


def test_it_is_learned_at_once_beside_the_run_by_gradient(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.training
    window.perform(
        "change", architecture="echo_state", length=5, plan=changed(window.session.document.plan, iterations=3)
    )

    def finish() -> None:
        qtbot.waitUntil(lambda: bool(panel.book.current) and not panel.book.training, timeout=20_000)

    window.perform("train")
    finish()
    assert panel.notice.isHidden(), "that nothing is fed back is said beside the settings"
    window.perform("train_readout")
    finish()
    assert [(record.name, record.settings.training.ridge) for record in panel.book.shown] == [
        ("Plain training", None),
        ("Readout at once, λ = 0.001", 1e-3),
    ]
    assert "Newton's method goes there, each step a weighted ridge regression." in panel.notice.text.text()
    by_gradient, at_once = panel.book.shown
    assert at_once.training.at(1) == by_gradient.training.at(1), "the first loss is before any update"
    qtbot.waitUntil(lambda: (weights := window.session.weights) is not None and weights.run == at_once.name)


def test_a_plan_that_learns_it_at_once_says_so_and_leaves_out_what_is_about_gradients(window: MainWindow) -> None:
    chips = window.training.controls.chips
    window.perform("change", architecture="echo_state", plan=changed(window.session.document.plan, ridge=0.5))
    words = [chip.text() for chip in chips.findChildren(type(chips._more)) if not chip.isHidden()]
    assert words[0] == "readout at once, λ = 0.5" and "Adam" not in words
    window.perform("change", architecture="gru")
    words = [chip.text() for chip in chips.findChildren(type(chips._more)) if not chip.isHidden()]
    assert "Adam" in words and not any("readout" in word for word in words)


def test_other_networks_say_why_not(window: MainWindow) -> None:
    action = window.menus["train_readout"]
    window.perform("change", architecture="leaky")
    assert not action.isEnabled()
    assert action.toolTip().startswith("'Leaky units' learns ")
    window.perform("change", architecture="echo_state")
    assert action.isEnabled()
