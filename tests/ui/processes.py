"""Start the real program as a process of its own, and find every process that it leaves behind, whoever adopted it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
MARK = "RNN_EXPLORER_STARTED_BY"
TRAINS = f"""
import gc, sys
sys.path.insert(0, {str(ROOT)!r})
from explorer.cli import main
from explorer.training.settings import changed
from PySide6.QtCore import QTimer
from explorer.ui import app

fill = app._fill

def filled(*arguments):
    window = fill(*arguments)
    training = window.training
    window.do(lambda: window.session.change(plan=changed(training.plan, iterations=100_000)))
    training.trainer.progressed.connect(lambda: gc.get_freeze_count() and print("training", flush=True))
    QTimer.singleShot(0, training.running.run)
    return window

app._fill = filled
sys.argv = ["rnn-explorer", "--theme", "light"]
raise SystemExit(main())
"""
"""The program, which begins to train as soon as its window is there, and says so once it does and all is imported."""


class Program:
    """The program, running; `trains` at once, or waits. Everything it starts bears a mark of its own.

    What it gives back of its memory is overwritten at once, so that whatever still reads that is found out.
    """

    def __init__(self, trains: bool = False) -> None:
        self.mark = uuid4().hex
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", MARK: self.mark, "PYTHONMALLOC": "debug"}
        command = [sys.executable, "-c", TRAINS] if trains else [sys.executable, str(ROOT / "main.py")]
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_: object) -> None:
        """Let nothing of it outlive a test that fails."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def until_worker(self) -> None:
        """Wait until it has started its worker process."""
        assert until(lambda: bool(self.workers), 60), "no worker within a minute"

    def until_training(self) -> None:
        """Wait for the first iterations."""
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert said == "training\n", said or self.process.communicate()[1]

    def ended(self, seconds: float = 60.0) -> tuple[int, str]:
        """Wait for the end; its exit status, and what it said that it should not."""
        _, said = self.process.communicate(timeout=seconds)
        lines = [line for line in said.splitlines() if not line.startswith("This plugin does not support ")]
        return self.process.returncode, "\n".join(lines)

    @property
    def workers(self) -> list[int]:
        """The worker processes that are there."""
        return [pid for pid in marked(self.mark) if b"spawn_main" in command(pid)]

    def gone(self, seconds: float = 60.0) -> bool:
        """Whether nothing that it started is left, after so many seconds at most."""
        return until(lambda: not marked(self.mark), seconds)


def marked(mark: str) -> list[int]:
    """The processes that are running, zombies excepted, and were started by a program of this mark."""
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if f"{MARK}={mark}".encode() in _read(pid, "environ").split(b"\0") and alive(pid)]


def command(pid: int) -> bytes:
    """The command line of a process."""
    return _read(pid, "cmdline")


def alive(pid: int) -> bool:
    """Whether a process is still running: a zombie is not."""
    state = _read(pid, "stat").rpartition(b")")[2].split()
    return bool(state) and state[0] != b"Z"


def until(true: Callable[[], bool], seconds: float) -> bool:
    """Wait until a function is true, for so long at most."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def _read(pid: int, what: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except OSError:
        return b""
