"""What can wait is done in turns, with everything else in between."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.typography.idle import one_by_one


class Listener(QObject):
    """Notes what it is told by events."""

    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self.said = said

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            self.said.append("event")
        return super().event(event)


class Painted(QWidget):
    """Notes that it is painted."""

    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self.said = said

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.said.append("painted")
        return super().event(event)


def test_events_that_come_of_a_call_are_handled_before_the_next(qapp: object, qtbot: QtBot) -> None:
    said: list[str] = []
    listener = Listener(said)

    def call(name: str) -> Callable[[], None]:
        def done() -> None:
            said.append(name)
            QCoreApplication.postEvent(listener, QEvent(QEvent.Type.User))

        return done

    timer = one_by_one(QObject(listener), (call("a"), call("b"), call("c")))
    assert said == []
    qtbot.waitUntil(lambda: not timer.isActive())
    assert said == ["a", "event", "b", "event", "c", "event"]


def test_a_call_is_asked_for_when_its_turn_comes(qapp: object, qtbot: QtBot) -> None:
    said: list[str] = []

    def calls() -> Iterator[Callable[[], None]]:
        for name in ("a", "b"):
            said.append(f"ask for {name}")
            yield lambda name=name: said.append(name)

    parent = QObject()
    timer = one_by_one(parent, calls())
    qtbot.waitUntil(lambda: not timer.isActive())
    assert said == ["ask for a", "a", "ask for b", "b"]


def test_what_a_call_shows_is_painted_before_the_next(qtbot: QtBot) -> None:
    said: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(100, 100)
    column = QVBoxLayout(window)
    window.show()
    qtbot.waitExposed(window)
    timer = one_by_one(window, (lambda: column.addWidget(Painted(said)), lambda: said.append("next")))
    qtbot.waitUntil(lambda: not timer.isActive())
    assert said == ["painted", "next"]
