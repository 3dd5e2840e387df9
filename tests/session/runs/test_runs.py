"""Runs that are kept: what the worker says becomes curves, weights, stages; seeds become a median and a band."""

import numpy as np
import pytest

from explorer.files.curves import record_rows
from explorer.session.runs import run_book
from explorer.session.runs.bundles import bundles
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import Measure, Stage, StepMeasure
from explorer.session.training_plan import Plan, Problem, plan_runs
from explorer.training.loop import train
from explorer.training.messages import (
    Diverged,
    Divergence,
    Evaluated,
    Evaluation,
    Failed,
    Finished,
    Judged,
    Points,
    Rate,
)
from explorer.training.run import Run
from tests.settings import a_plan, a_problem
from tests.training.small import snapshot

PROBLEM = a_problem(length=5, hidden=3)


def trained(plan: Plan, problem: Problem = PROBLEM) -> RunBook:
    book = RunBook()
    settings = plan_runs(problem, plan)
    book.start(settings)
    for messages in train([Run(one) for one in settings]):
        assert book.take(messages) is None
    return book


def judged(loss: float, steps: int = 2) -> Judged:
    return Judged(loss, 0.5, 0.25, np.full(steps, loss), np.full(steps, 0.5))


def test_a_trained_run_has_its_curves():
    first, second = trained(a_plan(iterations=30, evaluate_every=10)).records
    iterations, losses = first.curve(Measure.OPEN_LOSS)
    assert iterations.tolist() == [0, 10, 20, 30]
    assert losses[0] == second.curve(Measure.OPEN_LOSS)[1][0], "the same first weights, the same held-out batch"
    assert first.latest(Measure.CLOSED_SCORE) == first.curve(Measure.CLOSED_SCORE)[1][-1]
    assert len(first.training) == 30 and first.stage is Stage.FINISHED
    at, errors = first.steps(StepMeasure.CLOSED_ERROR)
    assert errors.shape == (4, 5) and at.tolist() == [0, 10, 20, 30]
    assert first.kept == tuple(range(31))


def test_kept_weights_are_those_of_the_iteration_and_independent_copies():
    record = trained(a_plan(iterations=20)).records[0]
    iteration, parameters = record.weights(7)
    run = Run(record.settings)
    for _ in range(7):
        run.step()
    assert iteration == 7
    for name, value in run.parameters.items():
        assert np.array_equal(parameters[name], value)
    parameters["c"][:] = 99.0
    assert not (record.weights(7)[1]["c"] == 99.0).any()


def test_a_run_without_weights_has_none_to_give():
    book = RunBook()
    (record, _) = book.start(plan_runs(PROBLEM, Plan()))
    assert record.weights(0) is None and record.kept == () and record.latest(Measure.OPEN_LOSS) is None
    assert record.steps(StepMeasure.OPEN_ERROR)[1].shape == (0, 1)


def test_rows_for_a_table_pair_each_judgement_with_its_mini_batch():
    record = trained(a_plan(iterations=20, evaluate_every=10)).records[0]
    rows = record_rows([record])
    assert [row[0] for row in rows] == [0, 10, 20]
    assert rows[0][2] == record.training.at(1), "at iteration 0 there was no mini-batch; the first has the same weights"
    assert rows[1][2] == record.training.at(10)
    assert rows[2][3] == record.latest(Measure.OPEN_LOSS)


def test_training_can_go_on_after_a_kept_iteration():
    record = trained(a_plan(iterations=20, evaluate_every=5)).records[0]
    record.go_on(record.settings, 12)
    assert record.stage is Stage.TRAINING and record.iteration == 12 and len(record.training) == 12
    assert record.curve(Measure.OPEN_LOSS)[0].tolist() == [0, 5, 10]
    assert len(record.steps(StepMeasure.OPEN_ERROR)[0]) == 3


def test_a_run_that_was_never_judged_can_go_on_too():
    book = RunBook()
    one, _ = book.start(plan_runs(PROBLEM, Plan()))
    book.take([Points(0, np.arange(1, 11), np.ones(10)), snapshot(0, 8, np.ones(3))])
    one.go_on(one.settings, 8)
    assert one.iteration == 8 and len(one.training) == 8 and len(one.steps(StepMeasure.OPEN_ERROR)[0]) == 0


@pytest.mark.parametrize(
    ("mode", "fed"),
    [("teacher_forcing", True), ("mixed_yhat", True), ("free_running_yhat", False), ("free_running_sample", False)],
)
def test_a_run_knows_whether_it_is_fed_targets(mode: str, fed: bool) -> None:
    (run,) = RunBook().start(plan_runs(PROBLEM, Plan(modes=(mode,))))
    assert run.takes_feedback and run.fed_targets is fed


def test_a_run_without_output_feedback_is_fed_nothing() -> None:
    (run,) = RunBook().start(plan_runs(a_problem("hidden_to_hidden"), Plan()))
    assert not run.takes_feedback and not run.fed_targets


def test_divergence_stops_that_run_alone():
    book = RunBook()
    one, other = book.start(plan_runs(PROBLEM, Plan()))
    divergence = Divergence(4, "W", "It diverged.", "Clip.")
    book.take([Points(0, np.arange(1, 4), np.ones(3)), Diverged(0, 3, divergence), Rate(100.0, ())])
    assert one.stage is Stage.DIVERGED and one.divergence is divergence
    assert other.stage is Stage.TRAINING and book.training
    book.take([Points(1, np.arange(1, 11), np.ones(10))])
    assert book.iteration == 10, "progress is that of the runs that go on"
    book.take([Finished(1, 500, False)])
    assert not book.training


def test_a_failed_worker_leaves_what_was_reported():
    book = RunBook()
    one, _ = book.start(plan_runs(PROBLEM, Plan()))
    said = book.take([Points(0, np.array([1]), np.array([0.7])), Failed("It died.")])
    assert said == "It died." and one.stage is Stage.STOPPED and one.training.at(1) == 0.7


def test_where_one_of_several_workers_fails_the_runs_of_the_others_go_on():
    book = RunBook()
    one, other = book.start(plan_runs(PROBLEM, Plan()))
    book.take([Failed("It died.", (1,)), Points(0, np.arange(1, 11), np.ones(10))])
    assert (one.stage, other.stage) == (Stage.TRAINING, Stage.STOPPED) and book.training
    assert book.iteration == 10


def test_a_loss_that_overflows_is_kept_as_infinite():
    book = RunBook()
    one, _ = book.start(plan_runs(PROBLEM, Plan()))
    book.take([Evaluated(0, 0, Evaluation(judged(1.0), judged(np.inf), np.full(2, 1e300)))])
    assert one.latest(Measure.CLOSED_LOSS) == np.inf
    assert one.steps(StepMeasure.STATE_DISTANCE)[1].tolist() == [[np.inf, np.inf]]


def test_errors_by_time_step_of_long_sequences_stay_within_their_memory():
    book = RunBook()
    one, _ = book.start(plan_runs(PROBLEM, Plan()))
    for place in range(80):
        book.take([Evaluated(0, place, Evaluation(judged(1.0, 100_000), judged(1.0, 100_000), None))])
    iterations, errors = one.steps(StepMeasure.OPEN_ERROR)
    assert len(iterations) <= 33 and iterations[-1] == 79 and errors.shape[1] == 100_000


def test_a_new_start_puts_the_others_out_of_view_or_not():
    book = RunBook()
    first = book.start(plan_runs(PROBLEM, Plan()))
    for run in (0, 1):
        book.take([Points(run, np.array([1]), np.array([0.7]))])
    second = book.start(plan_runs(PROBLEM, a_plan(learning_rate=0.1)))
    assert [record.shown for record in (*first, *second)] == [False, False, True, True]
    assert [record.shade for record in second] == [0, 0]
    third = book.start(plan_runs(PROBLEM, a_plan(learning_rate=0.2)), keep_in_view=True)
    assert [record.shade for record in third] == [1, 1], "told apart from what is fed the same"
    assert first[0].stage is Stage.STOPPED


def test_a_new_start_stops_only_what_has_not_come_to_its_end():
    book = RunBook()
    finished, training = book.start(plan_runs(PROBLEM, Plan()))
    book.take([Finished(0, 500, False)])
    book.start(plan_runs(PROBLEM, Plan()))
    assert (finished.stage, training.stage) == (Stage.FINISHED, Stage.STOPPED)


def test_runs_that_never_got_anywhere_are_not_kept():
    book = RunBook()
    book.start(plan_runs(PROBLEM, Plan()))
    book.clear()
    assert book.records == [] and book.iteration == 0 and book.iterations == 0


def test_the_oldest_runs_are_forgotten_beyond_the_limit(monkeypatch):
    monkeypatch.setattr(run_book, "MOST_RUNS", 3)
    book = RunBook()
    for rate in (0.1, 0.2, 0.3):
        started = book.start(plan_runs(PROBLEM, a_plan(learning_rate=rate)), keep_in_view=True)
    assert len(book.records) == 3 and book.records[-2:] == list(started)
    monkeypatch.setattr(run_book, "MOST_RUNS", 1)
    started = book.start(plan_runs(PROBLEM, Plan()), keep_in_view=True)
    assert book.records == list(started) and len(started) == 2, "all of the last start stay"


def test_messages_about_runs_that_are_gone_are_passed_over():
    book = RunBook()
    assert book.take([snapshot(7, 0, np.zeros(3))]) is None


# Several seeds.


def test_seeds_of_one_start_are_bundled_with_median_and_quartiles():
    book = trained(a_plan(iterations=20, evaluate_every=10, seeds=3))
    together = bundles(book.records)
    assert [len(bundle.records) for bundle in together] == [3, 3]
    bundle = together[0]
    assert bundle.name == "Teacher forcing · 3 seeds" and bundle.stage is Stage.FINISHED
    values = np.array([record.curve(Measure.OPEN_LOSS)[1] for record in bundle.records])
    x, median = bundle.curve(Measure.OPEN_LOSS)
    assert x.tolist() == [0, 10, 20] and median == pytest.approx(np.median(values, 0))
    _, low, high = bundle.band(Measure.OPEN_LOSS)
    assert (low <= median).all() and (median <= high).all()
    assert bundle.latest(Measure.OPEN_LOSS) == median[-1]


def test_a_single_run_is_its_own_median_and_has_no_band():
    bundle = bundles(trained(a_plan(iterations=5)).records)[0]
    assert bundle.band(Measure.OPEN_LOSS) is None and bundle.id == bundle.first.id
    x, y = bundle.curve(Measure.OPEN_LOSS)
    assert [bundle.nearest(Measure.OPEN_LOSS, at) for at in (-5, 1e9)] == [(x[0], y[0]), (x[-1], y[-1])]
    assert bundle.curve(Measure.OPEN_LOSS)[1].tolist() == bundle.first.curve(Measure.OPEN_LOSS)[1].tolist()


def test_a_seed_that_diverged_counts_as_infinitely_bad_from_there_on():
    book = RunBook()
    book.start(plan_runs(PROBLEM, Plan(modes=("teacher_forcing",), seeds=3)))
    for run in range(3):
        for iteration in (0, 10) if run else (0,):
            book.take([Evaluated(run, iteration, Evaluation(judged(run + 1.0), judged(run + 1.0), None))])
    book.take([Diverged(0, 5, Divergence(5, "W", "It diverged.", "Clip."))])
    bundle = bundles(book.records)[0]
    assert bundle.stage is Stage.TRAINING, "the other two go on"
    book.take([Finished(1, 10, False), Finished(2, 10, False)])
    assert bundle.stage is Stage.DIVERGED
    assert bundle.curve(Measure.OPEN_LOSS)[1].tolist() == [2.0, 3.0]
    assert bundle.curve(Measure.OPEN_SCORE)[1].tolist() == [0.5, 0.5]


def test_a_seed_that_is_lost_is_left_out_from_there_on_and_not_counted():
    book = RunBook()
    book.start(plan_runs(PROBLEM, Plan(modes=("teacher_forcing",), seeds=3)))
    for iteration in (0, 10):
        for run in range(3 if iteration == 0 else 2):
            book.take([Evaluated(run, iteration, Evaluation(judged(run + 1.0), judged(run + 1.0), None))])
    book.take([Failed("Its process ended.", (2,))])
    bundle = bundles(book.records)[0]
    assert bundle.stage is Stage.TRAINING and bundle.title == "Teacher forcing · 2 of 3 seeds"
    assert bundle.curve(Measure.OPEN_LOSS)[1].tolist() == [2.0, 1.5]
    assert [band.tolist() for band in bundle.band(Measure.OPEN_LOSS)] == [[0, 10], [1.5, 1.25], [2.5, 1.75]]
    book.stop()
    assert bundle.title == "Teacher forcing · 3 seeds", "of all that were stopped none is lost"
    book.take([Diverged(0, 10, Divergence(10, "W", "It diverged.", "Clip."))])
    assert bundle.title == "Teacher forcing · 3 seeds", "nor where all others diverged"


def test_seeds_before_the_first_judgement_have_an_empty_curve():
    book = RunBook()
    book.start(plan_runs(PROBLEM, Plan(seeds=2)))
    bundle = bundles(book.records)[0]
    assert len(bundle.curve(Measure.OPEN_LOSS)[0]) == 0 and bundle.latest(Measure.OPEN_LOSS) is None
    assert bundle.nearest(Measure.OPEN_LOSS, 3) is None
    assert len(bundle.band(Measure.OPEN_LOSS)[0]) == 0


def test_seeds_go_by_what_their_names_have_in_common_and_show_the_newest_median():
    book = RunBook()
    book.start(plan_runs(PROBLEM, Plan(modes=("teacher_forcing",), seeds=3)))
    book.take([Evaluated(run, 0, Evaluation(judged(run + 1.0), judged(run + 1.0), None)) for run in range(3)])
    (bundle,) = bundles(book.records)
    assert (bundle.name, bundle.latest(Measure.OPEN_LOSS)) == ("Teacher forcing · 3 seeds", 2.0)


def test_a_run_alone_goes_by_its_own_name_and_newest_value():
    book = RunBook()
    book.start(plan_runs(PROBLEM, Plan()))
    book.take([Evaluated(0, 0, Evaluation(judged(3.0), judged(3.0), None))])
    first, _ = bundles(book.records)
    assert (first.name, first.latest(Measure.OPEN_LOSS)) == ("Teacher forcing", 3.0)


def test_a_deleted_run_is_gone_and_the_others_stay():
    book = RunBook()
    one, other = book.start(plan_runs(PROBLEM, Plan()))
    book.delete(one)
    assert book.records == [other] and book.current == (one, other), "the worker still counts it"


def test_deleted_runs_come_back_where_they_were():
    book = RunBook()
    one, other = book.start(plan_runs(PROBLEM, Plan()))
    one.iteration = other.iteration = 3
    bring_back = book.delete(one, other)
    assert book.records == [] and book.current == () and one.stage is Stage.STOPPED, "nobody is left to train for"
    (later,) = book.start(plan_runs(PROBLEM, Plan(modes=("mixed_yhat",))), keep_in_view=True)
    bring_back()
    assert book.records == [one, other, later] and book.current == (later,)
    assert one.shown and other.shown
