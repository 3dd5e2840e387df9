"""End a benchmark in one sentence where this machine has not what it needs: `need_screen()`, `need_proc()`."""

import os
import sys
from pathlib import Path


def need_screen() -> None:
    """A screen, or QT_QPA_PLATFORM=offscreen, which paints but shows nothing."""
    named = map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform.startswith("linux") and not any(named):
        _end("a screen; run it under a virtual one (xvfb-run -a), or with QT_QPA_PLATFORM=offscreen")


def need_proc() -> None:
    """The file system in which Linux tells of processes."""
    if not Path("/proc/self/stat").exists():
        _end("Linux, whose /proc tells when a process began and which are left; run it there")


def _end(what: str) -> None:
    sys.exit(f"{Path(sys.argv[0]).name} needs {what}.")
