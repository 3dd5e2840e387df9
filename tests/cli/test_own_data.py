"""`train --data FILE`: a network learns what a learner brings."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command, Refusal

BRIEF = ("train", "--architecture", "hidden_to_hidden", "--iterations", "20", "--hidden", "3")
TABLE = "id,größe,y\n1,0.5,1\n1,x,2\n2,1,12\n2,3,11\n"


def test_it_says_what_was_understood_and_what_was_left_out(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE)
    outcome = command(*BRIEF, "--data", path, "--read", "scaled=yes")
    assert outcome.status == 0 and "20" in outcome.out
    assert "2 sequences of 1 to 2 steps; inputs: the number größe; targets: the number y." in outcome.err
    assert "1 line left out, the first of them line 3, which has no number in the column größe" in outcome.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--read", "inputs"), "--read 'inputs' is not NAME=VALUE"),
        (("--read", "input=a"), "did you mean 'inputs'?"),
        (("--read", "inputs=a"), "There is no column called 'a'"),
        (("--read", "windows=perhaps"), "--read cannot be understood: windows is text, not true or false or null."),
        (("--read", "ahead=-1"), "--read cannot be understood: 'ahead' is -1; choose a whole number of at least 0."),
        (("--read", "form=xml"), "--read cannot be understood: 'form' is xml; choose symbols, table or json."),
        (("--read", "inputs_are=x"), "'inputs_are' is x; choose symbols, bits or numbers."),
        (("--task", "running_parity"), "Task running_parity learns no data; --data goes with own_data."),
        (("--encoding", "morse"), "There is no encoding called 'morse'"),
    ],
)
def test_what_cannot_be_read_so_is_said(
    command: Command, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE)
    outcome = command(*BRIEF, "--data", path, *words)
    assert outcome.status != 0 and sentence in outcome.err


def test_another_encoding_is_chosen(command: Command, refusal: Refusal, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE.encode("latin-1"))
    assert "by --encoding utf-8, latin-1, utf-16 or gb18030." in refusal(*BRIEF, "--data", path)
    assert "is not UTF-8 text" in command(*BRIEF, "--data", path).err
    assert "größe" in command(*BRIEF, "--data", path, "--encoding", "latin-1", "--read", "inputs=größe").err


def test_how_a_file_is_read_is_not_said_of_none(refusal: Refusal, tmp_path: Path) -> None:
    task = ("train", "--architecture", "hidden_to_hidden", "--task", "running_parity", "--iterations", "1")
    assert "--read says how data are read, and none are given" in refusal(*task, "--read", "ahead=1")
    assert "--encoding is that of a file" in refusal(*task, "--encoding", "latin-1")
    (tmp_path / "a.txt").write_text("hello")
    assert "--read says how data are read" in refusal(*task[:3], "--text", tmp_path / "a.txt", "--read", "ahead=1")


def test_without_a_task_or_a_file_it_says_what_is_needed(command: Command) -> None:
    assert "Say what is to be learned: by --task ID, --data FILE or --text FILE." in command(*BRIEF).err
