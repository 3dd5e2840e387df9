"""Do what can wait: one thing each time the event loop has nothing else to do, so the window never stops answering."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QObject, QTimer

ROUNDS = 4
"""What is posted while events are sent waits for the next round: a window that is shown is laid out in the first,
marked to be painted in the next, and painted in a third; a timer would come between any two."""


def one_by_one(parent: QObject, calls: Iterable[Callable[[], object]]) -> QTimer:
    """Make these calls, each after all events are handled and all is painted that came of the one before.

    A call is asked for when its turn comes. The timer belongs to `parent` and stops by itself after the last one.
    """
    waiting = iter(calls)
    timer = QTimer(parent)

    def turn() -> None:
        for _ in range(ROUNDS):
            QCoreApplication.sendPostedEvents()
        call = next(waiting, None)
        if call is None:
            timer.stop()
        else:
            call()

    timer.timeout.connect(turn)
    timer.start(0)
    return timer
