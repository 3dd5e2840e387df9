"""The loss over two weights: each height is the loss with these weights, each step of a descent is −η g or shorter."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.graph.analyse.surface import FIRST_STRIDE, POINTS, Surface, steepest
from explorer.graph.arrays import Array
from explorer.session.document import Document, show
from explorer.session.edits import WeightEdit
from tests.settings import a_document, changed

PLAIN = a_document("hidden_to_hidden", feedback=None, length=6, hidden=3)
AXES = (("W", (0, 1)), ("b", (2,)))


def surface(document: Document = PLAIN, half: float = 1.0, gain: float = 1.0) -> Surface:
    return Surface(show(document).trace, AXES, half, gain)


def finished(found: Surface) -> Surface:
    while not found.done:
        found.advance(1.0)
    return found


def loss_at(x: float, y: float) -> float:
    """The loss of a document in which both weights were edited by hand."""
    p = show(PLAIN).trace.parameters
    edits = (WeightEdit("W", (0, 1), float(p["W"][0, 1]) + x), WeightEdit("b", (2,), float(p["b"][2]) + y))
    return show(changed(PLAIN, edits=edits)).trace.loss


def test_every_height_is_the_loss_with_these_weights() -> None:
    found = finished(surface(half=2.0))
    assert np.isfinite(found.losses).all() and found.stride == 1
    assert found.losses[POINTS // 2, POINTS // 2] == show(PLAIN).trace.loss
    for row, column in ((0, 0), (48, 3), (17, 40)):
        x, y = float(found.by[column]), float(found.by[row])
        assert found.losses[row, column] == pytest.approx(loss_at(x, y), rel=1e-12)


def test_it_comes_coarse_first() -> None:
    found, strides = surface(), []
    while not found.done:
        found.advance(0.0)
        if found.stride and found.stride not in strides:
            strides.append(found.stride)
            assert np.isfinite(found.losses[:: found.stride, :: found.stride]).all()
    assert strides == [FIRST_STRIDE, 8, 4, 2, 1]


def test_the_first_step_is_the_gradient_that_is_shown() -> None:
    gradients = show(PLAIN).trace.parameter_gradients
    g = np.array([gradients["W"][0, 1], gradients["b"][2]])
    found = surface().descend((0.0, 0.0), 0.5, None, 3)
    np.testing.assert_allclose(found.places[1], -0.5 * g, rtol=1e-12)
    assert found.norms[0] == pytest.approx(np.linalg.norm(g)) and found.clipped == 0
    assert found.losses[1] == pytest.approx(loss_at(*found.places[1].tolist()), rel=1e-12)


def test_elsewhere_it_is_the_slope_of_the_surface() -> None:
    place, step = (0.7, -0.4), 1e-6
    found = surface().descend(place, 1.0, None, 1)
    slope = [
        (loss_at(place[0] + dx, place[1] + dy) - loss_at(place[0] - dx, place[1] - dy)) / (2 * step)
        for dx, dy in ((step, 0.0), (0.0, step))
    ]
    np.testing.assert_allclose(found.places[0] - found.places[1], slope, rtol=1e-6)


def test_no_clipped_step_is_longer_than_the_rate_times_the_threshold() -> None:
    found = surface().descend((0.5, 0.5), 3.0, 0.01, 10)
    np.testing.assert_allclose(np.linalg.norm(np.diff(found.places, axis=0), axis=1), 0.03, rtol=1e-9)
    assert found.clipped == 10 and found.longest == pytest.approx(0.03)


def test_a_descent_ends_where_it_leaves_the_surface() -> None:
    found = surface(half=0.1).descend((0.0, 0.0), 1000.0, None, 10)
    assert len(found.places) == 2 and np.abs(found.places[-1]).max() > 0.1


def test_a_descent_ends_where_the_gradient_is_no_number() -> None:
    trace = show(changed(PLAIN, activation="relu")).trace
    beyond = replace(trace, parameters={**trace.parameters, "W": np.full((3, 3), 1e200)})
    found = Surface(beyond, AXES, 1.0).descend((0.0, 0.0), 0.1, None, 10)
    assert len(found.places) == 1 and found.norms.size == 0 and found.longest == 0.0


def test_recurrent_weights_are_enlarged_and_others_are_not() -> None:
    W = show(PLAIN).trace.parameters["W"]
    found = surface(gain=4.0)
    assert found.centre == (4.0 * W[0, 1], show(PLAIN).trace.parameters["b"][2])
    edits = tuple(WeightEdit("W", index, 4.0 * float(W[index])) for index in np.ndindex(W.shape))
    assert found.loss(0.0, 0.0) == pytest.approx(show(changed(PLAIN, edits=edits)).trace.loss, rel=1e-12)


def stairs(at: int, height: float) -> Array:
    found = np.tile(np.linspace(0.0, 1.0, POINTS), (POINTS, 1))
    found[at:] += height
    return found


def test_the_steepest_place_is_found_and_which_side_is_high() -> None:
    found = steepest(stairs(20, 3.0))
    assert found is not None and found.low[1] == 19 and found.high[1] == 20
    assert found.share == pytest.approx(3.0 / 4.0) and found.times > 100
    falling = steepest(stairs(20, -3.0))
    assert falling is not None and (falling.low[1], falling.high[1]) == (20, 19)
    across = steepest(stairs(20, 3.0).T)
    assert across is not None and across.high[0] == 20
    assert steepest(stairs(2, 3.0), margin=4) is not None
    beside = np.ones((POINTS, POINTS))
    beside[10:-10, 10:-10] = np.nan
    beside[0] = 2.0
    assert steepest(beside) is not None and steepest(beside, margin=10) is None
    assert steepest(np.ones((5, 5))) is None and steepest(np.full((5, 5), np.nan)) is None
