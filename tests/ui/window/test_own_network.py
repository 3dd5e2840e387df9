"""A network of one's own begins in the menu, as a copy of the one that is shown."""

from pathlib import Path

import pytest

from explorer.ui.window.main_window import MainWindow


def test_the_file_of_the_network_that_is_shown_is_copied_and_said_to_be_there(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RNN_EXPLORER_NETWORKS", str(tmp_path))
    window.perform("own_network")
    copy = tmp_path / f"my_{window.session.shown.architecture.id}.py"
    assert copy.is_file()
    assert window.notice.text.text().startswith(f"{copy} is a network of your own")


def test_where_it_cannot_be_written_the_window_says_so(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    monkeypatch.setenv("RNN_EXPLORER_NETWORKS", str(tmp_path / "taken"))
    window.perform("own_network")
    assert "cannot be written" in window.notice.text.text()
