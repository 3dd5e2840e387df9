"""One run: the same settings give the same numbers, twins share all but what is fed back, failures are named."""

import numpy as np
import pytest

from explorer.architectures import architectures, get_architecture
from explorer.errors import ExplorerError
from explorer.graph.compute.memory import views
from explorer.graph.feedback import FEEDBACKS
from explorer.graph.optimizers import OPTIMIZERS
from explorer.tasks import get_task
from explorer.training.matching import mismatch
from explorer.training.run import Run
from explorer.training.schedules import Schedule
from explorer.training.settings import RunSettings
from tests.settings import FOUR, changed, task_of
from tests.training.small import settings, steps


def runnable() -> list[RunSettings]:
    """Each architecture that can be trained, those of the first lessons with each feedback that they can take."""
    found = []
    for id, architecture in architectures().items():
        if architecture.output is None:
            continue
        fed = FEEDBACKS if id in FOUR else ("teacher_forcing", "free_running_yhat")
        task = "next_symbol" if mismatch(architecture, get_task("next_symbol")) is None else task_of(architecture)
        for feedback in fed if architecture.takes_feedback else (None,):
            found.append(settings(architecture=id, task=task, feedback=feedback))
    return found


every_kind = pytest.mark.parametrize("chosen", runnable(), ids=lambda s: f"{s.network.architecture}-{s.feedback}")


@every_kind
def test_training_lowers_the_loss(chosen: RunSettings) -> None:
    run = Run(chosen)
    losses = steps(run, 60)
    assert np.mean(losses[-10:]) < np.mean(losses[:10])
    assert run.iteration == 60


@every_kind
def test_the_same_settings_give_the_same_numbers(chosen: RunSettings) -> None:
    one, other = Run(chosen), Run(chosen)
    assert steps(one, 8) == steps(other, 8)
    assert np.array_equal(one.theta, other.theta)
    assert one.evaluate().closed_loop.loss == other.evaluate().closed_loop.loss


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("feedback", ["teacher_forcing", "free_running_sample", "mixed_argmax"])
def test_a_run_that_goes_on_is_what_it_would_have_been_at_once(optimizer: str, feedback: str) -> None:
    schedule = Schedule("constant", start=0.5)
    chosen = settings(optimizer=optimizer, feedback=feedback, schedule=schedule, iterations=20)
    broken, whole = Run(chosen), Run(changed(chosen, iterations=40))
    losses = steps(broken, 20)
    broken.evaluate()
    broken.go_on(40)
    assert losses + steps(broken, 20) == steps(whole, 40)
    assert np.array_equal(broken.theta, whole.theta)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("feedback", ["free_running_sample", "mixed_argmax"])
def test_another_run_goes_on_as_if_the_first_had_never_been_left(optimizer: str, precision: str, feedback: str) -> None:
    schedule = Schedule("constant", start=0.5)
    chosen = settings(optimizer=optimizer, precision=precision, feedback=feedback, schedule=schedule, iterations=90)
    left, whole = Run(chosen, iteration=3), Run(chosen, iteration=3)
    losses = steps(left, 40)  # beyond a block of mini-batches that are drawn together
    standing = left.standing
    assert standing is not None
    later = Run(chosen, standing.theta, left.iteration, standing.since, standing.moments)
    assert losses + steps(later, 30) == steps(whole, 70)
    assert np.array_equal(later.theta, whole.theta) and later.iteration == whole.iteration


@pytest.mark.parametrize("chosen", [
    settings(task="next_symbol", architecture="hidden_to_hidden", feedback=None, carry_state=True),
    settings(task="running_parity", architecture="echo_state", feedback=None, ridge=0.1),
])  # fmt: skip
def test_what_more_than_moments_would_be_needed_for_is_not_claimed_to_go_on_so(chosen: RunSettings) -> None:
    assert Run(chosen).standing is None


def test_what_is_broken_is_not_claimed_to_go_on() -> None:
    diverged, overflown = Run(settings(**EXPLODING)), Run(settings(optimizer="adam", precision="float32"))
    while diverged.diverged is None:
        steps(diverged, 1)
    assert diverged.standing is None
    overflown.gradient.fill(1e25)  # a finite number whose square is none
    with np.errstate(all="ignore"):
        overflown.update(overflown.draw(), 1.0)
    assert overflown.diverged is None and overflown.standing is None


def test_a_run_that_goes_on_does_not_stretch_its_schedule() -> None:
    run = Run(settings(feedback="mixed_yhat", schedule=Schedule("linear", start=1.0), iterations=10))
    steps(run, 10)
    run.go_on(1000)
    steps(run, 5)
    assert run.settings.training.iterations == 1000 and not run.program.memory.mask.any()


@pytest.mark.parametrize("architecture", ["output_to_hidden", "hidden_and_output"])
def test_twins_share_their_first_weights_and_all_batches(architecture: str) -> None:
    runs = [Run(settings(architecture=architecture, feedback=feedback)) for feedback in FEEDBACKS]
    first = runs[0]
    for run in runs[1:]:
        assert np.array_equal(run.theta, first.theta)
        assert run.evaluate().open_loop.loss == first.evaluate().open_loop.loss
    for _ in range(40):
        batches = []
        for run in runs:
            steps(run, 1)
            # y itself is filled in only where it is fed back; its index is always there.
            batches.append((run.program.memory.steps_of("x").copy(), run.program.memory.target_index.copy()))
        for x, y in batches[1:]:
            assert np.array_equal(x, batches[0][0]) and np.array_equal(y, batches[0][1])


def test_twins_toss_the_same_coins() -> None:
    runs = [Run(settings(feedback=f"mixed_{own}")) for own in ("yhat", "sample")]
    for _ in range(10):
        masks = []
        for run in runs:
            steps(run, 1)
            masks.append(run.program.memory.mask.copy())
        one, other = masks
        assert np.array_equal(one, other)
        assert 0 < one.sum() < one.size or runs[0].iteration < 3


def test_another_seed_is_another_run() -> None:
    assert not np.array_equal(Run(settings(seed=0)).theta, Run(settings(seed=1)).theta)


def test_the_loss_is_per_predicted_step() -> None:
    run = Run(settings())
    loss = steps(run, 1)[0]
    assert loss == pytest.approx(run.program.loss_per_step.mean())


def test_the_first_update_is_the_optimizer_applied_to_the_gradient() -> None:
    run = Run(settings(optimizer="sgd", learning_rate=0.5))
    before = run.theta.copy()
    steps(run, 1)
    np.testing.assert_allclose(run.theta, before - 0.5 * run.gradient, rtol=1e-12)


def test_clipping_bounds_the_step() -> None:
    run = Run(settings(optimizer="sgd", learning_rate=1.0, clip_norm=1e-3))
    before = run.theta.copy()
    steps(run, 1)
    assert np.linalg.norm(run.theta - before) == pytest.approx(1e-3)


def test_l2_pulls_the_weights_and_leaves_the_biases() -> None:
    plain = Run(settings(optimizer="sgd"))
    pulled = Run(settings(optimizer="sgd", l2=0.3))
    before = {name: value.copy() for name, value in plain.parameters.items()}
    loss = steps(plain, 1)
    shapes = {name: value.shape for name, value in before.items()}
    assert steps(pulled, 1) == loss
    unpulled = views(plain.gradient, shapes)
    for name, gradient in views(pulled.gradient, shapes).items():
        pull = 0.3 * before[name] if gradient.ndim > 1 else 0.0
        np.testing.assert_allclose(gradient, unpulled[name] + pull, atol=1e-15)


def test_truncating_at_the_whole_length_changes_nothing_else() -> None:
    free = {"feedback": "free_running", "length": 6}
    full, cut, far = (Run(settings(truncate=k, **free)) for k in (None, (2, 2), (6, 6)))
    losses = [steps(run, 20) for run in (full, cut, far)]
    np.testing.assert_allclose(losses[0], losses[2], rtol=1e-9)
    assert not np.allclose(losses[0], losses[1], rtol=1e-3)


def test_a_schedule_goes_from_teacher_forcing_to_free_running() -> None:
    run = Run(settings(feedback="mixed", schedule=Schedule("linear"), iterations=20))
    shares = []
    for _ in range(25):
        steps(run, 1)
        shares.append(run.program.memory.mask.mean())
    assert shares[0] == 1.0
    assert shares[20:] == [0.0] * 5


@pytest.mark.parametrize(("share", "pure"), [(1.0, "teacher_forcing"), (0.0, "free_running_yhat")])
def test_a_certain_coin_is_the_pure_mode(share: float, pure: str) -> None:
    mixed = Run(settings(feedback="mixed_yhat", schedule=Schedule("constant", start=share)))
    plain = Run(settings(feedback=pure))
    np.testing.assert_allclose(steps(mixed, 15), steps(plain, 15), rtol=1e-9)


def test_a_branch_goes_on_from_given_weights_with_new_batches() -> None:
    trunk = Run(settings())
    steps(trunk, 10)
    branch = Run(settings(optimizer="sgd"), trunk.theta, trunk.iteration)
    assert branch.iteration == 10
    assert branch.evaluate().closed_loop.loss == trunk.evaluate().closed_loop.loss
    steps(branch, 1)
    assert branch.iteration == 11
    seen = branch.program.memory.values["x"].copy()
    restarted = Run(settings())
    steps(restarted, 1)
    assert not np.array_equal(seen, restarted.program.memory.values["x"])


def test_weights_of_another_network_are_refused() -> None:
    with pytest.raises(ExplorerError, match="has 30 parameters, but 3 numbers were given"):
        Run(settings(), np.zeros(3))


EXPLODING = {
    "architecture": "hidden_to_hidden",
    "feedback": None,
    "activation": "identity",
    "optimizer": "sgd",
    "learning_rate": 1.0,
    "initial_scale": 4.0,
    "length": 30,
}


def test_divergence_stops_the_run_and_keeps_the_weights_from_before() -> None:
    run = Run(settings(**EXPLODING))
    thetas = [run.theta.copy()]
    losses = []
    while run.diverged is None and run.iteration < 50:
        losses += steps(run, 1)
        thetas.append(run.theta.copy())
    assert run.diverged is not None
    assert np.isfinite(losses[:-1]).all() and not np.isfinite(losses[-1])
    assert np.isfinite(run.theta).all()
    assert np.array_equal(run.theta, thetas[run.iteration])
    assert run.diverged.iteration - 1 <= run.iteration <= run.diverged.iteration
    assert run.diverged.parameter in run.parameters
    assert run.diverged.parameter in run.diverged.sentence
    assert "Clip" in run.diverged.remedy


def test_what_a_run_diverged_by_is_its_own_gradient_whoever_took_a_turn_before() -> None:
    for seed in range(3):
        alone, in_turn = (Run(settings(**EXPLODING, task="damped_pendulum", seed=seed)) for _ in range(2))
        other = Run(settings(**EXPLODING | {"initial_scale": 0.1, "learning_rate": 1e-9}, task="damped_pendulum"))
        while not alone.diverged:
            steps(alone, 1)
        while not in_turn.diverged:
            steps(other, 1)
            steps(in_turn, 1)
        assert in_turn.diverged == alone.diverged


def test_the_remedy_of_a_clipped_run_is_another() -> None:
    run = Run(settings(**EXPLODING | {"clip_norm": 1e8, "learning_rate": 1e3, "initial_scale": 30.0}))
    while run.diverged is None and run.iteration < 50:
        steps(run, 1)
    assert run.diverged is not None
    assert "Lower the learning rate from 1000 to 100, or the clipping threshold" in run.diverged.remedy


def test_weights_that_overflow_at_once_are_said_to() -> None:
    architecture = get_architecture("hidden_to_hidden")
    size = Run(settings(architecture=architecture.id, feedback=None)).theta.size
    run = Run(settings(**EXPLODING), np.full(size, 1e300))
    steps(run, 1)
    assert run.diverged is not None
    assert run.iteration == 0
    assert "cannot start" in run.diverged.sentence


def test_a_gradient_that_overflows_under_a_finite_loss_stops_the_run() -> None:
    """∂L/∂a(1) is V W ⋯ W: the tiny U keeps that large number out of the loss."""
    chosen = settings(**EXPLODING | {"hidden": 1})
    run = Run(chosen)
    parameters = run.parameters
    for name, value in (("U", 1e-150), ("W", 1e5), ("V", 1e190), ("b", 0.0), ("c", 0.0)):
        parameters[name][...] = value
    parameters["V"][0] *= -1.0
    start = run.theta.copy()
    steps(run, 1)
    assert run.diverged is not None
    assert run.diverged.parameter in ("b", "U")
    assert "its gradient overflows" in run.diverged.sentence
    assert run.iteration == 0
    assert np.array_equal(run.theta, start)
