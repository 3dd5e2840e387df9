"""What holds for the whole project: who imports whom, what is checked, what is shipped, how it starts."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from tests.layers import PICTURE, picture

ROOT = Path(__file__).resolve().parents[1]
TOP_LEVEL = {"explorer", "resources", "tests", "main.py", "pyproject.toml", "README.md", "LICENSE"}
QT = ("PySide6", "shiboken6", "pyqtgraph")


def run(*command: str | Path, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command with the given environment variables set, and capture what it says."""
    return subprocess.run(
        command, cwd=cwd, env=os.environ | variables, capture_output=True, text=True, encoding="utf-8"
    )


def python(code: str, cwd: Path = ROOT, **variables: str) -> str:
    """Return what the code prints in a fresh interpreter."""
    done = run(sys.executable, "-B", "-c", code, cwd=cwd, **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    "check",
    [
        pytest.param(["-c", "from importlinter.cli import lint_imports_command as run; run()"], id="imports"),
        pytest.param(["-m", "ruff", "check", "."], id="ruff"),
        pytest.param(["-m", "ruff", "format", "--check", "."], id="format"),
        pytest.param(["-m", "mypy"], id="mypy"),
    ],
)
def test_the_checkers_find_nothing(check: list[str]) -> None:
    done = run(sys.executable, *check)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_two_public_classes_share_a_name() -> None:
    named = re.compile(r"^class ([A-Z]\w*)", re.MULTILINE)
    files = sorted((ROOT / "explorer").rglob("*.py"))
    found = Counter(name for file in files for name in named.findall(file.read_text(encoding="utf-8")))
    assert len(found) > 100
    assert [name for name, times in found.items() if times > 1] == []


def test_a_clock_that_jumps_back_changes_nothing_for_only_steady_ones_are_read() -> None:
    wall = re.compile(r"\btime\.time\b|from time import[^\n]*\btime\b|\bdatetime\b|\bQDateTime\b|\bQTime\b")
    files = sorted((ROOT / "explorer").rglob("*.py"))
    assert len(files) > 100
    assert [str(file) for file in files if wall.search(file.read_text(encoding="utf-8"))] == []


def test_everything_below_the_window_does_without_qt() -> None:
    loaded = python(
        f"""
import importlib, pkgutil, sys, explorer
below = []
def visit(package):
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if module.name != "explorer.ui":
            below.append(module.name)
            found = importlib.import_module(module.name)
            if module.ispkg:
                visit(found)
visit(explorer)
print(len(below), *[name for name in sys.modules if name.partition(".")[0] in {QT}])
"""
    )
    count, *qt = loaded.split()
    assert int(count) > 2
    assert qt == []


def test_help_answers_without_loading_what_it_does_not_need() -> None:
    said = python(
        f"""
import runpy, sys
sys.argv = ["main.py", "--help"]
try:
    runpy.run_path("main.py", run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
assert not [name for name in ("numpy", *{QT}) if name in sys.modules]
"""
    )
    assert "usage: " in said.lower()


def test_the_frame_of_the_window_is_there_before_anything_is_computed() -> None:
    loaded = python("import explorer.ui.app, sys; print(*sys.modules)").split()
    assert "explorer.ui.window.frame" in loaded
    assert [name for name in loaded if name.startswith(("numpy", "explorer.graph", "explorer.session"))] == []


def test_importing_the_start_file_costs_nothing() -> None:
    """A spawned worker process imports it again."""
    code = "import sys; before = set(sys.modules); import main; print(*set(sys.modules) - before)"
    assert python(code) == "main"


def test_the_top_level_holds_only_what_belongs_there() -> None:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    listed = run("git", "-c", f"safe.directory={ROOT}", "ls-files")
    assert listed.returncode == 0, listed.stderr
    tops = {path.partition("/")[0] for path in listed.stdout.splitlines()}
    assert {name for name in tops if not name.startswith(".")} <= TOP_LEVEL


def fenced_blocks(markdown: str) -> list[str]:
    """Return what stands between each pair of code fences."""
    return re.findall(r"^```\w*\n(.*?)^```$", markdown, flags=re.MULTILINE | re.DOTALL)


def test_the_readme_gives_two_commands_of_one_line() -> None:
    blocks = fenced_blocks((ROOT / "README.md").read_text(encoding="utf-8"))
    assert [len(block.splitlines()) for block in blocks] == [1, 1]
    opening, testing = blocks
    assert opening.rstrip().endswith("rnn-explorer")
    assert '".[test]"' in testing and testing.rstrip().endswith("pytest -n auto")


def test_the_readme_links_to_files_that_are_there() -> None:
    links = re.findall(r"\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_the_picture_in_the_readme_shows_the_layers_as_they_are() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(), "python tests/layers.py draws it anew"


@pytest.mark.skipif(not shutil.which("bash"), reason="the script is for Linux machines")
def test_ci_runs_the_second_command_of_the_readme_and_keeps_its_exit_status(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    (tmp_path / "README.md").write_text("```sh\necho first\n```\nor\n```sh\necho second && exit 3\n```\n")
    installer = tmp_path / "bin" / "apt-get"  # so that the test never changes the machine
    installer.parent.mkdir()
    installer.write_text("#!/bin/sh\n")
    installer.chmod(0o755)
    done = run("bash", tmp_path / ".ci" / "run", PATH=f"{installer.parent}{os.pathsep}{os.environ['PATH']}")
    assert (done.stdout, done.returncode) == ("second\n", 3), done.stderr


def test_the_wheel_carries_the_resources(tmp_path: Path) -> None:
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path)
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    code = "from explorer.resources import resource; print(resource())"
    shipped = Path(python(code, cwd=tmp_path, PYTHONPATH=str(site)))
    assert shipped.is_relative_to(site)
    assert files_below(shipped) == files_below(ROOT / "resources")


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
