"""Commands that move through the events of a training step."""

from functools import partial

from explorer.language import tr
from explorer.session.commands.command import Command, unless
from explorer.session.session import Session
from explorer.session.stepping import Grain
from explorer.session.viewing import SPEEDS


def _by(direction: int, grain: Grain | None, session: Session) -> None:
    session.step(direction, grain)


def _speed(by: int, session: Session) -> None:
    near = min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - session.view.speed))
    session.look(speed=SPEEDS[max(0, min(near + by, len(SPEEDS) - 1))])


_AT_END = unless(lambda s: s.cursor < len(s.shown.events), tr("All events are done; go back, or to the start."))
_AT_START = unless(lambda s: s.cursor, tr("No event is done yet; step forward."))


def _forward(id: str, title: str, grain: Grain | None, key: str) -> Command:
    return Command(id, title, partial(_by, 1, grain), (key,), _AT_END, local=grain is not None, reveals=True)


def _back(id: str, title: str, grain: Grain | None, key: str) -> Command:
    return Command(id, title, partial(_by, -1, grain), (key,), _AT_START, local=grain is not None)


STEPPING = (
    _forward("next", tr("&Next"), None, "Space"),
    _back("back", tr("&Back"), None, "Shift+Space"),
    _forward("next_node", tr("Next n&ode"), Grain.NODE, "Right"),
    _back("back_node", tr("Back one no&de"), Grain.NODE, "Left"),
    _forward("next_step", tr("Next &time step"), Grain.STEP, "Down"),
    _back("back_step", tr("Back one t&ime step"), Grain.STEP, "Up"),
    _forward("next_phase", tr("Next p&hase"), Grain.PHASE, "PgDown"),
    _back("back_phase", tr("Back one ph&ase"), Grain.PHASE, "PgUp"),
    Command("start", tr("To the &start"), lambda s: s.move_to(0), ("Home",), _AT_START, local=True),
    Command("end", tr("To the &end"), lambda s: s.move_to(len(s.shown.events)), ("End",), _AT_END, local=True),
    Command("go_to", tr("Go to an event"), Session.move_to),
    Command("faster", tr("&Faster"), partial(_speed, 1), (".",)),
    Command("slower", tr("S&lower"), partial(_speed, -1), (",",)),
)
