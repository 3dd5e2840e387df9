"""At every size and in both looks the window shows its widgets whole, with all of their text, beside one another."""

from itertools import product

from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from explorer.session.stepping import middle_of_backward
from explorer.session.view.cards import CARDS
from explorer.ui.look.theme import Theme
from explorer.ui.window.main_window import MainWindow
from tests.settings import FOUR
from tests.ui.geometry import faults

SIZES = ((900, 560), (1024, 640), (1280, 720), (1440, 900), (2560, 1440))
SETTLED = 3000
"""Milliseconds in which a layout must have come to rest."""


def whole(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until everything is laid out; fail with what is not to be seen whole."""
    found: list[str] = []

    def settled() -> bool:
        found[:] = faults(window)
        return not found

    try:
        qtbot.waitUntil(settled, timeout=SETTLED)
    except TimeoutError:
        raise AssertionError("\n".join((f"at {window.width()} × {window.height()}:", *found))) from None


def test_nothing_is_cut_off_and_nothing_overlaps(qtbot: QtBot, window: MainWindow) -> None:
    window.training.build()
    for size, architecture in product(SIZES, FOUR):
        window.resize(*size)
        window.perform("change", architecture=architecture)
        count = len(window.session.shown.events)
        for cursor in (0, 5, count * 6 // 10, count - 4, count):
            window.perform("go_to", cursor=cursor)
            whole(qtbot, window)


def test_neither_in_the_dark(qtbot: QtBot, theme: Theme, window: MainWindow) -> None:
    window.training.build()
    window.resize(900, 560)
    window.perform("go_to", cursor=middle_of_backward(window.session.shown.events))
    whole(qtbot, window)


def test_long_words_have_room_too(qtbot: QtBot, window: MainWindow) -> None:
    window.training.build()
    window.do(lambda: window.session.change(architecture="sequence_to_one", seed=2**31 - 1, hidden=128, example=9999))
    window.say_error("A sentence that is as long as those are that explain what is wrong with a file. " * 3)
    for size in SIZES[::2]:
        window.resize(*size)
        whole(qtbot, window)
    window.do(lambda: window.session.change(architecture="hidden_and_output", feedback="mixed_argmax", length=1000))
    window.perform("end")
    for size in SIZES[::2]:
        window.resize(*size)
        whole(qtbot, window)


def test_training_has_room_too(qtbot: QtBot, window: MainWindow) -> None:
    window.training.running.step()
    qtbot.waitUntil(lambda: window.training.book.iteration >= 1, timeout=20_000)
    for size, id in product(SIZES, CARDS):
        window.resize(*size)
        window.training.views.turn_to(id)
        whole(qtbot, window)
