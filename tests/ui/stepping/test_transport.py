"""The transport bar asks for every move by signal, and shows only what it is told."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from explorer.session.stepping import Grain
from explorer.ui.stepping.player import Player
from explorer.ui.stepping.transport import GRAINS, SPEEDS, TransportBar
from tests.ui.painting import pixels, share_of

PHASES = [
    ("Forward", 0, 30, "forward"),
    ("Loss", 30, 36, "loss"),
    ("Backward", 36, 64, "backward"),
    ("Update", 64, 71, "parameter"),
]


@pytest.fixture
def bar(qtbot: QtBot) -> TransportBar:
    bar = TransportBar()
    qtbot.addWidget(bar)
    bar.resize(900, 52)
    bar.set_phases(PHASES)
    bar.show()
    return bar


def asked(bar: TransportBar) -> list[object]:
    """Everything the bar asks for from now on."""
    heard: list[object] = []
    bar.position_requested.connect(heard.append)
    bar.step_requested.connect(lambda direction, grain: heard.append((direction, grain)))
    bar.play_toggled.connect(heard.append)
    bar.grain_changed.connect(heard.append)
    bar.speed_changed.connect(heard.append)
    return heard


def test_the_position_has_as_many_words_at_once_as_later(bar: TransportBar) -> None:
    bar.set_low(True)
    bar.resize(623, 52)
    room = bar.position.width()
    bar.set_phases(PHASES)
    assert bar.position.width() == room


def test_its_grains_are_those_of_the_session() -> None:
    assert list(GRAINS) == [grain.value for grain in Grain]


def test_it_tells_where_it_is(bar: TransportBar) -> None:
    assert bar.position.text() == "start of 71"
    bar.set_position(47)
    assert bar.position.text() == "event 47 of 71"
    bar.set_position(1000)
    assert bar.position.text() == "event 71 of 71"


def test_it_says_so_in_full_as_well_while_it_waits_to_be_laid_out(bar: TransportBar) -> None:
    width = bar.position.width()
    bar.layout().invalidate()
    bar.set_phases(PHASES)
    assert bar.position.width() == width


def test_being_told_asks_for_nothing(bar: TransportBar) -> None:
    heard = asked(bar)
    bar.set_position(12)
    bar.set_phases(PHASES[:2])
    bar.set_playing(True)
    assert heard == []


@pytest.mark.parametrize(
    ("button", "request_"),
    [
        ("start", 0),
        ("end", 71),
        ("back", (-1, "node")),
        ("forward", (1, "node")),
        ("fast_back", (-1, "time step")),
        ("fast_forward", (1, "time step")),
        ("play", True),
    ],
)
def test_each_button_asks_for_its_move(bar: TransportBar, qtbot: QtBot, button: str, request_: object) -> None:
    bar.set_position(20)
    heard = asked(bar)
    qtbot.mouseClick(getattr(bar, button), Qt.MouseButton.LeftButton)
    assert heard == [request_]
    assert bar.position.text() == "event 20 of 71", "it moves only when told"


def test_the_grain_decides_how_far_a_step_goes(bar: TransportBar, qtbot: QtBot) -> None:
    heard = asked(bar)
    bar.grain.setCurrentText("time step")
    for button in (bar.forward, bar.fast_back):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    bar.grain.setCurrentText("phase")
    for button in (bar.back, bar.fast_forward):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard == ["time step", (1, "time step"), (-1, "phase"), "phase", (-1, "phase"), (1, "phase")]
    assert bar.back.toolTip() == "Back by one phase (Shift+Space)"


def test_play_becomes_pause(bar: TransportBar, qtbot: QtBot) -> None:
    heard = asked(bar)
    bar.set_playing(True)
    assert (bar.play._icon, bar.play.accessibleName()) == ("pause", "Pause")
    qtbot.mouseClick(bar.play, Qt.MouseButton.LeftButton)
    bar.set_playing(False)
    assert (bar.play._icon, bar.play.accessibleName()) == ("play", "Play")
    assert heard == [False]


def test_every_speed_can_be_chosen(bar: TransportBar) -> None:
    heard = asked(bar)
    assert bar.speed.currentText() == "1×"
    for index in range(len(SPEEDS)):
        bar.speed.setCurrentIndex(index)
    assert heard == list(SPEEDS)
    assert (SPEEDS[0], SPEEDS[-1]) == (0.25, 16)


def test_every_control_has_a_name_and_a_tip(bar: TransportBar) -> None:
    buttons = (bar.start, bar.fast_back, bar.back, bar.play, bar.forward, bar.fast_forward, bar.end)
    names = [control.accessibleName() for control in (*buttons, bar.grain, bar.speed, bar.scrub)]
    assert all(names) and len(set(names)) == len(names)
    assert all(control.toolTip() for control in (*buttons, bar.grain, bar.speed))


def test_a_narrow_bar_gives_the_scrub_bar_its_own_row(bar: TransportBar, qtbot: QtBot) -> None:
    def below() -> bool:
        return bool(bar.play.y() > bar.scrub.y() + 20)

    assert not below()
    assert bar.minimumSizeHint().height() >= bar.scrub.sizeHint().height()
    bar.resize(430, 110)
    qtbot.waitUntil(below)
    assert bar.minimumSizeHint().width() <= 438
    assert bar.minimumSizeHint().height() >= bar.scrub.sizeHint().height() + bar.play.height()
    bar.resize(900, 52)
    qtbot.waitUntil(lambda: not below())


def test_the_scrub_bar_is_dragged(bar: TransportBar, qtbot: QtBot) -> None:
    heard = asked(bar)
    scrub = bar.scrub

    def at(position: int) -> QPoint:
        return QPoint(round(scrub.x_of(position)), 16)

    qtbot.mousePress(scrub, Qt.MouseButton.LeftButton, pos=at(10))
    qtbot.mouseMove(scrub, at(40))
    qtbot.mouseMove(scrub, QPoint(5000, 16))
    qtbot.mouseRelease(scrub, Qt.MouseButton.LeftButton, pos=QPoint(5000, 16))
    qtbot.mouseMove(scrub, at(3))
    assert heard == [10, 40, 71]
    assert bar.position.text() == "event 71 of 71"


def test_the_scrub_bar_takes_keys(bar: TransportBar, qtbot: QtBot) -> None:
    bar.set_position(33)
    heard = asked(bar)
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Left,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_End,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_Left,
    ):
        qtbot.keyClick(bar.scrub, key)
    assert heard == [34, 33, 36, 30, 0, 71, 0]


def test_positions_and_places_belong_together(bar: TransportBar) -> None:
    for position in range(72):
        assert bar.scrub.position_at(bar.scrub.x_of(position)) == position
    assert bar.scrub.position_at(-100) == 0
    assert bar.scrub.position_at(1e6) == 71


def test_the_scrub_bar_shows_each_phase_in_its_colour(theme, qtbot: QtBot) -> None:
    bar = TransportBar()
    qtbot.addWidget(bar)
    bar.resize(900, 52)
    bar.set_phases(PHASES)
    bar.set_position(71)
    picture = pixels(bar.grab().toImage())
    for *_, role in PHASES:
        assert share_of(picture, theme.role(role).line) > 0.002, role
    bar.set_position(0)
    assert share_of(pixels(bar.scrub.grab().toImage()), theme.backward.line) == 0


def test_without_phases_it_is_empty_and_harmless(bar: TransportBar, qtbot: QtBot) -> None:
    bar.set_phases([])
    bar.set_position(3)
    heard = asked(bar)
    qtbot.mouseClick(bar.scrub, Qt.MouseButton.LeftButton, pos=QPoint(100, 16))
    qtbot.keyClick(bar.scrub, Qt.Key.Key_PageDown)
    bar.grab()
    assert heard == []
    assert bar.position.text() == "start of 0"


def test_at_a_higher_speed_steps_follow_one_another_faster(qtbot: QtBot) -> None:
    slow, fast = Player(), Player()
    heard: list[str] = []
    for player, speed, name in ((slow, 0.25, "slow"), (fast, 32.0, "fast")):
        player.set_speed(speed)
        player.stepped.connect(lambda name=name: heard.append(name))
        player.play(True)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0] == "fast", "though it began later"
