"""Runs go to a file with their curves and weights, within a size, and come back; what does not fit together is said."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import msgspec
import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data.data_set import encoded
from explorer.data.reading import read_data
from explorer.errors import ExplorerError
from explorer.session.beginning import Beginning
from explorer.session.edits import WeightEdit
from explorer.session.files import Opened, open_document, save_document
from explorer.session.runs.kept import KeptRun, keep_runs
from explorer.session.runs.restored import restore_runs
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import Measure, RunRecord, Stage, StepMeasure
from explorer.session.session import Session
from explorer.session.training_plan import plan_runs
from explorer.session.unsaved import held, left_behind
from explorer.training.commands import Continued, Origin
from explorer.training.loop import LockStep
from explorer.training.messages import Diverged, Divergence, Points
from explorer.training.run import Run
from explorer.training.series import MOST_SINGLE
from explorer.training.settings import TaskSettings
from tests.refusals import refusal_of
from tests.session.runs.test_runs import trained
from tests.settings import a_document, a_plan, a_problem
from tests.training.small import snapshot, steps

PROBLEM = a_problem("output_to_hidden", length=4, hidden=3)
PLAN = a_plan(modes=("teacher_forcing", "mixed_argmax"), iterations=20, evaluate_every=5)


def assert_alike(one: RunRecord, other: RunRecord) -> None:
    """Alike in everything that can be seen of a run, now and after more training."""
    for name in ("id", "settings", "group", "shade", "name", "given", "apart", "shown", "colour", "stage", "iteration",
                 "reached", "divergence", "start", "kept", "title", "edits"):  # fmt: skip
        assert getattr(one, name) == getattr(other, name), name
    for x, y in zip(one.training.drawn(0, 1e9, 2000), other.training.drawn(0, 1e9, 2000), strict=True):
        np.testing.assert_array_equal(x, y)
    curves = [(one.curve(measure), other.curve(measure)) for measure in Measure]
    curves += [(one.steps(measure), other.steps(measure)) for measure in StepMeasure]
    for mine, theirs in curves:
        for x, y in zip(mine, theirs, strict=True):
            np.testing.assert_array_equal(x, y)
    for iteration in one.kept:
        np.testing.assert_array_equal(one.theta(iteration)[1], other.theta(iteration)[1])  # type: ignore[index]
    for name in ("judged", "by_step", "snapshots"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert (mine is None) == (theirs is None)
        assert mine is None or (mine.most, mine.stride) == (theirs.most, theirs.stride)


def again(book: RunBook, tmp_path: Path) -> Session:
    """The session that opens what another with these runs has saved."""
    session, later = Session(a_document()), Session()
    session.runs.hold(book.records, book.current)
    assert save_document(session.content, tmp_path / "runs.rnnx") == ""
    later.open(open_document(tmp_path / "runs.rnnx"))
    return later


def test_runs_come_back_with_curves_and_weights(tmp_path: Path) -> None:
    book = trained(PLAN, PROBLEM)
    book.records[0].given, book.records[0].colour, book.records[1].shown = "Mine", "#12ab9f", False
    book.name()
    runs = again(book, tmp_path).runs
    assert len(runs.records) == 2 and list(runs.current) == runs.records
    for one, other in zip(book.records, runs.records, strict=True):
        assert_alike(one, other)


def test_runs_that_come_back_go_on_as_if_they_had_never_been_left(tmp_path: Path) -> None:
    runs = again(trained(PLAN, PROBLEM), tmp_path).runs
    for record, settings in zip(runs.current, plan_runs(PROBLEM, PLAN), strict=True):
        origin, whole = record.left_off, Run(settings)
        assert isinstance(origin, Continued)
        steps(whole, 20)
        whole.go_on(30)
        later = Run(whole.settings, origin.theta, origin.iteration, origin.since, origin.moments)
        assert steps(later, 10) == steps(whole, 10)
        assert np.array_equal(later.theta, whole.theta)


def test_runs_that_were_saved_while_they_trained_go_back_to_where_all_is_known(tmp_path: Path) -> None:
    (settings,) = plan_runs(PROBLEM, replace(PLAN, modes=("mixed_argmax",)))
    book, lockstep = RunBook(), LockStep([Run(settings)])
    book.start([settings])
    book.take([*lockstep.advance(9.0, until_round=8), *lockstep.standing()])
    book.take([*lockstep.advance(9.0, until_round=13), *lockstep.flush()])
    (record,) = again(book, tmp_path).runs.current
    origin = record.left_off
    assert isinstance(origin, Continued) and (record.iteration, origin.iteration) == (13, 8)
    record.go_on(settings, 8)
    assert record.kept == tuple(range(9)) and len(record.training) == 8
    later = Run(settings, origin.theta, origin.iteration, origin.since, origin.moments)
    assert steps(later, 12) == steps(Run(settings), 20)[8:]


def test_a_run_goes_on_with_other_batches_where_too_many_would_be_drawn_again() -> None:
    record = trained(PLAN, PROBLEM).current[0]
    assert record.standing is not None and isinstance(record.left_off, Continued)
    record.standing = replace(record.standing, since=-300_000)
    assert type(record.left_off) is Origin


def test_of_runs_that_are_not_to_go_on_no_moments_are_kept() -> None:
    book = trained(PLAN, PROBLEM)
    assert not any("moment" in name for name in keep_runs(book.records).arrays)


def test_moments_have_the_room_that_curves_leave() -> None:
    book = trained(PLAN, PROBLEM)
    whole = keep_runs(book.records, most=10**9)
    curves = sum(array.nbytes for name, array in whole.arrays.items() if "weights" not in name)
    kept = keep_runs(book.records, book.current, most=curves + 100)
    assert kept.given_up == "some of the weights along 2 runs and what optimisers remember"
    _, current = restore_runs(kept.runs, kept.arrays)
    assert [type(record.left_off) for record in current] == [Origin, Origin]


def test_moments_that_are_no_numbers_are_refused() -> None:
    book = trained(PLAN, PROBLEM)
    kept = keep_runs(book.records, book.current)
    kept.arrays["runs/0/moment_first"] = np.full_like(kept.arrays["runs/0/moment_first"], np.nan)
    with pytest.raises(ExplorerError, match="optimiser of its run 0"):
        restore_runs(kept.runs, kept.arrays)


def test_runs_of_sequences_of_several_lengths_come_back(tmp_path: Path) -> None:
    data = encoded(read_data("\n".join("10110100"[:n] for n in range(2, 9))).data)
    problem = replace(PROBLEM, task=TaskSettings("own_data", {"data": data}))
    session = again(trained(PLAN, problem), tmp_path)
    assert session.runs.records[0].steps(StepMeasure.OPEN_ERROR)[1].shape[1] != problem.length


def test_a_run_that_diverged_comes_back(tmp_path: Path) -> None:
    wild = a_plan(iterations=20, optimizer="sgd", learning_rate=1000.0)
    book = trained(wild, a_problem("hidden_to_hidden", task="damped_pendulum", activation="relu"))
    (record,) = again(book, tmp_path).runs.records
    assert record.stage is Stage.DIVERGED
    assert record.kept == tuple(range(record.iteration)), "the last update is taken back"
    assert_alike(book.records[0], record)


@pytest.mark.parametrize(("at", "found"), [([0, 1, 2, 1], (0, 1)), ([3, 3, 3, 3], (3,)), ([0, 1, 2, 3], (0, 1, 2, 3))])
def test_of_weights_that_an_older_file_holds_after_others_those_that_go_on_stay(
    at: list[int], found: tuple[int, ...]
) -> None:
    kept = keep_runs(trained(a_plan(modes=("teacher_forcing",), iterations=3), PROBLEM).records)
    kept.arrays["runs/0/weights_at"] = np.array(at)
    (record,), _ = restore_runs(kept.runs, kept.arrays)
    assert record.kept == found
    assert record.theta(found[-1])[1].tolist() == kept.arrays["runs/0/weights"][3].tolist()  # type: ignore[index]


def test_a_run_that_was_named_in_another_language_is_named_in_this_one() -> None:
    book = RunBook()
    here = plan_runs(PROBLEM, PLAN)
    book.start([replace(settings, name="Zielvorgabe") for settings in here])
    kept = keep_runs(book.records)
    assert [record.settings for record in restore_runs(kept.runs, kept.arrays)[0]] == list(here)


def test_what_a_run_began_with_comes_back(tmp_path: Path) -> None:
    theta = Run(plan_runs(PROBLEM, PLAN)[0]).theta + 1
    edits = (WeightEdit("W", (0, 0), 2.0),)
    book, origin = RunBook(), Beginning(theta, 0, "initial weights of seed 0, edited", edits)
    book.start(plan_runs(PROBLEM, PLAN), origin=origin)
    for place, record in enumerate(book.records):
        book.take([Points(place, np.arange(1, 4), np.array([3.0, np.nan, np.inf])), snapshot(place, 3, theta)])
        record.stage = Stage.TRAINING
    book.take([Diverged(0, 3, Divergence(3, "W", "It broke.", "Clip it."))])
    found = again(book, tmp_path).runs.records
    for one, other in zip(book.records, found, strict=True):
        np.testing.assert_array_equal(other.origin.theta, theta)  # type: ignore[union-attr]
        assert (other.origin.said, other.edits) == (origin.said, edits)  # type: ignore[union-attr]
        assert one.divergence == other.divergence
    assert [record.stage for record in found] == [Stage.DIVERGED, Stage.STOPPED]


def test_a_divergence_in_a_file_of_before_is_read_without_the_norm_that_it_had_there() -> None:
    book = RunBook()
    book.start(plan_runs(PROBLEM, PLAN))
    book.take([Diverged(0, 3, Divergence(3, "W", "It broke.", "Clip it."))])
    run = keep_runs(book.records).runs[0]
    fields = msgspec.to_builtins(run)
    fields["divergence"]["gradient_norm"] = None
    assert msgspec.convert(fields, KeptRun) == run


def test_a_curve_longer_than_is_kept_singly_comes_back() -> None:
    book = RunBook()
    (record,) = book.start(plan_runs(PROBLEM, a_plan(modes=("teacher_forcing",))))
    losses = np.random.default_rng(1).random(MOST_SINGLE + 100)
    book.take([Points(0, np.arange(1, len(losses) + 1), losses)])
    kept = keep_runs(book.records, book.current)
    (found,), _ = restore_runs(kept.runs, kept.arrays)
    for span in ((0, len(losses)), (10, 900), (len(losses) - 50, len(losses))):
        for x, y in zip(record.training.drawn(*span, 500), found.training.drawn(*span, 500), strict=True):
            np.testing.assert_array_equal(x, y)


def test_weights_are_thinned_to_the_room_there_is_but_the_newest_and_those_looked_at_stay() -> None:
    book = trained(PLAN, PROBLEM)
    first, _ = book.records
    curves = keep_runs(book.records, most=0)
    assert curves.runs == () and curves.given_up == "the curves of 2 runs"
    kept = keep_runs(book.records, looked_at=(first.id, 13), most=8000)
    assert kept.given_up == "some of the weights along 2 runs"
    found, _ = restore_runs(kept.runs, kept.arrays)
    assert {13, 20} < set(found[0].kept) < set(first.kept) and 20 in found[1].kept
    for record, other in zip(book.records, found, strict=True):
        for measure in Measure:
            np.testing.assert_array_equal(record.curve(measure)[1], other.curve(measure)[1])
        for iteration in other.kept:
            np.testing.assert_array_equal(record.theta(iteration)[1], other.theta(iteration)[1])  # type: ignore[index]
    assert sum(array.nbytes for array in kept.arrays.values()) <= 8000


def test_the_curves_of_the_newest_runs_have_the_first_room() -> None:
    book = trained(PLAN, PROBLEM)
    whole = keep_runs(book.records[1:], most=10**9)
    curves = sum(a.nbytes for name, a in whole.arrays.items() if "weights" not in name)
    kept = keep_runs(book.records, most=curves + 100)
    assert [run.id for run in kept.runs] == [book.records[1].id]
    assert kept.given_up == "the curves of 1 run and some of the weights along 1 run"


def test_where_there_is_little_room_least_and_largest_of_early_mini_batch_losses_stand_for_each() -> None:
    book, losses = RunBook(), np.random.default_rng(1).random(30_001)
    (record,) = book.start(plan_runs(PROBLEM, a_plan(modes=("teacher_forcing",))))
    book.take([Points(0, np.arange(1, len(losses) + 1), losses)])
    kept = keep_runs(book.records, most=100_000)
    assert kept.given_up == "each single mini-batch loss of 1 run"
    (found,), _ = restore_runs(kept.runs, kept.arrays)
    assert found.training.at(100) is None and found.training.at(30_001) == losses[-1]
    found.take(Points(0, np.arange(30_002, 30_100), losses[:98]))
    record.take(Points(0, np.arange(30_002, 30_100), losses[:98]))
    for span in ((0, 30_200), (29_000, 30_200)):
        for x, y in zip(record.training.drawn(*span, 500), found.training.drawn(*span, 500), strict=True):
            np.testing.assert_array_equal(x, y)


def test_undo_leads_back_to_the_runs_of_the_document_before(tmp_path: Path) -> None:
    session = again(trained(PLAN, PROBLEM), tmp_path)
    runs = list(session.runs.records)
    session.open(Opened(a_document(length=3)))
    assert session.runs.records == []
    session.undo()
    assert session.runs.records == runs and list(session.runs.current) == runs
    session.redo()
    assert session.runs.records == []


def test_runs_that_are_left_behind_are_those_of_documents_before_and_of_no_file(tmp_path: Path) -> None:
    session = again(trained(PLAN, PROBLEM), tmp_path)
    assert left_behind(session, {}) == ""
    found = session.content
    with pytest.raises(ExplorerError):
        session.open(replace(found, document=a_document(task="majority")))
    assert left_behind(session, {}) == ""
    file = held(session, tmp_path / "runs.rnnx")
    session.open(Opened(a_document(length=3)))
    assert left_behind(session, {}) == "2 runs of what was open before are in no file; Undo leads back there."
    assert left_behind(session, {1: file}) == ""
    session.undo()
    assert left_behind(session, {}) == ""


Altered = Callable[[dict[str, Any], dict[str, Any]], object]
HOSTILE: dict[str, tuple[Altered, str]] = {
    "other sizes": (lambda d, a: d["runs"][0]["settings"]["network"].update(hidden=4), "which does not fit it"),
    "another network": (lambda d, a: d["runs"][0]["settings"]["network"].update(architecture="x"), "no architecture"),
    "two of one id": (lambda d, a: d["runs"][1].update(id=0), "each with an id of its own"),
    "no curves": (lambda d, a: a.pop("runs/0/losses"), "its run 0 lacks the numbers “losses”"),
    "no level": (lambda d, a: a.pop("runs/0/losses_1"), "its run 0 lacks the numbers “losses_1”"),
    "no curve of this length": (lambda d, a: d["runs"][0].update(forgotten=10**15), "which does not fit it"),
    "weights that are NaN": (lambda d, a: a["runs/0/weights"].fill(np.nan), "weights along its run 0 are no finite"),
    "below 0": (lambda d, a: a["runs/0/weights_at"].fill(-3), "an iteration of “weights” of its run 0"),
    "integers": (
        lambda d, a: a.update({"runs/0/judged": a["runs/0/judged"].astype(int)}), "lacks the numbers “judged”",
    ),
    "moments of more updates than were made": (
        lambda d, a: d["runs"][0]["standing"].update(updates=2**60), "what its run 0 has to go on with",
    ),
    "no colour": (lambda d, a: d["runs"][0].update(colour="red; }"), "colour"),
    "a stride of nothing": (lambda d, a: d["runs"][0]["strides"].update(weights=0), "strides"),
    "no stage": (lambda d, a: d["runs"][0].update(stage="flying"), "stage"),
}  # fmt: skip


@pytest.mark.parametrize(("alter", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_runs_that_do_not_fit_together_are_refused_in_a_sentence(tmp_path: Path, alter: Altered, reason: str) -> None:
    session, path = again(trained(PLAN, PROBLEM), tmp_path), tmp_path / "runs.rnnx"
    with ZipFile(path) as file:
        document = json.loads(file.read("document.json"))
        arrays = {n[:-4]: np.load(BytesIO(file.read(n))) for n in file.namelist() if n.endswith(".npy")}
    alter(document, arrays)
    np.savez(tmp_path / "other.npz", **arrays)
    with ZipFile(tmp_path / "other.npz", "a") as file:
        file.writestr("document.json", json.dumps(document))
    before = session.content
    message = refusal_of(lambda: session.open(open_document(tmp_path / "other.npz")))
    assert reason in message and message.endswith((".", "?")) and "\n" not in message
    assert session.content.document is before.document and session.content.runs == before.runs
