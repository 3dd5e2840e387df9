"""A readout of fixed states is learned at once: ridge regression where outputs are linear, its like elsewhere."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import architectures
from explorer.errors import ExplorerError
from explorer.graph.arrays import Array
from explorer.graph.compute.memory import Memory
from explorer.training.readout import MOST_ROWS, Readout, readout_of
from explorer.training.run import Run
from explorer.training.settings import RunSettings
from explorer.training.validation import validated
from tests.settings import changed, some_settings

LAMBDA = 0.1
TASKS = {"linear": "damped_pendulum", "sigmoid": "temporal_xor", "softmax": "delayed_echo"}


def settings(output: str = "linear", **fields: object) -> RunSettings:
    usual = {"hidden": 6, "length": 7, "batch": 8, "evaluation_batch": 64, "ridge": LAMBDA, "initial_scale": 1.0}
    return some_settings("echo_state", TASKS[output], **usual | fields)


def learned(run: Run, updates: int) -> tuple[Array, Array]:
    """States with a 1 beside them, and targets as vectors, of all mini-batches that a run has learned from."""
    rows, targets = [], []
    for _ in range(updates):
        run.step()
        h, y = run.program.memory.steps_of("h"), run.program.memory.steps_of("y")
        vectors = np.eye(run.task.n_y)[run.program.memory.target_index % run.task.n_y] if run.task.kind.asks[1:] else y
        rows.append(np.concatenate([h, np.ones((*h.shape[:2], 1))], axis=2).reshape(-1, h.shape[2] + 1))
        targets.append(np.array(vectors).reshape(-1, run.task.n_y))
    return np.vstack(rows), np.vstack(targets)


def readout(of: Run | Memory) -> Array:
    parameters = of.parameters
    return np.vstack([parameters["V"].T, parameters["c"][None]])


def test_of_a_linear_output_it_is_the_least_squares_solution_of_the_system_with_rows_of_the_ridge_below() -> None:
    run = Run(settings())
    X, Y = learned(run, 3)
    ridge = np.sqrt(LAMBDA) * np.eye(7)[:6]  # the bias is not held back
    wanted = np.linalg.lstsq(np.vstack([X, ridge]), np.vstack([Y, np.zeros((6, Y.shape[1]))]), rcond=None)[0]
    np.testing.assert_allclose(readout(run), wanted, rtol=0, atol=1e-10)


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_of_others_it_is_where_the_gradient_of_the_losses_and_the_ridge_vanishes(output: str) -> None:
    run = Run(settings(output))
    X, Y = learned(run, 3)
    o = X @ readout(run)
    predicted = 1 / (1 + np.exp(-o)) if output == "sigmoid" else np.exp(o) / np.exp(o).sum(1, keepdims=True)
    gradient = X.T @ (predicted - Y) + LAMBDA * readout(run) * np.array([[1.0]] * 6 + [[0.0]])
    np.testing.assert_allclose(gradient, 0.0, atol=1e-8)
    assert np.abs(readout(run)).max() > 0.1


def test_losses_count_as_they_are_weighted() -> None:
    run, rng = Run(settings()), np.random.default_rng(0)
    batch = replace(run.task.batch(rng, 7, 8), loss_weights=rng.integers(0, 3, (7, 8)).astype(float))
    np.copyto(run.program.memory.theta, run.theta)
    run.program.load(batch)
    run.program.forward()
    Readout(run.program, LAMBDA).learn(run.program, batch)
    h, y = (run.program.memory.steps_of(name).reshape(56, -1) for name in ("h", "y"))
    assert batch.loss_weights is not None
    share = np.sqrt(batch.loss_weights.reshape(-1, 1))
    X, ridge = np.hstack([h, np.ones((56, 1))]), np.sqrt(LAMBDA) * np.eye(7)[:6]
    wanted = np.linalg.lstsq(np.vstack([share * X, ridge]), np.vstack([share * y, np.zeros((6, 1))]), rcond=None)[0]
    np.testing.assert_allclose(readout(run.program.memory), wanted, rtol=0, atol=1e-10)


@pytest.mark.parametrize("output", TASKS)
def test_it_reaches_at_once_what_a_gradient_goes_towards_and_leaves_the_states_alone(output: str) -> None:
    at_once, by_gradient = Run(settings(output)), Run(settings(output, ridge=None))
    for run, updates in ((at_once, 5), (by_gradient, 100)):
        for _ in range(updates):
            run.step()
    for name in ("W", "U"):
        np.testing.assert_array_equal(at_once.parameters[name], by_gradient.parameters[name])
    assert at_once.evaluate().open_loop.loss < 1.05 * by_gradient.evaluate().open_loop.loss


def test_the_loss_of_a_mini_batch_is_that_before_it_was_learned_from() -> None:
    at_once, by_gradient = Run(settings()), Run(settings(ridge=None))
    assert at_once.step() == by_gradient.step()
    assert at_once.step() < by_gradient.step()


def test_what_comes_after_so_many_time_steps_is_left_aside() -> None:
    run = Run(settings(length=50, batch=MOST_ROWS // 50))
    run.step()
    before = run.theta.copy()
    run.step()
    np.testing.assert_array_equal(run.theta, before)


def test_a_network_that_learns_more_is_refused_and_says_what() -> None:
    able = {id for id, network in architectures().items() if readout_of(network) is not None}
    assert able == {"echo_state"}
    with pytest.raises(ExplorerError, match=r"'GRU' learns .*; only a readout of states that stay as they are"):
        validated(some_settings("gru", "delayed_echo", ridge=LAMBDA))


def test_a_loss_that_is_not_convex_is_refused() -> None:
    with pytest.raises(ExplorerError, match="'sigmoid with squared error' may have several minima, so its readout"):
        validated(changed(settings("softmax"), task_options={"output": "sigmoid_mse"}))


def test_a_softmax_too_large_to_be_solved_at_once_is_refused() -> None:
    with pytest.raises(ExplorerError, match="readout of 1,203 numbers, and at most 1,000 are found at once"):
        validated(settings("softmax", hidden=400))
