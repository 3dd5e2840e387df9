"""Each frame has one thing to do: what is asked for is done once, in its turn, and nothing waits for ever."""

from collections.abc import Callable
from time import perf_counter

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from explorer.ui.parts.turns import APART, Turns


class Made:
    """What was done, and when."""

    def __init__(self) -> None:
        self.names, self.moments = list[str](), list[float]()

    def call(self, name: str) -> Callable[[], None]:
        def note() -> None:
            self.names.append(name)
            self.moments.append(perf_counter())

        return note


@pytest.fixture
def made() -> Made:
    return Made()


@pytest.fixture
def turns(qapp: QObject) -> Turns:
    return Turns(qapp)


def test_each_is_done_once_in_the_order_of_asking(turns: Turns, made: Made, qtbot: QtBot) -> None:
    a, b, c = map(made.call, "abc")
    turns.ask(a)
    turns.ask(b)
    turns.ask(a)
    turns.ask(c, first=True)
    qtbot.waitUntil(lambda: len(made.names) == 3)
    qtbot.wait(round(3000 * APART))
    assert made.names == ["c", "a", "b"]


def test_two_things_never_share_a_frame(turns: Turns, made: Made, qtbot: QtBot) -> None:
    for name in "abcd":
        turns.ask(made.call(name))
    qtbot.waitUntil(lambda: len(made.names) == 4)
    assert all(after - before > 0.9 * APART for before, after in zip(made.moments, made.moments[1:], strict=False))


def test_what_has_time_lets_others_go_first(turns: Turns, made: Made, qtbot: QtBot) -> None:
    moment = perf_counter() + 4 * APART
    turns.ask(made.call("later"), after=moment)
    turns.ask(made.call("now"))
    qtbot.waitUntil(lambda: len(made.names) == 2)
    assert made.names == ["now", "later"]
    assert made.moments[1] >= moment


def test_what_asks_again_and_again_keeps_nothing_from_its_turn(turns: Turns, made: Made, qtbot: QtBot) -> None:
    def greedy() -> None:
        made.names.append("greedy")
        turns.ask(greedy)

    turns.ask(greedy)
    turns.ask(made.call("a"))
    turns.ask(made.call("b"))
    qtbot.waitUntil(lambda: len(made.names) >= 5)
    assert made.names[:5] == ["greedy", "a", "b", "greedy", "greedy"]


def test_a_person_comes_first_but_does_not_stop_all_else(turns: Turns, made: Made, qtbot: QtBot) -> None:
    busy = QTimer(turns, interval=2)
    busy.timeout.connect(turns.taken)
    busy.start()
    turns.taken()
    asked = perf_counter()
    turns.ask(made.call("a"))
    qtbot.waitUntil(lambda: made.names == ["a"])
    assert made.moments[0] - asked > APART  # it was put off
    busy.stop()
