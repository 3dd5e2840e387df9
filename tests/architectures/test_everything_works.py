"""What there is for one network is there for each: what-if, nudges, runs of every kind, and what is done with runs."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import architectures, get_architecture
from explorer.errors import ExplorerError
from explorer.graph.arrays import Array
from explorer.graph.feedback import MIXED
from explorer.session.edits import InitialEdit, WeightEdit, reads_before_first
from explorer.session.equations.check import GradientCheck
from explorer.session.equations.nudge import ratio
from explorer.session.originals import computed_before
from explorer.session.runs.examples import follow_example
from explorer.session.runs.runs import RunRecord, StepMeasure
from explorer.session.session import Session
from explorer.session.training_plan import Plan, branch_runs, plan_runs
from explorer.session.variations import variations
from explorer.session.weights import Weights, fit_of
from explorer.training.loop import LockStep
from explorer.training.matching import untrainable
from explorer.training.meaning import why_not
from explorer.training.problem import task_of
from explorer.training.record import Measure
from explorer.training.run import Run
from explorer.training.settings import RunSettings, problem_of
from tests.settings import a_document, a_plan, changed
from tests.settings import task_of as first_task

TRAINED = [id for id, network in architectures().items() if network.output is not None]
each = pytest.mark.parametrize("id", TRAINED)


def shown(id: str, feedback: str = "free_running_yhat") -> Session:
    """A small document of a network, on the first task that goes with it."""
    network = get_architecture(id)
    fed = feedback if network.takes_feedback else None
    return Session(a_document(id, first_task(network), length=5, hidden=3, feedback=fed))


def plan(**fields: object) -> Plan:
    return a_plan(iterations=4, batch=3, evaluation_batch=8, evaluate_every=2, **fields)


def trained(settings: RunSettings, theta: Array | None = None, iteration: int = 0) -> RunRecord:
    """A run to its end, as the window keeps it."""
    record = RunRecord(0, settings)
    lockstep = LockStep([Run(settings, theta, iteration)])
    while lockstep.training:
        for message in lockstep.advance():
            record.take(message)
    assert record.iteration == settings.training.iterations and record.divergence is None
    return record


@each
def test_an_edit_shows_what_would_be_and_what_was(id: str) -> None:
    session = shown(id)
    name = session.shown.architecture.parameters[-1].name
    loss = session.shown.trace.loss
    entry = (0,) * session.shown.trace.parameters[name].ndim
    session.edit(WeightEdit(name, entry, 3.0))
    before = computed_before(session.shown, None)
    assert before is not None and before[0] == loss != session.shown.trace.loss
    for node in session.shown.network.nodes:
        if reads_before_first(session.shown.network, node.name):
            session.edit(InitialEdit(node.name, 0, 0.25))
            assert session.shown.trace.value(node.name, 0)[0] == 0.25
    session.reset_edits()
    assert session.shown.trace.loss == loss


@each
def test_a_nudge_does_what_the_gradient_foretells(id: str) -> None:
    check = GradientCheck(shown(id).shown)
    for name, gradient in check.shown.trace.parameter_gradients.items():
        index = np.unravel_index(np.abs(gradient).argmax(), gradient.shape)
        found = ratio(check.nudge(name, tuple(map(int, index)), 1e-5))
        assert found is None or found == pytest.approx(1.0, abs=1e-3)


@each
def test_a_run_is_travelled_along_looked_into_and_branched_off(id: str) -> None:
    session = shown(id)
    (first, *_) = plan_runs(problem_of(session.document), plan())
    record = trained(first)
    for at in record.kept:
        found = record.weights(at)
        assert found is not None
        session.use_weights(Weights(found[1], "run", fit_of(session.document), iteration=found[0]))
        assert {name: array.shape for name, array in session.shown.trace.parameters.items()} == {
            name: array.shape for name, array in found[1].items()
        }
    _, errors = record.steps(StepMeasure.OPEN_ERROR)
    assert errors.shape[1] == (1 if task_of(first).one_output else len(session.shown.trace.loss_steps))
    assert follow_example(record, record.iteration, 0) is not None
    left = record.theta(2)
    assert left is not None
    for branch in branch_runs(first, 2, plan()):
        assert trained(branch, left[1], 2).iteration == 6


@each
def test_it_is_trained_in_every_way_that_means_something_there(id: str) -> None:
    session = shown(id)
    network, problem = session.shown.architecture, problem_of(session.document)
    modes = ("teacher_forcing", MIXED["yhat"].id) if network.takes_feedback else (None,)
    for mode in modes:
        chosen = plan(modes=() if mode is None else (mode,))
        if why_not("truncate", network, chosen.training, modes):
            with pytest.raises(ExplorerError, match="cannot be truncated there"):
                plan_runs(problem, changed(chosen, truncate=(2, 3)))
        else:
            (settings,) = plan_runs(problem, changed(chosen, truncate=(2, 3)))
            trained(settings)
        (settings,) = plan_runs(problem, changed(chosen, clip_norm=0.1, l2=0.01, optimizer="momentum"))
        trained(settings)


@each
def test_twin_runs_are_one_click_away_where_the_output_is_fed_back(id: str) -> None:
    session = shown(id)
    takes = session.shown.architecture.takes_feedback
    runs = plan_runs(problem_of(session.document), plan())
    assert [run.feedback for run in runs] == (["teacher_forcing", "free_running_yhat"] if takes else [None])
    assert all(replace(run, name="", feedback=None) == replace(runs[0], name="", feedback=None) for run in runs)
    again = {name: settings for name, settings in variations(runs[0]).items() if name.endswith(", its twin")}
    assert [settings.feedback for settings in again.values()] == (["free_running_yhat"] if takes else [])
    for settings in again.values():
        record = trained(settings)
        assert record.latest(Measure.OPEN_LOSS) != record.latest(Measure.CLOSED_LOSS)


def test_the_others_say_why_there_is_nothing_to_train() -> None:
    for id in architectures().keys() - set(TRAINED):
        session = shown(id)
        why = untrainable(session.shown.architecture, session.shown.task)
        assert why is not None and "has no output, so there is no loss to train it by" in why
        with pytest.raises(ExplorerError, match="has no output, so there is no loss"):
            plan_runs(problem_of(session.document), plan())
