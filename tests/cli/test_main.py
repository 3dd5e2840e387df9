"""The command line as a whole: help without loading anything, one line for every mistake, pipes that close."""

import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from explorer import __version__
from explorer.cli import COMMANDS, main
from tests.cli.conftest import Command, Refusal

MAIN = Path(__file__).resolve().parents[2] / "main.py"

NO_OPTION = "rnn-explorer: There is no option of rnn-explorer"
NEEDED = ["--architecture", "hidden_to_hidden", "--task", "running_parity"]


def test_help_names_every_command(command: Command) -> None:
    outcome = command("--help")
    assert (outcome.status, outcome.err) == (0, "")
    for name in COMMANDS:
        assert re.search(rf"^ +{name} ", outcome.out, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_help_of_its_own(command: Command, name: str) -> None:
    outcome = command(name, "--help")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith(f"usage: rnn-explorer {name} ")


def test_help_of_training_says_what_a_run_is_like_unless_asked_otherwise(command: Command) -> None:
    text = " ".join(command("train", "--help").out.split())
    for option, usual in (("hidden", 8), ("lr", 0.02), ("optimizer", "adam"), ("evaluate-every", 10)):
        assert re.search(rf"--{option} [A-Z]+ [^()]*\({usual}\)", text), option
    assert "time steps (the task's own)" in text and "None" not in text


@pytest.mark.parametrize(
    ("lines", "without"),
    [
        ([["--help"], ["--version"], ["trian"]], ("numpy", "PySide6", "msgspec")),
        ([["train", "--help"], ["train", "--hidden", "x"]], ("numpy", "PySide6", "pyqtgraph")),
    ],
)
def test_help_of_a_command_answers_without_what_it_does_not_need(lines: list[list[str]], without: tuple[str]) -> None:
    code = f"""
import sys
from explorer.cli import main
for words in {lines}:
    main(words)
sys.exit(str([m for m in {without} if m in sys.modules] or ""))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=MAIN.parent, capture_output=True, text=True)
    assert done.stderr.splitlines()[1:][-1:] == [""] and "[" not in done.stderr.splitlines()[-1]


def test_the_version(command: Command) -> None:
    assert command("--version").out == f"RNN Explorer {__version__}\n"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["trian"], "rnn-explorer: There is no command called 'trian'; did you mean 'train'?"),
        (
            ["fold"],
            "rnn-explorer: There is no command called 'fold'; choose one of: trace, train, generate, render, export, "
            "list.",
        ),
        (["--thme", "dark"], f"{NO_OPTION} called '--thme'; did you mean '--theme'?"),
        (["list", "--jsn"], f"{NO_OPTION} list called '--jsn'; did you mean '--json'?"),
        (["train", *NEEDED, "--hiden=3"], f"{NO_OPTION} train called '--hiden'; did you mean '--hidden'?"),
        (["list", "all"], "rnn-explorer: 'all' is one word too many; see rnn-explorer list --help."),
        (["list", "a\nb"], r"rnn-explorer: 'a\nb' is one word too many; see rnn-explorer list --help."),
        (
            ["trace"],
            "rnn-explorer trace: The following arguments are required: FILE. See rnn-explorer trace --help.",
        ),
        (
            ["trace", "a\nb"],
            r"rnn-explorer: The case a\nb cannot be read: No such file or directory. Choose another one.",
        ),
        (["--theme", "drak"], "rnn-explorer: There is no theme called 'drak'; did you mean 'dark'?"),
        (["--size", "800x600"], "rnn-explorer: --size is that of a screenshot; add --screenshot FILE.png."),
    ],
)  # fmt: skip
def test_a_mistake_gets_one_line(refusal: Refusal, words: list[str], line: str) -> None:
    assert refusal(*words) == line


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_the_way_out_is_named(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert "There is no screen to open a window on; use --screenshot FILE.png" in refusal()


def test_a_console_that_does_not_know_a_symbol_gets_it_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["list"]) == 0
    said = stream.buffer.getvalue()  # type: ignore[attr-defined]
    assert rb"feeds back the prediction \u0177(t)" in said


def test_without_a_console_it_does_its_work_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """As under pythonw on Windows, which has neither stream."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["list"]) == 0
    assert main(["lits"]) == 2


def test_stopped_by_the_user_it_says_so(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("explorer.cli.listing.listing", interrupt)
    outcome = command("list")
    assert (outcome.status, outcome.out, outcome.err) == (130, "", "rnn-explorer: stopped.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal to send")
def test_ctrl_c_in_the_middle_of_training_keeps_what_was_done() -> None:
    words = ["train", "--architecture", "hidden_to_hidden", "--task", "running_parity", "--iterations", "10000000"]
    # Where the tests run in the background the signal may be ignored, and what they start would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen([sys.executable, MAIN, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        signal.signal(signal.SIGINT, before)
        assert process.stderr is not None
        process.stderr.readline()  # why teacher forcing does not apply; training begins
        sleep(0.5)
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=20)
        finally:
            process.kill()
    assert (process.returncode, err) == (130, b"rnn-explorer: stopped.\n")
    assert re.search(rb"^plain  +\d+ ", out, re.MULTILINE)
    assert re.search(rb"Stopped after \d+ of 10000000 iterations\.\n$", out)


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    with subprocess.Popen([sys.executable, MAIN, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(20) == 141


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no full device")
def test_standard_output_that_is_full_is_named() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, MAIN, "list"], stdout=full, stderr=subprocess.PIPE)
    assert done.stderr == b"rnn-explorer: The output cannot be written: No space left on device.\n"
    assert done.returncode == 2
