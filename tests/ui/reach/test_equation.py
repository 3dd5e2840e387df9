"""An equation in pieces: typeset while nothing else is to be done, and cut to the room there is."""

from pytestqt.qtbot import QtBot

from explorer.ui.reach.equation import ReachEquation
from explorer.ui.reach.fitting_line import FittingLine
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


def test_a_line_of_text_takes_the_form_for_which_there_is_room(qtbot: QtBot) -> None:
    line = FittingLine()
    qtbot.addWidget(line)
    line.set_texts(("a long way to say it", "short", "s"))
    for width, said in ((300, "a long way to say it"), (60, "short"), (3, "s")):
        line.resize(width, 18)
        assert line.text == said
    line.set_texts(())
    assert line.text == ""
