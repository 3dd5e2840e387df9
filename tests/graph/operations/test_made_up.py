"""Operations and terms that somebody adds, each in one file, go through everything that the others do."""

import numpy as np
import pytest

from explorer.graph.analyse.events import Kind
from explorer.graph.declaration import Bias, Linear, Ref
from explorer.graph.equation import Equation
from explorer.graph.equations.by_event import equation_of
from explorer.graph.equations.typeset import Reading, latex
from explorer.graph.unfold import Vertex
from explorer.session.equations.by_hand import line_by_hand, operands_of
from explorer.session.equations.figures import equation_figures
from tests.oracles.declarations import PAST, X, hidden, net, output, total
from tests.oracles.examples import SIZES, computed, gradient_error
from tests.oracles.made_up.damped import Damped
from tests.oracles.made_up.normalised import Normalised
from tests.oracles.made_up.threshold import Threshold
from tests.oracles.scripts import parameter_gradient, sent_back, value_of
from tests.oracles.traces import Traced, traced

NETWORK = net(
    "made_up",
    X,
    hidden("a", total(Bias("b"), Damped("g", "W", PAST), Linear("K", Ref("k", lag=1)), Linear("U", Ref("x")))),
    hidden("h", Normalised(Ref("a"))),
    hidden("k", Threshold(Ref("a"))),
    *output(Linear("V", Ref("h")), Linear("Q", Ref("k"))),
)
"""A state of shares, beside which every unit tells the next step and the output whether it is on."""


@pytest.fixture(scope="module")
def found() -> Traced:
    return traced(NETWORK, T=3, seed=2)


def equation(found: Traced, kind: Kind, name: str, t: int | None = None) -> Equation:
    (event,) = (e for e in found.events if (e.kind, e.name, e.t) == (kind, name, t))
    return equation_of(found.trace, event)


@pytest.mark.parametrize("keep", [True, False])
def test_their_gradients_are_finite_differences(keep: bool) -> None:
    assert gradient_error(computed(NETWORK, T=4, B=3, seed=3, keep=keep)) < 1e-7


def test_every_equation_is_reproduced_from_the_numbers_that_are_shown(found: Traced) -> None:
    for event in found.events:
        said = equation_of(found.trace, event)
        figures = equation_figures(said)
        assert figures.reproduced, said.title
        index = tuple(0 for _ in said.left.array.shape)
        for reading in Reading:
            assert latex(said, reading, SIZES)
        if said.terms:
            assert line_by_hand(said, figures, index).startswith(figures.left.written(index).strip("()"))
            assert all(operands_of(said, index).values())


def test_a_line_by_hand_is_in_their_own_words(found: Traced) -> None:
    said = equation(found, Kind.VALUE, "k", 1)
    assert line_by_hand(said, equation_figures(said), (0,)) == "1, for 0.660 is above 0"
    assert latex(said, Reading.HERE, SIZES) == "k^{(1)} = 1_{a^{(1)} > 0}"
    assert said.caption == "k(1) is 1 where a(1) is above 0."


def test_what_stops_a_gradient_says_so(found: Traced) -> None:
    assert not found.trace.flow.reached(Vertex("k", 2))
    cuts = equation(found, Kind.GRADIENT, "a", 2).cuts
    assert "cut by the threshold: a small change of h does not move a unit across it" in {cut.reason for cut in cuts}


def test_a_term_has_as_many_parameters_as_it_says() -> None:
    assert [(p.name, p.dimensions) for p in NETWORK.parameters][:3] == [
        ("b", ("n_h",)),
        ("g", ("n_h",)),
        ("W", ("n_h", "n_h")),
    ]
    trace = traced(NETWORK, T=3, B=2, seed=2).trace
    for name, gradient in trace.parameter_gradients.items():
        np.testing.assert_allclose(trace.parameter_contributions(name).sum(0), gradient, rtol=1e-12, atol=1e-14)


def test_their_source_code_computes_the_same() -> None:
    trace = traced(NETWORK, T=3, B=2, seed=2).trace
    for name in ("a", "h", "k"):
        for t in (1, 2, 3):
            np.testing.assert_allclose(value_of(trace, trace.network.node(name), t), trace.values[name][t - 1])
    for use in (c.use for name in ("a", "h") for c in trace.contributions[name]):
        (kept,) = (c for c in trace.contributions[use.source.name] if c.use == use)
        np.testing.assert_allclose(sent_back(trace, use, 2 + use.source.lag), kept.array[1], atol=1e-15)
    for name in ("g", "W"):
        np.testing.assert_allclose(parameter_gradient(trace, name), trace.parameter_gradients[name])


def test_the_weights_that_a_term_reads_through_stand_beside_its_edges(found: Traced) -> None:
    weights = {edge.weight for edge in found.trace.graph.edges if edge.target.name == "a"}
    assert weights == {"W", "K", "U"}
