"""A nudge is a true change of the loss, and the gradient foretells it the better the smaller the nudge is."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.graph.activations import ACTIVATIONS
from explorer.session.document import Shown, show
from explorer.session.edits import WeightEdit
from explorer.session.equations.check import GradientCheck, Nudge
from explorer.session.equations.nudge import POINTS, Curve, ratio, verdict
from tests.session.shown import KINDS, example
from tests.settings import a_document


@pytest.fixture(params=KINDS, ids=str)
def shown(request: pytest.FixtureRequest) -> Shown:
    return example(*request.param)


def steepest(shown: Shown, name: str) -> tuple[int, ...]:
    gradient = np.abs(shown.trace.parameter_gradients[name])
    return tuple(int(i) for i in np.unravel_index(gradient.argmax(), gradient.shape))


def test_a_nudge_is_what_editing_the_weight_does_to_the_loss(shown: Shown) -> None:
    check = GradientCheck(shown)
    for name, array in shown.trace.parameters.items():
        index = steepest(shown, name)
        for by in (-0.7, 0.3):
            edit = WeightEdit(name, index, float(array[index]) + by)
            edited = show(replace(shown.document, edits=(*shown.document.edits, edit)))
            assert check.nudge(name, index, by).change == pytest.approx(edited.trace.loss - shown.trace.loss, abs=1e-12)


def test_the_smaller_the_nudge_the_nearer_the_ratio_is_to_one(shown: Shown) -> None:
    check = GradientCheck(shown)
    for name in shown.trace.parameters:
        ratios = [ratio(check.nudge(name, steepest(shown, name), by)) for by in (1e-3, 1e-4, 1e-5)]
        errors = [abs(r - 1) for r in ratios if r is not None]
        assert len(errors) == 3 and errors[2] < 1e-3 and errors[2] <= errors[0] + 1e-6


def test_a_curve_grows_outward_and_touches_its_tangent_at_zero(shown: Shown) -> None:
    curve = Curve(GradientCheck(shown), "W", steepest(shown, "W"), 0.5)
    known = []
    while curve.compute():
        known.append(np.isfinite(curve.loss))
    assert len(known) == POINTS and known[-1].all() and curve.done
    middle = POINTS // 2
    assert all(k[middle] and np.ptp(np.flatnonzero(k)) == k.sum() - 1 for k in known)
    assert curve.loss[middle] == shown.trace.loss == curve.tangent[middle]
    low, high = curve.limits()
    assert low < curve.loss.min() and curve.loss.max() < high
    assert np.diff(curve.tangent) / np.diff(curve.by) == pytest.approx(curve.gradient, rel=1e-6)


def test_nudging_leaves_the_trace_alone(shown: Shown) -> None:
    before = {name: array.copy() for name, array in shown.trace.parameters.items()}
    GradientCheck(shown).nudge("W", (0, 0), 5.0)
    for name, array in before.items():
        np.testing.assert_array_equal(shown.trace.parameters[name], array)


def test_a_weight_without_effect_is_said_to_have_none() -> None:
    # With h = relu(a) and the units off at every step, nothing that goes into them matters.
    document = a_document("hidden_to_hidden", feedback=None, hidden=2, length=3, activation="relu")
    off = tuple(WeightEdit(name, (i, j), 0.0) for name in ("U", "W") for i in range(2) for j in range(2))
    shown = show(replace(document, edits=(*off, WeightEdit("b", (0,), -1.0), WeightEdit("b", (1,), -1.0))))
    nudge = GradientCheck(shown).nudge("W", (0, 0), 0.1)
    assert ratio(nudge) is None and "does not depend on this entry" in verdict(nudge)
    curve = Curve(GradientCheck(shown), "W", (0, 0), 0.1)
    while curve.compute():
        pass
    low, high = curve.limits()
    assert low < shown.trace.loss < high and high - low < 1e-6


def test_what_overflows_is_no_number_of_the_curve() -> None:
    document = a_document("hidden_to_hidden", feedback=None, hidden=2, length=200, activation="identity")
    shown = show(replace(document, edits=(WeightEdit("W", (0, 0), 30.0),)))
    curve = Curve(GradientCheck(shown), "W", (0, 0), 100.0)
    while curve.compute():
        pass
    assert not np.isinf(curve.loss).any() and np.isfinite(curve.limits()).all()
    assert "no finite number" in verdict(Nudge(1.0, np.nan, 1.0))


def test_where_only_the_gradient_overflows_the_curve_is_drawn_without_its_tangent() -> None:
    # The state is multiplied by 34 at each step, and the last prediction is utterly wrong.
    document = a_document("hidden_to_hidden", feedback=None, hidden=2, length=200, activation="identity")
    out = (WeightEdit("V", (0, 0), -1000.0), WeightEdit("V", (1, 0), 1000.0))
    shown = show(replace(document, edits=(WeightEdit("W", (0, 0), 34.0), *out)))
    curve = Curve(GradientCheck(shown), "W", (0, 0), 0.001)
    assert np.isfinite(shown.trace.loss) and not np.isfinite(curve.gradient)
    while curve.compute():
        pass
    low, high = curve.limits()
    assert low < curve.loss.min() < curve.loss.max() < high < 2 * low


def test_where_only_the_sum_of_the_losses_overflows_there_is_nothing_to_compare() -> None:
    shown = example("hidden_to_hidden", None, T=6)
    assert (shown.trace.batch.y == 1).sum() >= 2, "each of these losses rises by 10³⁰⁸"
    assert "no finite number" in verdict(GradientCheck(shown).nudge("c", (0,), 1e308))


def test_before_its_first_point_a_curve_has_limits_to_be_drawn_in(shown: Shown) -> None:
    assert Curve(GradientCheck(shown), "W", (0, 0), 0.5).limits() == (-1.0, 1.0)


@pytest.mark.parametrize(
    ("change", "foretold", "words"),
    [
        (0.0, 0.0, "does not depend on this entry"),
        (0.2, 0.0, "by its curve alone"),
        (-0.1, 0.1, "the other way"),
        (0.1001, 0.1, "as good as straight"),
        (0.11, 0.1, "curves a little"),
        (0.3, 0.1, "has curved off"),
        (np.inf, 0.1, "no finite number"),
    ],
)
def test_each_outcome_has_its_sentence(change: float, foretold: float, words: str) -> None:
    assert words in verdict(Nudge(0.1, change, foretold))


def test_without_a_nudge_the_learner_is_told_to_make_one() -> None:
    assert verdict(Nudge(0.0, 0.0, 0.0)).startswith("Move the slider")


def test_every_activation_can_be_nudged() -> None:
    for activation in ACTIVATIONS:
        shown = show(a_document("hidden_to_hidden", feedback=None, hidden=3, length=4, activation=activation))
        share = ratio(GradientCheck(shown).nudge("V", steepest(shown, "V"), 1e-5))
        assert share == pytest.approx(1.0, abs=1e-3)
