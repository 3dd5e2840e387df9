"""Note Ctrl+C instead of being torn out of the middle of something, so that what was done can be kept."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def noting_ctrl_c() -> Iterator[Callable[[], bool]]:
    """Inside, the first Ctrl+C is only noted, for the caller to ask for; each further one is a KeyboardInterrupt."""
    pressed = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True

    # Where Ctrl+C is ignored, as in the background of a shell, or belongs to another program, it stays so.
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    try:
        if ours:
            signal.signal(signal.SIGINT, note)
    except ValueError:  # only the main thread may
        ours = False
    try:
        yield lambda: pressed
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
