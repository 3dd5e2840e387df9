"""`train` refuses what it cannot do in one line, before anything is trained."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.cli import train as command_module
from tests.cli.conftest import Refusal
from tests.cli.training import ECHO, PARITY, PLAIN


@pytest.fixture
def untrained(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail if anything is trained."""

    def never(_: object) -> None:
        raise AssertionError("training has begun")

    monkeypatch.setattr(command_module, "lock_step", never)
    yield


def test_a_start_of_w_that_is_not_known_is_refused(refusal: Refusal) -> None:
    words = ("--architecture", "hidden_to_hidden", "--task", "running_parity", "--initial", "unity")
    assert "There is no way to start W called 'unity'; did you mean 'identity'?" in refusal("train", *words)


@pytest.mark.usefixtures("untrained")
class TestRefusals:
    """Every mistake gets one line, before anything is trained."""

    @pytest.mark.parametrize(
        ("words", "reason"),
        [
            (("--feedback", "teacher"), "There is no feedback called 'teacher'; did you mean 'teacher_forcing'?"),
            (("--activation", "tahn"), "There is no activation called 'tahn'; did you mean 'tanh'?"),
            (("--optimizer", "adm"), "There is no optimizer called 'adm'; did you mean 'adam'?"),
            (("--hidden", "0"), "'Hidden units' is 0; choose a whole number from 1 to 1,024."),
            (("--hidden", "-3"), "'Hidden units' is -3; choose a whole number from 1 to 1,024."),
            (("--hidden", "1000000"), "'Hidden units' is 1000000; choose a whole number from 1 to 1,024."),
            (("--hidden", "many"), "Argument --hidden: “many” is not a whole number; write it like 12 or −3."),
            (("--hidden", "2.5"), "Argument --hidden: “2.5” is not a whole number; write it like 12 or −3."),
            (("--hidden", ""), "Argument --hidden: “” is not a whole number; write it like 12 or −3."),
            (("--length", "0"), "'Length T' is 0; choose a whole number from 1 to 10,000."),
            (("--length", "1000000000"), "'Length T' is 1000000000; choose a whole number from 1 to 10,000."),
            (("--evaluate-every", "0", "--evaluation-batch", "8"), "Runs that are never judged need no sequences"),
            (("--batch", "0"), "'Batch' is 0; choose a whole number from 1 to 4,096."),
            (("--iterations", "0"), "'Iterations' is 0; choose a whole number from 1 to 10,000,000."),
            (("--iterations", "-1"), "'Iterations' is -1; choose a whole number from 1 to 10,000,000."),
            (("--iterations", "9" * 30), "choose a whole number from 1 to 10,000,000."),
            (("--lr", "0"), "'Learning rate' is 0.0; choose a number above 0, up to 1,000."),
            (("--lr", "-0.1"), "'Learning rate' is -0.1; choose a number above 0, up to 1,000."),
            (("--lr", "nan"), "'Learning rate' is nan; choose a number above 0, up to 1,000."),
            (("--lr", "inf"), "'Learning rate' is inf; choose a number above 0, up to 1,000."),
            (("--lr", "−0,1"), "'Learning rate' is -0.1; choose a number above 0, up to 1,000."),
            (("--lr", "fast"), "Argument --lr: “fast” is not a number; write it like −0.5 or 2e-3."),
            (("--clip", "0"), "'Clip to norm' is 0.0; choose a number above 0"),
            (("--clip", "nan"), "'Clip to norm' is nan; choose a number above 0"),
            (("--seed", "-1"), "'Seed' is -1; choose a whole number from 0 to"),
            (("--seed", "1e3"), "Argument --seed: “1e3” is not a whole number; write it like 12 or −3."),
            (("--seed", "9" * 30), "choose a whole number from 0 to 9,223,372,036,854,775,807."),
            (("--evaluate-every", "-1"), "'Judge every' is -1; choose a whole number from 0 to 10,000,000."),
            (("--length", "10000", "--hidden", "1024", "--batch", "4096"), "GB of memory, and at most 2 are allowed"),
            (("--feedback", "free_running", "--feedback", "free_running"), "The same --feedback is given twice"),
            (("--feedback", "free_running", "--feedback", "free_running_yhat"), "The same --feedback is given twice"),
            (("--option", "k"), "--option 'k' is not NAME=VALUE, such as k=3."),
            (("--option", "k=3"), "There is no option of output_to_hidden and of task running_parity called 'k'"),
            (("--text", "x.txt"), "Task running_parity learns no text; --text goes with next_symbol."),
            (("--initial", "identity"), "'Output → hidden' has no matrix of its own from a state to the next"),
            (("--carry-state",), "The mini-batches of 'Running parity' do not follow each other, so no state can be"),
            (("--hiden", "8"), "There is no option of rnn-explorer train called '--hiden'; did you mean '--hidden'?"),
        ],
    )
    def test_of_an_argument(self, refusal: Refusal, words: tuple[str, ...], reason: str) -> None:
        assert reason in refusal("train", *PARITY, *words)

    @pytest.mark.parametrize(
        ("architecture", "task", "reason"),
        [
            ("output_hidden", "running_parity", "'output_hidden'; did you mean 'output_to_hidden'?"),
            ("output_to_hidden", "parity", "There is no task called 'parity'; did you mean 'running_parity'?"),
            ("output_to_hidden", "majority", "asks for one output after the last step, but 'Output → hidden'"),
            ("sequence_to_one", "running_parity", "asks for an output at every step, but 'Sequence → one' gives only"),
            ("hidden_to_hidden", "", "There is no task called ''; choose one of: running_parity, "),
        ],
    )  # fmt: skip
    def test_of_a_network_or_a_task(self, refusal: Refusal, architecture: str, task: str, reason: str) -> None:
        assert reason in refusal("train", "--architecture", architecture, "--task", task)

    def test_of_an_unknown_feedback_on_a_network_that_takes_none(self, refusal: Refusal) -> None:
        assert "There is no feedback called 'teacher'" in refusal("train", *PLAIN, "--feedback", "teacher")

    def test_of_half_a_command(self, refusal: Refusal) -> None:
        assert "Say what is to be learned: by --task ID, --data FILE or --text FILE." in refusal("train")

    @pytest.mark.parametrize("value", ["0", "101", "three", "2.5", ""])
    def test_of_an_option_of_the_task(self, refusal: Refusal, value: str) -> None:
        assert "whole number" in refusal("train", *ECHO, "--option", f"k={value}")

    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            ("alpha=2", "Option alpha: “2” cannot be used here; write a number from 0 to 1."),
            ("alpha=much", "Option alpha: "),
            ("learned=maybe", "Option learned is yes or no, not 'maybe'."),
            ("radius=1", "There is no option of leaky and of task delayed_echo called 'radius'"),
        ],
    )
    def test_of_a_choice_of_the_network(self, refusal: Refusal, said: str, reason: str) -> None:
        words = ("--architecture", "leaky", "--task", "delayed_echo")
        assert reason in refusal("train", *words, "--option", said)

    def test_of_an_option_that_is_given_twice(self, refusal: Refusal, tmp_path: Path) -> None:
        assert "Option k is given twice" in refusal("train", *ECHO, "--option", "k=2", "--option", "k=3")
        words = ("--architecture", "hidden_to_hidden", "--task", "next_symbol", "--option", "text=abc")
        (tmp_path / "a.txt").write_text("ab")
        assert "The text is given twice" in refusal("train", *words, "--text", tmp_path / "a.txt")

    @pytest.mark.parametrize("name", ["missing/curves.csv", "", "file/curves.csv"])
    def test_of_a_place_where_no_table_can_be_written(self, refusal: Refusal, tmp_path: Path, name: str) -> None:
        (tmp_path / "file").touch()
        assert f"{tmp_path / name} cannot be written: " in refusal("train", *PARITY, "--csv", tmp_path / name)
        assert [path.name for path in tmp_path.iterdir()] == ["file"]

    def test_of_no_name_for_the_table(self, refusal: Refusal) -> None:
        assert "cannot be written: Is a directory." in refusal("train", *PARITY, "--csv", "")

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (None, "The file {path} cannot be read: No such file or directory. Choose another one."),
            (b"", "'{path}' is empty; give at least two different characters."),
            (b"aaa", "'{path}' holds no character but 'a', so there is nothing to predict"),
            (b"caf\xe9", "'{path}' is not UTF-8 text: byte 4 (0xE9) does not fit"),
            (
                "".join(map(chr, range(0x20000, 0x20000 + 100_000))).encode(),
                "'{path}' holds 100,000 different characters, of which the 255 most frequent make less than half of it",
            ),
        ],
    )
    def test_of_a_text(self, refusal: Refusal, tmp_path: Path, content: bytes | None, reason: str) -> None:
        path = tmp_path / "text.txt"
        if content is not None:
            path.write_bytes(content)
        words = ("--architecture", "hidden_to_hidden", "--task", "next_symbol", "--text", path)
        assert reason.format(path=path) in refusal("train", *words)


@pytest.mark.usefixtures("untrained")
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no full device")
def test_a_table_that_cannot_be_written_is_found_out_before_the_training(refusal: Refusal) -> None:
    assert "/dev/full cannot be written: No space left on device." in refusal("train", *PARITY, "--csv", "/dev/full")
