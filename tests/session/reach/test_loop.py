"""What stands beside the picture: the matrix that closes the loop, said in a sentence, and its eigenvalues."""

import numpy as np
import pytest

from explorer.graph.batch import Batch
from explorer.graph.declaration import Bias, Linear, Ref
from explorer.graph.feedback import connect
from explorer.session.reach.loop import default_step, loop_shown
from explorer.session.reach.path import Walk, cut_by
from explorer.session.reach.reach import Fate, reach_of
from tests.each import each
from tests.oracles.declarations import LSTM, TWO_LAYERS, X, hidden, net, output, tanh, total
from tests.oracles.traces import run_trace
from tests.session.shown import KINDS, declared, example


@each(("architecture", "feedback"), KINDS)
def test_the_eigenvalues_are_those_of_the_matrix_that_is_named(architecture: str, feedback: str | None) -> None:
    trace = example(architecture, feedback).trace
    shown = loop_shown(reach_of(trace), 2)
    total = np.zeros((3, 3))
    yhat = trace.value("yhat", 4 if architecture == "sequence_to_one" else 2)
    factors = {**trace.parameters, "J": np.diag(yhat) - np.outer(yhat, yhat)}
    for path in shown.paths:
        total = total + np.linalg.multi_dot([np.eye(3), *(factors[name] for name in path)])
    if shown.paths:
        np.testing.assert_allclose(shown.radius, np.abs(np.linalg.eigvals(total)).max(), rtol=1e-9)
        np.testing.assert_allclose(shown.norm, np.linalg.norm(total, 2), rtol=1e-9)
    else:
        assert shown.eigenvalues.size == 0 and np.isnan(shown.radius)


@pytest.mark.parametrize(("feedback", "zeros"), [("free_running_o", 6), ("free_running_yhat", 7)])
def test_what_must_squeeze_through_the_output_has_so_many_eigenvalues_zero(feedback: str, zeros: int) -> None:
    shown = loop_shown(reach_of(example("output_to_hidden", feedback, hidden=8).trace), 2)
    assert (np.abs(shown.eigenvalues) < 1e-8).sum() == zeros
    assert f"{zeros} of 8 are 0 (n_y\u00a0=\u00a02)" in shown.words


@pytest.mark.parametrize(
    ("architecture", "feedback", "words"),
    [
        ("hidden_to_hidden", None, ": h(t+1) reads h(t) itself."),
        ("hidden_and_output", "teacher_forcing", ": h(t+1) reads h(t) itself; what is fed back brings no gradient."),
        ("hidden_and_output", "free_running_o", ": h(t) comes back directly and through o(t)."),
        (
            "output_to_hidden",
            "teacher_forcing",
            "No loop: under teacher forcing each step is fed the target y(t−1), and nothing of h(t−1).",
        ),
        (
            "output_to_hidden",
            "free_running_argmax",
            "No loop for a gradient: what each step is fed is picked from o(t−1), and a pick has no derivative.",
        ),
    ],
)
def test_it_is_said_in_one_sentence(architecture: str, feedback: str | None, words: str) -> None:
    assert loop_shown(reach_of(example(architecture, feedback).trace), 2).words == words


def test_weights_are_named_by_their_symbols(monkeypatch: pytest.MonkeyPatch) -> None:
    reach = reach_of(declared(monkeypatch, TWO_LAYERS).trace, "h1")
    assert loop_shown(reach, 2).paths == (("W₁",),)


def test_the_step_is_named_where_the_matrix_depends_on_it() -> None:
    free = reach_of(example("hidden_and_output", "free_running_yhat").trace)
    assert "∂ŷ(3)/∂o(3)" in loop_shown(free, 3).words
    assert "(3)" not in loop_shown(reach_of(example("hidden_to_hidden", None).trace), 3).words


def test_a_mixed_feedback_has_a_loop_at_some_steps() -> None:
    reach = reach_of(example("output_to_hidden", "mixed_o").trace)
    assert loop_shown(reach, 1).words == "No loop at t = 1: step 2 is fed the target y(1)."
    assert loop_shown(reach, 2).paths == (("W", "V"),)
    assert default_step(reach) == 2


def test_until_a_step_is_chosen_it_is_the_last_that_leads_on() -> None:
    assert default_step(reach_of(example("output_to_hidden", "free_running_o").trace)) == 3
    assert default_step(reach_of(example("output_to_hidden", "teacher_forcing").trace)) == 3
    assert default_step(reach_of(example("hidden_to_hidden", None, T=1).trace)) == 1


def test_a_network_that_reads_nothing_of_its_past_has_no_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    forward = net(
        "feed_forward",
        X,
        hidden("a", total(Bias("b"), Linear("U", Ref("x")))),
        hidden("h", tanh(Ref("a"))),
        *output(Linear("V", Ref("h"))),
    )
    reach = reach_of(declared(monkeypatch, forward).trace)
    assert reach.loop is not None and reach.fate(3, 2) is Fate.CUT
    assert loop_shown(reach, 2).words == "No loop: no step reads anything of the one before."
    assert cut_by(reach, 2) == "step 3 reads nothing of step 2"


def test_a_gated_network_has_a_picture_but_no_such_loop() -> None:
    rng = np.random.default_rng(0)
    network, sizes = connect(LSTM), {"n_x": 2, "n_h": 3, "n_y": 2}
    theta = {p.name: rng.normal(size=p.shape(sizes)) for p in network.architecture.parameters}
    batch = Batch({"x": rng.normal(size=(5, 1, 2))}, rng.integers(2, size=(5, 1)))
    reach = reach_of(run_trace(network, sizes, theta, batch))
    assert reach.loop is None and reach.fate(5, 1) is Fate.REACHED and reach.fate(1, 5) is Fate.LATER
    shown = loop_shown(reach, default_step(reach))
    assert shown.paths == () and shown.words.startswith("Gates or shares change ∂h(t+1)/∂h(t) from step to step")
    walk = Walk(reach, 5, 1)
    walk.advance(seconds=1)
    assert walk.done and walk.steps == []
