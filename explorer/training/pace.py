"""How fast training goes on before a learner's eyes (`PACES`); it changes no number."""

from typing import Literal

Pace = Literal["slow motion", "slow", "normal", "full"]

PACES: dict[Pace, float | None] = {"slow motion": 0.0, "slow": 5.0, "normal": 60.0, "full": None}
"""At most so many iterations a second, from the slowest on; None: as many as the machine makes.

In slow motion none is made unless it is asked for, and each is told event by event.
"""
