"""Repeated composition of what is shown: the state, input and weights that the view asks for, as live as the trace."""

import numpy as np
from msgspec.structs import replace

from explorer.graph.analyse.copies import drained
from explorer.session.document import Shown, show
from explorer.session.edits import WeightEdit
from explorer.session.longterm.composed import Composed, CurvesWanted, composing, wanted
from explorer.session.longterm.here import cursor_at
from explorer.session.viewing import LongTerm, View
from tests.settings import a_document, changed


def composed(shown: Shown, asked: CurvesWanted) -> Composed:
    return drained(composing(shown, asked))


PLAIN = a_document("hidden_to_hidden", feedback=None, length=4, hidden=3)


def test_the_first_state_is_followed_until_another_is_chosen() -> None:
    shown = show(a_document("lstm", feedback=None, length=3, hidden=2))
    names = {wanted(shown, View(longterm=LongTerm(followed=name))).name for name in ("s", "h")}
    assert names == {"s", "h"}
    assert wanted(shown, View(longterm=LongTerm(followed="gone"))).name == wanted(shown, View()).name


def test_the_held_input_is_that_of_the_step_at_hand_and_matters_only_where_one_is_held() -> None:
    shown = show(PLAIN)
    cursor = cursor_at(shown, "h", 3)
    assert wanted(shown, View(cursor, longterm=LongTerm(drive="held"))).held == 3
    assert wanted(shown, View(longterm=LongTerm(drive="held"))).held == 1
    assert wanted(shown, View(cursor)) == wanted(shown, View())


def test_an_edited_weight_changes_the_curves_and_a_larger_recurrence_makes_them_steeper() -> None:
    shown, view = show(PLAIN), View()
    before = composed(shown, wanted(shown, view))
    edited = show(changed(PLAIN, edits=(WeightEdit("W", (0, 0), 3.0),)))
    assert not np.allclose(composed(edited, wanted(edited, view)).composition.curves[1:], before.composition.curves[1:])
    larger = composed(shown, wanted(shown, View(longterm=LongTerm(gain=6.0, line=1.0))))
    same_line = composed(shown, wanted(shown, View(longterm=LongTerm(line=1.0))))
    assert larger.shape(4).steepest > 10 * same_line.shape(4).steepest
    assert larger.weights == ("W",) and larger.symbol == "h"


def test_the_curve_at_hand_is_that_of_the_step_or_the_last() -> None:
    shown = show(PLAIN)
    found = composed(shown, wanted(shown, View()))
    assert [found.curve_of(t) for t in (1, 4, None, 9)] == [1, 4, 4, 4]
    other = composed(shown, replace(found.wanted, settings=LongTerm(draw=1)))
    assert not np.allclose(other.composition.curves, found.composition.curves)
