"""What Qt needs of the system is known in full, and said with the one command that brings it."""

import re
from pathlib import Path

import PySide6
import pytest

from explorer.ui import system_libraries
from explorer.ui.system_libraries import PACKAGES, PICTURES, WAYLAND, X11, missing, sentence

QT = Path(PySide6.__file__).parent
PARTS = ("Core", "Gui", "Widgets", "DBus", "Svg", "OpenGL", "OpenGLWidgets")
BROUGHT = re.compile(r"lib(Qt6|icu|pyside6|shiboken6|stdc\+\+|gcc_s|c\.|m\.|dl\.|rt\.|pthread\.)")
"""What PySide6 or every Linux brings."""
DEBIAN, FEDORA, ARCH = "ID=debian\n", 'NAME="Fedora Linux"\nID=fedora\n', "ID=arch\n"


def linked(*files: str) -> set[str]:
    """The libraries that these files of PySide6 name, besides those that they bring."""
    found: set[str] = set()
    for path in (path for name in files for path in QT.glob(name)):
        names = re.findall(rb"(?<=\0)lib[\w.+-]+?\.so\.\d+(?=\0)", path.read_bytes())
        found |= {name.decode() for name in names}
    return {name for name in found if not BROUGHT.match(name)}


@pytest.mark.skipif(not (QT / "Qt/lib/libQt6Core.so.6").exists(), reason="reads the libraries of Linux")
def test_all_that_qt_links_to_is_known() -> None:
    parts = (f"Qt/lib/libQt6{part}.so.6" for part in PARTS)
    pictures = linked("Qt*.so", *parts, "Qt/plugins/platforms/libqoffscreen.so")
    assert pictures and not pictures - set(PICTURES)
    assert not linked("Qt/plugins/platforms/libqxcb.so", "Qt/lib/libQt6XcbQpa.so.6") - set(PICTURES | X11)
    wayland = linked("Qt/plugins/platforms/libqwayland*.so", "Qt/lib/libQt6WaylandClient.so.6")
    assert not wayland - set(PICTURES | WAYLAND)


def test_a_fresh_machine_of_ours_gets_the_same_packages() -> None:
    script = (Path(__file__).parents[2] / ".ci" / "run").read_text()
    pairs = re.findall(r"^(lib\S+\.so\S*) (\S+)$", script, re.MULTILINE)
    assert pairs and all(PICTURES[library][0] == package for library, package in pairs)


@pytest.mark.parametrize(
    ("release", "command"),
    [
        (DEBIAN, "on Debian and Ubuntu: apt install libgl1 libxcb-cursor0"),
        ('ID=ubuntu\nID_LIKE="debian"\n', "on Debian and Ubuntu: apt install libgl1 libxcb-cursor0"),
        ('ID="linuxmint"\nID_LIKE="ubuntu debian"\n', "on Debian and Ubuntu: apt install libgl1 libxcb-cursor0"),
        (FEDORA, "on Fedora: dnf install libglvnd-glx xcb-util-cursor"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "on Fedora: dnf install libglvnd-glx xcb-util-cursor"),
        (ARCH, "on Arch: pacman -S libglvnd xcb-util-cursor"),
        ("ID=manjaro\nID_LIKE=arch\n", "on Arch: pacman -S libglvnd xcb-util-cursor"),
    ],
)
def test_the_command_is_that_of_the_distribution(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str, command: str
) -> None:
    monkeypatch.setattr(system_libraries, "RELEASE", tmp_path / "os-release")
    system_libraries.RELEASE.write_text(release)
    needs = "Qt needs libraries that this system lacks: libGL.so.1, libxcb-cursor.so.0."
    assert sentence(("libGL.so.1", "libxcb-cursor.so.0")) == f"{needs} As root, {command}."


@pytest.mark.parametrize("release", [None, "", "ID=nixos\n", "\x00=\n\n"])
def test_elsewhere_all_commands_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str | None) -> None:
    monkeypatch.setattr(system_libraries, "RELEASE", tmp_path / "os-release")
    if release is not None:
        system_libraries.RELEASE.write_text(release)
    said = sentence(("libxcb-randr.so.0",))
    assert said.startswith("Qt needs a library that this system lacks: libxcb-randr.so.0. As root, ")
    for command in ("apt install libxcb-randr0;", "dnf install libxcb;", "pacman -S libxcb."):
        assert command in said


def test_libraries_of_one_package_ask_for_it_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(system_libraries, "RELEASE", tmp_path / "os-release")
    system_libraries.RELEASE.write_text(DEBIAN)
    assert sentence(("libglib-2.0.so.0", "libgthread-2.0.so.0")).count("libglib2.0-0") == 1


@pytest.mark.parametrize(
    ("environment", "needed"),
    [
        ({}, set(PICTURES)),
        ({"QT_QPA_PLATFORM": "offscreen"}, set(PICTURES)),
        ({"DISPLAY": ":0"}, set(PICTURES | X11)),
        ({"QT_QPA_PLATFORM": "xcb"}, set(PICTURES | X11)),
        ({"WAYLAND_DISPLAY": "wayland-0"}, set(PICTURES | WAYLAND)),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, set(PACKAGES)),
    ],
)
def test_only_what_is_needed_here_is_missed(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], needed: set[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def absent(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("ctypes.CDLL", absent)
    assert set(missing()) == needed
