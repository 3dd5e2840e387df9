"""Every equation as LaTeX that a typesetter understands, in general, at a step, and with shapes."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from ziamath import Latex
from ziamath.tex import tex2mml

from explorer.architectures import architectures, get_architecture
from explorer.graph.activations import ACTIVATIONS
from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.graph.compute.updates import Rule
from explorer.graph.equation import Equation, Factor, Role
from explorer.graph.equations.by_event import equation_of
from explorer.graph.equations.typeset import Reading, latex
from explorer.graph.optimizers import OPTIMIZERS
from explorer.graph.output import LINEAR, SIGMOID, SIGMOID_SQUARED_ERROR
from explorer.session.document import show
from tests.oracles.declarations import EVERY_DECLARATION, TREES
from tests.oracles.examples import SIZES, feedbacks
from tests.oracles.traces import Traced, run_trace, traced
from tests.settings import a_document

FIG_10_3 = get_architecture("hidden_to_hidden")
FIG_10_4 = get_architecture("output_to_hidden")
FIG_10_5 = get_architecture("sequence_to_one")


@cache
def every_equation() -> tuple[Equation, ...]:
    """Of every architecture and feedback, of every activation, and of what chapter 10 still holds."""
    found = [traced(a, feedback, T=2) for a in architectures().values() for feedback in feedbacks(a)]
    found += [traced(FIG_10_3, activation=activation, T=2) for activation in ACTIVATIONS]
    found += [traced(a, "teacher_forcing" if a.takes_feedback else None, T=2) for a in (*EVERY_DECLARATION, *TREES)]
    found += [traced(FIG_10_3.with_output(kind), T=2) for kind in (LINEAR, SIGMOID, SIGMOID_SQUARED_ERROR)]
    rules = [Rule(optimizer, clip_norm=0.1, l2=0.1) for optimizer in OPTIMIZERS]
    trace, update = found[0].trace, Event(Phase.UPDATE, Kind.UPDATE, "W")
    moved = [run_trace(trace.network, trace.sizes, trace.parameters, trace.batch, rule) for rule in rules]
    by_event = (equation_of(one.trace, event) for one in found for event in one.events)
    return (*by_event, *(equation_of(one, update) for one in moved))


def formulas(reading: Reading) -> set[str]:
    return {latex(equation, reading, SIZES) for equation in every_equation()}


def derivations() -> set[str]:
    return {step.tex for equation in every_equation() for step in equation.derivation}


def written(found: Traced, kind: Kind, name: str, t: int | None, reading: Reading) -> str:
    (event,) = (e for e in found.events if (e.kind, e.name, e.t) == (kind, name, t))
    return latex(equation_of(found.trace, event), reading, SIZES)


@pytest.mark.parametrize("reading", Reading)
def test_braces_and_parentheses_close(reading: Reading) -> None:
    for tex in formulas(reading) | derivations():
        assert balanced(tex, "{", "}"), tex
        assert balanced(tex, "(", ")"), tex
        assert tex.count(r"\left") == tex.count(r"\right"), tex


@pytest.mark.parametrize("reading", Reading)
def test_what_has_no_time_has_no_empty_step(reading: Reading) -> None:
    """At the root of a tree h(2τ − 1) is read, by outputs that are written without a step."""
    assert [tex for tex in formulas(reading) | derivations() if "()" in tex] == []


def balanced(tex: str, opening: str, closing: str) -> bool:
    depth = 0
    for character in tex:
        depth += (character == opening) - (character == closing)
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize("reading", Reading)
def test_the_typesetter_knows_every_command(reading: Reading) -> None:
    for tex in formulas(reading) | derivations():
        assert not re.findall(r">\\\w+<", tex2mml(tex)), tex


def test_every_general_equation_can_be_set() -> None:
    """With all factors painted, as the window does it; setting takes some 10 ms a formula."""
    painted = {latex(e, Reading.GENERAL, SIZES, lambda factor, tex: rf"\textcolor{{red}}{{{tex}}}") for e in app()}
    for tex in painted:
        assert Latex(tex).svg().startswith("<svg")


def app() -> Iterator[Equation]:
    for architecture, feedback in ((FIG_10_3, None), (FIG_10_4, "mixed_argmax"), (FIG_10_4, "free_running_sample")):
        found = traced(architecture, feedback, T=2)
        yield from (equation_of(found.trace, event) for event in found.events)
    found = traced(get_architecture("hidden_and_output"), "free_running_yhat", T=2)
    yield from (equation_of(found.trace, event) for event in found.events)


@pytest.mark.parametrize(
    ("kind", "name", "t", "tex"),
    [
        (Kind.VALUE, "a", 2, r"a^{(t)} = b + W \, h^{(t-1)} + U \, x^{(t)}"),
        (Kind.VALUE, "h", 2, r"h^{(t)} = \tanh\left( a^{(t)} \right)"),
        (Kind.VALUE, "yhat", 2, r"\hat{y}^{(t)} = \mathrm{softmax}\left( o^{(t)} \right)"),
        (Kind.VALUE, "L", 2, r"L^{(t)} = -\log \left( \hat{y}^{(t)} \right)_{y^{(t)}}"),
        (Kind.TOTAL_LOSS, "L", None, r"L = \sum_{t=1}^{\tau} L^{(t)}"),
        (Kind.GRADIENT, "L", 2, r"\frac{\partial L}{\partial L^{(t)}} = 1"),
        (Kind.GRADIENT, "o", 2, r"\nabla_{o^{(t)}} L = \left( \hat{y}^{(t)} - 1_{y^{(t)}} \right)"),
        (
            Kind.GRADIENT, "h", 2,
            r"\nabla_{h^{(t)}} L = V^\top \, \nabla_{o^{(t)}} L + W^\top \, \nabla_{a^{(t+1)}} L",
        ),
        (
            Kind.GRADIENT, "a", 2,
            r"\nabla_{a^{(t)}} L = \nabla_{h^{(t)}} L \odot \left( 1 - (h^{(t)})^2 \right)",
        ),
        (
            Kind.PARAMETER_GRADIENT, "W", None,
            r"\nabla_{W} L = \sum_{t=1}^{\tau} \nabla_{a^{(t)}} L \, {h^{(t-1)}}^\top",
        ),
        (Kind.UPDATE, "W", None, r"W' = W - \eta \, \nabla_{W} L"),
        (Kind.LOSS_AFTER, "L", None, r"L(\theta') = L(\theta) + \Delta L"),
    ],
)  # fmt: skip
def test_fig_10_3_in_general_is_what_the_book_writes(kind: Kind, name: str, t: int | None, tex: str) -> None:
    assert written(traced(FIG_10_3, T=3), kind, name, t, Reading.GENERAL) == tex


@pytest.mark.parametrize(
    ("kind", "name", "t", "tex"),
    [
        (Kind.VALUE, "h", 3, r"h^{(t)} = \tanh\left( a^{(t)} \right)"),
        (Kind.VALUE, "o", 3, r"o^{(\tau)} = c + V \, h^{(\tau)}"),
        (Kind.VALUE, "yhat", 3, r"\hat{y}^{(\tau)} = \mathrm{softmax}\left( o^{(\tau)} \right)"),
        (Kind.VALUE, "L", 3, r"L^{(\tau)} = -\log \left( \hat{y}^{(\tau)} \right)_{y^{(\tau)}}"),
        (Kind.TOTAL_LOSS, "L", None, r"L = L^{(\tau)}"),
        (Kind.GRADIENT, "L", 3, r"\frac{\partial L}{\partial L^{(\tau)}} = 1"),
        (Kind.GRADIENT, "o", 3, r"\nabla_{o^{(\tau)}} L = \left( \hat{y}^{(\tau)} - 1_{y^{(\tau)}} \right)"),
        (Kind.GRADIENT, "h", 3, r"\nabla_{h^{(\tau)}} L = V^\top \, \nabla_{o^{(\tau)}} L"),
        (Kind.GRADIENT, "h", 2, r"\nabla_{h^{(t)}} L = W^\top \, \nabla_{a^{(t+1)}} L"),
        (Kind.PARAMETER_GRADIENT, "V", None, r"\nabla_{V} L = \nabla_{o^{(\tau)}} L \, {h^{(\tau)}}^\top"),
        (
            Kind.PARAMETER_GRADIENT, "W", None,
            r"\nabla_{W} L = \sum_{t=1}^{\tau} \nabla_{a^{(t)}} L \, {h^{(t-1)}}^\top",
        ),
    ],
)  # fmt: skip
def test_what_exists_at_the_last_step_alone_is_written_with_tau(kind: Kind, name: str, t: int | None, tex: str) -> None:
    assert written(traced(FIG_10_5, T=3), kind, name, t, Reading.GENERAL) == tex


@pytest.mark.parametrize(
    ("kind", "name", "t", "tex"),
    [
        (Kind.VALUE, "C", 3, r"C^{(\tau_{x})} = \mathrm{id}\left( e^{(\tau_{x})} \right)"),
        (
            Kind.VALUE, "a", 3,
            r"a^{(t)} = b + W \, h^{(t-1)} + R \, y^{(t-1)} + Q \, C^{(\tau_{x})}",
        ),
        (
            Kind.PARAMETER_GRADIENT, "W_e", None,
            r"\nabla_{W_e} L = \sum_{t=1}^{\tau_{x}} \nabla_{a_e^{(t)}} L \, {e^{(t-1)}}^\top",
        ),
        (
            Kind.PARAMETER_GRADIENT, "Q", None,
            r"\nabla_{Q} L = \sum_{t=1}^{\tau} \nabla_{a^{(t)}} L \, {C^{(\tau_{x})}}^\top",
        ),
    ],
)  # fmt: skip
def test_each_of_two_sequences_has_its_own_last_step(kind: Kind, name: str, t: int | None, tex: str) -> None:
    found = traced(get_architecture("encoder_decoder"), "teacher_forcing", T=3)
    assert written(found, kind, name, t, Reading.GENERAL) == tex


def test_the_derivation_at_the_last_step_is_written_with_tau() -> None:
    found = traced(FIG_10_5, T=3)
    lines = [step.tex for event in found.events for step in equation_of(found.trace, event).derivation]
    assert not [tex for tex in lines if "(t)" in tex]
    assert [tex for tex in lines if r"L^{(\tau)}" in tex]


@pytest.mark.parametrize(
    ("kind", "name", "t", "tex"),
    [
        (Kind.VALUE, "a", 1, r"a^{(1)} = b + W \, h^{(0)} + U \, x^{(1)}"),
        (Kind.VALUE, "L", 2, r"L^{(2)} = -\log \left( \hat{y}^{(2)} \right)_{y^{(2)}}"),
        (Kind.TOTAL_LOSS, "L", None, r"L = L^{(1)} + L^{(2)} + L^{(3)}"),
        (
            Kind.GRADIENT, "h", 2,
            r"\nabla_{h^{(2)}} L = V^\top \, \nabla_{o^{(2)}} L + W^\top \, \nabla_{a^{(3)}} L",
        ),
        (
            Kind.PARAMETER_GRADIENT, "U", None,
            r"\nabla_{U} L = \nabla_{a^{(1)}} L \, {x^{(1)}}^\top + \nabla_{a^{(2)}} L \, {x^{(2)}}^\top"
            r" + \nabla_{a^{(3)}} L \, {x^{(3)}}^\top",
        ),
    ],
)  # fmt: skip
def test_at_hand_every_step_is_a_number(kind: Kind, name: str, t: int | None, tex: str) -> None:
    assert written(traced(FIG_10_3, T=3), kind, name, t, Reading.HERE) == tex


def test_no_general_step_is_left_at_hand() -> None:
    assert [tex for tex in formulas(Reading.HERE) if re.search(r"\(t[-+)]|\\tau", tex)] == []


def test_with_shapes_each_factor_carries_its_own() -> None:
    """n_x, n_h, n_y are 2, 4 and 3 here."""
    said = written(traced(FIG_10_3, T=3), Kind.VALUE, "o", 2, Reading.SHAPES)
    assert said == (r"\underset{3}{o^{(t)}} = \underset{3}{c} + \underset{3 \times 4}{V} \, \underset{4}{h^{(t)}}")


def test_shapes_written_are_those_of_the_arrays() -> None:
    for equation in every_equation():
        for factor in (equation.left, *(f for term in equation.terms for f in term.factors)):
            named = tuple(1 if name == "1" else SIZES[name] for name in factor.shape)
            assert factor.array.shape == named or (factor.shape == ("1",) and factor.array.shape == ())


def test_the_fed_back_signal_is_named_for_what_it_is() -> None:
    for feedback, symbol in (("teacher_forcing", "y"), ("free_running_yhat", r"\hat{y}"), ("mixed_o", "f")):
        said = written(traced(FIG_10_4, feedback, T=3), Kind.VALUE, "a", 2, Reading.GENERAL)
        assert said == rf"a^{{(t)}} = b + W \, {symbol}^{{(t-1)}} + U \, x^{{(t)}}"


def test_a_fed_back_prediction_comes_back_through_the_softmax() -> None:
    said = written(traced(FIG_10_4, "free_running_yhat", T=3), Kind.GRADIENT, "o", 2, Reading.GENERAL)
    gradient = r"\nabla_{\hat{y}^{(t)}} L"
    yhat = r"\hat{y}^{(t)}"
    assert said.endswith(rf"+ {yhat} \odot \left( {gradient} - {{{yhat}}}^\top {gradient} \right)")


def test_paint_is_given_every_factor_once() -> None:
    seen: list[Role] = []

    def paint(factor: Factor, tex: str) -> str:
        seen.append(factor.role)
        return f"<{tex}>"

    (event,) = (e for e in traced(FIG_10_3).events if (e.kind, e.name, e.t) == (Kind.VALUE, "o", 2))
    said = latex(equation_of(traced(FIG_10_3).trace, event), Reading.GENERAL, SIZES, paint)
    assert said == r"<o^{(t)}> = <c> + <V> \, <h^{(t)}>"
    assert sorted(seen) == sorted([Role.VALUE, Role.PARAMETER, Role.PARAMETER, Role.VALUE])


def test_the_shapes_of_an_outer_product_make_the_shape_of_the_matrix() -> None:
    shown = show(a_document(architecture="hidden_to_hidden", feedback=None, hidden=8))
    event = next(e for e in shown.events if e.kind is Kind.PARAMETER_GRADIENT and e.name == "V")
    tex = latex(equation_of(shown.trace, event), Reading.SHAPES, shown.sizes)
    assert tex.count(r"\underset{2 \times 8}") == 1
    assert r"\underset{2 \times 1}" in tex and r"\underset{1 \times 8}" in tex


def test_of_a_very_long_sum_only_both_ends_are_written() -> None:
    shown = show(a_document(architecture="hidden_to_hidden", feedback=None, length=60))
    total = next(event for event in shown.events if event.kind is Kind.TOTAL_LOSS)
    written = latex(equation_of(shown.trace, total), Reading.HERE, shown.sizes)
    assert written.startswith("L = L^{(1)} + L^{(2)} + ")
    assert written.endswith(r" + L^{(16)} + \cdots + L^{(57)} + L^{(58)} + L^{(59)} + L^{(60)}")
