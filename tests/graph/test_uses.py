"""The uses of values over which gradients come back."""

import pytest

from explorer.architectures import get_architecture
from explorer.graph.feedback import connect, get_feedback
from explorer.graph.uses import gradient_uses


@pytest.mark.parametrize(
    ("feedback", "reached"),
    [
        ("teacher_forcing", {"a", "h", "o", "L"}),
        ("free_running_argmax", {"a", "h", "o", "L"}),
        ("free_running_yhat", {"a", "h", "o", "yhat", "L"}),
    ],
)
def test_a_gradient_comes_back_to_what_changes_smoothly_with_a_parameter_alone(
    feedback: str, reached: set[str]
) -> None:
    assert set(gradient_uses(connect(get_architecture("output_to_hidden"), get_feedback(feedback))).of) == reached
