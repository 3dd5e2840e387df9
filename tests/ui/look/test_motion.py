"""Where the system asks for as little motion as can be, nothing moves, unless motion was chosen."""

import pytest

from explorer.session.commands import COMMANDS
from explorer.session.commands.looking import moves
from explorer.session.session import Session
from explorer.ui.look.motion import desktop_moves, system_moves


@pytest.mark.parametrize(
    ("key", "value", "still"),
    [
        ("reduced-motion", 1, True),
        ("reduced-motion", 0, False),
        ("enable-animations", False, True),
        ("enable-animations", True, False),
        ("AnimationDurationFactor", "0", True),
        ("AnimationDurationFactor", "0.5", False),
        ("AnimationDurationFactor", "fast", False),
    ],
)
def test_a_desktop_says_it_in_its_own_words(key: str, value: object, still: bool) -> None:
    assert desktop_moves(lambda namespace, asked: value if asked == key else None) is not still


def test_a_system_that_cannot_be_asked_has_nothing_against_it() -> None:
    assert desktop_moves(lambda namespace, key: None) and system_moves() in (True, False)


def test_the_system_decides_until_somebody_chooses() -> None:
    session, motion = Session(), COMMANDS["motion"]
    assert moves(session) and motion.on is not None and motion.on(session)
    session.system_moves = False
    assert not moves(session) and not motion.on(session)
    motion.run(session)
    assert moves(session) and motion.on(session)
    motion.run(session, {"on": False})
    session.system_moves = True
    assert not moves(session)
