"""What the training tests share: short settings, and runs trained without numpy's warnings."""

import numpy as np

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
