"""A run is trained otherwise by one change: its twin, another size or rate, or what mends one that broke."""

import pytest

from explorer.architectures import architectures, get_architecture
from explorer.session.training_plan import Plan, plan_runs
from explorer.session.variations import remedied, variations
from explorer.tasks import get_task
from explorer.training.matching import mismatch
from tests.settings import a_plan, a_problem, changed, differing

PROBLEM = a_problem(length=5, hidden=3)


@pytest.mark.parametrize("clip", [None, 2.0])
def test_the_same_again_changes_one_thing(clip):
    settings = plan_runs(PROBLEM, a_plan(clip_norm=clip))[0]
    for other in variations(settings).values():
        assert len(differing(settings, other) - {"name"}) == 1


@pytest.mark.parametrize(
    ("id", "task"),
    [
        (id, task)
        for id, network in architectures().items()
        for task in ("running_parity", "next_symbol", "damped_pendulum", "tune", "reversal")
        if network.takes_feedback and mismatch(network, get_task(task)) is None
    ],
)
def test_whatever_feeds_its_output_back_is_trained_with_its_twin_and_gets_it_again(id: str, task: str) -> None:
    forced, free = plan_runs(a_problem(id, task, length=5, hidden=3), Plan())
    assert (forced.feedback, free.feedback) == ("teacher_forcing", "free_running_yhat")
    assert next(iter(variations(forced).values())) == free
    assert next(iter(variations(free).values())) == forced
    (mixed,) = plan_runs(a_problem(id, task, length=5, hidden=3), a_plan(("mixed_yhat",)))
    assert next(iter(variations(mixed).values())) == forced


@pytest.mark.parametrize("id", ["hidden_to_hidden", "sequence_to_one", "bidirectional", "lstm"])
def test_what_feeds_nothing_back_has_no_twin(id: str) -> None:
    task = "majority" if get_architecture(id).one_output else "running_parity"
    (plain,) = plan_runs(a_problem(id, task, length=5, hidden=3), Plan())
    assert not any("twin" in title for title in variations(plain))


def test_the_remedy_is_clipping_first_and_then_a_lower_rate():
    settings = plan_runs(PROBLEM, a_plan(learning_rate=0.5, optimizer="sgd"))[0]
    title, clipped = remedied(settings)
    assert title == "Clip to norm 1" and clipped.training.clip_norm == 1.0
    title, slower = remedied(clipped)
    assert title == "Learning rate 0.05" and slower.training.learning_rate == 0.05 and slower.training.clip_norm == 1.0


@pytest.mark.parametrize(("rate", "lower"), [(1000.0, 0.02), (0.02, 0.002)])
def test_an_optimiser_that_clipping_does_not_help_gets_a_lower_rate_at_once(rate: float, lower: float) -> None:
    settings = plan_runs(PROBLEM, a_plan(learning_rate=rate))[0]
    title, slower = remedied(settings)
    assert title == f"Learning rate {lower:g}" and slower == changed(settings, learning_rate=lower)
