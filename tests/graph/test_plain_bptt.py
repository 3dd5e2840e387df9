"""Fig. 10.3 computes what equations 10.8 to 10.28 say, written out by hand for one sequence."""

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.graph.compute.program import Program
from tests.oracles.examples import SIZES, computed, random_batch
from tests.oracles.plain_bptt import PlainBptt, plain_bptt

FIG_10_3 = get_architecture("hidden_to_hidden")


def by_hand(program: Program, b: int) -> PlainBptt:
    """The program's θ on the b-th sequence of its batch."""
    memory = program.memory
    x, y = memory.steps_of("x")[:, b], memory.steps_of("y")[:, b].argmax(1)
    return plain_bptt(memory.parameters, x, y, initial_state=memory.values["h"][0, b])


def check(program: Program) -> None:
    memory = program.memory
    sequences = [by_hand(program, b) for b in range(program.B)]
    for b, expected in enumerate(sequences):
        assert program.loss_per_step[:, b].sum() == pytest.approx(expected.loss, rel=1e-13)
        for name, values in expected.values.items():
            np.testing.assert_allclose(memory.steps_of(name)[:, b], values, rtol=0, atol=1e-13)
        for name, gradient in expected.gradients.items():
            np.testing.assert_allclose(memory.gradients[name][:, b], gradient, rtol=0, atol=1e-13)
    for name, gradient in memory.parameter_gradients.items():
        mean = np.mean([sequence.parameter_gradients[name] for sequence in sequences], 0)
        np.testing.assert_allclose(gradient, mean, rtol=0, atol=1e-13)


@pytest.mark.parametrize("B", [1, 4])
@pytest.mark.parametrize("T", [1, 2, 7])
def test_values_and_gradients_are_those_of_the_equations(T: int, B: int) -> None:
    check(computed(FIG_10_3, T=T, B=B))


def test_so_they_are_from_another_initial_state() -> None:
    program = computed(FIG_10_3)
    program.memory.values["h"][0] = np.random.default_rng(3).normal(size=(program.B, SIZES["n_h"]))
    program.forward()
    program.backward()
    check(program)


def test_they_are_so_for_the_whole_batch_of_another_load() -> None:
    program = computed(FIG_10_3)
    batch = random_batch(FIG_10_3, SIZES, program.T, program.B, np.random.default_rng(4))
    program.load(batch)
    program.forward()
    program.backward()
    check(program)
