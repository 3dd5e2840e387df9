"""An iteration in slow motion is that of the run: its weights, its mini-batch, its gradient, its update."""

import numpy as np
import pytest

from explorer.graph.analyse.events import Kind
from explorer.session.document import Document
from explorer.session.edits import InputEdit
from explorer.session.following import follow, start, tell, telling, turn
from explorer.session.session import Session
from explorer.session.told import Telling, show_told
from explorer.session.training_plan import plan_runs
from explorer.session.view.view_state import view_state
from explorer.training.messages import Told
from explorer.training.run import Run
from explorer.training.settings import RunSettings, problem_of
from explorer.training.truncation import can_be_told
from tests.settings import a_document, a_plan, changed
from tests.training.small import snapshot

HOW = [
    ("hidden_to_hidden", None, {}),
    ("output_to_hidden", "teacher_forcing", {"optimizer": "sgd", "clip_norm": 0.01}),
    ("output_to_hidden", "free_running_argmax", {"l2": 0.1}),
    ("hidden_and_output", "mixed_sample", {"clip_value": 0.001}),
    ("lstm", None, {"carry_state": True}),
    ("recursive_tree", None, {"optimizer": "momentum"}),
    ("hidden_to_hidden", None, {"truncate": (1, 1)}),
]
"""A network, what it is fed back while training, and what may change its update."""


def settings_of(network: str, feedback: str | None, **training: object) -> tuple[Document, RunSettings]:
    task = (
        "truth_value"
        if network == "recursive_tree"
        else "next_symbol"
        if "carry_state" in training
        else "running_parity"
    )
    modes = () if feedback is None else (feedback,)
    document = a_document(network, task, length=5, hidden=3, plan=a_plan(modes, iterations=9, **training))
    return document, plan_runs(problem_of(document), document.plan)[0]


def tale(settings: RunSettings, before: int) -> tuple[Run, float, Told]:
    """A run that has made some updates, and then told one of this loss."""
    run = Run(settings)
    with np.errstate(all="ignore"):
        for _ in range(before):
            run.step()
        run.tell_next()
        loss = run.step()
    assert run.told is not None
    return run, loss, run.told


@pytest.mark.parametrize(("network", "feedback", "training"), HOW)
def test_to_tell_an_update_changes_no_number_of_it(
    network: str, feedback: str | None, training: dict[str, object]
) -> None:
    document, settings = settings_of(network, feedback, batch=3, **training)
    run, loss, told = tale(settings, 4)
    other = Run(settings)
    with np.errstate(all="ignore"):
        for _ in range(4):
            other.step()
        assert np.array_equal(told.theta, other.theta)
        assert other.step() == loss and told.iteration == 5 and told.size == 3
    assert np.array_equal(run.theta, other.theta) and np.array_equal(told.after, other.theta)
    shown = show_told(document, Telling(told, settings))
    theta = np.concatenate([array.ravel() for array in shown.trace.parameters_after.values()])
    assert np.array_equal(theta, other.theta)


@pytest.mark.parametrize(("network", "feedback", "training"), HOW)
def test_a_mini_batch_of_one_is_all_that_the_update_is_made_of(
    network: str, feedback: str | None, training: dict[str, object]
) -> None:
    document, settings = settings_of(network, feedback, batch=1, **training)
    trace = show_told(document, Telling(tale(settings, 4)[-1], settings)).trace
    assert trace.mini_batch is not None
    for name, gradient in trace.parameter_gradients.items():
        np.testing.assert_allclose(gradient, trace.mini_batch.gradients[name], atol=1e-14)


def test_the_equation_of_an_update_holds_with_the_gradient_of_the_mini_batch() -> None:
    document, settings = settings_of("output_to_hidden", "teacher_forcing", optimizer="sgd", clip_norm=0.01, batch=4)
    shown = show_told(document, Telling(tale(settings, 2)[-1], settings))
    for event in (event for event in shown.events if event.kind is Kind.UPDATE):
        equation = shown.equation(event)
        total = sum(term.sign * term.array for term in equation.terms)
        np.testing.assert_allclose(equation.left.array, total, atol=1e-14)
        assert "mean over all 4 sequences of the mini-batch" in equation.caption


def test_one_iteration_after_another_is_told_and_then_the_run_is_followed_again() -> None:
    document, settings = settings_of("output_to_hidden", "teacher_forcing", batch=4)
    session = Session(document)
    (record,) = session.runs.start([settings])
    start(session)
    run = Run(settings)
    for iteration in (1, 2):
        run.tell_next()
        run.step()
        told = run.told
        assert told is not None
        record.take(snapshot(0, iteration, run.theta))
        tell(session, record, told)
        assert session.cursor == 0 and session.view.travel == (0, iteration - 1) and not session.can_undo
        assert not follow(session), "it is told to its end"
        said = view_state(session.shown, session.view).caption
        assert said.startswith(f"Iteration {iteration} takes a mini-batch of 4 sequences, of which the first is shown:")
        session.step(1)
        said = view_state(session.shown, session.view).caption
        assert said.startswith(f"Iteration {iteration}, sequence 1 of 4 · 1 of ")
    assert follow(session, on=True) and not telling(session) and session.view.travel == (0, 2)
    turn(session, False)
    assert session.weights is None


@pytest.mark.parametrize(("truncate", "can"), [((1, 1), True), ((5, 9), True), ((2, 2), False), ((1, 2), False)])
def test_a_truncated_update_is_told_where_windows_are_apart(truncate: tuple[int, int], can: bool) -> None:
    _, settings = settings_of("hidden_to_hidden", None, truncate=truncate)
    run = Run(settings)
    run.tell_next()
    with np.errstate(all="ignore"):
        run.step()
    assert (run.told is not None) == can_be_told(settings) == can


def test_an_edit_ends_the_telling_and_is_made() -> None:
    document, settings = settings_of("output_to_hidden", "teacher_forcing", batch=4)
    session = Session(document)
    (record,) = session.runs.start([settings])
    start(session)
    tell(session, record, tale(settings, 3)[-1])
    own = Session(document).shown.trace.value("x", 1)
    session.edit(InputEdit(1, 1 - int(own.argmax())))
    assert not telling(session) and session.looking
    assert (session.shown.trace.value("x", 1) != own).any()


def test_undo_ends_the_telling_and_leads_to_the_length_before() -> None:
    document, settings = settings_of("output_to_hidden", "teacher_forcing", batch=4)
    session = Session(changed(document, length=8))
    session.change(length=document.length)
    (record,) = session.runs.start([settings])
    start(session)
    tell(session, record, tale(settings, 3)[-1])
    session.undo()
    assert not telling(session) and session.shown.trace.T == session.document.length == 8
