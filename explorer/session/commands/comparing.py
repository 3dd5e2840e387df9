"""Commands that put another graph beside the one that is shown, stepped by the same cursor, and take it away again."""

from functools import partial

from explorer.errors import ExplorerError, refusal, refuse
from explorer.language import tr
from explorer.session.commands.command import Command, unless
from explorer.session.companion.resolving import why_not, why_nothing
from explorer.session.following import followed
from explorer.session.runs.runs import RunRecord
from explorer.session.session import Session
from explorer.session.viewing import Companion, OtherNetwork, OtherRun, OtherTime, WeightsBefore, alone


def put_beside(session: Session, companion: Companion) -> None:
    """Put it beside the graph, in the room of equations and curves; ExplorerError if it means nothing here."""
    refuse(why_nothing(session) or why_not(session, companion))
    view = session.view
    if view.companion is not None:
        session.look(companion=companion)
    else:
        session.look(companion=companion, alone=(view.equations, view.curves), equations=False, curves=False)


def take_away(session: Session) -> None:
    """Show the graph alone again, with equations and curves as they were, unless they have been called back."""
    view = alone(session.view)
    session.look(companion=None, alone=None, equations=view.equations, curves=view.curves)


def _turn(companion: Companion, session: Session, on: bool) -> None:
    if on:
        put_beside(session, companion)
    elif session.view.companion == companion:
        take_away(session)


def _switch(id: str, title: str, key: str, companion: Companion) -> Command:
    """The command that puts this beside the graph, and takes it away again."""
    turn, on = partial(_turn, companion), lambda session: session.view.companion == companion
    return Command(id, title, turn, (key,), lambda session: why_not(session, companion), on=on)


def _network(session: Session, *, network: str) -> None:
    put_beside(session, OtherNetwork(network))


def _run(session: Session, *, run: int, iteration: int | None = None) -> None:
    put_beside(session, OtherRun(run, iteration))


def _these(session: Session) -> None:
    """Let the weights along a run that are shown stay beside the graph, which can then go on."""
    assert session.view.travel is not None
    put_beside(session, OtherRun(*session.view.travel))


def _next(session: Session) -> RunRecord:
    """The run after that which stands beside, or is shown: of those in view, else of earlier ones.

    Raises ExplorerError if there is no other than that which is shown.
    """
    here, beside = followed(session) if session.looking else None, session.view.companion
    runs = [run for run in session.runs.records if run is not here and not why_not(session, OtherRun(run.id))]
    runs = [run for run in runs if run.shown] or runs
    if not runs:
        raise ExplorerError("No other run on this task has been trained; train one, and both can stand side by side.")
    now = beside.run if isinstance(beside, OtherRun) else -1 if here is None else here.id
    return next((run for run in runs if run.id > now), runs[0])


_NOT_ALONG = unless(
    lambda s: s.looking and s.view.travel is not None,
    tr("The graph shows no weights along a run that could stay beside it."),
)
_ALONE_ALREADY = unless(lambda s: s.view.companion is not None, tr("Nothing stands beside the graph."))


COMPARING = (
    _switch("beside_time", tr("&Train time and test time"), "T", OtherTime()),
    Command("beside_network", tr("Another network beside"), _network),
    Command("beside_run", tr("A run beside"), _run),
    Command(
        "beside_next",
        tr("Another &run beside"),
        lambda s: put_beside(s, OtherRun(_next(s).id)),
        ("R",),
        lambda s: refusal(lambda: _next(s)),
    ),
    Command("beside_these", tr("The weights &shown now, to stay"), _these, ("Shift+R",), _NOT_ALONG),
    _switch("beside_before", tr("&Weights before, beside those now"), "Shift+I", WeightsBefore()),
    Command("alone", tr("Graph &alone"), take_away, (), _ALONE_ALREADY),
)
