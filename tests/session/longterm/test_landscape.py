"""The loss over two weights of what is shown: which weights, whether there is a cliff, and where to begin at one."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.analyse.copies import drained
from explorer.graph.analyse.surface import Surface, steepest
from explorer.session.document import Document, show
from explorer.session.longterm.landscape import (
    GAINS,
    USUAL_CLIP,
    Search,
    descending,
    is_cliff,
    planned,
    usual_axes,
    wanted,
)
from explorer.session.viewing import LongTerm
from tests.settings import a_document, changed

PLAIN = a_document("hidden_to_hidden", feedback=None, length=12, hidden=4)


def search(document: Document, settings: LongTerm | None = None) -> Search:
    shown = show(document)
    settings = settings or LongTerm()
    found = Search(shown.trace, wanted(shown, settings), planned(shown, settings)[0])
    while not found.done:
        found.advance(0.0)
    return found


@pytest.mark.parametrize(
    ("id", "feedback", "axes"),
    [
        ("hidden_to_hidden", None, (("W", (0, 0)), ("b", (0,)))),
        ("lstm", None, (("W_g", (0, 0)), ("b_g", (0,)))),
        ("echo_state", None, (("W", (0, 0)), ("W", (0, 1)))),
        ("output_to_hidden", "teacher_forcing", (("b", (0,)), ("b", (1,)))),
    ],
)
def test_the_usual_weights_are_of_the_recurrence(id: str, feedback: str | None, axes: object) -> None:
    task = "next_symbol" if id == "echo_state" else "running_parity"
    assert usual_axes(show(a_document(id, task, feedback=feedback, length=4))) == axes


def test_chosen_weights_that_are_there_are_taken_and_others_are_not() -> None:
    shown = show(PLAIN)
    there = (("V", (1, 2)), ("c", (0,)))
    assert wanted(shown, LongTerm(axes=there)).axes == there
    for gone in ((("Q", (0,)), ("c", (0,))), (("W", (9, 0)), ("c", (0,))), (("W", (0,)), ("c", (0,)))):
        assert wanted(shown, LongTerm(axes=gone)).axes == usual_axes(shown)
    twice = (("c", (0,)), ("c", (0,)))
    assert wanted(shown, LongTerm(axes=twice)).axes == usual_axes(shown)


def test_without_a_loss_there_is_no_surface() -> None:
    with pytest.raises(ExplorerError, match="no loss: there is no surface"):
        wanted(show(a_document("dynamical_system", feedback=None)), LongTerm())
    shown = show(PLAIN)
    one = replace(shown, trace=replace(shown.trace, parameters={"b": np.zeros(1)}))
    with pytest.raises(ExplorerError, match="one weight alone"):
        wanted(one, LongTerm())


def test_rate_and_threshold_are_those_of_training_unless_others_are_chosen() -> None:
    shown = show(changed(PLAIN, learning_rate=0.25))
    assert planned(shown, LongTerm()) == (0.25, USUAL_CLIP)
    clipping = changed(PLAIN, clip_norm=3.0)
    assert planned(show(clipping), LongTerm())[1] == 3.0
    assert planned(show(clipping), LongTerm(rate=2.0, clip=0.5)) == (2.0, 0.5)


def test_with_small_weights_there_is_no_cliff_and_larger_ones_have_one_at_which_clipping_tells() -> None:
    shown = show(PLAIN)
    surface = Surface(shown.trace, usual_axes(shown), 1.0)
    surface.advance(60.0)
    assert surface.done and not is_cliff(steepest(surface.losses))
    found = search(PLAIN).found
    assert found is not None and found.gain in GAINS[1:]
    settings = LongTerm(gain=found.gain, start=found.start, rate=found.rate)
    asked = wanted(shown, settings)
    both = drained(descending(Surface(shown.trace, asked.axes, asked.half, asked.gain), shown, settings))
    assert np.abs(both.plain.places[1]).max() > 1.0, "the first step as it is leaps off the surface"
    assert np.abs(both.clipped.places[1]).max() <= 1.0 and both.clipped.longest <= found.rate * USUAL_CLIP + 1e-12


def test_where_there_is_none_the_search_ends_with_the_largest_weights() -> None:
    document = a_document("hidden_to_hidden", feedback=None, length=1, hidden=1)
    found = search(document, LongTerm(gain=6.0, half=0.01))
    assert found.found is None and found.tried == 8.0


def test_a_place_off_the_surface_is_no_place_to_begin() -> None:
    shown = show(PLAIN)
    surface = Surface(shown.trace, usual_axes(shown), 0.5)
    assert drained(descending(surface, shown, LongTerm(start=(0.9, 0.0)))).plain.places[0].tolist() == [0.0, 0.0]
    assert drained(descending(surface, shown, LongTerm(start=(0.4, 0.1)))).plain.places[0].tolist() == [0.4, 0.1]
