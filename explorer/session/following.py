"""Look at the weights that a run had at an iteration (`travel`), or let the graph follow it as it trains (`follow`).

To follow is a way to look: no undo leads back from it, and training begins as if no run had been followed. It ends
where a person changes the weights, looks at another iteration or comes back to the weights before.
"""

from bisect import bisect_left

from msgspec.structs import replace

from explorer.graph.analyse.events import Phase
from explorer.language import tr
from explorer.session.runs.along import weights_along
from explorer.session.runs.runs import RunRecord
from explorer.session.session import Session
from explorer.session.stepping import phases
from explorer.session.told import Telling
from explorer.session.weights import Weights, fit_of
from explorer.training.messages import Told


def travel(session: Session, run: int, iteration: int, follow: bool = False) -> None:
    """Show the weights that a run had at an iteration, or the nearest that are kept; `come_back` leads back.

    They are to be seen in the numbers: the cursor goes past the losses, unless it is there, or the run is followed
    already.
    """
    weights = weights_along(session.runs, run, iteration)
    departed, stay = session.view.departed, follow and session.looking
    assert weights.iteration is not None
    session.use_weights(weights, follow, (run, weights.iteration))
    done = next((stop for phase, _, stop in phases(session.shown.events) if phase is Phase.LOSS), 0)
    if session.cursor < done and not stay:
        departed = session.cursor, done
        session.move_to(done)
    session.look(run=run, travel=(run, weights.iteration), departed=departed, follow=follow)


def along(session: Session) -> tuple[RunRecord, int] | None:
    """The run along which one looks, and the iteration; else the one that can be followed, at its end, if there is."""
    if session.looking and session.view.travel is not None and session.view.travel[0] in session.runs.ids:
        run, iteration = session.view.travel
        return session.runs.find(run), iteration
    found = followed(session)
    return None if found is None else (found, found.kept[-1])


def move_along(session: Session, by: int) -> None:
    """Show the weights kept so many places later, or earlier, along the run, as far as there are any."""
    found = along(session)
    if found is not None:
        run, iteration = found
        here = bisect_left(run.kept, iteration)
        travel(session, run.id, run.kept[max(0, min(here + by, len(run.kept) - 1))])


def come_back(session: Session) -> None:
    """Show the weights that were there before those along a run, at the event where one was."""
    left = session.view.departed
    if not session.looking:
        return
    session.look_away(session.before)
    if left is not None and session.cursor == left[1]:
        session.move_to(left[0])


def followed(session: Session) -> RunRecord | None:
    """The run that can be followed: that which is looked at, else the first of the last start; None if there is none.

    Its weights must fit the network that is shown.
    """
    book, fit = session.runs, fit_of(session.document)
    chosen = (record for record in book.shown if record.id == session.view.run)
    run = next(chosen, next((record for record in book.current if record in book.shown), None))
    return run if run is not None and run.kept and fit_of(run.settings) == fit else None


def start(session: Session) -> None:
    """Follow the run that begins now. Weights along an earlier run, with which it begins, are those before it."""
    away = session.state.away
    if away is not None and not away.followed:
        session.keep()
    session.look(follow=True)


def telling(session: Session) -> bool:
    """Whether an update of the run that is followed is being told."""
    return session.looking and session.weights is not None and session.weights.telling is not None


def tell(session: Session, run: RunRecord, told: Told) -> None:
    """Show an update that a run has made, from its first event on: with the first sequence of its own mini-batch."""
    before = told.iteration - 1
    tale = Telling(told, run.settings)
    origin = tr("weights of {run}, iteration {before:,}", run=run.name, before=before)
    fits = fit_of(run.settings)
    weights = Weights(
        tale.parameters(told.theta), origin, fits, run.edits, before, run=run.name, moments=told.update.before
    )
    session.use_weights(replace(weights, telling=tale), True, (run.id, before))
    session.look(run=run.id, travel=(run.id, before), follow=True, cursor=0, path=None)


def follow(session: Session, on: bool = False) -> bool:
    """Show the newest weights of the run that is followed, if any is; tell whether that changes anything.

    An update that is being told is told to its end, unless one is to go `on`.
    """
    run = followed(session) if session.view.follow else None
    if run is None or (telling(session) and not on):
        return False
    if session.view.travel == (run.id, run.kept[-1]) and not telling(session):
        return False
    travel(session, run.id, run.kept[-1], follow=True)
    return True


def turn(session: Session, on: bool) -> None:
    """Show the newest weights, and follow the run; or those that were there before, at the same event, to compare."""
    cursor = session.cursor
    if not on:
        come_back(session)
        session.move_to(cursor)
    session.look(follow=on)
    follow(session, on=True)


def why_not(session: Session) -> str:
    """Why no run can be followed, in one sentence; "" if one can."""
    return "" if followed(session) is not None or session.looking else tr("There is no run of this network to follow.")
