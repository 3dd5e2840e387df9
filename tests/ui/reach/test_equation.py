"""An equation in pieces: typeset while nothing else is to be done, and cut to the room there is."""

from pytestqt.qtbot import QtBot

from explorer.ui.reach.equation import ReachEquation
from tests.ui.painting import ink_box, pixels

PARTS = (("a",), ("=", "b + b + b + b"), ("=", "c"))


def shown(qtbot: QtBot, width: int) -> ReachEquation:
    equation = ReachEquation()
    qtbot.addWidget(equation)
    equation.resize(width, equation.height())
    equation.show()
    equation.set_parts(PARTS)
    return equation


def test_it_appears_once_all_pieces_are_typeset(qtbot: QtBot) -> None:
    equation = shown(qtbot, 300)
    assert not equation.ready
    empty = pixels(equation.grab().toImage())
    assert (empty == empty[0, 0]).all()
    qtbot.waitUntil(lambda: equation.ready)
    assert equation.accessibleName() == "a = b + b + b + b = c"
    left, _, right, _ = ink_box(pixels(equation.grab().toImage()))
    assert left < 8 and 60 < right < 300


def test_where_it_does_not_fit_its_middle_is_left_out(qtbot: QtBot) -> None:
    equation = shown(qtbot, 60)
    qtbot.waitUntil(lambda: equation.ready)
    assert equation.shown_parts() == (PARTS[0], PARTS[2])
    assert ink_box(pixels(equation.grab().toImage()))[2] < 60
