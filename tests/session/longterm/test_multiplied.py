"""Products of Jacobians of what is shown, beside a network of the other kind on the same sequence."""

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.graph.analyse.copies import drained
from explorer.session.document import show
from explorer.session.edits import InputEdit, WeightEdit
from explorer.session.longterm import multiplied
from explorer.session.longterm.multiplied import multiplying, opposite, wanted
from explorer.session.viewing import LongTerm, View
from tests.settings import a_document, changed

LSTM = a_document("lstm", feedback=None, length=5, hidden=3)


@pytest.mark.parametrize(
    ("id", "task", "other"),
    [
        ("lstm", "running_parity", "Hidden → hidden"),
        ("gru", "running_parity", "Hidden → hidden"),
        ("hidden_to_hidden", "running_parity", "LSTM"),
        ("sequence_to_one", "majority", "LSTM → one"),
        ("lstm_to_one", "majority", "Sequence → one"),
    ],
)
def test_gates_stand_beside_tanh_units_and_these_beside_gates(id: str, task: str, other: str) -> None:
    shown = show(a_document(id, task, feedback=None, length=5, hidden=3))
    found = drained(multiplying(shown, wanted(shown, View())))
    assert found.other is not None and found.other.title == other
    assert found.this.products.carried is not found.other.products.carried
    assert found.this.products.k == found.other.products.k == 5 and found.other.weights == "initial weights of seed 7"


def test_the_other_reads_the_same_sequence_with_edits_of_the_input_but_not_of_weights() -> None:
    edits = (InputEdit(2, 1), WeightEdit("U_g", (0, 0), 9.0))
    document = changed(LSTM, edits=edits)
    other = opposite(document, carried_on=True)
    assert other is not None and other.edits == edits[:1]
    np.testing.assert_array_equal(show(other).trace.batch.inputs["x"], show(document).trace.batch.inputs["x"])


def test_a_task_that_no_such_network_takes_leaves_one_alone() -> None:
    shown = show(a_document("vector_to_sequence", "tune", feedback="teacher_forcing", length=5))
    found = drained(multiplying(shown, wanted(shown, View())))
    assert found.other is None and "No gated network" in found.why_alone


def test_what_is_chosen_for_one_network_alone_is_not_asked_of_the_other() -> None:
    shown = show(a_document("echo_state", "next_symbol", feedback=None, length=5, choices={"radius": 0.5}))
    found = drained(multiplying(shown, wanted(shown, View())))
    assert found.other is not None and found.other.title == "LSTM"


def test_where_the_other_cannot_be_shown_a_sentence_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(document: object) -> None:
        raise ExplorerError("There is none today.")

    shown = show(LSTM)
    monkeypatch.setattr(multiplied, "show", refuse)
    found = drained(multiplying(shown, wanted(shown, View())))
    assert found.other is None and found.why_alone == "There is none today."


def test_all_begins_at_the_end_of_the_path_that_is_picked_out() -> None:
    shown = show(LSTM)
    assert (wanted(shown, View()).state, wanted(shown, View()).k) == ("s", 5)
    picked = wanted(shown, View(path=(3, 1, "h"), longterm=LongTerm(followed="s")))
    assert (picked.state, picked.k) == ("h", 3)
    assert wanted(shown, View(longterm=LongTerm(followed="h"))).state == "h"
    backward = show(a_document("bidirectional", "fill_in", feedback=None, length=5))
    asked = wanted(backward, View(longterm=LongTerm(followed="g")))
    assert asked.k == 1
    found = drained(multiplying(backward, asked))
    assert found.other is not None and found.other.products.k == 5, "a forward state begins at its own far end"
