"""Run the commands as a person types them, in this process, and look at what they say."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from explorer.cli import main


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit status, and what it wrote to standard output and standard error."""

    status: int
    out: str
    err: str


Command = Callable[..., Outcome]
Refusal = Callable[..., str]


@pytest.fixture
def command(capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Run one command: `command("list", "--json")`."""

    def run(*words: str | Path) -> Outcome:
        capfdbinary.readouterr()
        status = main([str(word) for word in words])
        out, err = capfdbinary.readouterr()
        return Outcome(status, out.decode(), err.decode())

    return run


@pytest.fixture
def refusal(command: Command) -> Refusal:
    """Run a command that must refuse: exit status 2, one line on standard error, nothing else; return the line."""

    def run(*words: str | Path) -> str:
        outcome = command(*words)
        assert (outcome.status, outcome.out) == (2, "")
        assert outcome.err.count("\n") == 1 and outcome.err.endswith((".\n", "?\n")), outcome.err
        assert outcome.err.startswith("rnn-explorer")
        return outcome.err.strip()

    return run
