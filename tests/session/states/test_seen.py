"""The picture of hidden states: for every network it holds together, or says in one sentence what there is not."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.architectures import architectures
from explorer.graph.analyse.copies import drained
from explorer.graph.analyse.fixed_points import TOLERANCE
from explorer.session.document import Shown, show
from explorer.session.states.machine import Machine, NoMachine
from explorer.session.states.readable import input_names
from explorer.session.states.seen import ReadOff, Seen, seeing, seen_states, wanted
from explorer.session.viewing import HiddenStates, View
from explorer.training.run import Run
from tests.session.shown import example
from tests.settings import a_document, some_settings

PLAIN = a_document("hidden_to_hidden", feedback=None, length=5, hidden=4)


def seen(shown: Shown, view: View | None = None, before: Seen | None = None) -> Seen:
    """The whole picture."""
    found: list[Seen] = []
    drained(seeing(shown, wanted(shown, view or View()), before, found.append))
    return found[-1]


@pytest.mark.parametrize("id", architectures())
def test_every_network_has_its_picture(id: str) -> None:
    architecture = architectures()[id]
    for feedback in ("teacher_forcing", "free_running_yhat") if architecture.takes_feedback else (None,):
        shown = example(id, feedback)
        for state in seen_states(shown):
            picture = seen(shown, View(states=HiddenStates(seen_state=state)))
            assert picture.facts and np.isfinite(picture.places).all()
            assert all({begin, end} <= set(picture.path) for begin, end in picture.links)
            inside = np.abs(picture.places - picture.middle) <= picture.half * (1 + 1e-9)
            assert inside.all()
            assert (picture.moves is None) == bool(picture.why_still)
            assert picture.read is not None or picture.why_unread.endswith(".")
            for stay in picture.stays or ():
                assert np.isfinite(stay.place).all()


def test_the_path_is_that_of_the_trace_and_goes_on_with_the_cursor() -> None:
    shown = show(PLAIN)
    picture = seen(shown, View(states=HiddenStates(plane=(2, 0))))
    for t, place in picture.path.items():
        np.testing.assert_allclose(place, shown.trace.value("h", t)[[2, 0]])
    assert picture.links == ((0, 1), (1, 2), (2, 3), (3, 4), (4, 5))
    assert picture.done(shown, 0) == [0]
    assert picture.done(shown, len(shown.events)) == [0, 1, 2, 3, 4, 5]
    backward = example("bidirectional", None)
    state = next(name for name in seen_states(backward) if name in backward.trace.final)
    assert list(seen(backward, View(states=HiddenStates(seen_state=state))).path) == [5, 4, 3, 2, 1]


def test_an_arrow_ends_where_a_step_with_that_input_leads() -> None:
    shown = show(a_document("hidden_to_hidden", feedback=None, length=5, hidden=2))
    picture = seen(shown, View(states=HiddenStates(plane=(0, 1), moved_by="1")))
    p = shown.trace.parameters
    assert picture.moves is not None and picture.inputs == ("0", "1") and picture.input_name == "1"
    expected = np.tanh(picture.moves.begins @ p["W"].T + p["U"][:, 1] + p["b"])
    np.testing.assert_allclose(picture.moves.ends, expected, atol=1e-12)
    for stay in picture.stays or ():
        after = np.tanh(p["W"] @ stay.point.state + p["U"][:, 1] + p["b"])
        np.testing.assert_allclose(after, stay.place, atol=2 * TOLERANCE)


def test_without_a_named_input_it_is_that_of_the_step_at_hand() -> None:
    shown = show(replace(PLAIN, typed="0 1 1 0 0"))
    at = [next(i for i, e in enumerate(shown.events, 1) if (e.name, e.t) == ("h", t)) for t in (1, 2)]
    assert [seen(shown, View(cursor)).input_name for cursor in at] == ["0", "1"]
    assert seen(shown, View(at[0], states=HiddenStates(moved_by="gone"))).input_name == "0"


def test_parity_that_is_learned_is_a_machine_of_two_states() -> None:
    run = Run(some_settings("hidden_to_hidden", feedback=None, length=8, seed=2))
    while run.iteration < 400:
        run.step()
    theta = {name: array.copy() for name, array in run.parameters.items()}
    shown = show(replace(PLAIN, length=8, network=run.settings.network), theta)
    assert run.evaluate().open_loop.sequence_accuracy == 1.0
    picture = seen(shown)
    assert isinstance(picture.read, ReadOff)
    machine = picture.read.machine
    assert (len(machine), machine.agreement, machine.right) == (2, 1.0, 1.0)
    even = machine.start
    assert machine.moves.tolist() == [[q, 1 - q] for q in (0, 1)]
    parity = next(fact for fact in picture.facts if fact.id == "parity").values
    assert np.array_equal(picture.read.reached != even, parity == 1)
    again = seen(shown, View(cursor=3), picture)
    assert again.read is picture.read, "stepping reads no machine anew"


def test_numbers_are_no_machine_and_random_weights_may_be_none() -> None:
    shown = example("sequence_to_one", None)
    numbers = show(a_document("sequence_to_one", "adding_problem", feedback=None, length=6, hidden=3))
    assert "numbers come out" in seen(numbers).why_unread or "reads a symbol" in seen(numbers).why_unread
    read = seen(shown).read
    assert isinstance(read, NoMachine) or isinstance(getattr(read, "machine", None), Machine)


def test_weights_that_overflow_leave_a_picture_of_what_is_left() -> None:
    document = replace(PLAIN, network=replace(PLAIN.network, activation="relu"))
    theta = {name: 1e200 * array for name, array in show(document).trace.parameters.items()}
    picture = seen(show(document, theta))
    assert np.isfinite(picture.middle).all() and np.isfinite(picture.half).all()


def test_a_bit_is_a_symbol_that_a_machine_reads() -> None:
    shown = show(a_document("hidden_to_hidden", "temporal_xor", feedback=None, length=6, hidden=3))
    assert input_names(shown) == ("0", "1")
    assert seen(shown).read is not None
