"""What a problem is about: its network (`architecture_of`, `connected`), task (`task_of`) and layers (`sizes_of`)."""

from functools import lru_cache

import numpy as np

from explorer.architectures import get_architecture
from explorer.graph.architecture import Architecture
from explorer.graph.declaration import Sizes
from explorer.graph.feedback import Feedback, Network, connect, get_feedback
from explorer.tasks import Task, get_task
from explorer.training.matching import for_task, matched_sizes
from explorer.training.settings import Problem, RunSettings, TrainingSettings


def architecture_of(problem: Problem) -> Architecture:
    """The network as it is declared, with the choices that are made and the output that its task asks for.

    ExplorerError for an unknown name, and for a choice that cannot be.
    """
    declared = get_architecture(problem.network.architecture).decided(problem.network.choices)
    if not problem.network.biases:
        declared = declared.without_biases()
    return for_task(declared, task_of(problem))


def connected(problem: Problem, feedback: Feedback | None) -> Network:
    """The network with this feedback and the activation of the problem; ExplorerError if it cannot have them."""
    return connect(architecture_of(problem), feedback, problem.network.activation)


def feedback_of(settings: RunSettings) -> Feedback | None:
    """What a run is fed while it trains; None on a network that feeds nothing back."""
    return None if settings.feedback is None else get_feedback(settings.feedback)


def trained_network(settings: RunSettings) -> Network:
    """The network of a run as it is trained."""
    return connected(settings, feedback_of(settings))


def task_of(problem: Problem) -> Task:
    """The task with its options; ExplorerError for a name or an option that cannot be."""
    return _task(problem.task.id, tuple((name, type(value), value) for name, value in problem.task.options.items()))


@lru_cache(maxsize=8)
def _task(id: str, options: tuple[tuple[str, type, int | str], ...]) -> Task:
    """Kept, for a long text takes its time; the types are there because True is no 1 here."""
    return get_task(id, **{name: value for name, _, value in options})


def sizes_of(problem: Problem, T: int | None = None) -> Sizes:
    """The units of each layer, the steps of each segment of time, and the lag; T: of so many steps instead."""
    length = problem.length if T is None else T
    architecture = architecture_of(problem)
    sizes = matched_sizes(architecture, task_of(problem), problem.network.hidden, length)
    return sizes | dict.fromkeys(architecture.lags, problem.network.lag)


def dtype_of(training: TrainingSettings) -> type:
    """What numbers training computes with."""
    return np.float32 if training.precision == "float32" else np.float64
