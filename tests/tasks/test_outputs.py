"""A task on symbols or bits with another output: the same targets as bits or numbers, and what a guess costs then."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data.data_set import DataSet, Steps, encoded
from explorer.errors import ExplorerError
from explorer.graph.output import OUTPUTS, Target
from explorer.session.document import show
from explorer.session.edits import NumberEdit
from explorer.session.session import Session
from explorer.tasks import SymbolTask, Task, get_task, task_ids
from explorer.tasks.chosen_output import outputs_of
from explorer.training.generate import Writer
from explorer.training.settings import RunSettings, TaskSettings
from tests.each import each
from tests.settings import a_document, changed

ON_SYMBOLS = [id for id in task_ids() if isinstance(get_task(id), SymbolTask)]
OTHERS = [id for id in OUTPUTS if id != "softmax"]


@each("output", OTHERS)
@each("id", ON_SYMBOLS)
def test_each_symbol_is_told_apart_by_ones_and_zeros(id: str, output: str) -> None:
    usual, task = get_task(id), get_task(id, output=output)
    T = task.default_length
    symbols, y = (one.batch(np.random.default_rng(3), T, 5).y for one in (usual, task))
    assert task.target in (Target.BITS, Target.NUMBERS) and y.shape == (*symbols.shape, task.n_y)
    expected = symbols[..., None] if task.n_y == 1 else np.eye(usual.n_y)[symbols]
    np.testing.assert_array_equal(y, expected)
    assert (task.n_y == 1) == (usual.output_units == ("0", "1") and not usual.inputs_are_previous_targets)
    assert get_task(id, **task.settings()) == task


@pytest.mark.parametrize("output", OTHERS)
@pytest.mark.parametrize("id", ["running_parity", "delayed_echo", "embedded_reber", "temporal_xor"])
def test_chance_is_what_the_best_constant_guess_costs(id: str, output: str) -> None:
    task = get_task(id, output=output)
    T = task.default_length
    y = task.batch(np.random.default_rng(0), T, 20_000).y
    p = y.mean((0, 1))
    costs = (y - p) ** 2 / 2 if task.target is Target.NUMBERS else -y * np.log(p) - (1 - y) * np.log(1 - p)
    assert task.chance_loss(T) == pytest.approx(costs.sum(2).mean(), rel=0.02)
    floor = task.entropy_floor(T)
    assert floor is not None and 0.0 <= floor < task.chance_loss(T)


def test_the_network_follows_the_output_and_undo_leads_back() -> None:
    session = Session(a_document(length=3, feedback="free_running_argmax"))
    session.change(task=TaskSettings("running_parity", {"output": "sigmoid"}))
    shown = session.shown
    output = shown.trace.network.output
    assert output is not None and output.kind.id == "sigmoid" and shown.trace.sizes[output.size] == 1
    assert session.document.feedback != "free_running_argmax"
    session.undo()
    assert session.document == a_document(length=3, feedback="free_running_argmax")


def test_only_a_softmax_writes() -> None:
    settings = changed(RunSettings(), architecture="hidden_to_hidden", task="next_symbol")
    settings = changed(settings, task_options={"output": "linear"})
    document = a_document("hidden_to_hidden", "next_symbol", task_options={"output": "linear"}, feedback=None)
    theta = np.concatenate([array.ravel() for array in show(document).trace.parameters.values()])
    with pytest.raises(ExplorerError, match="Only a softmax says how likely each character is"):
        Writer(settings, theta)


def own(kind: Target, names: tuple[str, ...], pairs: tuple[tuple[Steps, Steps], ...], **settings: str) -> Task:
    """Sequences of one's own, whose inputs are symbols."""
    sequences = DataSet(Target.SYMBOLS, kind, ("a", "b"), names, pairs)
    return get_task("own_data", data=encoded(sequences), **settings)


TARGETS = {
    Target.SYMBOLS: (("u", "v", "w"), [[0], [2], [1]]),
    Target.BITS: (("p", "q"), [[0, 1], [1, 1], [1, 0]]),
    Target.NUMBERS: (("n",), [[0.5], [1.5], [-1.0]]),
}


@pytest.mark.parametrize("kind", TARGETS)
def test_own_data_are_put_out_as_they_can_be(kind: Target) -> None:
    names, targets = TARGETS[kind]
    x = [[0], [1], [0]]
    for output in OUTPUTS:
        task = own(kind, names, ((x, targets), (x, targets)), output=output)
        assert task.kind.id == (output if output in outputs_of(task) else outputs_of(task)[0])
        y = task.encode(task.example(0, 3)).y[:, 0]
        told = np.array(targets)[:, 0] if task.target is Target.SYMBOLS else np.array(targets)
        expected = np.eye(3)[told[:, 0]] if kind is Target.SYMBOLS is not task.target else told
        np.testing.assert_array_equal(y, expected)
        mean = np.array(expected).mean(0)
        if task.target is Target.NUMBERS:
            assert task.chance_loss(3) == pytest.approx(((expected - mean) ** 2).sum(1).mean() / 2)
        elif task.target is Target.BITS:
            certain = mean.clip(1e-12, 1 - 1e-12)
            costs = -expected * np.log(certain) - (1 - expected) * np.log(1 - certain)
            assert task.chance_loss(3) == pytest.approx(costs.sum(1).mean())
        line = task.written(task.example(0, 3))
        np.testing.assert_array_equal(task.encode(task.typed(line).drawn).y[:, 0], y)
    assert len({task.kind.id for task in (own(kind, names, ((x, targets),), output=id) for id in OUTPUTS)}) == len(
        outputs_of(task)
    )


def test_two_outputs_that_take_the_same_targets_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OUTPUTS, "another", replace(OUTPUTS["linear"], id="another"))
    task = get_task("delayed_echo", k=1)
    vars(task)["output"] = "another"  # which the option, declared before, does not know
    assert outputs_of(task) == ("softmax", "sigmoid", "linear", "sigmoid_mse", "another")
    assert (task.kind.id, task.target) == ("another", Target.NUMBERS)


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("id", ["running_parity", "delayed_echo"])
def test_targets_are_typed_as_symbols_whatever_is_put_out(id: str, output: str) -> None:
    session = Session(a_document(task=id, task_options={"output": output}, length=3))
    names = session.shown.task.target_names
    session.type_sequence(f"{names[0]}{names[1]}{names[1]} → {names[1]}{names[0]}{names[1]}")
    task, y = session.shown.task, session.shown.draft.batch(session.shown.task).y
    np.testing.assert_array_equal(y, task.as_targets(np.array([[1], [0], [1]])))
    typed = session.shown.written
    assert session.document.typed and typed.endswith(f"{names[1]}{names[0]}{names[1]}")
    if task.target is Target.NUMBERS:
        session.edit(NumberEdit("y", 1, 0, 0.25))
        assert "0.25" in session.shown.written
        np.testing.assert_array_equal(task.typed(session.shown.written).targets, session.shown.draft.batch(task).y)
