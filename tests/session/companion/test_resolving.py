"""What is to stand beside the graph is worked out from the session, or one sentence says why it means nothing."""

import numpy as np
import pytest

from explorer.architectures import architectures
from explorer.errors import ExplorerError
from explorer.session.companion.resolving import Beside, why_not
from explorer.session.companion.words import heads
from explorer.session.document import show
from explorer.session.edits import WeightEdit
from explorer.session.session import Session
from explorer.session.viewing import Companion, OtherNetwork, OtherRun, OtherTime, WeightsBefore
from tests.session.shown import trained
from tests.settings import a_document, changed, task_of

FORCED = a_document("output_to_hidden", length=4, hidden=3)


def said(session: Session, companion: Companion) -> tuple[str, str]:
    """What stands over both graphs."""
    beside = Beside(session)
    pair = beside.pair(companion)
    left, right = heads(pair, companion, session.weights, beside.weights, session.document)
    return left[0], right[0]


def test_beside_train_time_stands_test_time_with_the_same_weights() -> None:
    session = Session(FORCED)
    session.use_weights(trained(session))
    pair = Beside(session).pair(OtherTime())
    assert pair.right.document == changed(FORCED, test_time=True)
    assert np.array_equal(pair.right.trace.parameters["W"], session.shown.trace.parameters["W"])
    assert said(session, OtherTime()) == ("Train time: fed y(t−1)", "Test time: fed its own arg max of o(t−1)")


def test_another_network_is_shown_on_the_same_sequence() -> None:
    session = Session(FORCED)
    pair = Beside(session).pair(OtherNetwork("hidden_to_hidden"))
    assert np.array_equal(pair.left.trace.value("x", 3), pair.right.trace.value("x", 3))
    assert said(session, OtherNetwork("lstm")) == ("Output → hidden (fig. 10.4)", "LSTM (fig. 10.16)")


def test_weights_before_are_those_without_edits_by_hand() -> None:
    session = Session(FORCED)
    session.edit(WeightEdit("W", (0, 0), 3.0))
    pair = Beside(session).pair(WeightsBefore())
    assert np.array_equal(pair.right.trace.parameters["W"], show(FORCED).trace.parameters["W"])


def test_what_is_the_same_on_the_right_is_not_worked_out_again() -> None:
    session = Session(FORCED)
    beside = Beside(session)
    first = beside.pair(OtherTime())
    session.move_to(5)
    assert beside.pair(OtherTime()) is first
    session.edit(WeightEdit("W", (0, 0), 3.0))
    assert beside.pair(OtherTime()).right is not first.right


@pytest.mark.parametrize("id", architectures())
def test_every_network_is_shown_beside_or_says_in_one_sentence_why_not(id: str) -> None:
    network = architectures()[id]
    session = Session(
        a_document(id, task_of(network), hidden=3, feedback="teacher_forcing" if network.takes_feedback else None)
    )
    others: list[Companion] = [OtherTime(), WeightsBefore(), OtherRun(3), *map(OtherNetwork, architectures())]
    for companion in others:
        why = why_not(session, companion)
        if not why:
            assert Beside(session).pair(companion).left is session.shown
            continue
        assert why.endswith(".") and why.count(". ") == 0
        with pytest.raises(ExplorerError):
            Beside(session).pair(companion)
    assert (why_not(session, OtherTime()) == "") == network.takes_feedback
