"""What is looked at goes to a file and comes back the same."""

import json
import re
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from explorer.architectures import architectures, get_architecture
from explorer.errors import ExplorerError
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.feedback import FEEDBACKS
from explorer.graph.unfold import Vertex
from explorer.reading.bounds import out_of_bounds
from explorer.session.document import Document, show
from explorer.session.edits import InitialEdit, InputEdit, TargetEdit, WeightEdit
from explorer.session.files import Opened, open_document, save_document
from explorer.session.session import Session
from explorer.session.training_plan import Plan, Problem, plan_runs
from explorer.session.viewing import View
from explorer.session.weights import Weights, fit_of
from explorer.tasks import get_task, task_ids
from explorer.training.matching import mismatch
from explorer.training.schedules import Schedule, target_probability
from tests.oracles.same import assert_same
from tests.refusals import refusal_of
from tests.session.shown import KINDS
from tests.settings import a_document, a_plan, changed

EVERYTHING = a_document(
    architecture="hidden_and_output",
    task="next_symbol",
    task_options={"text": "hello ŷ"},
    length=5,
    example=3,
    hidden=3,
    activation="relu",
    feedback="mixed_argmax",
    fed_target=(True, False, True),
    seed=2**31 - 1,
    optimizer="momentum",
    learning_rate=0.1 + 0.2,
    edits=(
        WeightEdit("W", (2, 1), -1e-300), WeightEdit("b", (0,), 1e6),
        InputEdit(2, 1), TargetEdit(3, 0), InitialEdit("h", 1, 0.1),
    ),
    plan=a_plan(modes=(), optimizer="sgd", truncate=(2, 3), schedule=Schedule("linear", over=9), initial_scale=2.5),
)  # fmt: skip

FLAT: dict[str, object] = {
    "architecture": "hidden_and_output", "task": "next_symbol", "task_options": {"text": "hello ŷ"}, "length": 5,
    "example": 3, "hidden": 3, "activation": "relu", "feedback": "mixed_argmax", "fed_target": [True, False, True],
    "seed": 2147483647, "optimizer": "momentum", "learning_rate": 0.30000000000000004,
    "edits": [
        {"type": "weight", "name": "W", "index": [2, 1], "value": -1e-300},
        {"type": "weight", "name": "b", "index": [0], "value": 1000000.0},
        {"type": "input", "t": 2, "step": 1},
        {"type": "target", "t": 3, "symbol": 0},
        {"type": "initial", "name": "h", "unit": 1, "value": 0.1},
    ],
    "test_time": False,
    "plan": {
        "modes": [], "optimizer": "sgd", "learning_rate": 0.02, "batch": 32, "clip_norm": None, "iterations": 500,
        "seeds": 1, "momentum": 0.9, "l2": 0.0, "truncate": [2, 3], "evaluate_every": 10,
        "schedule": {"kind": "linear", "start": 1.0, "end": 0.0, "over": 9, "k": None, "coin": "step"},
        "stop_below": None, "initial_scale": 2.5, "own_output": "test",
    },
    "weights": None, "cursor": 0, "selection": None, "version": 1,
}  # fmt: skip
"""EVERYTHING, as version 1 saved it."""


def refusal(path: Path) -> str:
    message = refusal_of(open_document, path)
    assert re.search(r"[^.?][.?]$", message) and "\n" not in message
    return message


def test_everything_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "lesson.rnnx"
    save_document(Opened(EVERYTHING), path)
    found = open_document(path).document
    assert found == EVERYTHING
    assert_same(show(found), show(EVERYTHING))


def test_saving_twice_gives_the_same_bytes_for_people_to_read(tmp_path: Path) -> None:
    first, second = tmp_path / "1.rnnx", tmp_path / "2.rnnx"
    save_document(Opened(EVERYTHING), first)
    save_document(Opened(open_document(first).document), second)
    assert first.read_bytes() == second.read_bytes()
    lines = first.read_text(encoding="utf-8").splitlines()
    assert '    "architecture": "hidden_and_output",' in lines
    assert '      "text": "hello ŷ"' in lines


def test_settings_that_are_left_out_are_those_of_a_new_document(tmp_path: Path) -> None:
    path = tmp_path / "lesson.rnnx"
    path.write_text('{"length": 9}')
    assert open_document(path).document == a_document(length=9)


def test_a_file_of_before_there_were_versions_opens_with_the_rate_that_is_usual_now(tmp_path: Path) -> None:
    path = tmp_path / "old.rnnx"
    old = FLAT | {"learning_rate": 0.1, "version": 0}
    del old["optimizer"]
    path.write_text(json.dumps(old))
    assert open_document(path).document == changed(EVERYTHING, optimizer=None, learning_rate=None)
    path.write_text(json.dumps(old | {"learning_rate": 0.3}))
    assert open_document(path).document == changed(EVERYTHING, optimizer="sgd", learning_rate=0.3)


def test_a_file_in_which_settings_lay_side_by_side_opens(tmp_path: Path) -> None:
    path = tmp_path / "old.rnnx"
    path.write_text(json.dumps(FLAT))
    assert open_document(path).document == EVERYTHING
    path.write_text('{"version": 1, "task_options": {"k": 3}, "task": "delayed_echo", "plan": {"batch": 5}}')
    echo = a_document(task="delayed_echo", task_options={"k": 3}, plan=a_plan(batch=5))
    assert open_document(path).document == echo


def test_cursor_and_selection_of_a_file_of_before_there_was_a_view_are_its_view(tmp_path: Path) -> None:
    path = tmp_path / "old.rnnx"
    path.write_text('{"version": 1, "length": 4, "cursor": 7, "selection": {"name": "h", "t": 2}}')
    opened = open_document(path)
    assert (opened.document, opened.view) == (a_document(length=4), View(cursor=7, selection=Vertex("h", 2)))
    path.write_text('{"version": 1, "length": 4}')
    assert open_document(path).view == View()


numbers = st.floats(-1e6, 1e6)
edits = st.one_of(
    st.builds(WeightEdit, st.text(), st.tuples(st.integers(0, 99), st.integers(0, 99)), numbers),
    st.builds(InputEdit, st.integers(), st.integers()),
    st.builds(TargetEdit, st.integers(), st.integers()),
    st.builds(InitialEdit, st.text(), st.integers(), numbers),
)
schedules = st.builds(
    Schedule,
    kind=st.sampled_from(["constant", "linear", "exponential", "inverse_sigmoid"]),
    start=st.floats(-1, 2),
    end=st.floats(-1, 2),
    over=st.none() | st.integers(-1, 9),
    k=st.none() | st.floats(-1, 9),
)
windows = st.tuples(st.integers(-3, 9), st.integers(-3, 9))
plans = st.builds(
    a_plan,
    modes=st.lists(st.sampled_from(list(FEEDBACKS)), max_size=3).map(tuple),
    batch=st.integers(-1, 50),
    truncate=st.none() | windows,
    schedule=schedules,
    initial_scale=st.floats(-1, 3),
    seeds=st.integers(0, 20),
)
documents = st.builds(
    a_document,
    st.sampled_from(list(architectures())),
    plan=plans,
    task_options=st.dictionaries(st.text(), st.integers() | st.text(), max_size=3),
    length=st.integers(-1, 2000),
    seed=st.integers(-1, 2**31),
    feedback=st.none() | st.sampled_from(list(FEEDBACKS)),
    fed_target=st.lists(st.booleans(), max_size=5).map(tuple),
    learning_rate=st.floats(allow_nan=False, allow_infinity=False),
    edits=st.lists(edits, max_size=4).map(tuple),
    test_time=st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents)
def test_any_document_comes_back_sensible_or_not_if_its_numbers_can_be(tmp_path: Path, document: Document) -> None:
    path = tmp_path / "any.rnnx"
    save_document(Opened(document), path)
    if why := out_of_bounds(Document, document, {}):
        assert refusal(path) == f"{path} is no RNN Explorer file: {why}"
    else:
        assert open_document(path).document == document


@given(plans)
@example(a_plan(initial_scale=-0.0))
def test_a_plan_is_shown_only_if_there_is_nothing_in_it_that_cannot_be(plan: Plan) -> None:
    session = Session(a_document(length=2, hidden=1))
    try:
        session.open(Opened(a_document(length=2, hidden=1, plan=plan)))
    except ExplorerError:
        assert session.document.plan == Plan()
        return
    assert [0.0 <= target_probability(plan.training.schedule, i, 10) <= 1.0 for i in range(10)] == [True] * 10
    assert plan.training.truncate is None or 1 <= plan.training.truncate[0] <= plan.training.truncate[1]
    assert plan.modes == () or plan_runs(Problem(), plan)


@st.composite
def sensible(draw: st.DrawFn) -> Document:
    """A document whose every setting means something, and whose edits are of things that there mostly are."""
    number = st.floats(-3, 3) | st.sampled_from([1e6, -1e6, 1e-300, 1e7])
    steps = st.integers(0, 8)
    edit = st.one_of(
        st.builds(WeightEdit, st.sampled_from("UVWRbcX"), st.tuples(st.integers(0, 3), st.integers(0, 3)), number),
        st.builds(WeightEdit, st.sampled_from("bc"), st.tuples(st.integers(0, 3)), number),
        st.builds(InputEdit, steps, st.integers(0, 3)),
        st.builds(TargetEdit, steps, st.integers(0, 3)),
        st.builds(InitialEdit, st.sampled_from(["h", "yhat", "o", "z"]), st.integers(0, 3), number),
    )
    architecture = get_architecture(draw(st.sampled_from(list(architectures()))))
    learnable = [id for id in task_ids() if not mismatch(architecture, get_task(id))]
    return a_document(
        architecture=architecture.id,
        task=draw(st.sampled_from(learnable)),
        length=draw(st.integers(1, 12)),
        example=draw(st.integers(0, 9999)),
        hidden=draw(st.integers(1, 4)),
        activation=draw(st.sampled_from(list(ACTIVATIONS))),
        feedback=draw(st.sampled_from(list(FEEDBACKS))) if architecture.takes_feedback else None,
        fed_target=tuple(draw(st.lists(st.booleans(), max_size=12))),
        seed=draw(st.integers(0, 2**31)),
        learning_rate=draw(st.floats(1e-6, 1e3)),
        edits=tuple(draw(st.lists(edit, max_size=2))),
        test_time=draw(st.booleans()),
    )


@st.composite
def worked_on(draw: st.DrawFn) -> Session:
    """A session on any network, edited, with weights of its own, stepped and with something selected, or without."""
    architecture, feedback = draw(st.sampled_from(KINDS))
    one_output = get_architecture(architecture).one_output
    task = "majority" if one_output else draw(st.sampled_from(["running_parity", "next_symbol"]))
    fed = tuple(draw(st.lists(st.booleans(), max_size=4)))
    session = Session(a_document(architecture, task, length=4, hidden=3, feedback=feedback, fed_target=fed))
    number = st.floats(-1e6, 1e6)

    def edit() -> None:
        weights = [
            WeightEdit(name, tuple(draw(st.integers(0, n - 1)) for n in array.shape), draw(number))
            for name, array in session.shown.trace.parameters.items()
            if draw(st.booleans())
        ]
        name = next(iter(session.shown.trace.initial))
        given = InputEdit(draw(st.integers(1, 4)), draw(st.integers(0, 1))), TargetEdit(4, draw(st.integers(0, 1)))
        session.edit_all([*weights, *given, InitialEdit(name, 0, draw(number))])

    if draw(st.booleans()):
        edit()
    if draw(st.booleans()):
        before = session.document.edits if draw(st.booleans()) else ()
        rng = np.random.default_rng(draw(st.integers(0, 99)))
        theta = {name: rng.normal(size=array.shape) for name, array in session.shown.trace.parameters.items()}
        origin = "weights of Plain training, iteration 500"
        session.use_weights(Weights(theta, origin, fit_of(session.document), before))
        if draw(st.booleans()):
            edit()
    session.change(test_time=draw(st.booleans()))
    session.move_to(draw(st.integers(0, 200)))
    vertices = [*session.shown.graph.vertices]
    picked = draw(st.none() | st.sampled_from([*session.shown.trace.parameters, *vertices]))
    session.look(selection=picked, fold=draw(st.floats(0, 1)), show_a=draw(st.booleans()))
    axes = draw(st.none() | st.just((("W", (0, 1)), ("b", (2,)))))
    session.look(card="cliff", axes=axes, gain=draw(st.floats(0, 9)), start=(0.5, draw(st.floats(-1, 1))))
    return session


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worked_on())
def test_what_is_on_screen_is_what_is_saved(tmp_path: Path, session: Session) -> None:
    path = tmp_path / "work.rnnx"
    save_document(session.content, path)
    opened = Session()
    opened.open(open_document(path))
    assert_same(opened.shown, session.shown)
    assert opened.view == session.view
    assert (opened.weights and opened.weights.origin) == (session.weights and session.weights.origin)
    save_document(opened.content, tmp_path / "again.rnnx")
    assert (tmp_path / "again.rnnx").read_bytes() == path.read_bytes()


def test_a_sensible_document_is_shown_or_refused_in_a_sentence(tmp_path: Path) -> None:
    path, shown = tmp_path / "sensible.rnnx", []

    @settings(max_examples=40, suppress_health_check=[HealthCheck.differing_executors])
    @given(sensible())
    def look(document: Document) -> None:
        save_document(Opened(document), path)
        session = Session()
        try:
            session.open(open_document(path))
        except ExplorerError as error:
            assert str(error).endswith((".", "?")) and "\n" not in str(error)
            assert session.document == Document()
        else:
            assert session.document == document
        shown.append(session.document == document)

    look()
    assert 0.2 < sum(shown) / len(shown) < 1, "else it is only the first check that is tested"


def test_a_view_of_runs_that_are_not_there_is_passed_over(tmp_path: Path) -> None:
    path, session = tmp_path / "odd.rnnx", Session()
    path.write_text('{"version": 4, "view": {"travel": [7, 3], "run": 7, "pinned": "Q", "cursor": 3}}')
    session.open(open_document(path))
    assert session.view.travel is None and session.view.pinned == "" and session.cursor == 3
