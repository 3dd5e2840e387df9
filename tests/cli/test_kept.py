"""`train` begins with weights of a file and keeps what it trained; `generate` writes; every setting is an option."""

import csv
import re
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest

from explorer.cli import rescue
from explorer.cli import train as command_module
from explorer.session.files import open_document
from explorer.session.runs.going_on import begun
from explorer.session.session import Session
from explorer.training.settings import problem_of
from tests.cli.conftest import Command, Refusal

NETWORK = ("train", "--architecture", "hidden_to_hidden", "--task", "running_parity", "--hidden", "3")
FED = ("train", "--architecture", "output_to_hidden", "--task", "running_parity", "--hidden", "3")


def trained(command: Command, path: Path, *words: str, network: tuple[str, ...] = NETWORK, iterations: int = 3) -> str:
    """What is printed of a training that is kept."""
    outcome = command(*network, "--iterations", str(iterations), *words, "--save", path)
    assert outcome.status == 0
    return outcome.out


def final_loss(printed: str) -> float:
    """The training loss in the last row of the table."""
    row = [line for line in printed.splitlines() if re.match(r"plain ", line)][-1]
    return float(row.split()[2])


def test_a_document_keeps_all_runs_and_shows_the_weights_of_the_last(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "two.rnnx"
    trained(command, path, network=FED)
    opened = open_document(path)
    assert [run.settings.feedback for run in opened.runs] == ["teacher_forcing", "free_running_yhat"]
    assert all(run.iteration == 3 and 3 in run.kept for run in opened.runs)
    assert opened.weights is not None and opened.weights.iteration == 3
    found = opened.runs[-1].weights(3)
    assert found is not None
    for name, array in opened.weights.parameters.items():
        np.testing.assert_array_equal(array, found[1][name])


def test_the_window_goes_on_from_such_a_document_as_from_its_own(command: Command, tmp_path: Path) -> None:
    first, second = tmp_path / "first.rnnx", tmp_path / "second.rnnx"
    trained(command, first, network=FED)
    trained(command, second, "--from", str(first), network=FED)
    session = opened(first)
    assert session.weights is not None and session.weights.said == "weights of Free running on soft ŷ, iteration 3"
    assert session.before is None and session.view.follow
    assert goes_on(session)
    ended = session.weights.parameters
    session = opened(second)
    assert session.before is not None and session.before.said == "weights of first.rnnx"
    for name, array in session.before.parameters.items():
        np.testing.assert_array_equal(array, ended[name])
    assert goes_on(session)


def test_seeds_are_trained_and_kept_as_the_window_would(command: Command, refusal: Refusal, tmp_path: Path) -> None:
    path, table = tmp_path / "seeds.rnnx", tmp_path / "seeds.csv"
    printed = trained(command, path, "--seeds", "2", "--seed", "5", "--csv", str(table), network=FED)
    asked = [f"{mode}, seed {seed}" for mode in ("teacher_forcing", "free_running_yhat") for seed in (5, 6)]
    assert [line.partition("   ")[0].strip() for line in printed.splitlines() if ", seed " in line] == asked
    assert {row["run"] for row in csv.DictReader(table.read_text().splitlines())} == set(asked)
    session = opened(path)
    assert session.document.seed == 5 and session.document.plan.seeds == 2 and goes_on(session)
    assert session.weights is not None and session.weights.run == "Free running on soft ŷ, seed 5"
    assert "is 11; choose a whole number from 1 to 10" in refusal(*NETWORK, "--seeds", "11")


def opened(path: Path) -> Session:
    """A session that has opened a file."""
    session = Session()
    session.open(open_document(path))
    return session


def goes_on(session: Session) -> bool:
    """Whether the window would train the runs on."""
    problem, plan = problem_of(session.document), session.document.plan
    runs = begun(session.runs.current, problem, plan)
    return runs is not None and runs.goes_on(problem, plan, session.beginning, session.looking)


@pytest.mark.parametrize("suffix", [".rnnx", ".npz", ".safetensors"])
def test_training_goes_on_with_the_weights_of_any_file(command: Command, tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"
    trained(command, first, "--optimizer", "sgd", "--lr", "0.5", iterations=20)
    once = final_loss(trained(command, second, "--optimizer", "sgd", "--from", str(first), iterations=1))
    assert once == final_loss(trained(command, second, "--optimizer", "sgd", "--from", str(first), iterations=1))
    fresh = final_loss(trained(command, tmp_path / f"fresh{suffix}", "--optimizer", "sgd", iterations=1))
    assert once != fresh


def test_weights_of_another_network_are_refused(command: Command, refusal: Refusal, tmp_path: Path) -> None:
    path = tmp_path / "w.npz"
    trained(command, path)
    asked = "go into Hidden → hidden with 3 hidden units; give --architecture hidden_to_hidden --hidden 3."
    assert asked in refusal(*NETWORK[:-1], "4", "--iterations", "1", "--from", path)
    np.savez(path, W=np.eye(3))
    assert "holds no b, U, c and V" in refusal(*NETWORK, "--iterations", "1", "--from", path)
    np.savez(path, W=np.eye(3), U=np.ones((3, 2)), V=np.ones((2, 3)))
    assert "holds no b and c; give --no-biases, or load it" in refusal(*NETWORK, "--iterations", "1", "--from", path)
    np.savez(path, **{"weight_ih_l0": np.ones((3, 7)), "weight_hh_l0": np.eye(3)})
    assert "are not those of" in refusal(*NETWORK, "--iterations", "1", "--from", path)
    assert "cannot be read" in refusal(*NETWORK, "--iterations", "1", "--from", tmp_path / "none.npz")


def test_where_nothing_could_be_kept_nothing_is_trained(refusal: Refusal, tmp_path: Path) -> None:
    assert "choose .rnnx, .npz, .safetensors" in refusal(*NETWORK, "--save", tmp_path / "w.doc")
    assert "weights of one run" in refusal(*FED, "--save", tmp_path / "w.npz")
    assert "cannot be written" in refusal(*NETWORK, "--save", tmp_path / "no" / "w.npz")


def test_what_can_no_longer_be_written_where_it_was_asked_for_is_kept_elsewhere(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, lock_step = tmp_path / "full", command_module.lock_step
    full.mkdir()

    def filling_up(runs):
        yield from lock_step(runs)
        full.rmdir()

    monkeypatch.setattr(command_module, "lock_step", filling_up)
    monkeypatch.setattr(rescue, "mkdtemp", lambda prefix: mkdtemp(prefix=prefix, dir=tmp_path))
    outcome = command(*NETWORK, "--iterations", "3", "--save", full / "w.rnnx", "--csv", full / "curves.csv")
    assert outcome.status == 2
    curves, weights = (Path(found) for found in re.findall(r"It is kept in (.+) instead", outcome.err))
    assert open_document(weights).runs[0].iteration == 3
    assert curves.read_text(encoding="utf-8").startswith("iteration,run")
    monkeypatch.setattr(rescue, "mkdtemp", lambda prefix: mkdtemp(prefix=prefix, dir=full))
    full.mkdir()
    outcome = command(*NETWORK, "--iterations", "3", "--save", full / "w.npz")
    assert outcome.status == 2 and "cannot be written: No such file" in outcome.err and "kept" not in outcome.err


def test_ctrl_c_keeps_what_was_trained(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock_step = command_module.lock_step

    def interrupted(runs):
        messages = lock_step(runs, 0.0)
        for _ in range(4):
            yield next(messages)
        raise KeyboardInterrupt

    monkeypatch.setattr(command_module, "lock_step", interrupted)
    path = tmp_path / "some.rnnx"
    command(*NETWORK, "--iterations", "1000", "--save", path)
    (run,) = open_document(path).runs
    assert 0 < run.iteration < 1000 and run.iteration in run.kept


def test_every_setting_of_the_form_is_an_option(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "all.rnnx"
    words = "--optimizer momentum --momentum 0.5 --l2 0.01 --initial-scale 0.7 --truncate 2,4 --stop-below 0.001"
    trained(command, path, *words.split(), "--evaluation-batch", "8")
    training = open_document(path).runs[0].settings.training
    assert (training.momentum, training.l2, training.initial_scale) == (0.5, 0.01, 0.7)
    assert (training.truncate, training.stop_below, training.evaluation_batch) == ((2, 4), 0.001, 8)


@pytest.mark.parametrize("words", ["5", "1,x", "a,b", "1,2,3"])
def test_a_truncation_that_is_none_is_explained(refusal: Refusal, words: str) -> None:
    assert "is not K1,K2" in refusal(*NETWORK, "--truncate", words)


@pytest.fixture
def text(command: Command, tmp_path: Path) -> Path:
    """A network that has begun to learn a text."""
    path = tmp_path / "text.rnnx"
    trained(command, path, network=("train", "--task", "next_symbol", "--architecture", "hidden_to_hidden"))
    return path


def test_a_network_writes_on_from_a_prompt(command: Command, text: Path) -> None:
    written = command("generate", text, "--prompt", "he", "--count", "30").out
    assert written.startswith("he") and len(written) == 33
    assert written == command("generate", text, "--prompt", "he", "--count", "30").out
    drawn = {command("generate", text, "--temperature", "5", "--seed", str(seed)).out for seed in (1, 1, 2)}
    assert len(drawn) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--prompt", ""), "The prompt is empty"),
        (("--count", "0"), "choose a whole number from 1"),
        (("--temperature", "-1"), "choose 0 for greedy writing"),
        (("--seed", "-1"), "choose a whole number from 0"),
    ],
)
def test_what_cannot_be_written_is_explained(refusal: Refusal, text: Path, words: tuple[str, ...], said: str) -> None:
    assert said in refusal("generate", text, *words)


def test_only_a_network_of_a_text_writes(command: Command, refusal: Refusal, tmp_path: Path) -> None:
    path = tmp_path / "parity.rnnx"
    trained(command, path)
    assert "cannot write" in refusal("generate", path)
    assert "is no .rnnx file" in refusal("generate", "weights.npz")


def test_the_curves_of_a_document_are_exported(command: Command, tmp_path: Path) -> None:
    path, table = tmp_path / "runs.rnnx", tmp_path / "curves.csv"
    trained(command, path, network=FED)
    assert command("export", path, "--as", "curves", "-o", table).status == 0
    heads, *rows = (line.split(",") for line in table.read_text().splitlines())
    assert heads[:2] == ["iteration", "run"]
    assert {row[1] for row in rows} == {"Teacher forcing", "Free running on soft ŷ"}, "as the window calls them"
