"""A finite difference tells what the loss does, and leaves the program as it was."""

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.graph.analyse.differences import finite_difference, relative_error
from explorer.graph.batch import Batch
from explorer.graph.compute.program import Program
from tests.oracles.examples import computed

FIG_10_3 = get_architecture("hidden_to_hidden")
FIG_10_4 = get_architecture("output_to_hidden")


@pytest.mark.parametrize("keep", [True, False])
def test_theta_and_every_value_and_gradient_are_as_before(keep: bool) -> None:
    program = computed(FIG_10_4, "mixed_sample", keep=keep)
    memory = program.memory
    arrays = [memory.theta, memory.theta_gradient, *memory.values.values(), *memory.gradients.values()]
    before = [array.copy() for array in arrays]
    finite_difference(program, "W", (1, 2))
    for array, expected in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(array, expected)


def test_theta_is_restored_even_if_the_computation_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    program = computed(FIG_10_3)
    before = program.memory.theta.copy()
    monkeypatch.setattr(program, "forward", interrupted)
    with pytest.raises(KeyboardInterrupt):
        finite_difference(program, "W", (0, 0))
    np.testing.assert_array_equal(program.memory.theta, before)


def test_a_large_weight_gets_a_large_step() -> None:
    program = computed(FIG_10_3, activation="identity", T=2)
    program.memory.parameters["W"][0, 0] = 1e4
    program.forward()
    program.backward()
    gradient = float(program.memory.parameter_gradients["W"][0, 0])
    assert relative_error(gradient, finite_difference(program, "W", (0, 0))) < 1e-9


def test_it_errs_by_the_square_of_the_step_until_rounding_takes_over() -> None:
    program = computed(FIG_10_3)
    gradient = float(program.memory.parameter_gradients["U"][0, 0])

    def error(step: float) -> float:
        return abs(gradient - finite_difference(program, "U", (0, 0), step))

    assert error(1e-2) / error(1e-3) == pytest.approx(100, rel=0.05)
    chosen = abs(gradient - finite_difference(program, "U", (0, 0)))
    assert chosen < 1e-9 < min(error(1e-3), error(1e-9))


def gradient_of(program: Program, name: str, entry: int, value: float) -> float:
    """The back-propagated gradient of a bias once it has this value."""
    program.memory.parameters[name][entry] = value
    program.forward()
    program.backward()
    return float(program.memory.parameter_gradients[name][entry])


def test_at_the_kink_of_a_relu_it_mixes_the_slopes_of_both_sides() -> None:
    program = computed(FIG_10_3, activation="relu", T=1, B=1)
    program.memory.parameters["U"][0] = 0.0
    on, off = gradient_of(program, "b", 0, 1e-9), gradient_of(program, "b", 0, 0.0)
    assert abs(on) > 0.01 and off == 0.0
    assert finite_difference(program, "b", (0,)) == pytest.approx(on / 2, rel=1e-4)


def test_where_an_arg_max_changes_it_shows_the_jump() -> None:
    program = computed(FIG_10_4, "free_running_argmax", T=2, B=1)
    program.load(Batch({"x": np.array([[[0.0, 0.0]], [[1.0, -1.0]]])}, np.array([[0], [1]])))
    program.memory.parameters["b"][...] = program.memory.parameters["c"][...] = 0.0
    # So h(1) = 0 and all entries of o(1) are equal: the least change of c decides which symbol is fed back.
    assert abs(gradient_of(program, "c", 0, 0.0)) < 1.0
    assert abs(finite_difference(program, "c", (0,))) > 1e3


def test_the_error_is_relative_to_the_larger_number_or_to_1() -> None:
    assert relative_error(0.0, 0.0) == 0.0
    assert relative_error(1e-3, 2e-3) == pytest.approx(1e-3)
    assert relative_error(200.0, -300.0) == relative_error(-300.0, 200.0) == pytest.approx(500 / 300)
