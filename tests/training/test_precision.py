"""Training in float32: the same beginning and mini-batches, nearly the same losses, and float64 in what is reported."""

import numpy as np
import pytest

from explorer.architectures import architectures, get_architecture
from explorer.graph.compute.clipping import norm
from explorer.session.training_plan import plan_runs
from explorer.training.loop import LockStep
from explorer.training.messages import Snapshots
from explorer.training.run import Run
from explorer.training.settings import RunSettings
from tests.settings import a_plan, a_problem, changed, task_of
from tests.training.small import settings, steps

TRAINED = [id for id, network in architectures().items() if network.output is not None]


def both(one: RunSettings) -> tuple[Run, Run]:
    """The same run in both precisions."""
    return Run(one), Run(changed(one, precision="float32"))


@pytest.mark.parametrize("id", TRAINED)
def test_a_network_of_every_kind_learns_the_same_to_a_few_figures(id: str) -> None:
    network = get_architecture(id)
    modes = ("teacher_forcing", "mixed_yhat") if network.takes_feedback else ()
    problem = a_problem(id, task_of(network), length=5, hidden=3)
    for one in plan_runs(problem, a_plan(modes=modes, iterations=4, batch=3, evaluation_batch=8)):
        double, single = both(one)
        np.testing.assert_array_equal(single.weights, double.weights.astype(np.float32))
        np.testing.assert_allclose(steps(single, 4), steps(double, 4), rtol=1e-4)
        np.testing.assert_allclose(single.weights, double.weights, rtol=1e-3, atol=1e-4)
        memory = single.program.memory
        kept = (memory.values, memory.gradients, memory.parameter_gradients)
        assert {array.dtype for arrays in kept for array in arrays.values()} == {np.dtype(np.float32)}
        judged, wanted = single.evaluate(), double.evaluate()
        assert judged.open_loop.loss == pytest.approx(wanted.open_loop.loss, rel=1e-3)


@pytest.mark.parametrize("more", [{"truncate": (2, 3)}, {"clip_norm": 0.01, "l2": 0.1}, {"clip_value": 0.001}])
def test_what_is_done_to_the_gradient_is_done_in_both(more: dict[str, object]) -> None:
    double, single = both(settings(**more))
    np.testing.assert_allclose(steps(single, 5), steps(double, 5), rtol=1e-4)


def test_an_update_is_told_and_weights_are_reported_in_float64() -> None:
    run = Run(settings(precision="float32"))
    with np.errstate(all="ignore"):
        run.tell_next()
        run.step()
        told = run.told
    assert told is not None
    arrays = (told.theta, told.after, told.gradient, told.update.gradient, *told.update.after.arrays.values())
    assert {array.dtype for array in arrays} == {np.dtype(np.float64)}
    reported = LockStep([run]).advance(0.0)
    assert {message.thetas.dtype for message in reported if isinstance(message, Snapshots)} == {np.dtype(np.float64)}


@pytest.mark.parametrize("size", [10.0, 50.0, 200.0, 5000.0])
def test_large_logits_neither_overflow_nor_vanish(size: float) -> None:
    """exp overflows in float32 from 89 on; the loss is still log Σ exp(o) − o_y."""
    one = settings(precision="float32", architecture="hidden_to_hidden", feedback=None)
    run, exact = Run(one), Run(changed(one, precision="float64"))
    for each in (run, exact):
        p = each.parameters
        p["c"][:] = size * np.linspace(-1.0, 1.0, len(p["c"]))
    np.testing.assert_allclose(steps(run, 1), steps(exact, 1), rtol=1e-5)
    assert run.diverged is None


@pytest.mark.parametrize("size", [1e-30, 1e-15, 1.0, 1e15, 1e30])
def test_the_norm_of_a_gradient_neither_overflows_nor_vanishes(size: float) -> None:
    gradient = np.full(4, size, np.float32)
    with np.errstate(all="ignore"):
        assert norm(gradient) == pytest.approx(2.0 * size, rel=1e-6)
