"""A plan becomes the settings of a fair comparison, and of runs that leave another; the impossible is refused."""

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.graph.feedback import FEEDBACKS
from explorer.session.training_plan import (
    Plan,
    branch_runs,
    how_trained,
    levels,
    own_output,
    plan_of,
    plan_runs,
    planned,
)
from explorer.training.schedules import Schedule
from explorer.training.settings import problem_of
from tests.settings import a_plan, a_problem, changed, differing

PROBLEM = a_problem(length=5, hidden=3)
UNUSUAL = a_plan(
    modes=("mixed_o",),
    optimizer="sgd",
    learning_rate=0.3,
    batch=4,
    clip_norm=1.5,
    iterations=30,
    momentum=0.5,
    l2=0.001,
    truncate=(2, 3),
    evaluate_every=7,
    schedule=Schedule("constant", start=0.25),
    stop_below=0.01,
    initial_scale=0.5,
)
"""Nothing is left as it is by default."""


def test_a_comparison_is_alike_in_all_but_what_is_fed_back():
    one, other = plan_runs(PROBLEM, a_plan(clip_norm=1.0))
    assert (one.feedback, other.feedback) == ("teacher_forcing", "free_running_yhat")
    assert differing(one, other) == {"feedback", "name"}


def test_a_net_without_output_feedback_is_trained_the_plain_way():
    (only,) = plan_runs(a_problem("hidden_to_hidden"), Plan())
    assert only.feedback is None and only.name == "Plain training"


def test_scheduled_sampling_brings_its_schedule():
    (mixed,) = plan_runs(PROBLEM, Plan(modes=("mixed_yhat",)))
    assert mixed.training.schedule.kind == "linear"


@pytest.mark.parametrize(
    "plan", [Plan(modes=()), Plan(seeds=0), Plan(seeds=11), a_plan(batch=0), Plan(modes=("none",))]
)
def test_an_impossible_plan_is_refused_in_a_sentence(plan):
    with pytest.raises(ExplorerError, match="choose"):
        plan_runs(PROBLEM, plan)


def test_a_plan_of_too_many_long_runs_is_refused_before_it_takes_all_memory():
    long = a_problem(length=1000, hidden=32)
    assert len(plan_runs(long, Plan(seeds=2))) == 4
    with pytest.raises(ExplorerError, match=r"These 9 runs together would take about \d+\.\d GB of memory"):
        plan_runs(long, Plan(modes=tuple(FEEDBACKS)))


@pytest.mark.parametrize("architecture", ["output_to_hidden", "hidden_to_hidden"])
def test_the_plan_of_a_run_trains_the_same_run_again(architecture: str) -> None:
    problem = a_problem(architecture, length=5, hidden=3)
    (run,) = plan_runs(problem, UNUSUAL)
    assert plan_runs(problem, plan_of(run)) == (run,)
    usual = Plan(modes=plan_of(run).modes)
    assert run not in plan_runs(problem, usual), "so it is the plan that makes it so"


def test_a_branch_keeps_what_is_learned_and_trains_on_by_the_plan() -> None:
    (run, _) = plan_runs(PROBLEM, Plan())
    (branch,) = branch_runs(run, 40, UNUSUAL)
    assert problem_of(branch) == problem_of(run) and branch.feedback == "mixed_o"
    kept = {"initial_scale": 1.0, "iterations": 40 + 30}
    assert branch.training == changed(UNUSUAL.training, **kept), "the first weights were drawn before"


def test_a_branch_says_where_it_begins_what_it_is_fed_and_of_what_it_is_where_that_differs() -> None:
    (run, _) = plan_runs(PROBLEM, Plan())
    assert [branch.name for branch in branch_runs(run, 40, Plan(modes=("teacher_forcing", "free_running_o")))] == [
        "From 40: Teacher forcing",
        "From 40: Free running on o, of Teacher forcing",
    ]


def test_a_branch_of_plain_training_is_plain_training_whatever_the_modes() -> None:
    (run,) = plan_runs(a_problem("hidden_to_hidden"), Plan())
    for modes in ((), ("teacher_forcing", "mixed_yhat")):
        (branch,) = branch_runs(run, 5, Plan(modes=modes))
        assert (branch.feedback, branch.name) == (None, "From 5: Plain training")


@pytest.mark.parametrize("plan", [Plan(modes=()), a_plan(batch=0), Plan(modes=("none",))])
def test_an_impossible_branch_is_refused_in_a_sentence(plan: Plan) -> None:
    (run, _) = plan_runs(PROBLEM, Plan())
    with pytest.raises(ExplorerError, match="choose"):
        branch_runs(run, 40, plan)


def test_what_is_planned_is_what_would_be_trained_and_nothing_where_that_cannot_be() -> None:
    assert planned(PROBLEM, UNUSUAL) == plan_runs(PROBLEM, UNUSUAL)
    assert planned(PROBLEM, Plan(modes=())) == ()


def test_levels_are_those_of_the_task_and_only_where_runs_agree() -> None:
    (first, _) = plan_runs(a_problem(length=8), Plan())
    assert levels([first]) == [(pytest.approx(np.log(2)), "chance")]
    (text, _) = plan_runs(a_problem(task="next_symbol", length=8), Plan())
    assert [name for _, name in levels([text])] == ["chance", "floor"]
    (told, _) = plan_runs(a_problem("autoregressive", "next_symbol", length=8), Plan())
    assert levels([told]) == levels([text]), "it is told the first symbol, as y(0)"
    assert levels([first, text]) == [] and levels([]) == []


def test_runs_are_judged_alike_and_a_list_that_is_not_says_no_rule() -> None:
    alike = plan_runs(PROBLEM, a_plan(own_output="yhat"))
    usual = plan_runs(PROBLEM, Plan())
    assert own_output(alike) == "soft ŷ" and own_output(usual) == "arg max" and own_output((*alike, *usual)) == ""
    plain = plan_runs(a_problem("hidden_to_hidden"), Plan())
    assert own_output((*alike, *plain)) == "soft ŷ", "what is fed nothing has no own output"


def test_what_is_fed_back_is_called_by_what_the_output_of_the_task_is() -> None:
    plan = Plan(modes=("teacher_forcing", "free_running_argmax", "mixed_yhat"))
    named = {
        task: [run.name for run in plan_runs(a_problem(task=task), plan)]
        for task in ("temporal_xor", "damped_pendulum")
    }
    assert named == {
        "temporal_xor": ["Teacher forcing", "Free running on ŷ", "Scheduled sampling with ŷ"],
        "damped_pendulum": ["Teacher forcing", "Free running on o", "Scheduled sampling with o"],
    }
    assert own_output(plan_runs(a_problem(task="damped_pendulum"), plan)) == "o"


def test_what_threshold_units_keep_from_being_trained_is_said() -> None:
    (run,) = plan_runs(a_problem("hidden_to_hidden", activation="step"), Plan())
    assert how_trained(run) == "b, W and U stay as they are: no gradient flows back through threshold units."
    (run,) = plan_runs(a_problem("lstm", activation="step"), Plan())
    assert "threshold" not in how_trained(run)
