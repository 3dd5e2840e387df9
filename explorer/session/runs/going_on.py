"""Say whether training goes on with runs that are there, or begins others: `Begun`."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.session.beginning import Beginning
from explorer.session.runs.runs import RunRecord
from explorer.session.training_plan import Plan, planned
from explorer.training.commands import Origin
from explorer.training.settings import Problem, RunSettings, changed


class Begun(Struct, frozen=True, eq=False):
    """What the runs of the last start were begun with; plan None: none makes such runs of the problem."""

    problem: Problem
    plan: Plan | None
    origin: Origin | None

    def goes_on(self, problem: Problem, plan: Plan, beginning: Beginning | None, travelled_to: bool) -> bool:
        """Whether these are to be trained on: nothing but the number of iterations has changed since.

        To look at what the weights were along one of them, which is then `travelled_to`, is no change.
        """
        if self.plan is None or problem != self.problem or _endless(plan) != _endless(self.plan):
            return False
        looked_at = beginning is not None and beginning.looked_at
        return (travelled_to and looked_at) or same_origin(self.origin, beginning)


def begun(records: Sequence[RunRecord], problem: Problem, plan: Plan) -> Begun | None:
    """What the runs of the last start were begun with, of a document that holds them; None without any."""
    if not records:
        return None
    return Begun(problem, plan if _trains_so(records, problem, plan) else None, records[0].origin)


def same_origin(one: Origin | None, other: Origin | None) -> bool:
    """Whether two runs begin with the same weights; None: those drawn for their seed."""
    if one is None or other is None:
        return one is other
    return one.iteration == other.iteration and np.array_equal(one.theta, other.theta)


def _endless(plan: Plan) -> Plan:
    """The plan however far it goes."""
    return changed(plan, iterations=0)


def _trains_so(records: Sequence[RunRecord], problem: Problem, plan: Plan) -> bool:
    """Whether these are the runs that a plan makes of a problem, whatever they are called and however far they go."""
    wanted = planned(problem, plan)
    # Runs that went further than they were first to keep the schedule that they had, see `extended`.
    stretched = plan.training.schedule.over is None
    return bool(wanted) and [_essence(record.settings, stretched) for record in records] == [
        _essence(one, stretched) for one in wanted
    ]


def _essence(settings: RunSettings, stretched: bool) -> RunSettings:
    settings = replace(changed(settings, iterations=1), name="")
    return changed(settings, over=None) if stretched else settings
