"""Feedback is data: `connect` says what each fed-back signal is, or why it cannot be."""

import pytest

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError
from explorer.graph.declaration import Activation, FedBack, Mix, Ref
from explorer.graph.feedback import (
    FEEDBACKS,
    FREE_RUNNING,
    Network,
    closed_loop,
    connect,
    get_feedback,
    why_no_feedback,
)

FIG_10_3 = get_architecture("hidden_to_hidden")
FIG_10_4 = get_architecture("output_to_hidden")


def fed_to_a(network: Network) -> Ref:
    """What the hidden units read of the step before."""
    (source,) = (s for s in network.node("a").operation.sources if isinstance(s, Ref) and s.lag == 1)
    return source


@pytest.mark.parametrize(
    ("feedback", "signal"),
    [
        ("teacher_forcing", "y"),
        ("free_running_yhat", "yhat"),
        ("free_running_o", "o"),
        ("free_running_argmax", "argmax"),
        ("free_running_sample", "sample"),
        ("mixed_yhat", "f"),
    ],
)
def test_each_setting_names_the_signal(feedback: str, signal: str) -> None:
    assert fed_to_a(connect(FIG_10_4, get_feedback(feedback))) == Ref(signal, lag=1)


@pytest.mark.parametrize("own", FREE_RUNNING)
def test_a_mix_chooses_between_the_target_and_its_own_signal(own: str) -> None:
    network = connect(FIG_10_4, get_feedback(f"mixed_{own}"))
    assert network.node("f").operation == Mix(Ref("y"), Ref(own))


def test_one_hot_picks_are_nodes_of_their_own() -> None:
    assert connect(FIG_10_4, FREE_RUNNING["argmax"]).node("argmax").operation.sources == (Ref("o"),)
    assert connect(FIG_10_4, FREE_RUNNING["sample"]).node("sample").operation.sources == (Ref("yhat"),)


@pytest.mark.parametrize("feedback", FEEDBACKS)
def test_nothing_is_left_open(feedback: str) -> None:
    network = connect(FIG_10_4, get_feedback(feedback), "relu")
    assert not any(isinstance(s, FedBack) for node in network.nodes for s in node.operation.sources)
    assert network.node("h").operation == Activation(Ref("a"), "relu")


@pytest.mark.parametrize("short", ["free_running", "mixed"])
def test_the_short_names_mean_the_prediction(short: str) -> None:
    assert get_feedback(short).own == "yhat"


@pytest.mark.parametrize(
    ("trained", "living"),
    [
        ("teacher_forcing", "free_running_argmax"),
        ("free_running_yhat", "free_running_yhat"),
        ("free_running_o", "free_running_o"),
        ("mixed_sample", "free_running_sample"),
    ],
)
def test_at_test_time_a_network_lives_on_its_own_signal(trained: str, living: str) -> None:
    assert closed_loop(get_feedback(trained), FIG_10_4.output) == get_feedback(living)


def test_without_feedback_there_is_no_loop_to_close() -> None:
    assert closed_loop(None, FIG_10_3.output) is None


def test_a_network_that_feeds_back_must_be_told_what() -> None:
    with pytest.raises(ExplorerError, match=r"^'Output → hidden' feeds its output back: say what is fed"):
        connect(FIG_10_4)


def test_teacher_forcing_on_a_network_without_output_feedback_is_refused_with_the_reason() -> None:
    with pytest.raises(ExplorerError, match=r"^'Hidden → hidden' does not feed its output back .* the plain way"):
        connect(FIG_10_3, get_feedback("teacher_forcing"))


def test_an_unknown_activation_is_answered_with_the_nearest() -> None:
    with pytest.raises(ExplorerError, match=r"no activation called 'tahn'; did you mean 'tanh'"):
        connect(FIG_10_3, activation="tahn")


def test_an_activation_for_gates_only_is_not_offered_to_learners() -> None:
    with pytest.raises(ExplorerError, match=r"no activation called 'one_minus'"):
        connect(FIG_10_3, activation="one_minus")


def test_an_unknown_feedback_is_answered_with_the_nearest() -> None:
    with pytest.raises(ExplorerError, match=r"no feedback called 'teacher_forced'; did you mean 'teacher_forcing'"):
        get_feedback("teacher_forced")


def test_a_network_without_an_output_has_nothing_to_feed_back() -> None:
    assert why_no_feedback(get_architecture("dynamical_system")) == (
        "'Dynamical system' has no output, so there is nothing to feed back into the next step."
    )
