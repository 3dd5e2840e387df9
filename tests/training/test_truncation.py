"""Truncated BPTT against finite differences of the losses that each window may change."""

from collections.abc import Callable, Iterator

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.architectures import get_architecture
from explorer.graph.batch import Batch
from explorer.graph.compute.initial import initial_parameters
from explorer.graph.compute.program import Program
from explorer.graph.feedback import connect, get_feedback
from explorer.training.shared import shared_program
from explorer.training.truncation import TruncatedGradient, borders, windows
from tests.each import each

T, B, K, H = 7, 3, 3, 4


def program(architecture: str, feedback: str | None, length: int = T) -> Program:
    """A program with weights and a batch that depend on nothing else."""
    net = get_architecture(architecture)
    sizes = {"n_x": K, "n_h": H, "n_y": K}
    # One that the windows share where they are as long: of numbers, runs have no other either.
    made = shared_program(connect(net, feedback and get_feedback(feedback)), sizes, length, B, np.float64)
    rng = np.random.default_rng(3)
    for name, value in initial_parameters(net, made.sizes, rng).items():
        made.memory.parameters[name][...] = value + (rng.normal(size=value.shape) if value.ndim == 1 else 0)
    return made


def batch(one_output: bool = False) -> Batch:
    rng = np.random.default_rng(8)
    x = np.eye(K)[rng.integers(0, K, (T, B))]
    y = rng.integers(0, K, (1 if one_output else T, B))
    return Batch({"x": x}, y, mask=(rng.random((T, B)) < 0.5).astype(float), uniform=rng.random((T, B)))


@given(st.integers(1, 30), st.integers(1, 30), st.integers(0, 30))
def test_each_loss_is_in_one_window_and_none_looks_back_further_than_k2(length: int, k1: int, more: int) -> None:
    k2 = k1 + more
    found = windows(length, k1, k2, one_output=False)
    assert [t for window in found for t in range(window.fresh, window.stop)] == list(range(length))
    assert all(window.stop - window.start == min(k2, window.stop) for window in found)
    assert all(window.start <= window.fresh for window in found)


@given(st.integers(1, 30), st.integers(1, 30), st.integers(0, 30), st.booleans())
def test_borders_cut_each_loss_off_where_its_window_begins(length: int, k1: int, more: int, one_output: bool) -> None:
    found, cuts = windows(length, k1, k1 + more, one_output), borders(length, k1, k1 + more, one_output)
    starts = {w.start for w in found} - {0}
    overlap = any(w.start < start < w.stop for w in found for start in starts)
    assert (cuts is None) == overlap
    for w in found if cuts is not None else ():
        assert w.start == max((cut for cut in cuts or () if cut < w.stop), default=0)


CASES = [
    ("hidden_to_hidden", None),
    ("sequence_to_one", None),
    ("output_to_hidden", "teacher_forcing"),
    ("output_to_hidden", "free_running_yhat"),
    ("output_to_hidden", "free_running_argmax"),
    ("output_to_hidden", "mixed_sample"),
    ("hidden_and_output", "mixed_o"),
    ("hidden_and_output", "free_running_sample"),
]


def truncated(net: Program, k1: int, k2: int) -> np.ndarray:
    given = batch(net.network.architecture.one_output)
    net.load(given)
    net.forward()
    TruncatedGradient(net, k1, k2).backward(given)
    return net.memory.theta_gradient.copy()


@each(("architecture", "feedback"), CASES)
@each("k1", [1, 2, 3, 7])
def test_looking_back_to_the_start_is_full_back_propagation(architecture: str, feedback: str | None, k1: int) -> None:
    net = program(architecture, feedback)
    found = truncated(net, k1, T)
    net.backward()
    np.testing.assert_allclose(found, net.memory.theta_gradient, atol=1e-13)


@each(("architecture", "feedback"), [CASES[0], CASES[1], CASES[3], CASES[6]])
@each(("k1", "k2"), [(1, 1), (1, 3), (2, 2), (2, 3), (3, 5)])
def test_what_is_further_back_than_k2_counts_as_constant(
    architecture: str, feedback: str | None, k1: int, k2: int
) -> None:
    """Finite differences of the fresh losses of each window, everything before it held as it was."""
    net = program(architecture, feedback)
    found = truncated(net, k1, k2)
    expected = np.zeros_like(found)
    one_output = net.network.architecture.one_output
    for window in windows(T, k1, k2, one_output):
        expected += finite_differences(net, window.start, window.fresh, window.stop)
    np.testing.assert_allclose(found, expected, atol=1e-7)
    net.backward()
    assert np.abs(found - net.memory.theta_gradient).max() > 1e-6


def finite_differences(net: Program, start: int, fresh: int, stop: int) -> np.ndarray:
    part = program(net.network.architecture.id, net.network.feedback and net.network.feedback.id, stop - start)
    one_output = net.network.architecture.one_output
    whole = batch(one_output)
    part.load(
        Batch(
            {"x": whole.inputs["x"][start:stop]},
            whole.y if one_output else whole.y[start:stop],
            mask=whole.mask[start:stop],
            uniform=whole.uniform[start:stop],
            initial={name: net.memory.values[name][start : start + n] for name, n in net.memory.before.items()},
        )
    )

    def loss() -> float:
        part.forward()
        losses = part.loss_per_step
        return float(losses.sum() if one_output else losses[fresh - start :].sum()) / B

    return np.array(list(slopes(part.memory.theta, loss)))


def slopes(theta: np.ndarray, loss: Callable[[], float], small: float = 1e-6) -> Iterator[float]:
    for i in range(theta.size):
        value = theta[i]
        theta[i] = value + small
        above = loss()
        theta[i] = value - small
        below = loss()
        theta[i] = value
        yield (above - below) / (2 * small)
