"""Iterations stepped through by hand are those that training makes, and undo leads back through them."""

from itertools import repeat
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.analyse.events import Kind
from explorer.graph.optimizers import OPTIMIZERS
from explorer.session.edits import InputEdit, WeightEdit
from explorer.session.files import open_document, save_document
from explorer.session.quiz.values import FROM_BEFORE, update_question
from explorer.session.session import Session
from explorer.session.training_plan import plan_runs
from explorer.session.weights import Weights, fit_of
from explorer.training.run import Run
from explorer.training.settings import problem_of
from tests.each import each
from tests.refusals import refusal_of
from tests.session.shown import KINDS, example
from tests.settings import a_document, a_plan, changed


def trained(session: Session, k: int) -> Run:
    """A run of the plan that is fed nothing but the sequence which is shown, after k updates."""
    document, batch = session.document, session.shown.trace.batch
    modes = (document.feedback,) if document.feedback else ()
    run = Run(plan_runs(problem_of(document), changed(document.plan, modes=modes, batch=1))[0])
    batch = replace(batch, symbols={"x": batch.inputs["x"].argmax(2)})
    run._batches = repeat((document.length, batch))
    run._handed_over = lambda batch: batch
    run._with_chance = lambda *_: batch  # type: ignore[method-assign]
    with np.errstate(all="ignore"):
        for _ in range(k):
            run.step()
    return run


@settings(max_examples=6)
@given(
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    k=st.integers(1, 4),
    seed=st.integers(0, 99),
    clip_norm=st.sampled_from([None, 0.3]),
    l2=st.sampled_from([0.0, 0.1]),
    rate=st.sampled_from([0.001, 0.02, 0.3]),
)
@each(("architecture", "feedback"), KINDS)
def test_stepping_is_training(
    architecture: str,
    feedback: str | None,
    optimizer: str,
    k: int,
    seed: int,
    clip_norm: float | None,
    l2: float,
    rate: float,
) -> None:
    plan = a_plan(optimizer=optimizer, learning_rate=rate, clip_norm=clip_norm, l2=l2)
    session = Session(replace(example(architecture, feedback).document, seed=seed, plan=plan))
    run = trained(session, k)
    for _ in range(k):
        session.take_update()
    for name, array in session.shown.trace.parameters.items():
        np.testing.assert_allclose(array, run.parameters[name], rtol=0, atol=1e-12)
    assert session.weights is not None and session.weights.said == f"initial weights of seed {seed}, {k} stepped " + (
        "update later" if k == 1 else "updates later"
    )


def at_the_end(**fields: object) -> Session:
    session = Session(a_document(length=3, hidden=2, **fields))
    session.move_to(len(session.shown.events))
    return session


def test_the_next_iteration_begins_at_event_0_with_the_weights_that_the_update_led_to() -> None:
    session = at_the_end()
    before = session.shown.trace
    session.take_update()
    assert session.cursor == 0 and session.updates == 1
    assert session.shown.trace.loss == before.loss_after
    session.take_update()
    assert session.updates == 2


def test_undo_leads_back_to_the_end_of_the_iteration_before_and_redo_to_the_beginning_of_the_next() -> None:
    session = at_the_end()
    losses = [session.shown.trace.loss]
    for _ in range(2):
        session.take_update()
        losses.append(session.shown.trace.loss)
    session.undo()
    assert session.shown.trace.loss == losses[1] and session.cursor == len(session.shown.events)
    session.undo()
    assert session.shown.trace.loss == losses[0] and session.weights is None
    session.redo()
    assert session.shown.trace.loss == losses[1] and session.cursor == 0
    assert session.shown.trace.update.before.updates == 1, "the moments are those of one update"


def test_edits_of_weights_go_into_the_weights_and_edits_of_the_sequence_stay() -> None:
    session = at_the_end(edits=(WeightEdit("W", (0, 0), 0.5), InputEdit(1, 1)), plan=a_plan(optimizer="sgd"))
    gradient = session.shown.trace.parameter_gradients["W"][0, 0]
    session.take_update()
    assert session.document.edits == (InputEdit(1, 1),)
    assert session.shown.trace.parameters["W"][0, 0] == pytest.approx(0.5 - 0.02 * gradient)
    assert session.weights is not None and session.weights.said.startswith("initial weights of seed 7, edited, 1 ")


def test_an_edit_in_between_is_made_to_the_weights_that_were_reached() -> None:
    session = at_the_end()
    session.take_update()
    reached = session.shown.trace.parameters
    session.edit(WeightEdit("W", (0, 0), 0.5))
    assert session.shown.trace.parameters["W"][0, 0] == 0.5
    np.testing.assert_array_equal(session.shown.trace.parameters["U"], reached["U"])
    assert session.updates == 1 and session.shown.trace.update.before.updates == 1
    session.take_update()
    assert session.weights is not None and session.updates == 1, "counted since the edit, which its origin tells"
    assert session.weights.origin == "initial weights of seed 7, 1 stepped update later, edited"


def test_another_optimiser_begins_with_moments_of_its_own() -> None:
    session = at_the_end()
    session.take_update()
    session.change(plan=a_plan(optimizer="momentum"))
    assert session.updates == 1 and session.shown.trace.update.before.updates == 0


def looked_at(session: Session, plus: float) -> Weights:
    parameters = {name: array + plus for name, array in session.shown.trace.parameters.items()}
    return Weights(parameters, "a run", fit_of(session.document), iteration=9)


def test_looking_at_trained_weights_loses_no_stepped_ones() -> None:
    session = at_the_end()
    session.take_update()
    stepped = session.weights
    for plus in (1.0, 2.0):
        session.use_weights(looked_at(session, plus))
    session.use_weights(None)
    session.undo()
    assert session.weights is stepped


def test_looking_away_shows_the_stepped_weights_again_however_often() -> None:
    session = at_the_end()
    session.take_update()
    stepped = session.weights
    session.move_to(3)
    for plus in (1.0, 2.0):
        session.use_weights(looked_at(session, plus))
        assert session.looking and session.cursor == 3
        session.look_away(stepped)
        assert session.weights is stepped and not session.looking and session.cursor == 3
    session.undo()
    assert session.weights is None, "undo takes the update back, not the looking"


def test_a_change_made_while_looking_stays_with_the_stepped_weights() -> None:
    session = at_the_end()
    session.take_update()
    stepped = session.weights
    session.use_weights(looked_at(session, 1.0))
    session.change(length=5)
    session.look_away(stepped)
    assert session.weights is stepped and session.document.length == 5
    session.change(hidden=3)
    session.look_away(stepped)
    assert session.weights is None, "another network"


def test_updates_taken_from_a_runs_weights_are_not_lost_by_looking_away() -> None:
    session = at_the_end()
    session.use_weights(looked_at(session, 1.0))
    session.take_update()
    stepped = session.weights
    assert stepped is not None and stepped.when == "iteration 9 + 1"
    session.look_away(None)
    assert session.weights is None
    session.undo()
    assert session.weights is stepped


def test_an_update_to_what_is_no_number_is_refused() -> None:
    session = at_the_end(plan=a_plan(optimizer="sgd", l2=10.0), learning_rate=1000.0)
    with pytest.raises(ExplorerError, match=r"no finite numbers; choose a smaller η\.$"):
        for _ in range(200):
            session.take_update()
    assert all(np.isfinite(array).all() for array in session.shown.trace.parameters.values())


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_file_keeps_where_stepping_has_got_to(optimizer: str, tmp_path: Path) -> None:
    session = at_the_end(plan=a_plan(optimizer=optimizer))
    for _ in range(2):
        session.take_update()
    path = tmp_path / "stepped.rnnx"
    save_document(session.content, path)
    opened = open_document(path)
    other = Session()
    other.open(opened)
    assert other.updates == 2 and other.weights is not None and other.weights.said == session.weights.said
    for one in (session, other):
        one.take_update()
    for name, array in session.shown.trace.parameters.items():
        np.testing.assert_array_equal(other.shown.trace.parameters[name], array)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("first", "fisrt"), "the moments of adam are first and second, of "),
        (('"optimizer": "adam", ', '"optimizer": "adma", '), "did you mean 'adam'?"),
    ],
)
def test_moments_that_do_not_fit_are_refused(wrong: tuple[str, str], said: str, tmp_path: Path) -> None:
    session = at_the_end()
    session.take_update()
    path = tmp_path / "stepped.rnnx"
    save_document(session.content, path)
    text = " ".join(path.read_text(encoding="utf-8").split())
    head, moments, tail = text.partition('"moments"')
    assert wrong[0] in tail
    path.write_text(head + moments + tail.replace(*wrong, 1), encoding="utf-8")
    assert said in refusal_of(open_document, path)


def test_a_title_has_a_word_or_two_for_whose_weights_these_are() -> None:
    session = at_the_end()
    session.take_update()
    run = looked_at(session, 1.0)
    assert session.weights is not None and session.weights.when == "after 1 update"
    assert run.when == "iteration 9" and replace(run, updates=2).when == "iteration 9 + 2"
    assert replace(run, iteration=None).when == ""


def test_what_was_there_at_some_time_comes_back_as_a_change_of_its_own() -> None:
    session = at_the_end()
    session.take_update()
    then = session.state
    session.change(length=5)
    session.return_to(then)
    assert session.document.length == 3 and session.weights is then.weights
    session.undo()
    assert session.document.length == 5


def test_the_quiz_says_when_earlier_gradients_carry_a_weight_on() -> None:
    """With a velocity far larger than the step, a weight moves with its gradient as often as against it."""
    session = at_the_end(plan=a_plan(optimizer="momentum", learning_rate=0.5))
    session.take_update()
    said = set()
    for event in session.shown.events:
        for draw in range(20 if event.kind is Kind.UPDATE else 0):
            question = update_question(session.shown, event, np.random.default_rng(draw))
            if question is not None:
                said.add(question.explanation.partition(", ")[2])
    assert said == {"and the update goes against it.", f"{FROM_BEFORE}."}
