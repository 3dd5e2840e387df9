"""Which views beside the curves mean something depends on the network and the task, and each says what to do in it."""

import pytest

from explorer.architectures import architectures
from explorer.session.view.cards import CARDS
from tests.each import each
from tests.settings import a_problem


@pytest.mark.parametrize("network", ["hidden_to_hidden", "output_to_hidden", "sequence_to_one", "bidirectional"])
def test_views_that_mean_nothing_say_why(network: str) -> None:
    problem = a_problem(network, task="next_symbol" if network == "bidirectional" else "running_parity")
    absent = {id for id, card in CARDS.items() if card.why_not(problem)}
    assert (
        absent
        == {
            "hidden_to_hidden": {"writing", "drift"},
            "output_to_hidden": {"writing"},
            "sequence_to_one": {"writing", "drift", "sequences"},
            "bidirectional": {"writing", "drift"},
        }[network]
    )


def test_what_can_be_clicked_is_called_as_the_outputs_are() -> None:
    assert "symbol" in CARDS["example"].hint(a_problem("output_to_hidden"))[1]
    assert "output" in CARDS["example"].hint(a_problem("output_to_hidden", task="damped_pendulum"))[1]
    assert "wrong" not in CARDS["example"].hint(a_problem("hidden_to_hidden"))[-1]


@each("network", architectures())
def test_every_view_has_a_hint_for_every_network(network: str) -> None:
    for card in CARDS.values():
        assert all(hint.endswith(".") for hint in card.hint(a_problem(network)))


def test_nothing_is_to_be_done_where_there_is_nothing_to_see() -> None:
    assert not CARDS["reach"].hint(a_problem("recurrent_state")) and not CARDS["cliff"].hint(
        a_problem("recurrent_state")
    )
    assert not CARDS["composition"].hint(a_problem("recursive_tree", task="truth_value"))
