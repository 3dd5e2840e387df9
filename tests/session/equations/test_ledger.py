"""The account of a parameter's gradient over time, as it fills during the backward pass."""

import numpy as np
import pytest

from explorer.architectures import architectures
from explorer.graph.analyse.events import Kind
from explorer.graph.equations.by_event import equation_of
from explorer.session.document import Shown, show
from explorer.session.equations.figures import evaluate
from explorer.session.equations.ledger import ledger, step_equation, sum_equation, touched_parameter
from tests.oracles.declarations import LSTM, PICKING, TWO_SEGMENTS
from tests.session.shown import declared
from tests.settings import FOUR, a_document


@pytest.fixture(params=FOUR)
def shown(request) -> Shown:
    architecture = architectures()[request.param]
    task = "majority" if architecture.one_output else "running_parity"
    feedback = "free_running_yhat" if architecture.takes_feedback else None
    return show(a_document(request.param, task, feedback=feedback, length=4, hidden=3))


def cursor_of(shown: Shown, kind: Kind, name: str, t: int | None) -> int:
    return 1 + next(i for i, e in enumerate(shown.events) if (e.kind, e.name, e.t) == (kind, name, t))


def test_it_is_empty_before_the_backward_pass_and_complete_after_it(shown):
    first = 1 + next(i for i, e in enumerate(shown.events) if e.kind is Kind.GRADIENT)
    last = 1 + max(i for i, e in enumerate(shown.events) if e.kind is Kind.GRADIENT)
    for name, gradient in shown.trace.parameter_gradients.items():
        account = ledger(shown, name)
        assert not account.computed(first - 1).any()
        assert not account.sum_at(first - 1).any() and account.norm_at(first - 1) == 0
        assert (account.computed(last) == account.used).all()
        np.testing.assert_array_equal(account.sum_at(last), gradient)
        assert account.norm_at(last) == pytest.approx(np.sqrt((gradient**2).sum()))


def test_the_contributions_add_up_to_the_gradient(shown):
    for name, gradient in shown.trace.parameter_gradients.items():
        account = ledger(shown, name)
        np.testing.assert_allclose(account.contributions.sum(0), gradient, atol=1e-14)
        np.testing.assert_allclose(account.norms, [np.linalg.norm(c) for c in account.contributions])


def test_a_step_counts_from_the_moment_its_gradient_is_computed(shown):
    account = ledger(shown, "W")
    for t in (2, 4):
        at = cursor_of(shown, Kind.GRADIENT, "a", t)
        assert account.computed(at)[t - 1]
        assert not account.computed(at - 1)[t - 1]
        np.testing.assert_allclose(
            account.sum_at(at) - account.sum_at(at - 1), account.contributions[t - 1], atol=1e-14
        )


def test_a_parameter_of_the_single_output_is_used_at_the_last_step_only():
    shown = show(a_document("sequence_to_one", "majority", length=4, feedback=None))
    assert ledger(shown, "V").used.tolist() == [False, False, False, True]


def test_a_chosen_step_is_the_product_of_its_factors(shown):
    for name in shown.trace.parameters:
        account = ledger(shown, name)
        for t in np.flatnonzero(account.used) + 1:
            equation = step_equation(shown, account, int(t))
            made = evaluate(equation, [[f.array for f in term.factors] for term in equation.terms])
            np.testing.assert_allclose(made, account.contributions[t - 1], atol=1e-14)


def test_the_sum_so_far_is_an_array_by_itself(shown):
    account = ledger(shown, "b")
    cursor = cursor_of(shown, Kind.GRADIENT, "a", 3)
    assert (sum_equation(shown, account, cursor).left.array == account.sum_at(cursor)).all()


def test_a_gated_network_keeps_accounts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = declared(monkeypatch, LSTM)
    for name, gradient in shown.trace.parameter_gradients.items():
        account = ledger(shown, name)
        assert account.used.all()
        np.testing.assert_allclose(account.contributions.sum(0), gradient, atol=1e-14)
    event = shown.events[cursor_of(shown, Kind.VALUE, "s", 2) - 1]
    assert touched_parameter(shown, event, equation_of(shown.trace, event)) is None, "a cell adds up no weights"


def test_an_encoder_that_is_longer_than_its_decoder_has_each_of_its_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(architectures(), TWO_SEGMENTS.id, TWO_SEGMENTS)
    shown = show(a_document(TWO_SEGMENTS.id, "number_words", length=4, hidden=3, feedback="teacher_forcing"))
    account = ledger(shown, "U_e")
    assert account.used.tolist() == [True] * 6
    np.testing.assert_allclose(account.contributions.sum(0), shown.trace.parameter_gradients["U_e"], atol=1e-14)
    equation = step_equation(shown, account, 6)
    made = evaluate(equation, [[factor.array for factor in term.factors] for term in equation.terms])
    np.testing.assert_allclose(made, account.contributions[5], atol=1e-14)


def test_a_parameter_behind_a_pick_is_never_asked_for_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = declared(monkeypatch, PICKING)
    account = ledger(shown, "W_s")
    assert not account.used.any() and not account.sum_at(len(shown.events)).any()


@pytest.mark.parametrize(
    ("kind", "name", "t", "parameter"),
    [
        (Kind.VALUE, "a", 2, "W"),
        (Kind.VALUE, "o", 2, "V"),
        (Kind.VALUE, "h", 2, None),
        (Kind.GRADIENT, "o", 2, "V"),
        (Kind.GRADIENT, "h", 2, "V"),
        (Kind.GRADIENT, "a", 2, "W"),
        (Kind.PARAMETER_GRADIENT, "c", None, "c"),
        (Kind.UPDATE, "U", None, "U"),
        (Kind.TOTAL_LOSS, "L", None, None),
    ],
)
def test_the_parameter_that_an_event_touches(kind, name, t, parameter):
    shown = show(a_document("hidden_to_hidden", length=3, feedback=None))
    event = shown.events[cursor_of(shown, kind, name, t) - 1]
    assert touched_parameter(shown, event, equation_of(shown.trace, event)) == parameter
