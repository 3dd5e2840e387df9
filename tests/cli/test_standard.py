"""`-` is standard input where a command reads, and standard output where it writes, so that commands go into pipes."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command, Refusal

CASE = Path(__file__).parents[1] / "reference" / "lstm.json"


@pytest.fixture
def case_comes_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The case is what stands in standard input, and where the commands run there is no file at all."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CASE.read_bytes())))
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("words", [(), ("-o", "-")], ids=str)
@pytest.mark.usefixtures("case_comes_in")
def test_a_case_is_traced_in_a_pipe(command: Command, words: tuple[str, ...]) -> None:
    traced = command("trace", "-", *words)
    assert (traced.status, traced.err) == (0, "")
    assert json.loads(traced.out)["loss"] == pytest.approx(json.loads(CASE.read_text())["expected"]["loss"])
    assert not [*Path().iterdir()]


@pytest.mark.parametrize("words", [(), ("-o", "-")], ids=str)
@pytest.mark.usefixtures("case_comes_in")
def test_a_case_is_exported_in_a_pipe(command: Command, words: tuple[str, ...]) -> None:
    written = command("export", "-", "--as", "numpy", *words)
    assert (written.status, written.err) == (0, "") and not [*Path().iterdir()]
    compile(written.out, "program", "exec")


@pytest.mark.usefixtures("qapp")
def test_a_folder_of_pictures_goes_into_no_pipe(refusal: Refusal) -> None:
    assert "A folder of pictures cannot go to standard output" in refusal("export", CASE, "--as", "frames", "-o", "-")


def test_curves_go_into_a_pipe_alone(command: Command) -> None:
    trained = command("train", "--task", "running_parity", "--iterations", "2", "--evaluate-every", "1", "--csv", "-")
    assert trained.status == 0 and "Losses are in nats" in trained.err
    header, *rows = trained.out.splitlines()
    assert header.startswith("iteration,run,training_loss") and len(rows) % 3 == 0 and rows
    assert {len(row.split(",")) for row in rows} == {len(header.split(","))}
