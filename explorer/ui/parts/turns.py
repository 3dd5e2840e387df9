"""Give each frame one thing to do, so that none has to wait until several are worked out and painted."""

from collections.abc import Callable
from math import ceil
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

APART = 0.012
"""Seconds from the beginning of one thing to that of the next, at least: what it changes is painted meanwhile."""
LONGEST = 0.1
"""Seconds for which what a person does may put off what waits."""


class Turns(QObject):
    """Makes calls one at a time, first those that were asked for first. Moments are those of `perf_counter`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[Callable[[], object], float] = {}
        """From when on each may be made."""
        self._last = 0.0
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._take)

    def ask(self, call: Callable[[], object], *, first: bool = False, after: float = 0.0) -> None:
        """Make this call when its turn comes, but not before this moment; once, however often it is asked for.

        One that is to be the `first` comes before all others.
        """
        if call not in self._waiting:
            new = {call: max(after, perf_counter())}
            self._waiting = {**new, **self._waiting} if first else {**self._waiting, **new}
            self._wait()

    def taken(self) -> None:
        """A person has had something done just now: what waits is left for the next frame."""
        now = perf_counter()
        if all(now - since < LONGEST for since in self._waiting.values()):
            self._last = now
            self._wait()

    def _wait(self) -> None:
        if self._waiting:
            begin = max(self._last + APART, min(self._waiting.values()))
            self._timer.start(max(0, ceil(1000 * (begin - perf_counter()))))

    def _take(self) -> None:
        now = perf_counter()
        call = next((call for call, after in self._waiting.items() if after <= now), None)
        if call is not None:
            del self._waiting[call]
            self._last = now
        self._wait()
        if call is not None:
            call()
