"""The card of hidden states: what it shows of a document and a view, and what a hand on it asks for."""

import numpy as np
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from explorer.session.document import show
from explorer.session.longterm.here import cursor_at
from explorer.session.states.machine import Machine
from explorer.session.states.seen import ReadOff
from explorer.session.viewing import HiddenStates, View
from explorer.tasks import Fact
from explorer.ui.look import text_size
from explorer.ui.look.text_size import px
from explorer.ui.parts.lazy_card import BESIDE
from explorer.ui.states.card import StatesCard
from explorer.ui.states.machine_view import MachineView
from explorer.ui.states.marks import add_mark, colour_of, marks_of
from explorer.ui.states.words import percent
from tests.settings import a_document
from tests.ui.longterm.conftest import Give
from tests.ui.painting import blank

PLAIN = a_document("hidden_to_hidden", feedback=None, length=5, hidden=3, seed=4)


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_it_shows_states_coloured_by_what_the_task_knows_and_the_path_up_to_the_cursor(give: Give) -> None:
    card = StatesCard()
    give(card, PLAIN, View(cursor=0))
    assert card.fact is not None and card.fact.title == card.colour.currentText() == "Parity so far"
    assert card.plane.seen is card.seen is not None
    assert "step 0" in card.plane.accessibleName()
    give(card, PLAIN, View(cursor=2, states=HiddenStates(coloured="read", plane=(0, 2))))
    assert card.fact.title == "Symbol read"
    assert "step 1" in card.plane.accessibleName()
    assert card.seen is not None and card.seen.wanted.units == (0, 2)
    assert card.words.text()


def test_its_controls_grow_with_the_text(give: Give) -> None:
    text_size.set_factor(2.0)
    card = StatesCard()
    give(card, PLAIN, View())
    card.resize(px(600), px(200))
    QApplication.processEvents()
    assert card.legend.parentWidget().width() >= px(BESIDE), "the names of two colours stand beside a button there"


def test_what_is_chosen_is_asked_of_the_view(give: Give) -> None:
    card = StatesCard()
    asked: list[object] = []
    card.look_asked.connect(asked.append)
    give(card, PLAIN, View())
    for choice in (card.colour, card.input):
        choice.setCurrentIndex(2)
        choice.activated.emit(2)
    menu = card.options.menu()
    for axis, unit in ((card.options.across, "h₃"), (card.options.up, "h₁")):
        choose(axis, unit)
    choose(menu, card.options.switches["arrows"].text())
    card.options.components.trigger()
    assert asked == [
        {"coloured": "before"},
        {"moved_by": "1"},
        {"plane": (2, 1)},
        {"plane": (1, 0)},
        {"arrows": False},
        {"plane": None},
    ]


def test_a_step_of_the_path_is_clicked_or_reached_by_an_arrow_key(give: Give, qtbot: QtBot) -> None:
    card = StatesCard()
    went: list[int] = []
    card.step_asked.connect(went.append)
    end = View(cursor=40)
    give(card, PLAIN, end)
    shown, seen = card.shown, card.seen
    assert shown is not None and seen is not None
    at = card.plane.place(seen.path[3])
    t = card.plane.step_at(at)
    qtbot.mouseClick(card.plane, Qt.MouseButton.LeftButton, pos=QPoint(round(at.x()), round(at.y())))
    qtbot.keyClick(card.plane, Qt.Key.Key_Left)
    assert t == 3 and went == [cursor_at(shown, "h", 3), cursor_at(shown, "h", 4)]


def test_of_steps_at_one_place_the_later_is_pointed_at_and_far_from_all_none(give: Give) -> None:
    card = StatesCard()
    give(card, PLAIN, View(cursor=40))
    seen = card.seen
    assert seen is not None
    card.plane.seen = replace(seen, path={**seen.path, 2: seen.path[3]})
    assert card.plane.step_at(card.plane.place(seen.path[3]) + QPointF(3, 0)) == 3
    assert card.plane.step_at(QPointF(-100, -100)) is None


def test_what_is_switched_off_is_not_worked_out(give: Give) -> None:
    card = StatesCard()
    give(card, PLAIN, View(states=HiddenStates(arrows=False, fixed_points=False, machine=False)))
    seen = card.seen
    assert seen is not None and (seen.moves, seen.stays, seen.read) == (None, None, None)
    assert not card.machine.isVisible()


def test_a_network_whose_step_is_no_map_says_why(give: Give) -> None:
    card = StatesCard()
    give(card, a_document("hidden_and_output", length=4, hidden=3), View())
    assert "look at it at test time" in card.words.text() + card.words.toolTip()
    assert not card.input.isVisible()
    give(card, replace(a_document("hidden_and_output", length=4, hidden=3), test_time=True), View())
    assert card.input.isVisible()


def test_every_name_has_a_mark_of_its_own_up_to_twenty() -> None:
    marks = set()
    for place in range(20):
        path = QPainterPath()
        add_mark(path, place, QPointF())
        marks.add((colour_of(place).name(), path.elementCount(), round(path.boundingRect().width(), 3)))
    assert len(marks) == 20


def test_marks_stand_at_their_places_and_what_is_outside_is_left_out() -> None:
    fact = Fact("parity", "Parity", np.array([[0, 1, -1]]), ("even", "odd"))
    places = np.array([[[10.0, 10.0], [20.0, 20.0], [500.0, 10.0]]])
    found = marks_of(fact, places, QRectF(0, 0, 100, 100))
    assert [colour.name() for colour, _ in found] == [colour_of(0).name(), colour_of(1).name()]
    for (_, path), at in zip(found, places[0, :2].tolist(), strict=True):
        assert path.contains(QPointF(*at)) and path.boundingRect().width() < 10
    numbers = Fact("step", "Step", np.array([[1.0, 2.0, np.nan]]))
    assert len({colour.name() for colour, _ in marks_of(numbers, places, QRectF(0, 0, 600, 100))}) == 3


def test_only_all_of_them_are_100_per_cent() -> None:
    assert [percent(share) for share in (1.0, 0.9999, 0.5, 0.0)] == ["100 %", "99.9 %", "50 %", "0 %"]


def test_a_machine_stands_in_a_ring_where_there_is_room_and_else_in_a_table(qtbot: QtBot) -> None:
    view = MachineView()
    qtbot.addWidget(view)
    moves, out = np.array([[0, 1], [1, 2], [2, 3], [3, 0]]), np.array([0, 1, 0, 1])
    machine = Machine(0, moves, out, 1.0, 1.0, 50, True)
    reached = machine.run(np.array([[1], [1], [0]]))
    shown = show(PLAIN)
    view.set_read(shown, ReadOff(machine, reached, reached[:, 0]), Fact("step", "Step", np.ones((3, 1))), 2)
    assert view.said.splitlines()[1] == "State 2 puts out 1: 0 leads to 2, 1 leads to 3."
    for size, count in ((QSize(400, 300), 4), (QSize(120, 90), 0)):
        view.resize(size)
        assert len(view.centres()[0]) == count
        assert not blank(view)
