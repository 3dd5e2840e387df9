"""Many sequences at once: each as the document would show it, beside what the task knows of it, for every network."""

import numpy as np

from explorer.architectures import architectures
from explorer.graph.analyse.tracer import Tracer
from explorer.graph.feedback import closed_loop, get_feedback
from explorer.session.document import show
from explorer.session.edits import InitialEdit
from explorer.session.states.many import batch_of, facts_at, many_of, many_values
from tests.each import each
from tests.session.shown import example
from tests.settings import a_document


@each("id", architectures())
def test_the_states_of_every_network_stand_step_by_step_beside_what_is_known(id: str) -> None:
    architecture = architectures()[id]
    feedback = get_feedback("teacher_forcing") if architecture.takes_feedback else None
    own = closed_loop(feedback, architecture.output)
    for used in {feedback.id, own.id} if feedback and own else {None}:
        shown = example(id, used)
        many = many_of(shown)
        values = many_values(shown, many)
        for state in architecture.states:
            facts = facts_at(shown, many.facts, state)
            assert facts, f"the task knows nothing of the steps of {state}"
            assert all(fact.values.shape == values[state].shape[:2] for fact in facts)
        one = batch_of(shown, many).sequences(3, 4)
        alone = Tracer(shown.network, shown.sizes, shown.trace.T).trace(shown.trace.parameters, one)
        for name, array in values.items():
            np.testing.assert_allclose(array[:, 3:4], alone.values[name], atol=1e-12, err_msg=name)


def test_all_sequences_begin_where_the_one_that_is_shown_begins() -> None:
    document = a_document("hidden_to_hidden", feedback=None, length=4, hidden=3)
    edited = show(a_document("hidden_to_hidden", feedback=None, length=4, hidden=3, edits=(InitialEdit("h", 1, 2.0),)))
    many = many_of(edited)
    batch = batch_of(edited, many)
    assert np.array_equal(batch.initial["h"], np.tile([0.0, 2.0, 0.0], (many.count, 1)))
    assert not np.allclose(many_values(edited, many)["h"], many_values(show(document), many)["h"])
