"""Make of what a part of the window does what a command does, which is given the session: `act`, `switch`."""

from collections.abc import Callable

from explorer.session.session import Session


def act(do: Callable[[], object]) -> Callable[[Session], None]:
    """For a command that takes no arguments."""

    def act_on(session: Session) -> None:
        do()

    return act_on


def switch(turn: Callable[[bool], object]) -> Callable[..., None]:
    """For a switch, turned on or off."""

    def turn_to(session: Session, *, on: bool) -> None:
        turn(on)

    return turn_to
