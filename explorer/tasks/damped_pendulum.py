"""Damped pendulum: follow the angle of a pendulum that is pushed at random."""

from math import pi

import numpy as np

from explorer.language import tr
from explorer.tasks.facts import Fact
from explorer.tasks.number_task import Numbers, NumberTask
from explorer.tasks.options import integer_option

DAMPING = 0.2
"""Share of its speed that the pendulum loses in a unit of time; 2π of those are a small swing."""


class DampedPendulum(NumberTask):
    """x(t) is the push at step t, evenly from −0.75 to 0.75; y(t) is the angle after it, in radians; it starts at rest.

    θ'' = x − sin θ − 0.2 θ', in units of time in which a small swing without damping takes 2π. A swing has `period`
    steps of semi-implicit Euler: first the speed is moved on, then with the new speed the angle.
    """

    id = "damped_pendulum"
    title = tr("Damped pendulum")
    lesson = tr(
        "Where the pendulum goes depends on its speed as well, which no single angle shows, so the state has to tell "
        "it from the angles before."
    )
    lesson_fed_back = tr(
        "Where the pendulum goes depends on its speed as well, which no single angle shows; fed the true angles a "
        "network stays close, while on its own output each small error swings on into the next."
    )
    networks = tr(
        "A network with loops through its hidden state and its output, fed the true angles, learns it soonest, and "
        "later goes right on its own output as well; one with a loop through its output alone does not, for an angle "
        "shows no speed; and one with a loop through its hidden state alone did within 3000 iterations in two of five "
        "trials only."
    )
    order = 12
    input_units = ("push",)
    output_units = ("angle",)

    period: int = integer_option(
        8, title=tr("Steps a swing"), minimum=4, maximum=100, help=tr("How many steps a small swing to and fro takes.")
    )

    @property
    def default_length(self) -> int:
        return max(8, 2 * self.period)

    def draw(self, rng: np.random.Generator, T: int, B: int) -> Numbers:
        return rng.uniform(-0.75, 0.75, (T, B, 1))

    def targets(self, numbers: Numbers) -> Numbers:
        return self._swung(numbers)[0]

    def knows(self, drawn: Numbers) -> tuple[Fact, ...]:
        """The speed, which no target shows; the angle is the target."""
        return (Fact("speed", tr("Speed"), self._swung(drawn)[1][..., 0]),)

    def _swung(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Angle and speed after each push."""
        step = 2 * pi / self.period
        angle = speed = np.zeros_like(numbers[0])
        angles, speeds = np.empty_like(numbers), np.empty_like(numbers)
        for t, push in enumerate(numbers):
            speeds[t] = speed = speed + step * (push - np.sin(angle) - DAMPING * speed)
            angles[t] = angle = angle + step * speed
        return angles, speeds


TASK = DampedPendulum
