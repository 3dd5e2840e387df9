"""A task on symbols with another output: the same targets as bits or numbers, and what a guess costs then."""

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.graph.output import Target
from explorer.session.document import show
from explorer.session.session import Session
from explorer.tasks import SymbolTask, get_task, task_ids
from explorer.training.generate import Writer
from explorer.training.settings import RunSettings, TaskSettings
from tests.settings import a_document, changed

ON_SYMBOLS = [id for id in task_ids() if isinstance(get_task(id), SymbolTask)]
OTHERS = ["sigmoid", "linear"]


@pytest.mark.parametrize("output", OTHERS)
@pytest.mark.parametrize("id", ON_SYMBOLS)
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
@pytest.mark.parametrize("id", ["running_parity", "delayed_echo", "embedded_reber"])
def test_chance_is_what_the_best_constant_guess_costs(id: str, output: str) -> None:
    task = get_task(id, output=output)
    T = task.default_length
    y = task.batch(np.random.default_rng(0), T, 20_000).y
    p = y.mean((0, 1))
    costs = (y - p) ** 2 / 2 if output == "linear" else -y * np.log(p) - (1 - y) * np.log(1 - p)
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
