"""Open the window, or save a picture of it without a screen."""

import os
from argparse import Namespace
from pathlib import Path

from explorer.errors import ExplorerError, suggest

SMALLEST, LARGEST = 200, 8000


def window(options: Namespace) -> int:
    """Run the app until its window closes, or take the screenshot."""
    if options.theme is not None and options.theme not in ("light", "dark"):
        raise suggest(options.theme, ("light", "dark"), "theme")
    if not options.screenshot:
        from explorer.ui.app import run

        return run(theme=options.theme)
    size = _size(options.size)
    # A picture needs no screen, and must not depend on one.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from explorer.ui.app import screenshot

    screenshot(Path(options.screenshot), size, theme=options.theme)
    return 0


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise ExplorerError(f"The size {text!r} is not WIDTHxHEIGHT, such as 1440x900.")
    size = int(width), int(height)
    if not all(SMALLEST <= side <= LARGEST for side in size):
        raise ExplorerError(f"The size {text} is out of range; each side goes from {SMALLEST} to {LARGEST} pixels.")
    return size
