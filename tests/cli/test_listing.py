"""`list`: everything that the other commands take by name."""

import json

import pytest

from explorer.architectures import architectures, by_group, get_architecture
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.feedback import FEEDBACKS, get_feedback
from explorer.tasks import get_task, task_ids
from explorer.training.matching import untrainable
from tests.cli.conftest import Command


@pytest.fixture
def groups(command: Command) -> dict[str, list[dict[str, object]]]:
    outcome = command("list", "--json")
    assert (outcome.status, outcome.err) == (0, "")
    found: dict[str, list[dict[str, object]]] = json.loads(outcome.out)
    return found


def test_for_programs_every_name_is_there(groups: dict[str, list[dict[str, object]]]) -> None:
    ids = {title: [entry["id"] for entry in entries] for title, entries in groups.items()}
    assert ids == {
        "architectures": [network.id for found in by_group().values() for network in found],
        "tasks": list(task_ids()),
        "activations": list(ACTIVATIONS),
        "feedback": [*FEEDBACKS, "free_running", "mixed"],
        "outputs": ["softmax", "sigmoid", "linear", "sigmoid_mse"],
    }
    assert all(entry["about"] for entries in groups.values() for entry in entries)


def test_every_feedback_is_one_that_is_understood(groups: dict[str, list[dict[str, object]]]) -> None:
    assert all(get_feedback(str(entry["id"])) for entry in groups["feedback"])


def test_every_output_says_what_it_can_feed_back(groups: dict[str, list[dict[str, object]]]) -> None:
    fed = {entry["id"]: entry["feedback"] for entry in groups["outputs"]}
    assert fed["sigmoid"] == ["free_running_yhat", "free_running_o"]
    assert fed["linear"] == ["free_running_yhat"]
    assert {entry["output"] for entry in groups["architectures"]} == {"softmax", None}


def test_an_architecture_lists_the_tasks_it_can_learn(groups: dict[str, list[dict[str, object]]]) -> None:
    for entry in groups["architectures"]:
        architecture = get_architecture(str(entry["id"]))
        assert entry["tasks"] == [id for id in task_ids() if not untrainable(architecture, get_task(id))]
        assert bool(entry["tasks"]) == (architecture.output is not None)
        assert entry["parameters"] == [p.name for p in architecture.parameters]
        assert (entry["takes_feedback"], entry["group"]) == (architecture.takes_feedback, architecture.group)


def test_a_task_lists_its_alphabet_and_its_options(groups: dict[str, list[dict[str, object]]]) -> None:
    (echo,) = (entry for entry in groups["tasks"] if entry["id"] == "delayed_echo")
    assert (echo["n_x"], echo["n_y"], echo["output_units"]) == (2, 3, ["a", "b", "–"])
    assert isinstance(echo["options"], list)
    assert [(option["name"], option["kind"], option["default"]) for option in echo["options"]] == [
        ("k", "int", 2), ("symbols", "int", 2), ("output", "choice", "softmax"),
    ]  # fmt: skip


def test_for_people_each_name_has_a_line(command: Command) -> None:
    outcome = command("list")
    assert (outcome.status, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")] == [
        "Architectures", "Tasks", "Activations", "Feedback", "Outputs",
    ]  # fmt: skip
    for id in (*architectures(), *task_ids(), *ACTIVATIONS, *FEEDBACKS):
        assert any(line.lstrip().startswith(f"{id} ") and len(line.split()) > 1 for line in lines)


def test_for_people_the_architectures_stand_under_their_groups(command: Command) -> None:
    lines = command("list").out.split("\n\n")[0].splitlines()[1:]
    expected: list[str] = []
    for group, found in by_group().items():
        expected += [group, *(network.id for network in found)]
    assert [line.strip() if line.startswith("  ") and line[2] != " " else line.split()[0] for line in lines] == expected
