"""Questions about how a network works rather than about single numbers: one kind a file, each with its `question`."""

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np

from explorer.registry import modules_of
from explorer.session.document import Shown
from explorer.session.quiz.question import Question

Concept = Callable[[Shown, int, np.random.Generator], Question | None]
"""A question while `cursor` events are shown whose answer is not among them; None where it means nothing."""


@cache
def concepts() -> Mapping[str, Concept]:
    """Every kind of question about concepts, by the name of its file."""
    return {module.__name__.rpartition(".")[2]: module.question for module in modules_of(__name__, list(__path__))}
