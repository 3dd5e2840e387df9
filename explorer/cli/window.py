"""Open the window, or save a picture of it without a screen."""

import gc
import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.cli.words import is_line
from explorer.errors import ExplorerError, check_known
from explorer.files.atomic import check_writable
from explorer.language import VARIABLE, speak, tr
from explorer.reading.size import read_size
from explorer.ui.screen import check_screen

if TYPE_CHECKING:
    from explorer.session.files import Opened

SMALLEST, LARGEST = (900, 560), (8000, 8000)
"""Pixels: the least that the window shows all of itself in, and what a picture's memory allows."""
SIZE = "1440x900"
THEMES = ("light", "dark")


def window(options: Namespace) -> int:
    """Run the app until its window closes, or take the screenshot."""
    if options.theme is not None:
        check_theme(options.theme)
    if options.screenshot is None:
        if options.size is not None:
            raise ExplorerError("--size is that of a screenshot; add --screenshot FILE.png.")
        check_screen()
        line = options.open if is_line(options.open or "") else None
        path = None if options.open is None or line else Path(options.open)
        return _run(options.theme, path, line)
    _settle_language()
    size = read_size(options.size or SIZE, SMALLEST, LARGEST)
    path = Path(options.screenshot)
    check_writable(path)
    content = None if options.open is None else _opened(options.open)
    # A picture needs no screen, and must not depend on one.
    os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or "offscreen"
    from explorer.ui.app import screenshot

    screenshot(path, size, theme=options.theme, content=content)
    return 0


def _run(theme: str | None, path: Path | None, line: str | None) -> int:
    gc.disable()  # until all is there: what is imported and made at the start stays, and none of it is garbage
    try:
        from explorer.ui.plain_imports import import_plainly

        import_plainly()
        _settle_language()
        from explorer.ui.app import run

        return run(theme, path, line)
    finally:
        gc.enable()


def _settle_language() -> None:
    """Speak the language that the window was told to, unless one is settled; before what has texts is imported."""
    if VARIABLE not in os.environ:
        from explorer.ui.kept import language_at_start

        speak(language_at_start())


def _opened(word: str) -> "Opened":
    from explorer.cli.reading import opened  # which imports numpy: the window appears before that

    return opened(word)


def check_theme(name: str) -> None:
    """Raise ExplorerError for an unknown theme."""
    check_known(name, THEMES, tr("theme"))
