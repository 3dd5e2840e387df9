"""Name the libraries of the system that Qt links to and that are not there, and the command that brings them."""

import os
from pathlib import Path

from explorer.language import tr, trn

COMMANDS = {"debian": "apt install", "fedora": "dnf install", "arch": "pacman -S"}
"""How the distributions install packages; the others are derived from these."""
PICTURES = {
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2", "glib2"),
    "libzstd.so.1": ("libzstd1", "libzstd", "zstd"),
    "libz.so.1": ("zlib1g", "zlib", "zlib"),
    "libEGL.so.1": ("libegl1", "libglvnd-egl", "libglvnd"),
    "libGL.so.1": ("libgl1", "libglvnd-glx", "libglvnd"),
    "libX11.so.6": ("libx11-6", "libX11", "libx11"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs", "dbus"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype", "freetype2"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon", "libxkbcommon"),
}
"""What Qt needs even for a picture, with the packages of the distributions of `COMMANDS`."""
X11 = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb", "libx11"),
    "libxcb.so.1": ("libxcb1", "libxcb", "libxcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb", "libxcb"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
}
"""What it needs besides for a window of the X Window System."""
WAYLAND = {
    "libwayland-client.so.0": ("libwayland-client0", "libwayland-client", "wayland"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor", "wayland"),
}
"""What it needs besides for a window of Wayland."""
PACKAGES = PICTURES | X11 | WAYLAND
RELEASE = Path("/etc/os-release")


def missing() -> tuple[str, ...]:
    """The libraries that Qt needs here, for pictures and for the kinds of screen that the environment names."""
    needed = dict(PICTURES)
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if os.environ.get("DISPLAY") or platform.startswith("xcb"):
        needed |= X11
    if os.environ.get("WAYLAND_DISPLAY") or platform.startswith("wayland"):
        needed |= WAYLAND
    return tuple(library for library in needed if not _loads(library))


def sentence(libraries: tuple[str, ...]) -> str:
    """What is missing and the command that brings it: that of this distribution, of an unknown one those of all."""
    here = _distribution()
    commands = {here: COMMANDS[here]} if here else COMMANDS
    names = {"debian": tr("Debian and Ubuntu"), "fedora": "Fedora", "arch": "Arch"}
    said = [
        tr(
            "on {names}: {command} {packages}",
            names=names[distribution],
            command=command,
            packages=" ".join(_packages(libraries, distribution)),
        )
        for distribution, command in commands.items()
    ]
    return trn(
        "Qt needs a library that this system lacks: {names}. As root, {how}.",
        "Qt needs libraries that this system lacks: {names}. As root, {how}.",
        len(libraries),
        names=", ".join(libraries),
        how="; ".join(said),
    )


def _packages(libraries: tuple[str, ...], distribution: str) -> tuple[str, ...]:
    column = list(COMMANDS).index(distribution)
    return tuple(dict.fromkeys(PACKAGES[library][column] for library in libraries))


def _distribution() -> str | None:
    """Which of `COMMANDS` installs packages here, by the file in which a Linux system describes itself."""
    try:
        lines = RELEASE.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    told = dict(line.partition("=")[::2] for line in lines)
    ids = " ".join(told.get(name, "").strip("\"'") for name in ("ID", "ID_LIKE")).lower().split()
    return next((distribution for id in ids for distribution in COMMANDS if id == distribution), None)


def _loads(library: str) -> bool:
    import ctypes  # which a start that nothing is missing for need not wait for

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
