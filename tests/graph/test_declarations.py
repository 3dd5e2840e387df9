"""A declaration can say gates, both directions in time, layers, long lags and a context, with right gradients."""

import pytest

from explorer.graph.architecture import Architecture
from tests.oracles.declarations import ENCODER_DECODER, EVERY_DECLARATION
from tests.oracles.examples import computed, feedbacks, gradient_error, smooth_seed


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("T", [1, 2, 5])
@pytest.mark.parametrize("architecture", EVERY_DECLARATION, ids=lambda architecture: architecture.id)
def test_its_gradients_agree_with_finite_differences(architecture: Architecture, T: int, keep: bool) -> None:
    feedback = "free_running_yhat" if architecture.takes_feedback else None
    assert gradient_error(computed(architecture, feedback, T=T, keep=keep)) < 1e-8


@pytest.mark.parametrize("feedback", feedbacks(ENCODER_DECODER))
def test_a_decoder_takes_every_feedback(feedback: str) -> None:
    seed = smooth_seed(ENCODER_DECODER, feedback)
    assert gradient_error(computed(ENCODER_DECODER, feedback, seed=seed)) < 1e-8
