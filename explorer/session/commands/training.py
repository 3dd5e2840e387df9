"""Commands about runs: look at the weights that one had along the way; show, call, colour and delete them."""

from functools import partial
from typing import Annotated

from msgspec import Meta

from explorer.language import tr
from explorer.session.commands.command import Command, unless
from explorer.session.following import along, come_back, move_along, travel, turn, why_not
from explorer.session.runs.kept import Colour
from explorer.session.session import Session
from explorer.training.pace import PACES


def _travel(session: Session, *, run: int, iteration: int) -> None:
    travel(session, run, iteration)


def _pace(by: int, session: Session) -> None:
    paces = list(PACES)
    session.look(pace=paces[max(0, min(paces.index(session.view.pace) + by, len(paces) - 1))])


def _show_run(session: Session, *, run: int, on: bool | None = None) -> None:
    session.runs.alter(run, shown=not session.runs.bundle(run).first.shown if on is None else on)


def _rename_run(session: Session, *, run: int, name: Annotated[str, Meta(min_length=1, max_length=200)]) -> None:
    session.runs.alter(run, given=name)


def _colour_run(session: Session, *, run: int, colour: Colour | None) -> None:
    session.runs.alter(run, colour=colour)


def _delete_run(session: Session, *, run: int) -> None:
    session.runs.delete(*session.runs.bundle(run).records)


_NO_RUN = unless(along, tr("No run in view has weights that fit this network; press Run to train one."))
_NOT_ALONG = unless(lambda s: s.looking, tr("The graph shows no weights along a run."))
_NO_RUNS = unless(lambda s: s.runs.records, tr("There are no runs in the list; press Run to train some."))
_NONE_DELETED = unless(lambda s: s.runs.can_bring_back, tr("No runs have been deleted that could be brought back."))


TRAINING = (
    Command("train_faster", tr("Train &faster"), partial(_pace, 1), (">",)),
    Command("train_slower", tr("Train slo&wer"), partial(_pace, -1), ("<",)),
    Command("travel", tr("Look at the weights along a run"), _travel),
    Command("earlier", tr("E&arlier weights along the run"), lambda s: move_along(s, -1), ("[",), _NO_RUN),
    Command("later", tr("La&ter weights along the run"), lambda s: move_along(s, 1), ("]",), _NO_RUN),
    Command(
        "follow",
        tr("&Initial weights, or those of the run now"),
        turn,
        ("I",),
        why_not,
        on=lambda s: s.view.follow,
    ),
    Command("show_run", tr("Show or hide a run"), _show_run),
    Command("rename_run", tr("Call a run something else"), _rename_run),
    Command("colour_run", tr("Draw a run in another colour"), _colour_run),
    Command("delete_run", tr("Delete a run"), _delete_run),
    Command("clear_runs", tr("&Clear the list of runs"), lambda s: s.runs.delete(*s.runs.records), (), _NO_RUNS),
    Command("bring_runs_back", tr("Bring deleted runs bac&k"), lambda s: s.runs.bring_back(), (), _NONE_DELETED),
    Command("come_back", tr("Come &back from the weights along a run"), come_back, (), _NOT_ALONG),
)
