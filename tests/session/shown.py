"""Small documents of every kind, shown, for tests to look at."""

from functools import cache

import numpy as np
import pytest

from explorer.architectures import architectures, get_architecture
from explorer.graph.architecture import Architecture
from explorer.graph.feedback import FEEDBACKS
from explorer.session.document import Shown, show
from explorer.session.reach.reach import Reach, reach_of
from explorer.session.session import Session
from explorer.session.weights import Weights, fit_of
from tests.settings import FOUR, a_document, task_of

KINDS = [
    (architecture.id, feedback)
    for architecture in map(get_architecture, FOUR)
    for feedback in (FEEDBACKS if architecture.takes_feedback else (None,))
]
"""The networks of the first lessons with every feedback that they can take."""
START = a_document(length=4, hidden=3)


@cache
def example(architecture: str, feedback: str | None, T: int = 4, hidden: int = 3) -> Shown:
    """One shown document; a mixed feedback feeds the target at every other step."""
    task = task_of(architectures()[architecture])
    fed = tuple(t % 2 == 0 for t in range(T))
    return show(
        a_document(architecture, task, length=T, hidden=hidden, feedback=feedback, fed_target=fed if feedback else ())
    )


def linear(factor: float, length: int = 5) -> Reach:
    """How far gradients reach with identity units and W = factor · I: each step back multiplies them by `factor`."""
    document = a_document("hidden_to_hidden", feedback=None, activation="identity", length=length, hidden=4)
    theta = dict(show(document).trace.parameters)
    theta["W"] = factor * np.eye(4)
    theta["U"] = 1e-3 * theta["U"]  # small inputs, so that no softmax saturates and every loss has a gradient
    return reach_of(show(document, theta).trace)


def declared(monkeypatch: pytest.MonkeyPatch, architecture: Architecture, feedback: str | None = None) -> Shown:
    """A document of a throw-away architecture, which belongs to the app until the end of the test."""
    monkeypatch.setitem(architectures(), architecture.id, architecture)
    return show(a_document(architecture.id, length=4, hidden=3, feedback=feedback))


def trained(session: Session, plus: float = 1.0) -> Weights:
    """Weights that fit what is shown, and differ from it."""
    parameters = {name: array + plus for name, array in session.shown.trace.parameters.items()}
    return Weights(parameters, "a test", fit_of(session.document))
