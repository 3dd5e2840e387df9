"""An edit by hand lives until what it is about is gone; what has to go is said, and undo brings it back."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.architectures import architectures, get_architecture
from explorer.errors import ExplorerError
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.feedback import FEEDBACKS, get_feedback, suited
from explorer.graph.output import Target
from explorer.session.carried import carried
from explorer.session.document import Document, Shown, network_of, show
from explorer.session.edits import Edit, InitialEdit, InputEdit, NumberEdit, TargetEdit, WeightEdit, reads_before_first
from explorer.session.session import Session
from explorer.session.weights import Weights, fit_of
from explorer.tasks import SymbolTask, get_task, task_ids
from explorer.training.matching import for_task, mismatch
from explorer.training.settings import NetworkSettings, TaskSettings
from tests.session.shown import KINDS
from tests.settings import a_document, a_plan, changed

Meaning = tuple[object, ...]

CHANGES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "architecture": st.sampled_from(list(architectures())).map(lambda id: {"architecture": id}),
    "task": st.sampled_from(list(task_ids())).map(lambda id: {"task": TaskSettings(id)}),
    "options": st.sampled_from([{"k": 1}, {"symbols": 3}, {"text": "hole"}]).map(lambda o: {"options": o}),
    "length": st.integers(1, 7).map(lambda T: {"length": T}),
    "example": st.integers(0, 3).map(lambda n: {"example": n}),
    "hidden": st.integers(1, 5).map(lambda n: {"hidden": n}),
    "lag": st.integers(1, 4).map(lambda d: {"lag": d}),
    "choices": st.sampled_from([{"radius": 0.5}, {"alpha": 0.9, "learned": False}, {}]).map(lambda c: {"choices": c}),
    "activation": st.sampled_from(list(ACTIVATIONS)).map(lambda id: {"activation": id}),
    "biases": st.booleans().map(lambda on: {"biases": on}),
    "feedback": st.sampled_from(list(FEEDBACKS)).map(lambda id: {"feedback": id}),
    "fed_target": st.lists(st.booleans(), max_size=5).map(lambda fed: {"fed_target": tuple(fed)}),
    "typed": st.sampled_from(["1011", "ab", ""]).map(lambda text: {"typed": text}),
    "seed": st.integers(0, 3).map(lambda n: {"seed": n}),
    "window": st.just({"window": 1}),
    "optimizer": st.just({"optimizer": "sgd"}),
    "learning_rate": st.just({"learning_rate": 0.5}),
    "test_time": st.booleans().map(lambda on: {"test_time": on}),
    "plan": st.just({"plan": a_plan(initial_scale=2.0)}),
}
"""A change of each setting that a document has, but for the edits themselves."""


def test_each_setting_is_tried() -> None:
    assert {*CHANGES, "edits"} == {*Document.__struct_fields__, *NetworkSettings.__struct_fields__, "options"} - {
        "network"
    }


@st.composite
def edited(draw: st.DrawFn) -> Session:
    """A session on any network and task, with edits of every kind."""
    architecture, feedback = draw(st.sampled_from(KINDS))
    learnable = [id for id in task_ids() if not mismatch(get_architecture(architecture), get_task(id))]
    task = draw(st.sampled_from(learnable))
    length = draw(st.integers(get_task(task).shortest_length, 6))
    output = for_task(get_architecture(architecture), get_task(task)).output
    fed = None if feedback is None or output is None else suited(get_feedback(feedback), output).id
    session = Session(a_document(architecture, task, length=length, hidden=3, feedback=fed))
    shown = session.shown
    value = st.sampled_from([-1.0, 0.5])
    for name, array in shown.trace.parameters.items():
        if draw(st.booleans()):
            index = tuple(draw(st.integers(0, n - 1)) for n in array.shape)
            session.edit(WeightEdit(name, index, draw(value)))
    step = st.integers(1, length)
    last = length if shown.task.one_output else draw(step)
    if isinstance(shown.task, SymbolTask):
        session.edit(InputEdit(draw(step), draw(st.integers(0, len(shown.task.input_steps) - 1))))
        session.edit(TargetEdit(last, draw(st.integers(0, shown.task.n_y - 1))))
    else:
        session.edit(NumberEdit("x", draw(step), draw(st.integers(0, shown.task.n_x - 1)), 1.0))
        session.edit(NumberEdit("y", last, draw(st.integers(0, shown.task.n_y - 1)), 0.0))
    for name, state in shown.trace.initial.items():
        session.edit(InitialEdit(name, draw(st.integers(0, state.shape[-1] - 1)), draw(value)))
    return session


def meaning(edit: Edit, shown: Shown) -> Meaning:
    """What an edit is about, in words that do not depend on how symbols are numbered."""
    task = shown.task
    units = {"n_x": task.input_units, "n_y": task.output_units}
    match edit:
        case WeightEdit(name, index, value):
            (declared,) = (p for p in shown.architecture.parameters if p.name == name)
            places = [units.get(d, range(99))[i] for d, i in zip(declared.dimensions, index, strict=True)]
            return name, declared.dimensions, *places, value
        case InputEdit(t, step):
            return "x", t, task.input_steps[step]
        case TargetEdit(t, symbol):
            return "y", t, task.output_units[symbol]
        case NumberEdit(name, t, unit, value):
            signal = shown.signals[name]
            return name, t, signal.kind, signal.units[unit], value
        case InitialEdit(name, unit, value):
            networks = [network_of(replace(shown.document, test_time=on)) for on in (False, True)]
            (size, *_) = (node.size for network in networks for node in network.nodes if node.name == name)
            return name, 0, units.get(size, range(99))[unit], value


def has_place(about: Meaning, shown: Shown) -> bool:
    """Whether what an edit was about is there."""
    task, T = shown.task, shown.document.length
    units = {"n_x": task.input_units, "n_y": task.output_units, "n_h": range(shown.document.network.hidden)}
    match about:
        case ("x", int(t), str(symbol)):
            return t <= T and "x" in shown.signals and isinstance(task, SymbolTask) and symbol in task.input_steps
        case ("y", int(t), str(symbol)):
            there = t == T if task.one_output else t <= T
            return there and "y" in shown.signals and task.target is Target.SYMBOLS and symbol in task.output_units
        case (str(name), int(t), Target() as kind, str(unit), float()):
            there = t == T if task.one_output and name == "y" else t <= T
            if name not in shown.signals:
                return False
            signal = shown.signals[name]
            return there and signal.kind is kind and unit in signal.units
        case (str(name), 0, unit, float()):
            # At test time another signal is fed back than in training; its initial state waits for that.
            networks = [network_of(replace(shown.document, test_time=on)) for on in (False, True)]
            read = [network.node(name).size for network in networks if reads_before_first(network, name)]
            return bool(read) and unit in units[read[0]]
        case (str(name), tuple(dimensions), *places, float()):
            declared = [p for p in shown.architecture.parameters if p.name == name]
            if not declared or declared[0].dimensions != dimensions:
                return False
            return all(place in units[d] for d, place in zip(dimensions, places, strict=True))
    raise AssertionError(about)


@settings(max_examples=40)
@given(edited(), st.sampled_from(list(CHANGES)).flatmap(CHANGES.__getitem__))
def test_whatever_is_changed_every_edit_is_accounted_for(session: Session, fields: dict[str, Any]) -> None:
    before = session.shown
    abouts = [meaning(edit, before) for edit in before.document.edits]
    try:
        said = session.change(**fields)
    except ExplorerError:
        assert session.shown is before
        return
    after = session.shown
    kept = [meaning(edit, after) for edit in after.document.edits]
    gone = [about for about in abouts if about not in kept]
    assert len(kept) + len(gone) == len(abouts), "nothing is there that was not"
    assert [about for about in abouts if has_place(about, after)] == kept
    assert bool(said) == bool(gone)
    for name, *_ in gone:
        what = {"x": "input", "y": "target"}.get(str(name), str(name))
        assert what in said or str(name) in said
    if after.document != before.document:
        session.undo()
    assert session.document == before.document


@pytest.mark.parametrize(
    "fields", [{"seed": 1}, {"example": 1}, {"length": 7}, {"hidden": 9}, {"task": TaskSettings("binary_addition")}]
)
def test_weights_set_by_hand_outlive_what_has_nothing_to_do_with_them(fields: dict[str, Any]) -> None:
    session = Session(a_document(length=6))
    session.edit(WeightEdit("b", (0,), 9.0))
    assert session.change(**fields) == ""
    assert session.shown.trace.parameters["b"][0] == 9.0


def test_a_sentence_names_what_had_to_go() -> None:
    session = Session(a_document(length=6, hidden=4))
    session.edit_all([WeightEdit("W", (3, 0), 1.0), WeightEdit("W", (3, 1), 1.0), WeightEdit("b", (3,), 1.0)])
    session.edit_all([WeightEdit("b", (0,), 1.0), InputEdit(6, 1), TargetEdit(5, 0), TargetEdit(6, 0)])
    assert session.change(hidden=3) == (
        "There is no place here for 2 edited entries of W and 1 edited entry of b; undo brings back what went."
    )
    assert session.change(length=4) == (
        "There is no place here for the edited input at step 6 and 2 edited targets; undo brings back what went."
    )
    assert session.document.edits == (WeightEdit("b", (0,), 1.0),)
    session.undo()
    session.undo()
    assert len(session.document.edits) == 7


def test_weights_of_a_run_that_was_followed_are_not_missed_but_those_it_was_followed_from_are() -> None:
    for before in ("weights of a file", ""):
        session = Session(a_document(hidden=3))
        theta = session.shown.trace.parameters
        if before:
            session.take_weights(theta, before, session.document)
        session.use_weights(Weights(theta, "weights of a run", fit_of(session.document)), followed=True)
        said = f"There is no place here for the {before}; undo brings back what went." if before else ""
        assert session.change(hidden=4) == said and session.weights is None


def test_own_data_that_another_network_cannot_learn_are_named_but_not_where_another_task_is_chosen() -> None:
    for options in ({"text": "banana"}, {}):
        session = Session(a_document("output_to_hidden", "next_symbol", task_options=options))
        said = "There is no place here for your own text; undo brings back what went." if options else ""
        assert session.change(architecture="sequence_to_one") == said
        session.undo()
        assert session.change(task=TaskSettings("running_parity")) == ""


def test_weights_that_had_to_go_are_named_as_well() -> None:
    session = Session(a_document(hidden=3))
    origin = "weights of Free running, iteration 9"
    session.use_weights(Weights(session.shown.trace.parameters, origin, fit_of(session.document)))
    said = f"There is no place here for the {origin}; undo brings back what went."
    assert session.change(hidden=4) == said
    session.undo()
    assert session.weights is not None


def test_weights_that_were_stepped_to_are_told_from_those_they_began_as() -> None:
    session = Session(a_document(hidden=3))
    session.take_update()
    assert "for initial weights of seed 7, 1 stepped update later;" in session.change(hidden=4)


def test_an_edit_of_a_symbol_follows_the_symbol() -> None:
    session = Session(a_document(task="next_symbol", task_options={"text": "hello"}, length=4, hidden=3))
    session.edit_all([InputEdit(1, 3), TargetEdit(2, 3), WeightEdit("U", (0, 3), 9.0)])  # e h l o: the o
    session.change(options={"text": "no"})
    assert session.document.edits == (InputEdit(1, 1), TargetEdit(2, 1), WeightEdit("U", (0, 1), 9.0))


def test_the_initial_state_of_what_is_fed_waits_while_test_time_is_shown() -> None:
    session = Session(a_document(length=4, edits=(InitialEdit("y", 1, 1.0),)))
    with_edit = session.shown
    assert session.change(test_time=True) == ""
    assert session.document.edits == (InitialEdit("y", 1, 1.0),)
    session.change(test_time=False)
    assert session.shown.trace.loss == with_edit.trace.loss


@pytest.mark.parametrize(
    ("edit", "fields"),
    [
        (WeightEdit("W", (3, 1), 0.5), {"hidden": 3}),
        (WeightEdit("R", (0, 0), 0.5), {}),
        (InputEdit(6, 1), {"length": 5}),
        (InputEdit(1, 2), {}),
        (TargetEdit(6, 0), {"length": 5}),
        (InitialEdit("yhat", 0, 1.0), {"feedback": "free_running_o"}),
        (InitialEdit("o", 0, 1.0), {}),
    ],
)
def test_what_means_nothing_is_dropped_and_the_rest_stays(edit: Edit, fields: dict[str, Any]) -> None:
    kept = WeightEdit("b", (0,), 1.0)
    start = a_document(length=6, hidden=4)
    document = changed(start, **fields, edits=(edit, kept))
    with pytest.raises(ExplorerError):
        show(document)
    assert carried(start, document) == (replace(document, edits=(kept,)), (edit,))
    show(carried(start, document)[0])
