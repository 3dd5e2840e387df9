"""A declaration can say gates, both directions in time, layers, long lags and a context, with right gradients."""

import pytest
from msgspec.structs import replace

from explorer.graph.architecture import Architecture
from explorer.graph.declaration import Bias, Constant, Identity, Linear, ParameterStart, Ref
from explorer.graph.feedback import connect
from explorer.graph.unfold import unfold
from tests.each import each
from tests.oracles.declarations import (
    ENCODER_DECODER,
    EVERY_DECLARATION,
    LEAKY,
    SKIP_IN_TIME,
    TREES,
    hidden,
    net,
    output,
    total,
)
from tests.oracles.examples import SIZES, computed, feedbacks, gradient_error, smooth_seed


@each("keep", [True, False])
@each("T", [1, 2, 5])
@each("architecture", [*EVERY_DECLARATION, *TREES])
def test_its_gradients_agree_with_finite_differences(architecture: Architecture, T: int, keep: bool) -> None:
    feedback = "free_running_yhat" if architecture.takes_feedback else None
    assert gradient_error(computed(architecture, feedback, T=T, keep=keep)) < 1e-8


@pytest.mark.parametrize("feedback", feedbacks(ENCODER_DECODER))
def test_a_decoder_takes_every_feedback(feedback: str) -> None:
    seed = smooth_seed(ENCODER_DECODER, feedback)
    assert gradient_error(computed(ENCODER_DECODER, feedback, seed=seed)) < 1e-8


@pytest.mark.parametrize("d", [1, 2, 3, 7])
def test_a_lag_is_chosen_by_the_sizes(d: int) -> None:
    program = computed(SKIP_IN_TIME, sizes=SIZES | {"d": d}, T=5)
    assert gradient_error(program) < 1e-7
    edges = unfold(connect(SKIP_IN_TIME), 5, sizes={"d": d}).edges
    assert {edge.lag for edge in edges if edge.weight == "W_d"} == {d}


def test_without_biases_there_are_none_but_where_a_sum_is_nothing_else() -> None:
    bare = replace(LEAKY, starts=(ParameterStart("b", Constant(1.0)), ParameterStart("W", Identity()))).without_biases()
    assert [p.name for p in bare.parameters] == ["W", "U", "alpha", "V"]
    assert [start.parameter for start in bare.starts] == ["W"]
    constant = net("constant", hidden("s", total(Bias("b"))), *output(Linear("V", Ref("s")))).without_biases()
    assert [p.name for p in constant.parameters] == ["b", "V"]


def test_a_parameter_is_cited_where_any_of_its_terms_is() -> None:
    twice = total(Linear("W", Ref("h", lag=1)), Linear("W", Ref("h", lag=2), cited="eq. 10.26"))
    network = net("twice", hidden("h", twice), *output(Linear("V", Ref("h"))))
    assert network.parameter("W").cited == "eq. 10.26"
