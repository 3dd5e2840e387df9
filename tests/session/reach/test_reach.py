"""How far gradients reach: what each cell of the picture is, and when vanishing and exploding are named."""

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.session.document import Document, Shown, show
from explorer.session.reach.path import Walk
from explorer.session.reach.reach import Fate, Trend, reach_of
from tests.oracles.declarations import BIDIRECTIONAL, ENCODER_DECODER, LSTM
from tests.session.shown import declared, linear
from tests.settings import a_document

FREE = a_document(feedback="free_running_yhat")
MIXED = a_document(feedback="mixed_yhat", fed_target=(False, True, False, False, False, False))


def fates(shown: Shown) -> list[str]:
    return ["".join(".-x#"[fate] for fate in row) for row in reach_of(shown.trace).fates]


def test_a_loss_reaches_its_own_state_and_all_before_it() -> None:
    assert fates(show(a_document(architecture="hidden_to_hidden", feedback=None, length=3))) == ["#..", "##.", "###"]


def test_teacher_forcing_and_picks_cut_all_that_is_before() -> None:
    for feedback in ("teacher_forcing", "free_running_argmax", "free_running_sample"):
        assert fates(show(a_document(feedback=feedback, length=3))) == ["#..", "x#.", "xx#"]


def test_a_mixed_feedback_cuts_where_a_target_is_fed() -> None:
    assert fates(show(MIXED)) == ["#.....", "##....", "xx#...", "xx##..", "xx###.", "xx####"]


def test_a_network_with_one_output_has_one_row() -> None:
    shown = show(a_document(architecture="sequence_to_one", task="majority", feedback=None, length=3))
    assert fates(shown) == ["-..", "--.", "###"]


@pytest.mark.parametrize("document", [FREE, MIXED, Document()], ids=["free", "mixed", "teacher"])
def test_what_is_said_to_be_cut_is_exactly_zero_and_what_arrives_is_not(document: Document) -> None:
    reach = reach_of(show(document).trace)
    assert (reach.norms[reach.fates == Fate.REACHED] > 0).all()
    assert not reach.norms[reach.fates != Fate.REACHED].any()


def test_a_path_can_be_looked_at_where_there_is_one_be_it_cut() -> None:
    reach = reach_of(show(MIXED).trace)
    assert reach.has_path(5, 4) and reach.has_path(5, 1)
    assert not reach.has_path(4, 5) and not reach.has_path(7, 1) and not reach.has_path(1, 0)
    assert [reach.cut_at(5, t) for t in range(1, 6)] == [2, 2, None, None, None]


@pytest.mark.parametrize(
    ("factor", "length", "trend"),
    [
        (0.5, 6, Trend.VANISHING),
        (0.75, 6, Trend.STEADY),
        (1.0, 6, Trend.STEADY),
        (1.3, 6, Trend.STEADY),
        (1.5, 6, Trend.EXPLODING),
        # Slow, but over so many steps nothing is left, or far too much.
        (0.9, 100, Trend.VANISHING),
        (1.1, 100, Trend.EXPLODING),
        (0.99, 100, Trend.STEADY),
    ],
)
def test_the_trend_is_named_by_the_factor_of_a_step_or_what_is_left(factor: float, length: int, trend: Trend) -> None:
    verdict = linear(factor, length).verdict
    assert (verdict.k, verdict.t) == (length, 1)
    np.testing.assert_allclose(verdict.factor, factor, rtol=1e-9)
    np.testing.assert_allclose(verdict.left, factor ** (length - 1), rtol=1e-9)
    assert verdict.trend is trend


def test_what_has_overflowed_has_exploded() -> None:
    reach = linear(1e200, 5)
    assert reach.verdict.trend is Trend.EXPLODING
    assert not np.isfinite(reach.norms[4, 0])


def test_what_has_underflowed_has_vanished_and_is_not_said_to_be_cut() -> None:
    reach = linear(1e-200, 5)
    assert reach.verdict.trend is Trend.VANISHING
    assert reach.norm(5, 1) == 0 and reach.fate(5, 1) is Fate.REACHED


def test_a_short_way_back_shows_no_trend() -> None:
    assert linear(0.1, 3).verdict.trend is Trend.UNKNOWN
    assert linear(0.1, 4).verdict.trend is Trend.VANISHING
    assert reach_of(show(a_document(length=1)).trace).verdict.trend is Trend.UNKNOWN


def test_where_everything_is_cut_that_is_the_verdict() -> None:
    verdict = reach_of(show(Document()).trace).verdict
    assert verdict.trend is Trend.CUT and verdict.k == verdict.t


def test_of_a_mixed_feedback_the_longest_stretch_counts() -> None:
    verdict = reach_of(show(MIXED).trace).verdict
    assert (verdict.k, verdict.t) == (6, 3)
    assert np.isfinite(verdict.factor)


def test_the_limits_are_those_of_the_numbers_that_are_not_zero() -> None:
    reach = linear(0.5, 4)
    assert reach.limits == (reach.norms[reach.norms > 0].min(), reach.norms.max())
    document = a_document(architecture="hidden_to_hidden", feedback=None, activation="identity", length=3)
    theta = {name: np.full_like(array, np.nan) for name, array in show(document).trace.parameters.items()}
    assert reach_of(show(document, theta).trace).limits is None


def fates_of(shown: Shown, state: str) -> list[str]:
    reach = reach_of(shown.trace, state)
    arrived = reach.norms > 0
    np.testing.assert_array_equal(arrived, reach.fates == Fate.REACHED)
    return ["".join(".-x#"[fate] for fate in row) for row in reach.fates]


def test_a_state_that_runs_backward_in_time_hears_from_the_losses_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = declared(monkeypatch, BIDIRECTIONAL)
    assert shown.architecture.states == ("h", "g")
    assert fates_of(shown, "h") == ["#...", "##..", "###.", "####"]
    assert fates_of(shown, "g") == ["####", ".###", "..##", "...#"]
    verdict = reach_of(shown.trace, "g").verdict
    assert (verdict.k, verdict.t) == (1, 4) and np.isfinite(verdict.factor)


def test_the_way_back_to_it_is_a_product_of_its_jacobians(monkeypatch: pytest.MonkeyPatch) -> None:
    trace = declared(monkeypatch, BIDIRECTIONAL).trace
    reach, walk = reach_of(trace, "g"), Walk(reach_of(trace, "g"), 1, 4)
    walk.advance(seconds=10)
    assert [step.i for step in walk.steps] == [2, 3, 4]
    product = np.eye(3)
    for t in (1, 2, 3):
        product = product @ ((1.0 - trace.value("g", t)[:, None] ** 2) * trace.parameters["W_g"])
    own = trace.parameters["V_g"].T @ (trace.value("yhat", 1) - trace.value("y", 1))
    np.testing.assert_allclose(walk.steps[-1].product, np.linalg.norm(product, 2), rtol=1e-9)
    np.testing.assert_allclose(reach.norm(1, 4), np.linalg.norm(product.T @ own), rtol=1e-9)


def test_a_cell_state_has_a_picture_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = declared(monkeypatch, LSTM)
    assert shown.architecture.states == ("h", "s")
    assert fates_of(shown, "s") == ["#...", "##..", "###.", "####"]


def test_every_loss_of_a_decoder_reaches_all_of_the_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = declared(monkeypatch, ENCODER_DECODER, "teacher_forcing")
    assert fates_of(shown, "e") == ["####"] * 4
    assert fates_of(shown, "h") == ["#...", "##..", "###.", "####"]


def test_too_long_a_sequence_is_refused_in_one_sentence() -> None:
    with pytest.raises(ExplorerError, match="up to T = 200 steps; here T = 201: shorten"):
        reach_of(show(a_document(length=201, hidden=1)).trace)
