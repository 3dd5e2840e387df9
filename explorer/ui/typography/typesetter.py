"""Let formulas wait while the libraries that typeset them are imported, beside a window that is already there."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from threading import Thread

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from explorer.ui.typography.idle import one_by_one
from explorer.ui.typography.typesetting import load


class Typesetter(QObject):
    """`away` until the libraries are there; they take a quarter of a second, which a window need not wait for.

    Unless it was put off, nothing waits: the libraries are imported with the first formula.
    """

    _imported = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.away = False
        self._waiting: deque[tuple[QObject, Callable[[], None]]] = deque()
        # Emitted in the thread, received in this one: all else happens here.
        self._imported.connect(self._arrive)

    def put_off(self) -> None:
        """From now on formulas wait, until `load` has been asked for and is done."""
        self.away = True

    def load(self) -> None:
        """Import the libraries, in a thread: it computes nothing, and the window goes on between its steps."""
        Thread(target=self._import, name="typesetting", daemon=True).start()

    def when_here(self, owner: QObject, call: Callable[[], None]) -> None:
        """Call once formulas can be typeset, one call a turn of the event loop; not if the owner is gone by then."""
        if self.away:
            self._waiting.append((owner, call))
        else:
            QTimer.singleShot(0, owner, call)

    def _import(self) -> None:
        try:
            load()
        finally:
            with suppress(RuntimeError):  # the program has ended meanwhile
                self._imported.emit()

    def _arrive(self) -> None:
        self.away = False
        one_by_one(self, self._calls())

    def _calls(self) -> Iterator[Callable[[], None]]:
        while self._waiting and not self.away:
            owner, call = self._waiting.popleft()
            if isValid(owner):
                yield call


@cache
def typesetter() -> Typesetter:
    """The one that all formulas of the application wait for."""
    return Typesetter()
