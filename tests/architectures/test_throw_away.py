"""Any declaration goes through the whole product: it works, or one sentence says why it cannot."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

import explorer.architectures
from explorer.architectures import architectures
from explorer.cli import main
from explorer.errors import ExplorerError
from explorer.files.case import compute, read_case
from explorer.graph.analyse.copies import drained
from explorer.graph.analyse.events import Phase
from explorer.graph.analyse.surface import Descent, Surface
from explorer.graph.architecture import Architecture
from explorer.graph.compute.memory import final_states, initial_states
from explorer.graph.equations.by_event import equation_of
from explorer.graph.feedback import TEACHER_FORCING, connect
from explorer.graph.output import LINEAR, SIGMOID, Target
from explorer.graph.unfold import Vertex
from explorer.session.document import Shown, show
from explorer.session.editable import editable
from explorer.session.equations.focus import parameter_faces
from explorer.session.longterm.composed import composing
from explorer.session.longterm.composed import wanted as curves_wanted
from explorer.session.longterm.landscape import wanted as surface_wanted
from explorer.session.longterm.multiplied import multiplying
from explorer.session.longterm.multiplied import wanted as products_wanted
from explorer.session.quiz.quiz import ask
from explorer.session.reach.reach import reach_of
from explorer.session.runs.examples import follow_example
from explorer.session.runs.runs import RunRecord
from explorer.session.training_plan import plan_runs
from explorer.session.viewing import View
from explorer.tasks import get_task
from explorer.training.matching import mismatch
from explorer.training.run import Run
from explorer.training.settings import problem_of
from explorer.ui.settings.network_grid import NetworkGrid
from explorer.ui.window.main_window import MainWindow
from tests.oracles.declarations import (
    AUTOREGRESSIVE,
    BIDIRECTIONAL,
    DYNAMICAL_SYSTEM,
    ECHO_STATE,
    EVERY_DECLARATION,
    RECURSIVE,
    SKIP_IN_TIME,
    THREE_INPUTS,
    TREES,
    TWO_SEGMENTS,
    VECTOR_TO_SEQUENCE,
    WITHOUT_OUTPUT,
)
from tests.oracles.examples import SIZES
from tests.settings import a_document, a_plan, changed, task_of
from tests.training.small import snapshot

T = 3


OF_THE_APP = frozenset(architectures())
NETWORKS = [
    *architectures().values(),
    *EVERY_DECLARATION,
    *TREES,
    replace(architectures()["hidden_to_hidden"].with_output(LINEAR), id="linear"),
    replace(architectures()["output_to_hidden"].with_output(SIGMOID), id="sigmoid"),
]


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Architecture]:
    """The declaration of this number, in a file of its own in the folder of architectures."""
    folder = tmp_path / "more"
    folder.mkdir()
    declaration = NETWORKS[request.param]
    if declaration.id in architectures():
        yield declaration
        return
    module = f"explorer.architectures.{declaration.id}"
    (folder / f"{declaration.id}.py").write_text(
        f"from {__name__} import NETWORKS\nARCHITECTURE = NETWORKS[{request.param}]\n", encoding="utf-8"
    )
    monkeypatch.setattr(explorer.architectures, "__path__", [*explorer.architectures.__path__, str(folder)])
    architectures.cache_clear()
    yield declaration
    architectures.cache_clear()
    sys.modules.pop(module, None)


every = pytest.mark.parametrize(
    "added", range(len(NETWORKS)), ids=[architecture.id for architecture in NETWORKS], indirect=True
)


def case_of(architecture: Architecture) -> dict[str, Any]:
    """A case with everything that this network needs, and no more."""
    case: dict[str, Any] = {
        "architecture": architecture.id,
        "sizes": {name: SIZES[name] for name in (*architecture.dimensions, *architecture.lengths)} | {"T": T, "B": 1},
        "parameters": {p.name: np.full(p.shape(SIZES), 0.1).tolist() for p in architecture.parameters},
    }
    for x in map(architecture.node, architecture.inputs):
        case.setdefault("inputs", {})[x.name] = np.ones((x.span.count(T, SIZES), 1, SIZES[x.size])).tolist()
    if architecture.output is not None:
        assert architecture.target is not None
        steps = architecture.node(architecture.target).span.count(T, SIZES)
        symbols = architecture.output.kind.target is Target.SYMBOLS
        case["y"] = np.zeros((steps, 1) if symbols else (steps, 1, SIZES["n_y"])).tolist()
    if architecture.takes_feedback:
        case["feedback"] = "teacher_forcing"
    network = connect(architecture, TEACHER_FORCING if architecture.takes_feedback else None)
    for key, read in (("initial", initial_states(network)), ("final", final_states(network))):
        case[key] = {name: np.full((1, SIZES[network.node(name).size]), 0.5).tolist() for name in read}
    return case


def status(words: list[str], said: pytest.CaptureFixture[str]) -> int:
    """The exit status of a command, which says one sentence if it refuses."""
    said.readouterr()
    found = main(words)
    error = said.readouterr().err
    assert found in (0, 2) and (found == 0 or error.count("\n") == 1), error
    return found


@every
@pytest.mark.usefixtures("qapp")
def test_every_command_takes_it(added: Architecture, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "case.json"
    case.write_text(json.dumps(case_of(added)))
    if added.id not in OF_THE_APP:  # the list of the app's own is the same each time
        assert status(["list"], capsys) == 0
    assert status(["trace", str(case)], capsys) == 0
    shown_with = ["--architecture", added.id, "--task", task_of(added)]
    fits = mismatch(added, get_task(task_of(added))) is None
    for more in (["--folded"], ["--event", "2"]):
        picture = ["render", *shown_with, *more, "-o", str(tmp_path / "net.svg")]
        assert status(picture, capsys) == (0 if fits else 2)
    train = ["train", *shown_with, "--iterations", "2", "--batch", "2", "--length", "3", "--hidden", "2"]
    assert status(train, capsys) == (0 if fits and added.output is not None else 2)


@every
def test_every_step_of_it_can_be_said_asked_and_traced_back(added: Architecture) -> None:
    feedback = "free_running_yhat" if added.takes_feedback else None
    document = a_document(added.id, task_of(added), length=4, hidden=3, feedback=feedback)
    why_not = mismatch(added, get_task(document.task.id))
    if why_not is not None:
        with pytest.raises(ExplorerError, match=re.escape(why_not)):
            show(document)
        return
    shown = show(document)
    rng = np.random.default_rng(0)
    for cursor, event in enumerate(shown.events):
        assert equation_of(shown.trace, event).caption
        ask(shown, cursor, rng)
    for parameter in shown.trace.parameters:
        assert parameter_faces(shown, parameter)
    check_reach(shown)


@pytest.mark.parametrize("added", [NETWORKS.index(ECHO_STATE)], ids=["echo_state"], indirect=True)
def test_what_is_not_trained_is_said_to_be_so(added: Architecture) -> None:
    shown = show(a_document(added.id, "running_parity", length=3, hidden=3, feedback=None))
    captions = {name: parameter_faces(shown, name)[0].equation.caption for name in shown.trace.parameters}
    left = {name for name, caption in captions.items() if caption.endswith("training leaves it as it was drawn.")}
    assert left == {"W", "U"}


def check_reach(shown: Shown) -> None:
    if shown.network.output is None:
        with pytest.raises(ExplorerError, match="no gradient to follow"):
            reach_of(shown.trace)
    else:
        assert reach_of(shown.trace).norms.shape == (shown.trace.last, shown.trace.last)


@every
def test_why_long_dependencies_are_hard_in_it_is_shown_or_a_sentence_says_why_not(added: Architecture) -> None:
    feedback = TEACHER_FORCING.id if added.takes_feedback else None
    document, view = a_document(added.id, task_of(added), length=4, hidden=3, feedback=feedback), View()
    if mismatch(added, get_task(document.task.id)):
        return
    shown, reasons = show(document), list[str]()

    def descent() -> Descent:
        return Surface(shown.trace, surface_wanted(shown, view.longterm).axes, 1.0).descend((0.0, 0.0), 0.1, 1.0, 2)

    for followed in (
        lambda: drained(composing(shown, curves_wanted(shown, view))).composition.curves,
        lambda: drained(multiplying(shown, products_wanted(shown, view))).this.products.norms,
        lambda: descent().losses,
    ):
        try:
            assert np.isfinite(followed()).all()
        except ExplorerError as error:
            reasons.append(str(error))
    assert all(reason.endswith(".") for reason in reasons)
    assert len(reasons) < 3 or added.output is None or added in TREES


@every
@pytest.mark.usefixtures("qapp")
def test_it_has_a_card(added: Architecture) -> None:
    card = NetworkGrid().cards[added.id]
    card.resize(card.sizeHint())
    assert not card.grab().isNull()


@pytest.mark.parametrize(
    "added", [NETWORKS.index(a) for a in (DYNAMICAL_SYSTEM, WITHOUT_OUTPUT)], ids=["10.1", "10.2"], indirect=True
)
def test_the_window_steps_through_what_has_no_output_and_says_what_it_lacks(added: Architecture, qtbot: QtBot) -> None:
    window = MainWindow(look="light")
    qtbot.addWidget(window)
    window.show()
    window.perform("change", architecture=added.id)
    shown = window.session.shown
    assert shown.architecture == added
    assert {event.phase for event in shown.events} == {Phase.FORWARD}
    for cursor in range(len(shown.events) + 1):
        window.perform("go_to", cursor=cursor)
        assert not window.grab().isNull()
    assert not window.caption.go_on.isVisible()
    window.perform("take_update")
    assert "there is no update to take" in window.status.message.text()
    controls = window.training.controls
    losses = window.training.losses
    assert "there is no loss to train it by" in losses.why_not.text() and controls.why_not.isVisible()
    assert not controls.run_button.isEnabled() and not controls.step_button.isEnabled()
    for id in ("train", "train_once", "take_update"):
        assert not window.menus[id].isEnabled() and "no loss" in window.menus[id].toolTip()
    window.perform("change", architecture="hidden_to_hidden")
    assert controls.run_button.isEnabled() and window.menus["train"].isEnabled() and controls.why_not.isHidden()


OTHER_INPUTS = {AUTOREGRESSIVE.id: "next_symbol", VECTOR_TO_SEQUENCE.id: "tune", TWO_SEGMENTS.id: "reversal"}


@pytest.mark.parametrize(
    ("added", "task"),
    [(place, OTHER_INPUTS[net.id]) for place, net in enumerate(NETWORKS) if net.id in OTHER_INPUTS],
    indirect=["added"],
)
def test_the_window_finds_a_task_for_inputs_of_any_span_and_shows_both_with_what_a_run_learns(
    added: Architecture, task: str, qtbot: QtBot
) -> None:
    window = MainWindow(look="light")
    qtbot.addWidget(window)
    window.show()
    window.perform("change", architecture=added.id)
    session = window.session
    assert session.shown.architecture == added and session.document.task.id == task
    for cursor in range(len(session.shown.events) + 1):
        window.perform("go_to", cursor=cursor)
    assert not window.grab().isNull()
    problem = changed(problem_of(session.document), hidden=6)
    (settings,) = plan_runs(problem, a_plan(("teacher_forcing",), learning_rate=0.05, evaluation_batch=16))
    run = Run(settings)
    with np.errstate(all="ignore"):
        first, *_, last = (run.step() for _ in range(100))
        assert last < 0.7 * first and run.evaluate().open_loop.loss < first
    record = RunRecord(0, settings)
    record.take(snapshot(0, 100, run.theta))
    followed = follow_example(record, 100, 0)
    assert followed is not None and len(followed.rows[0].symbols) == settings.length


@pytest.mark.parametrize("added", [NETWORKS.index(THREE_INPUTS)], ids=["three inputs"], indirect=True)
def test_the_window_says_why_no_task_goes_with_a_network(added: Architecture, qtbot: QtBot) -> None:
    window = MainWindow(look="light")
    qtbot.addWidget(window)
    before = window.session.document
    window.perform("change", architecture=added.id)
    assert window.session.document == before
    assert window.notice.text.text().startswith(f"No task goes with {added.title}. ")


@pytest.mark.parametrize("added", [NETWORKS.index(SKIP_IN_TIME)], ids=["skip_in_time"], indirect=True)
def test_a_case_chooses_a_lag(added: Architecture, tmp_path: Path) -> None:
    path, case = tmp_path / "case.json", case_of(added)
    losses = set()
    for d in (1, 3):
        case["sizes"]["d"] = d
        path.write_text(json.dumps(case), encoding="utf-8")
        losses.add(compute(read_case(path)).loss)
    assert len(losses) == 2
    case["sizes"]["d"] = 4
    path.write_text(json.dumps(case), encoding="utf-8")
    with pytest.raises(ExplorerError, match=r"sizes.d is 4, a lag beyond the T = 3 steps."):
        compute(read_case(path))


@pytest.mark.parametrize("added", [NETWORKS.index(BIDIRECTIONAL)], ids=["bidirectional"], indirect=True)
def test_a_state_after_the_last_step_says_that_it_is_given_in_cases_alone(added: Architecture) -> None:
    shown = show(a_document(added.id, task_of(added), length=4, hidden=3, feedback=None))
    assert Vertex("g", 5) in shown.graph.boundary and not shown.trace.value("g", 5).any()
    with pytest.raises(ExplorerError, match="lies after the last step"):
        editable(shown, Vertex("g", 5))


@pytest.mark.parametrize("added", [NETWORKS.index(RECURSIVE)], ids=["recursive"], indirect=True)
def test_a_case_gives_the_shape_of_a_tree(added: Architecture, tmp_path: Path) -> None:
    path, case = tmp_path / "case.json", case_of(added)
    case["parameters"]["W"] = np.full((SIZES["n_h"], SIZES["n_h"]), 0.3).tolist()
    losses = []
    for trees in ([[[2, 3], [1, 4]]], [[[1, 2], [4, 3]]], None):
        path.write_text(json.dumps(case | {"trees": trees}), encoding="utf-8")
        losses.append(compute(read_case(path)).loss)
    assert losses[0] == losses[2] != losses[1]
    refused = {
        r"trees has 0 trees for B = 1 sequences": [],
        r"trees\[0\] has 1 inner node, and one over T = 3 leaves has 2": [[[1, 2]]],
        "Node 4 of the tree cannot join 1 and 3": [[[1, 3], [4, 2]]],
    }
    for message, trees in refused.items():
        path.write_text(json.dumps(case | {"trees": trees}), encoding="utf-8")
        with pytest.raises(ExplorerError, match=message):
            compute(read_case(path))
    chain = case_of(architectures()["hidden_to_hidden"])
    path.write_text(json.dumps(chain | {"trees": [[[1, 2], [4, 3]]]}), encoding="utf-8")
    with pytest.raises(ExplorerError, match=r"trees is given, but 'Hidden → hidden' has no tree"):
        compute(read_case(path))


@pytest.mark.parametrize("id", ["lstm", "bidirectional", "encoder_decoder"])
def test_the_window_steps_through_it_to_the_end_and_back_and_trains_it(id: str, qtbot: QtBot) -> None:
    window = MainWindow(look="light")
    qtbot.addWidget(window)
    window.show()
    window.perform("change", architecture=id)
    assert window.session.shown.architecture.id == id
    end = len(window.session.shown.events)
    for cursor in (*range(0, end, 17), end, *range(end, 0, -17), 0):
        window.perform("go_to", cursor=cursor)
        assert not window.grab().isNull()
    window.training.build()
    window.training.running.step()
    qtbot.waitUntil(lambda: window.training.book.iteration >= 1, timeout=20_000)
    window.setProperty("unasked", True)
