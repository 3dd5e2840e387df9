"""Small documents of every kind, shown, for tests to look at."""

from collections.abc import Iterable
from functools import cache

import pytest

from explorer.architectures import architectures
from explorer.graph.architecture import Architecture
from explorer.graph.feedback import FEEDBACKS
from explorer.session.document import Shown, show
from tests.settings import a_document, task_of


def _feedbacks(architecture: Architecture) -> Iterable[str | None]:
    if not architecture.takes_feedback:
        return (None,)
    return FEEDBACKS if architecture.figure in ("10.4", "10.10") else ("teacher_forcing", "mixed_argmax")


KINDS = [
    (architecture.id, feedback) for architecture in architectures().values() for feedback in _feedbacks(architecture)
]
"""Every architecture with the feedbacks that it can take, fig. 10.4 and fig. 10.10 with every one."""


@cache
def example(architecture: str, feedback: str | None, T: int = 4, hidden: int = 3) -> Shown:
    """One shown document; a mixed feedback feeds the target at every other step."""
    task = task_of(architectures()[architecture])
    fed = tuple(t % 2 == 0 for t in range(T))
    return show(
        a_document(architecture, task, length=T, hidden=hidden, feedback=feedback, fed_target=fed if feedback else ())
    )


def declared(monkeypatch: pytest.MonkeyPatch, architecture: Architecture, feedback: str | None = None) -> Shown:
    """A document of a throw-away architecture, which belongs to the app until the end of the test."""
    monkeypatch.setitem(architectures(), architecture.id, architecture)
    return show(a_document(architecture.id, length=4, hidden=3, feedback=feedback))
