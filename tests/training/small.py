"""What the training tests share: short settings, and runs trained without numpy's warnings."""

from collections.abc import Iterable

import numpy as np

from explorer.graph.arrays import Array
from explorer.training.messages import Message, Snapshots
from explorer.training.run import Run
from explorer.training.settings import RunSettings
from tests.settings import some_settings


def settings(**changes: object) -> RunSettings:
    """Small and quick, on fig. 10.4, with teacher forcing unless told."""
    plain = {
        "architecture": "output_to_hidden",
        "task": "running_parity",
        "feedback": "teacher_forcing",
        "hidden": 4,
        "length": 6,
        "batch": 5,
        "iterations": 60,
        "evaluate_every": 20,
        "evaluation_batch": 16,
    }
    return some_settings(**(plain | changes))


def steps(run: Run, count: int) -> list[float]:
    """The losses of so many updates."""
    with np.errstate(all="ignore"):
        return [run.step() for _ in range(count)]


def snapshot(run: int, iteration: int, theta: Array) -> Snapshots:
    """One that reports these weights alone."""
    return Snapshots(run, np.array([iteration]), theta[np.newaxis].copy())


def kept_weights(messages: Iterable[Message], run: int = 0) -> dict[int, Array]:
    """Those that were reported of a run, by iteration, in their order."""
    found: dict[int, Array] = {}
    for message in messages:
        if isinstance(message, Snapshots) and message.run == run:
            for iteration, theta in zip(message.iterations.tolist(), message.thetas, strict=True):
                found.pop(iteration, None)
                found[iteration] = theta
    return found


def last_weights(messages: Iterable[Message], run: int = 0) -> Array:
    """The newest of them."""
    return [*kept_weights(messages, run).values()][-1]
