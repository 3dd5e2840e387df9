"""What the tests of `train` ask it for, and how they read what it says."""

import csv
from pathlib import Path

from tests.cli.conftest import Outcome

PARITY = ("--architecture", "output_to_hidden", "--task", "running_parity")
PLAIN = ("--architecture", "hidden_to_hidden", "--task", "running_parity")
ECHO = ("--architecture", "hidden_to_hidden", "--task", "delayed_echo")
BRIEF = ("--iterations", "60", "--batch", "8", "--length", "5", "--hidden", "4")
WILD = (
    "--activation", "identity", "--optimizer", "sgd", "--lr", "1000", "--length", "40", "--feedback", "free_running_o",
)  # fmt: skip
"""A run that diverges."""
HEADER = "iteration,run,training_loss,open_loop_loss,closed_loop_loss,open_loop_accuracy,closed_loop_accuracy"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(outcome: Outcome) -> dict[str, list[str]]:
    """The cells behind the name of each run."""
    assert outcome.status == 0
    _, header, *lines = outcome.out.splitlines()
    assert header.split()[:4] == ["run", "iterations", "training", "loss"]
    runs = ("plain", "free_running_yhat", "teacher_forcing")
    return {name: cells for name, *cells in map(str.split, lines) if name in runs}
