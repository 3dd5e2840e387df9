"""Truncated BPTT is stepped through as it is planned, if that is one cut, and compared with the whole gradient."""

import numpy as np
import pytest

from explorer.errors import ExplorerError
from explorer.session.cases import case_of
from explorer.session.document import show
from explorer.session.equations.check import GradientCheck
from explorer.session.equations.nudge import verdict
from explorer.session.equations.truncation import astray, lengths_to_choose
from explorer.session.session import Session
from explorer.training.shared import shared_program
from explorer.training.truncation import TruncatedGradient
from tests.oracles.plain_bptt import plain_bptt
from tests.settings import a_document, a_plan

PLAIN = a_document("hidden_to_hidden", feedback=None, length=6, hidden=3)


def planned(*truncate: int) -> Session:
    session = Session(PLAIN)
    session.change(truncate=truncate)
    return session


def test_the_gradient_is_as_far_from_the_whole_one_as_that_of_the_equations() -> None:
    shown = planned(2, 2).shown
    trace = shown.trace
    x, y = trace.batch.inputs["x"][:, 0], trace.batch.y[:, 0]
    whole, cut = (
        np.concatenate([plain_bptt(trace.parameters, x, y, borders=at).parameter_gradients[p].ravel() for p in "UVWbc"])
        for at in ((), (2, 4))
    )
    found = astray(shown)
    assert found.cosine == pytest.approx(whole @ cut / np.linalg.norm(whole) / np.linalg.norm(cut), abs=1e-12)
    assert found.share == pytest.approx(np.linalg.norm(whole - cut) / np.linalg.norm(whole), abs=1e-12)
    assert 0.1 < found.share < 1


def test_windows_that_overlap_are_looked_at_one_by_one_and_add_up_to_what_training_takes() -> None:
    session = planned(2, 4)
    whole = session.shown.trace
    total: dict[str, np.ndarray] = dict.fromkeys("UVWbc", np.zeros(()))
    for number, (fresh, start) in enumerate([((1, 2), 1), ((3, 4), 1), ((5, 6), 3)], 1):
        session.change(window=number)
        trace = session.shown.trace
        assert trace.borders == ((start - 1,) if start > 1 else ())
        assert trace.loss == pytest.approx(sum(whole.loss_per_step[t - 1, 0] for t in fresh), abs=1e-12)
        for name, gradient in trace.parameter_gradients.items():
            total[name] = total[name] + gradient
    program = shared_program(session.shown.network, session.shown.sizes, 6, 1, np.float64)
    for name, value in whole.parameters.items():
        program.memory.parameters[name][...] = value
    program.load(whole.batch)
    program.forward()
    TruncatedGradient(program, 2, 4).backward(whole.batch)
    for name, gradient in program.memory.parameter_gradients.items():
        np.testing.assert_allclose(total[name], gradient, atol=1e-12)
    session.change(window=9)
    assert session.shown.trace.borders == (2,), "there are three: the last"
    session.change(truncate=(2, 2))
    assert session.shown.window is None and session.shown.trace.borders == (2, 4)


def test_where_teacher_forcing_has_cut_every_way_windows_cut_nothing_more() -> None:
    assert astray(show(a_document("output_to_hidden", length=4, plan=a_plan(truncate=(2, 2))))).share == 0


def test_what_is_shown_follows_the_plan_and_undo_leads_back() -> None:
    session = Session(PLAIN)
    before = session.shown
    session.change(truncate=(3, 3))
    assert session.shown.trace.borders == (3,)
    session.change(truncate=(2, 4))
    assert session.shown.trace.borders == (), "windows that overlap are no one cut"
    session.undo()
    assert session.shown.trace.borders == (3,)
    session.undo()
    for name, gradient in before.trace.parameter_gradients.items():
        np.testing.assert_array_equal(session.shown.trace.parameter_gradients[name], gradient)


def test_lengths_are_offered_whose_windows_are_apart() -> None:
    assert lengths_to_choose(show(PLAIN)) == (1, 2, 3)
    one_loss = show(a_document("sequence_to_one", "majority", feedback=None, length=5, plan=a_plan(truncate=(1, 3))))
    assert lengths_to_choose(one_loss) == (1, 2, 3, 4)
    assert one_loss.trace.borders == (2,)
    long = show(a_document("sequence_to_one", "majority", feedback=None, length=100, plan=a_plan(truncate=(9, 33))))
    assert lengths_to_choose(long) == (*range(1, 21), 25, 33, 50)


def test_steps_that_no_gradient_comes_back_to_are_no_summands_and_are_named() -> None:
    shown = show(a_document("sequence_to_one", "majority", feedback=None, length=4, plan=a_plan(truncate=(2, 2))))
    event = next(e for e in shown.events if e.name == "W" and e.t is None)
    said = shown.equation(event)
    assert [term.step for term in said.terms] == [3, 4]
    assert said.caption.endswith("To steps 1 and 2 no gradient comes back.")
    assert ("h", 2) not in {(e.name, e.t) for e in shown.events if e.kind.value == "gradient"}


def test_a_network_that_reads_later_steps_is_shown_whole() -> None:
    assert show(a_document("bidirectional", feedback=None, length=4, plan=a_plan(truncate=(2, 2)))).trace.borders == ()


def test_check_and_nudge_say_that_the_loss_goes_other_ways_too() -> None:
    check = GradientCheck(planned(1, 1).shown)
    found, nudge = check.check("W", (0, 0)), check.nudge("W", (0, 0), 1e-3)
    assert not found.agrees and found.obstacle.startswith("BPTT is truncated")
    assert verdict(nudge).startswith("BPTT is truncated")
    assert check.check("V", (0, 0)).agrees, "each step has its own part of V"
    assert verdict(check.nudge("V", (0, 0), 1e-3)).startswith("The curve is as good as straight")


def test_a_case_which_says_nothing_of_windows_has_the_whole_gradient_or_none() -> None:
    with pytest.raises(ExplorerError, match="A case has the whole gradient"):
        case_of(planned(2, 2).shown)
