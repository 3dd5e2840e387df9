"""Say whether a plan would train runs as they were trained: `trains_so`."""

from collections.abc import Sequence

from msgspec.structs import replace

from explorer.session.runs.runs import RunRecord
from explorer.session.training_plan import Plan, planned
from explorer.training.settings import Problem, RunSettings, changed


def trains_so(records: Sequence[RunRecord], problem: Problem, plan: Plan) -> bool:
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
