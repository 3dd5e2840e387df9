"""The ledger fills as the backward pass goes on, and opens; the check aims where it is told."""

from itertools import pairwise

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest

from explorer.graph.analyse.events import Kind, Phase
from explorer.session.document import Shown, show
from explorer.session.edits import WeightEdit
from explorer.session.session import Session
from explorer.training.settings import TaskSettings
from explorer.ui.equations.check import CheckView
from explorer.ui.equations.ledger import LedgerSection
from explorer.ui.look.fonts import ui_font
from tests.settings import a_document
from tests.ui.showing import on_screen


@pytest.fixture(scope="module")
def shown() -> Shown:
    return show(a_document("hidden_to_hidden", feedback=None, length=4, hidden=3))


@pytest.fixture
def section(qtbot) -> LedgerSection:
    return on_screen(qtbot, LedgerSection(), 350, 400)


def cursor_of(shown: Shown, name: str, t: int) -> int:
    return 1 + next(i for i, e in enumerate(shown.events) if (e.kind, e.name, e.t) == (Kind.GRADIENT, name, t))


def test_it_follows_the_parameter_of_the_event(section, shown):
    section.set_state(shown, 0, "V")
    assert section.account.name == "V"
    section.set_state(shown, 1, "W")
    assert section.account.name == "W"
    section.set_state(shown, 2, None)
    assert section.account.name == "W", "an event that touches none leaves it"


def test_without_a_loss_there_is_no_account_of_its_gradient(section, shown):
    section.set_state(show(a_document("recurrent_state", feedback=None, length=4, hidden=3)), 0, None)
    assert section.isHidden()
    section.set_state(shown, len(shown.events), "V")
    assert section.isVisible()


def test_it_is_there_once_the_backward_pass_is_or_for_who_stays_with_a_parameter(section, shown):
    last = next(place for place, event in enumerate(shown.events) if event.phase is Phase.BACKWARD)
    section.set_state(shown, last, "V")
    assert section.isHidden(), "before, its bars would be empty"
    section.set_state(shown, last + 1, "V")
    assert section.isVisible()
    section.pin("W")
    section.set_state(shown, 0, "V")
    assert section.isVisible() and section.words.text() == "Bars appear in the backward pass."
    section.pin("")
    assert section.isHidden()


@pytest.mark.parametrize("T", [1, 10, 16, 40, 100, 180, 200])
def test_numbers_of_steps_are_written_apart_and_whole(section, T):
    section.set_state(show(a_document("hidden_to_hidden", feedback=None, length=T, hidden=1)), 0, "V")
    written = section.bars.numbered()
    places = list(written.values())
    wide = QFontMetricsF(ui_font(11)).horizontalAdvance(str(T))
    assert places[-1] <= section.bars.width() - wide / 2
    assert all(right - left > wide for left, right in pairwise(places[1:]))


def test_parameters_are_listed_by_their_symbols(section):
    section.set_state(show(a_document("leaky", feedback=None, length=4, hidden=3)), 0, None)
    assert "α" in [section.menu.itemText(i) for i in range(section.menu.count())]


def test_it_stays_with_a_chosen_parameter(section, shown):
    section.set_state(shown, 0, "V")
    section.pin("b")
    section.set_state(shown, 1, "W")
    assert section.account.name == "b"
    section.pin("")
    assert section.account.name == "W"


def test_another_network_brings_its_own_parameters(section, shown):
    section.set_state(shown, 0, "V")
    section.pin("c")
    other = show(a_document("hidden_and_output", length=3, hidden=2))
    section.set_state(other, 0, None)
    assert [section.menu.itemData(i) for i in range(section.menu.count())] == ["", *other.trace.parameters]
    assert section.account.name == "c"


def test_the_sum_grows_with_the_backward_pass(section, shown):
    section.set_state(shown, 0, "W")
    assert section.words.text() == "Bars appear in the backward pass."
    section.set_state(shown, cursor_of(shown, "a", 3), "W")
    assert section.words.text().startswith("Sum over 2 of 4 steps: norm ")
    section.set_state(shown, len(shown.events), "W")
    assert section.words.text().startswith("Sum over 4 of 4 steps: norm ")


def test_a_click_on_a_bar_shows_what_its_step_adds(section, shown):
    section.set_state(shown, cursor_of(shown, "a", 2), "W")
    place = section.bars.bar_rect(3).center().toPoint()
    QTest.mouseClick(section.bars, Qt.MouseButton.LeftButton, pos=place)
    assert section.panel.isVisible()
    np.testing.assert_array_equal(section.panel.view.figures.left.exact, shown.trace.parameter_contributions("W")[2])
    QTest.mouseClick(section.bars, Qt.MouseButton.LeftButton, pos=place)
    assert not section.panel.isVisible()


def test_a_bar_that_is_not_there_yet_has_no_numbers(section, shown):
    section.set_state(shown, cursor_of(shown, "a", 3), "W")
    QTest.mouseClick(section.bars, Qt.MouseButton.LeftButton, pos=section.bars.bar_rect(1).center().toPoint())
    assert not section.panel.isVisible()
    section.set_state(shown, cursor_of(shown, "a", 1), "W")
    assert section.panel.isVisible(), "they appear with the bar"


@pytest.mark.parametrize(
    "other",
    [{"task": TaskSettings("delayed_echo")}, {"length": 5}, {"hidden": 2}, {"architecture": "sequence_to_one"}],
    ids=str,
)
def test_a_chosen_bar_is_left_for_another_sequence_and_kept_for_other_weights(section, shown, other):
    section.set_state(shown, len(shown.events), "W")
    section.choose(3)
    same = show(replace(shown.document, seed=8))
    section.set_state(same, len(same.events), "W")
    assert section.bars.step == 3 and section.panel.isVisible()
    session = Session(shown.document)
    session.change(**other)
    section.set_state(session.shown, len(session.shown.events), "W")
    assert section.bars.step is None and not section.panel.isVisible()


def test_bars_are_chosen_by_keys_too(section, shown):
    section.set_state(shown, len(shown.events), "W")
    for key, step in ((Qt.Key.Key_Left, 4), (Qt.Key.Key_Left, 3), (Qt.Key.Key_Right, 4), (Qt.Key.Key_Right, 4)):
        QTest.keyClick(section.bars, key)
        assert section.bars.step in (step, None)


def test_the_sum_so_far_opens(section, shown):
    section.set_state(shown, cursor_of(shown, "a", 2), "W")
    section.sum_button.click()
    whole = shown.trace.parameter_contributions("W")[1:].sum(0)
    np.testing.assert_allclose(section.panel.view.figures.left.exact, whole, atol=1e-14)
    section.set_state(shown, len(shown.events), "W")
    assert section.panel.view.figures.left.exact is not whole
    np.testing.assert_array_equal(section.panel.view.figures.left.exact, shown.trace.parameter_gradients["W"])


@pytest.fixture
def check(qtbot) -> CheckView:
    return on_screen(qtbot, CheckView(), 350, 300)


def test_the_badge_says_how_well_both_gradients_agree(check, qtbot, shown):
    with qtbot.waitSignal(check.checked, timeout=5000):
        check.set_parameter(shown, "W", len(shown.events))
    assert len(check.results) == 9
    assert check.badge.text().startswith("✓ finite differences agree to ")
    assert check.badge.property("role") == "target"
    assert "every entry" in check.detail.text()


def test_a_disagreement_is_not_glossed_over(check, qtbot):
    zeros = (("W", (0, 0)), ("W", (0, 1)), ("U", (0, 0)), ("U", (0, 1)), ("b", (0,)))
    edits = tuple(WeightEdit(name, index, 0.0) for name, index in zeros)
    cornered = show(a_document("hidden_to_hidden", activation="relu", feedback=None, length=3, hidden=2, edits=edits))
    with qtbot.waitSignal(check.checked, timeout=5000):
        check.set_parameter(cornered, "b", len(cornered.events))
    assert check.badge.text() == "✗ finite differences disagree at 1 of 2 entries"
    assert "relu has a corner there" in check.detail.text()


def test_what_is_not_finite_is_no_disagreement(check, qtbot):
    edits = tuple(WeightEdit("V", (i, j), 1e6) for i in range(2) for j in range(2))
    diverged = show(a_document(feedback="free_running_o", activation="identity", length=60, hidden=2, edits=edits))
    with qtbot.waitSignal(check.checked, timeout=5000):
        check.set_parameter(diverged, "W", len(diverged.events))
    assert check.badge.text() == "No gradient to check"
    assert "not finite" in check.detail.text()


def test_a_doubter_aims_at_an_entry(check, qtbot, shown):
    check.set_parameter(shown, "W", len(shown.events))
    check.aim("U", (2, 1))
    qtbot.waitUntil(lambda: check.aimed is not None, timeout=5000)
    assert check.aimed.gradient == shown.trace.parameter_gradients["U"][2, 1]
    assert check.aimed.agrees
    assert check.entry.isVisible()
    for words in ("row 3, column 2", "back-propagation", "finite difference", "nudge"):
        assert words in check.entry.text()


def test_an_aim_follows_to_changed_weights_where_it_still_fits(check, qtbot, shown):
    check.set_parameter(shown, "W", len(shown.events))
    check.aim("W", (2, 1))
    qtbot.waitUntil(lambda: check.aimed is not None, timeout=5000)
    other = show(a_document("hidden_to_hidden", feedback=None, length=4, hidden=3, seed=8))
    check.set_parameter(other, "W", len(other.events))
    assert check.aimed is None
    qtbot.waitUntil(lambda: check.aimed is not None, timeout=5000)
    assert check.aimed.gradient == other.trace.parameter_gradients["W"][2, 1]
    smaller = show(a_document("hidden_to_hidden", feedback=None, length=4, hidden=2))
    with qtbot.waitSignal(check.checked, timeout=5000):
        check.set_parameter(smaller, "W", len(smaller.events))
    assert check.aimed is None


def test_a_hidden_check_rests(check, qtbot, shown):
    check.hide()
    check.set_parameter(shown, "b", len(shown.events))
    QTest.qWait(400)
    assert not check.results
    with qtbot.waitSignal(check.checked, timeout=5000):
        check.show()


def test_a_gradient_is_checked_once_it_is_computed(check, qtbot, shown):
    at = 1 + next(i for i, e in enumerate(shown.events) if (e.kind, e.name) == (Kind.PARAMETER_GRADIENT, "W"))
    check.set_parameter(shown, "W", at - 1)
    check.aim("W", (0, 1))
    QTest.qWait(400)
    assert not check.results and check.aimed is None and not check.badge.isVisible()
    assert check.entry.text().endswith(f"event {at} computes it, and then it is checked.")
    with qtbot.waitSignal(check.checked, timeout=5000):
        check.set_parameter(shown, "W", at)
    assert check.badge.isVisible() and "back-propagation" in check.entry.text()
    check.set_parameter(shown, "W", 0)
    assert not check.badge.isVisible() and "back-propagation" not in check.entry.text()
