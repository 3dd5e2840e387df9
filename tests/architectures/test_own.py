"""Networks of one's own: a folder whose files are read beside the app's, and a copy of one to begin with."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import explorer.architectures
from explorer.architectures import architectures, get_architecture, own_copy, own_folder, own_mistakes
from explorer.cli import main
from explorer.errors import ExplorerError
from tests.refusals import refusal_of

OF_THE_APP = tuple(architectures())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A person's folder of networks, empty at first; call `read_again` after writing to it."""
    path = tmp_path / "networks"
    usual = [place for place in explorer.architectures.__path__ if place != str(own_folder())]
    monkeypatch.setenv("RNN_EXPLORER_NETWORKS", str(path))
    monkeypatch.setattr(explorer.architectures, "__path__", [*usual, str(path)])
    before = set(sys.modules)
    architectures.cache_clear()
    yield path
    for name in set(sys.modules) - before:
        if name.startswith("explorer.architectures."):
            del sys.modules[name]
    monkeypatch.undo()
    architectures.cache_clear()


def read_again() -> None:
    """Read the folder as the next start of the program does."""
    architectures.cache_clear()


def test_of_every_network_a_copy_is_a_network_that_computes_the_same(folder: Path) -> None:
    for id in OF_THE_APP:
        assert own_copy(id) == folder / f"my_{id}.py"
    read_again()
    assert own_mistakes() == []
    for id in OF_THE_APP:
        theirs, mine = get_architecture(id), get_architecture(f"my_{id}")
        assert (mine.title, mine.cited) == (f"my_{id}", ""), "a copy is told from what it was made of"
        assert (mine.nodes, mine.cells, mine.starts) == (theirs.nodes, theirs.cells, theirs.starts)


def test_a_copy_takes_no_file_away_and_can_be_copied(folder: Path) -> None:
    assert [own_copy("lstm").name, own_copy("lstm").name] == ["my_lstm.py", "my_lstm_2.py"]
    read_again()
    assert own_copy("my_lstm").name == "my_lstm_3.py"
    read_again()
    assert set(architectures()) - set(OF_THE_APP) == {"my_lstm", "my_lstm_2", "my_lstm_3"}


def test_a_file_with_a_slip_is_left_out_and_told_of(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own_copy("leaky")
    own_copy("gru").write_text("ARCHITECTURE = Architectur()\n", encoding="utf-8")
    (folder / "lstm.py").write_text("", encoding="utf-8")
    (folder / "mine.py").write_text("from explorer.architectures.lstm import ARCHITECTURE\n", encoding="utf-8")
    read_again()
    assert set(architectures()) == {*OF_THE_APP, "my_leaky"}
    wrong = [
        f"{folder / 'lstm.py'} is called as a file of the app is; rename it.",
        "In networks/mine.py: another network has the id 'lstm'; give this one another.",
        "my_gru.py cannot be read: line 1 has a NameError, name 'Architectur' is not defined.",
    ]
    assert own_mistakes() == wrong
    assert main(["list"]) == 0
    said = capsys.readouterr()
    assert said.err.splitlines() == [f"rnn-explorer: {sentence}" for sentence in wrong]
    assert "my_leaky" in said.out
    assert refusal_of(get_architecture, "my_gru") == wrong[-1]
    assert own_copy("my_leaky").name == "my_leaky_2.py", "what is wrong with one keeps no other from being copied"


def test_where_it_cannot_be_written_a_sentence_says_so(folder: Path) -> None:
    folder.write_text("a file", encoding="utf-8")
    with pytest.raises(ExplorerError, match=r"my_lstm.py cannot be written: .*; let RNN_EXPLORER_NETWORKS name a"):
        own_copy("lstm")


def test_without_a_variable_it_is_among_what_is_kept_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RNN_EXPLORER_NETWORKS", raising=False)
    assert own_folder().parts[-2:] == ("rnn-explorer", "networks")
