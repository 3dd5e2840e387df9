"""On a machine without a screen, or without a library of Qt's, the program ends in one line instead of an abort.

A library is missing to a process that finds an empty file of its name first.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.cli import main
from tests.cli.conftest import Refusal

ROOT = Path(__file__).resolve().parents[2]
NO_SCREEN = "There is no screen to open a window on; use --screenshot FILE.png, or a command."
RENDER = ("main.py", "render", "--architecture", "hidden_to_hidden", "-o", "net.svg")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="screens and libraries are those of Linux")


def refused(folder: Path, *words: str, lacks: str = "", **environment: str) -> str:
    """Start a program in a bare environment, which must end with status 2 and one line; return the line."""
    here = {name: value for name, value in os.environ.items() if "DISPLAY" not in name and name != "QT_QPA_PLATFORM"}
    if lacks:
        (folder / lacks).touch()
        here["LD_LIBRARY_PATH"] = str(folder)
    script, *rest = words
    done = subprocess.run(
        [sys.executable, str(ROOT / script), *rest],
        cwd=folder, env=here | {"PYTHONPATH": str(ROOT), "XDG_RUNTIME_DIR": str(folder)} | environment,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.startswith("rnn-explorer: ") and done.stderr.count("\n") == 1, done.stderr
    assert not (folder / "net.svg").exists()
    return done.stderr.removeprefix("rnn-explorer: ").strip()


def test_no_screen(tmp_path: Path) -> None:
    assert refused(tmp_path, "main.py") == NO_SCREEN


def test_a_benchmark_without_its_screen() -> None:
    bare = {name: value for name, value in os.environ.items() if "DISPLAY" not in name and name != "QT_QPA_PLATFORM"}
    program = [sys.executable, str(ROOT / "tests/benchmarks/frames.py")]
    done = subprocess.run(program, env=bare, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and done.stderr.startswith("frames.py needs a screen; run it under a virtual one")


@pytest.mark.parametrize(("name", "value"), [("DISPLAY", ":987"), ("WAYLAND_DISPLAY", "wayland-987")])
def test_a_screen_that_does_not_answer(tmp_path: Path, name: str, value: str) -> None:
    assert refused(tmp_path, "main.py", **{name: value}).startswith(f"No screen answers at {name}={value}; ")


def test_a_platform_that_qt_does_not_have(tmp_path: Path) -> None:
    said = refused(tmp_path, "main.py", QT_QPA_PLATFORM="amiga")
    assert said.startswith("Qt opens no window with QT_QPA_PLATFORM=amiga; ")


@pytest.mark.parametrize("words", [("main.py",), RENDER, ("main.py", "--screenshot", "net.png")])
def test_a_library_that_qt_needs_for_any_picture(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = refused(tmp_path, *words, lacks="libfontconfig.so.1", DISPLAY=":987")
    assert said.startswith("Qt needs a library that this system lacks: libfontconfig.so.1. As root, on ")


def test_a_library_that_it_needs_for_a_window(tmp_path: Path) -> None:
    said = refused(tmp_path, "main.py", lacks="libxcb-icccm.so.4", DISPLAY=":987")
    assert "libxcb-icccm.so.4" in said and "As root, on " in said


def test_a_picture_for_a_platform_that_does_not_answer(tmp_path: Path) -> None:
    said = refused(tmp_path, *RENDER, QT_QPA_PLATFORM="xcb", DISPLAY=":987")
    assert said.startswith("Qt opens no window with QT_QPA_PLATFORM=xcb; ")


@pytest.mark.parametrize("path", ["/qt/QtCore.abi3.so", "/np/core.so"])
def test_another_library_that_cannot_be_loaded(refusal: Refusal, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    def run(words: list[str]) -> int:
        raise ImportError("libodd.so.3: cannot open shared object file", path=path)

    monkeypatch.setattr("explorer.cli._run", run)
    assert refusal().endswith("A library cannot be loaded: libodd.so.3: cannot open shared object file.")


@pytest.mark.parametrize("error", [ImportError("cannot import name 'x'", path="/a.py"), ModuleNotFoundError("no x")])
def test_an_import_that_fails_by_a_mistake_of_ours_is_not_hushed_up(
    monkeypatch: pytest.MonkeyPatch, error: ImportError
) -> None:
    def run(words: list[str]) -> int:
        raise error

    monkeypatch.setattr("explorer.cli._run", run)
    with pytest.raises(type(error), match=str(error)):
        main([])
