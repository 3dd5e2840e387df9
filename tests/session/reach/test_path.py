"""One path back: the norms on it, what cuts it, and the edges of the graph that it takes."""

import numpy as np
import pytest

from explorer.graph.drawn import drawn
from explorer.session.document import Shown, show
from explorer.session.reach.loop import loop_shown
from explorer.session.reach.path import Walk, cut_by, path_edges
from explorer.session.reach.reach import reach_of
from tests.each import each
from tests.oracles.jacobians import jacobians
from tests.session.shown import KINDS, example
from tests.settings import a_document, a_plan


def edges(shown: Shown, k: int, t: int) -> set[str]:
    found = path_edges(drawn(shown.graph), "h", k, t)
    return {f"{e.source.name}{e.source.t} {e.target.name}{e.target.t}" for e in found}


@each(("architecture", "feedback"), KINDS)
def test_the_norms_are_those_of_the_swept_jacobians_and_their_product(architecture: str, feedback: str | None) -> None:
    shown = example(architecture, feedback, T=5)
    walk = Walk(reach_of(shown.trace), 5, 2)
    walk.advance(seconds=10)
    assert walk.done and [step.i for step in walk.steps] == [4, 3, 2]
    swept = [*jacobians(shown.trace, "h", 2, 5)][::-1]
    product = np.eye(3)
    for step, factor in zip(walk.steps, swept, strict=True):
        product = product @ factor
        np.testing.assert_allclose(step.factor, np.linalg.norm(factor, 2), rtol=1e-10, atol=1e-15)
        np.testing.assert_allclose(step.product, np.linalg.norm(product, 2), rtol=1e-9, atol=1e-15)


def test_no_factor_is_passed_where_bptt_is_truncated() -> None:
    shown = show(a_document("hidden_to_hidden", feedback=None, length=6, plan=a_plan(truncate=(3, 3))))
    reach = reach_of(shown.trace)
    walk = Walk(reach, 5, 1)
    walk.advance(seconds=10)
    assert [step.factor == 0 for step in walk.steps] == [False, True, False, False]
    assert [step.product == 0 for step in walk.steps] == [False, True, True, True]
    assert cut_by(reach, 3).startswith("truncated BPTT ends between them: step 4")
    assert loop_shown(reach, 3).words.startswith("No loop at t = 3: truncated BPTT ends between them")
    assert loop_shown(reach, 4).radius > 0


def test_a_long_way_is_walked_a_little_at_a_time() -> None:
    walk = Walk(reach_of(example("hidden_to_hidden", None, T=20).trace), 20, 1)
    for expected in range(1, 20):
        walk.advance(seconds=0)
        assert len(walk.steps) == expected and not walk.done
    walk.advance(seconds=0)
    assert len(walk.steps) == 19 and walk.done


def test_within_a_step_there_is_no_jacobian() -> None:
    walk = Walk(reach_of(example("hidden_to_hidden", None).trace), 3, 3)
    walk.advance(seconds=1)
    assert walk.done and walk.steps == []


def test_the_path_through_the_plain_network_goes_along_its_states() -> None:
    up = {"h3 o3", "o3 yhat3", "yhat3 L3"}
    assert edges(example("hidden_to_hidden", None), 3, 1) == {"h1 h2", "h2 h3", *up}
    assert edges(example("hidden_to_hidden", None), 3, 3) == up


def test_the_path_through_the_output_goes_along_what_is_fed_back() -> None:
    shown = example("output_to_hidden", "free_running_o")
    assert edges(shown, 2, 1) == {"h1 o1", "o1 h2", "h2 o2", "o2 yhat2", "yhat2 L2"}


def test_two_ways_are_one_path() -> None:
    shown = example("hidden_and_output", "free_running_yhat")
    assert edges(shown, 2, 1) == {"h1 h2", "h1 o1", "o1 yhat1", "yhat1 h2", "h2 o2", "o2 yhat2", "yhat2 L2"}


def test_a_cut_path_ends_where_it_is_cut() -> None:
    assert edges(example("output_to_hidden", "teacher_forcing"), 3, 1) == {"h3 o3", "o3 yhat3", "yhat3 L3"}
    # y(1) and y(3) are fed, but at step 3 the network's own ŷ(2).
    mixed = example("output_to_hidden", "mixed_yhat")
    assert (
        edges(mixed, 3, 1)
        == edges(mixed, 3, 2)
        == {
            *("h2 o2", "o2 yhat2", "yhat2 h3"),
            *("h3 o3", "o3 yhat3", "yhat3 L3"),
        }
    )


def test_the_path_of_the_one_loss_leaves_the_last_step() -> None:
    assert edges(example("sequence_to_one", None), 4, 3) == {"h3 h4", "h4 o4", "o4 yhat4", "yhat4 L4"}


@pytest.mark.parametrize(
    ("feedback", "said"),
    [
        ("teacher_forcing", "step 2 is fed the target y(1)"),
        ("free_running_argmax", "step 2 is fed the arg max of o(1), which has no derivative"),
        ("free_running_sample", "step 2 is fed a symbol drawn from ŷ(1), which has no derivative"),
        ("mixed_argmax", "step 2 is fed the target y(1)"),
    ],
)
def test_what_cuts_is_said(feedback: str, said: str) -> None:
    assert cut_by(reach_of(example("output_to_hidden", feedback).trace), 1) == said


def test_of_a_mix_each_step_is_cut_by_what_it_is_fed() -> None:
    reach = reach_of(example("output_to_hidden", "mixed_sample").trace)
    assert [cut_by(reach, s).split(" fed ")[1][:8] for s in (1, 2, 3)] == ["the targ", "a symbol", "the targ"]


def test_numbers_beyond_a_float_are_no_numbers() -> None:
    document = a_document(architecture="hidden_to_hidden", feedback=None, activation="identity", length=5)
    theta = dict(show(document).trace.parameters)
    theta["W"] = 1e200 * theta["W"]
    walk = Walk(reach_of(show(document, theta).trace), 5, 1)
    walk.advance(seconds=1)
    assert np.isfinite(walk.steps[0].product) and not np.isfinite(walk.steps[-1].product)
