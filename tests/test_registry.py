"""A file that declares a network or a task with a slip in it is named, with the line and how to mend it."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import explorer.architectures
import explorer.tasks
from explorer.architectures import architectures
from explorer.errors import ExplorerError
from explorer.tasks import task_ids

HEAD = "from explorer.graph.declaration import Bias, Node, Ref, Sum\n"
Write = Callable[[str, str], None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Puts a file beside those of architectures or tasks."""

    def written(package: str, source: str) -> None:
        (tmp_path / package).mkdir(exist_ok=True)
        (tmp_path / package / "mine.py").write_text(source, encoding="utf-8")
        module = getattr(explorer, package)
        monkeypatch.setattr(module, "__path__", [*module.__path__, str(tmp_path / package)])

    found = architectures(), task_ids()
    architectures.cache_clear()
    explorer.tasks._tasks.cache_clear()
    yield written
    monkeypatch.undo()
    architectures.cache_clear()
    explorer.tasks._tasks.cache_clear()
    for package in ("architectures", "tasks"):
        sys.modules.pop(f"explorer.{package}.mine", None)
    assert (architectures(), task_ids()) == found


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("NETWORK = 1", "architectures/mine.py declares no architecture; name it ARCHITECTURE, or let the name of"),
        ("ARCHITECTURE = 'mine'", "architectures/mine.py declares no architecture; name it ARCHITECTURE"),
        (HEAD + "Sum(Bias('b'), Bias('c'))", "mine.py cannot be read: line 2 has a TypeError, Extra positional argum"),
        (HEAD + "Node('h', 'n_h', Sum(()))", "line 2 has a TypeError, Missing required argument 'symbol'."),
        (HEAD + "Nod", "mine.py cannot be read: line 2 has a NameError, name 'Nod' is not defined."),
        ("Node(", "mine.py cannot be read: line 1 has a SyntaxError, '(' was never closed."),
        ("from explorer.graph.declaration import Biass", "line 1 has a ImportError, cannot import name 'Biass'"),
        (
            "from msgspec.structs import replace\nfrom explorer.architectures.leaky import ARCHITECTURE\n"
            "ARCHITECTURE = replace(ARCHITECTURE, id='mine', nodes=[*ARCHITECTURE.nodes])",
            "In architectures/mine.py: Architecture mine: nodes is [Node(",
        ),
    ],
)
def test_of_a_network(write: Write, source: str, sentence: str) -> None:
    write("architectures", source)
    with pytest.raises(ExplorerError, match=re.escape(sentence)):
        architectures()


@pytest.mark.parametrize("end", ["", "Task = Mine", "TASK = 'mine'"])
def test_of_a_task_that_is_not_named(write: Write, end: str) -> None:
    mine = "from explorer.tasks.running_parity import RunningParity\n\n\nclass Mine(RunningParity):\n    id = 'mine'\n"
    write("tasks", f"{mine}\n\n{end}\n")
    with pytest.raises(
        ExplorerError, match=r"^tasks/mine.py has the task Mine in it but no TASK; end it with TASK = Mi"
    ):
        task_ids()


def test_what_only_helps_others_declares_nothing(write: Write) -> None:
    write("tasks", "def half(x):\n    return x / 2\n")
    assert "mine" not in task_ids()
