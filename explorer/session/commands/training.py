"""Commands about runs: look at the weights that one had along the way."""

from explorer.session.commands.command import Command
from explorer.session.session import Session


def _travel(session: Session, *, run: int, iteration: int) -> None:
    session.travel(run, iteration)


def _come_back(session: Session) -> None:
    session.come_back()


def _not_along(session: Session) -> str:
    return "" if session.looking else "The graph shows no weights along a run."


TRAINING = (
    Command("travel", "Look at the weights along a run", _travel),
    Command("come_back", "Come &back from the weights along a run", _come_back, (), _not_along),
)
