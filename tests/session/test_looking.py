"""Cursor, selection, view and weights of a session: they stay as far as what they are about is there."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.errors import ExplorerError
from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.graph.unfold import Vertex
from explorer.session.document import show
from explorer.session.edits import Edit, InputEdit, WeightEdit
from explorer.session.files import Opened
from explorer.session.session import Session
from explorer.session.stepping import Grain
from explorer.session.viewing import View
from explorer.training.settings import TaskSettings
from tests.oracles.same import assert_same
from tests.session.shown import START, trained
from tests.settings import a_document, a_plan


class TestWeights:
    """Trained weights in the place of the seed's."""

    def test_they_are_shown_until_the_seeds_are_wanted_again(self) -> None:
        session = Session(START)
        weights = trained(session)
        session.use_weights(weights)
        assert session.weights is weights
        np.testing.assert_array_equal(session.shown.trace.parameters["W"], weights.parameters["W"])
        session.use_weights(None)
        assert session.weights is None
        assert_same(session.shown, show(START))

    def test_one_set_takes_the_place_of_another(self) -> None:
        session = Session(START)
        session.use_weights(trained(session, 1.0))
        second = trained(session, 2.0)
        session.use_weights(second)
        assert session.weights is second

    def test_an_edit_is_made_in_them(self) -> None:
        session = Session(START)
        weights = trained(session)
        session.use_weights(weights)
        session.edit(WeightEdit("W", (0, 0), 9.0))
        expected = weights.parameters["W"].copy()
        expected[0, 0] = 9.0
        np.testing.assert_array_equal(session.shown.trace.parameters["W"], expected)
        session.undo()
        np.testing.assert_array_equal(session.shown.trace.parameters["W"], weights.parameters["W"])

    @pytest.mark.parametrize(("edit", "looking"), [(WeightEdit("W", (0, 0), 9.0), False), (InputEdit(1, 1), True)])
    def test_undo_of_what_was_edited_before_keeps_them_unless_it_was_a_weight(self, edit: Edit, looking: bool) -> None:
        session = Session(START)
        session.edit(edit)
        session.use_weights(trained(session))
        session.undo()
        assert (session.document, session.looking) == (START, looking)

    @pytest.mark.parametrize("fields", [{"length": 6}, {"example": 3}, {"feedback": "free_running_o"}])
    def test_they_stay_where_they_fit(self, fields: dict[str, object]) -> None:
        session = Session(START)
        weights = trained(session)
        session.use_weights(weights)
        session.change(**fields)
        assert session.weights is weights

    @pytest.mark.parametrize("fields", [{"seed": 8}, {"plan": a_plan(initial_scale=3.0)}])
    def test_a_choice_of_initial_weights_is_not_ignored_in_silence(self, fields: dict[str, object]) -> None:
        session = Session(START)
        weights = trained(session)
        session.use_weights(weights)
        said = session.change(**fields)
        assert (
            said == f"The graph still shows {weights.said}; what was changed is for initial weights and for training."
        )
        assert Session(START).change(**fields) == ""

    @pytest.mark.parametrize(
        "fields", [{"hidden": 5}, {"architecture": "hidden_and_output"}, {"task": TaskSettings("next_symbol")}]
    )
    def test_they_go_where_they_do_not(self, fields: dict[str, object]) -> None:
        session = Session(START)
        session.use_weights(trained(session))
        session.change(**fields)
        assert session.weights is None

    def test_those_of_another_network_are_refused(self) -> None:
        session = Session(START)
        weights = trained(session)
        session.change(hidden=5)
        with pytest.raises(ExplorerError, match="were trained for another network or task"):
            session.use_weights(weights)


class TestCursor:
    """It stays at the same event as far as that is there."""

    def at(self, session: Session, kind: Kind, name: str, t: int) -> None:
        """Put the cursor on this event."""
        places = [i for i, e in enumerate(session.shown.events, 1) if (e.kind, e.name, e.t) == (kind, name, t)]
        session.move_to(places[0])

    def test_it_begins_before_the_first_event(self) -> None:
        session = Session(START)
        assert (session.cursor, session.event) == (0, None)

    def test_it_never_leaves_the_events(self) -> None:
        session = Session(START)
        session.move_to(10**6)
        assert session.cursor == len(session.shown.events)
        session.step(1, Grain.NODE)
        assert session.cursor == len(session.shown.events)
        session.move_to(-5)
        session.step(-1, Grain.PHASE)
        assert session.cursor == 0

    def test_a_change_of_numbers_leaves_it(self) -> None:
        session = Session(START)
        session.move_to(17)
        event = session.event
        session.change(seed=8)
        session.edit(WeightEdit("b", (0,), 1.0))
        assert (session.cursor, session.event) == (17, event)

    def test_it_follows_its_event_into_a_longer_sequence(self) -> None:
        session = Session(START)
        self.at(session, Kind.GRADIENT, "h", 2)
        session.change(length=6)
        assert session.event == Event(Phase.BACKWARD, Kind.GRADIENT, "h", 2)

    def test_at_the_end_it_stays_at_the_end(self) -> None:
        session = Session(START)
        session.move_to(len(session.shown.events))
        session.change(length=6)
        assert session.cursor == len(session.shown.events)

    def test_an_event_that_is_gone_takes_it_back_to_the_start(self) -> None:
        session = Session(START)
        self.at(session, Kind.VALUE, "h", 4)
        session.change(length=3)
        assert session.cursor == 0

    def test_undo_is_no_step_in_time(self) -> None:
        session = Session(START)
        session.edit(InputEdit(1, 1))
        session.move_to(9)
        session.undo()
        assert session.cursor == 9


class TestSelection:
    """What is picked out stays picked out while it is there."""

    @pytest.mark.parametrize("picked", [Vertex("h", 2), Vertex("y", 0), "W"])
    def test_it_stays(self, picked: Vertex | str) -> None:
        session = Session(START)
        session.look(selection=picked)
        session.change(seed=3)
        session.edit(InputEdit(1, 1))
        session.undo()
        assert session.selection == picked

    @pytest.mark.parametrize(
        ("picked", "fields"),
        [
            (Vertex("h", 4), {"length": 3}),
            (Vertex("o", 2), {"architecture": "sequence_to_one"}),
            (Vertex("f", 2), {"feedback": "teacher_forcing"}),
            ("R", {"architecture": "output_to_hidden"}),
            (Vertex("h", 0), {"architecture": "output_to_hidden"}),
        ],
    )
    def test_it_goes_with_what_is_gone(self, picked: Vertex | str, fields: dict[str, object]) -> None:
        session = Session(a_document("hidden_and_output", length=4, hidden=3, feedback="mixed_o"))
        session.look(selection=picked)
        session.change(**fields)
        assert session.selection is None


class TestLooking:
    """How a document is looked at is one record beside it, of which undo knows nothing."""

    def test_looking_changes_neither_the_document_nor_what_undo_leads_back_to(self) -> None:
        session = Session(START)
        session.change(seed=3)
        session.look(fold=1.0, show_a=True, quiz=True, card="example")
        session.undo()
        assert session.document == START
        assert session.view == View(fold=1.0, show_a=True, quiz=True, card="example")

    @pytest.mark.parametrize(
        "fields", [{"selection": Vertex("h", 99)}, {"selection": "Q"}, {"path": (99, 1, "h")}, {"path": (2, 1, "x")}]
    )
    def test_what_is_not_there_cannot_be_picked_out(self, fields: dict[str, object]) -> None:
        session = Session(START)
        session.look(cursor=5)
        with pytest.raises(ExplorerError, match=r"in what is shown; .*\.$"):
            session.look(cursor=9, **fields)
        assert session.view == View(cursor=5)

    def test_the_way_of_a_gradient_is_picked_out_until_the_cursor_moves_or_its_steps_are_gone(self) -> None:
        session = Session(a_document("hidden_to_hidden", feedback=None, length=5))
        session.look(path=(5, 2, "h"))
        session.change(seed=3)
        assert session.view.path == (5, 2, "h")
        session.change(length=4)
        assert session.view.path is None
        session.look(path=(4, 1, "h"))
        session.step(1)
        assert session.view.path is None and session.cursor == 1

    def test_a_document_opens_with_its_own_view_as_far_as_that_means_something(self) -> None:
        session = Session(START)
        view = View(10**6, Vertex("h", 99), path=(9, 9, "h"), fold=1.0, settings=False)
        session.open(Opened(replace(START, length=2), view=view))
        last = len(session.shown.events)
        assert session.view == View(last, fold=1.0, settings=False)
