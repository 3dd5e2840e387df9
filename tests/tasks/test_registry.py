"""Tasks are found by name; a new one is one new file."""

import doctest
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import explorer.tasks
import explorer.tasks.alphabet
from explorer.errors import ExplorerError
from explorer.tasks import get_task, task_ids, task_options
from tests.each import each
from tests.oracles.typed import typed
from tests.refusals import refusal_of

NEW_TASK = '''
"""Copy: say each bit as it is heard."""
from explorer.tasks.running_parity import RunningParity

class Copy(RunningParity):
    id = "copy_bits"
    order = 0

    def targets(self, symbols):
        return symbols.copy()

TASK = Copy
'''


@pytest.fixture
def one_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "copy_bits.py").write_text(NEW_TASK, encoding="utf-8")
    monkeypatch.setattr(explorer.tasks, "__path__", [*explorer.tasks.__path__, str(tmp_path)])
    explorer.tasks._tasks.cache_clear()
    yield
    explorer.tasks._tasks.cache_clear()
    sys.modules.pop("explorer.tasks.copy_bits", None)


def test_the_toy_tasks_are_there_easiest_first() -> None:
    orders = {id: get_task(id).order for id in task_ids()}
    assert task_ids()[:3] == ("running_parity", "delayed_echo", "binary_addition")
    assert list(orders.values()) == sorted(set(orders.values())), f"each task needs an order of its own: {orders}"


@pytest.mark.usefixtures("one_new_file")
def test_a_new_task_is_one_new_file() -> None:
    assert task_ids()[0] == "copy_bits"
    assert typed(get_task("copy_bits"), "0110").y[:, 0].tolist() == [0, 1, 1, 0]


@pytest.mark.usefixtures("one_new_file")
def test_a_copy_that_kept_its_id_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("explorer.tasks.copy_bits").TASK, "id", "running_parity")
    with pytest.raises(ExplorerError, match="Two files declare the task 'running_parity'; give one of them"):
        task_ids()


@each("id", task_ids())
def test_a_task_is_called_as_its_file(id: str) -> None:
    assert import_module(f"explorer.tasks.{id}").TASK.id == id
    assert get_task(id).id == id


def test_an_unknown_task_gets_the_nearest_name() -> None:
    for ask in (get_task, task_options):
        message = "There is no task called 'runing_parity'; did you mean 'running_parity'?"
        assert refusal_of(ask, "runing_parity") == message


def test_an_unknown_option_gets_the_nearest_name() -> None:
    message = "There is no option of the task 'delayed_echo' called 'symbol'; did you mean 'symbols'?"
    assert refusal_of(get_task, "delayed_echo", symbol=3) == message


def test_options_left_out_keep_their_default() -> None:
    echo = get_task("delayed_echo", k=5)
    assert echo.settings() == {"k": 5, "symbols": 2, "output": "softmax"}
    assert [option.default for option in task_options("delayed_echo")] == [2, 2, "softmax"]


def test_tasks_are_equal_when_their_settings_are() -> None:
    assert get_task("delayed_echo", k=2) == get_task("delayed_echo")
    assert get_task("delayed_echo", k=3) != get_task("delayed_echo")
    assert get_task("running_parity") != get_task("majority")


@pytest.mark.parametrize("module", [explorer.tasks, explorer.tasks.alphabet])
def test_the_examples_in_docstrings_are_true(module: ModuleType) -> None:
    results = doctest.testmod(module)
    assert results.attempted > 0
    assert results.failed == 0
