"""What comes back to a node over each of its uses is kept apart, and adds up to its gradient (eq. 10.20)."""

import numpy as np
import pytest

from explorer.architectures import get_architecture
from explorer.graph.architecture import Architecture
from tests.each import each
from tests.oracles.examples import EVERY_NETWORK, computed


@each(("architecture", "feedback"), EVERY_NETWORK)
def test_they_add_up_to_the_gradient_exactly(architecture: Architecture, feedback: str | None) -> None:
    program = computed(architecture, feedback)
    received = {name: parts for name, parts in program.contributions.items() if name != "L"}
    assert "o" in received
    for name, parts in received.items():
        np.testing.assert_array_equal(sum(part.array for part in parts), program.memory.gradients[name])


@each(("architecture", "feedback"), EVERY_NETWORK)
def test_each_is_zero_outside_the_steps_it_reaches(architecture: Architecture, feedback: str | None) -> None:
    program = computed(architecture, feedback)
    for name, parts in program.contributions.items():
        first, _ = program.memory.spans[name]
        for part in parts:
            inside = slice(part.lo - first, part.hi - first)
            assert part.array[inside].any()
            outside = part.array.copy()
            outside[inside] = 0.0
            assert not outside.any()


def test_the_loss_receives_none_and_its_gradient_is_1() -> None:
    """Eq. 10.17."""
    program = computed(get_architecture("hidden_to_hidden"))
    assert program.contributions["L"] == []
    assert (program.memory.gradients["L"] == 1.0).all()


def test_a_hidden_state_hears_from_its_output_and_from_the_next_state() -> None:
    program = computed(get_architecture("hidden_to_hidden"), T=5)
    heard = {part.use.consumer.name: (part.lo, part.hi) for part in program.contributions["h"]}
    assert heard == {"o": (0, 5), "a": (0, 4)}


def test_under_teacher_forcing_on_fig_10_4_nothing_comes_from_another_step() -> None:
    program = computed(get_architecture("output_to_hidden"), "teacher_forcing")
    assert [part.use.consumer.name for part in program.contributions["h"]] == ["o"]
    assert all(part.use.source.lag == 0 for parts in program.contributions.values() for part in parts)


def test_under_free_running_on_fig_10_4_the_prediction_hears_from_the_next_step() -> None:
    program = computed(get_architecture("output_to_hidden"), "free_running_yhat")
    (part,) = program.contributions["yhat"]
    assert (part.use.consumer.name, part.use.source.lag) == ("a", 1)


@pytest.mark.parametrize("own", ["argmax", "sample"])
def test_no_gradient_flows_through_a_one_hot_pick(own: str) -> None:
    program = computed(get_architecture("output_to_hidden"), f"free_running_{own}")
    assert [part.use.consumer.name for part in program.contributions["o"]] == ["L"]
    assert "yhat" not in program.contributions


def test_a_mix_passes_gradient_only_where_it_took_its_own_signal() -> None:
    program = computed(get_architecture("output_to_hidden"), "mixed_o", T=6)
    mask = program.memory.mask
    assert mask is not None
    fed_target = mask.reshape(6, 3) == 1
    (through_mix,) = (p.array for p in program.contributions["o"] if p.use.consumer.name == "f")
    assert not through_mix[fed_target].any()
    assert through_mix[:-1][~fed_target[:-1]].all()
