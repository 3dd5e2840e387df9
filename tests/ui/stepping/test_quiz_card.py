"""The card asks, takes one answer by mouse or key, tells why, and counts; it takes no key from the stepper."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.session.quiz.question import Question
from explorer.ui.look.theme import Theme
from explorer.ui.stepping.quiz_card import QuizCard
from tests.ui.geometry import faults
from tests.ui.painting import blank

EVENT = Event(Phase.FORWARD, Kind.VALUE, "yhat", 3)
SYMBOL = Question(EVENT, "Which symbol will ŷ(3) favour?", ("a", "␣", "b & c"), 1, "The largest logit wins.")
SIGN = Question(EVENT, "What sign will entry 1 of h(3) have?", ("positive", "negative"), 0, "tanh keeps it, as 1 < 2.")


@pytest.fixture
def card(qtbot: QtBot) -> Iterator[QuizCard]:
    """A card in a window where Space steps on."""
    window = QMainWindow()
    qtbot.addWidget(window)
    made = QuizCard()
    window.setCentralWidget(made)
    window.resize(800, 120)
    QShortcut("Space", window, lambda: setattr(made, "stepped", getattr(made, "stepped", 0) + 1))
    window.show()
    window.activateWindow()
    yield made  # the window lives as long as the test


def test_there_is_no_card_without_a_question(card: QuizCard) -> None:
    assert not card.isVisible() and not card.waiting
    card.set_question(SIGN)
    assert card.isVisible() and card.waiting and card.question == SIGN
    card.set_question(None)
    assert not card.isVisible() and (card.right, card.asked) == (0, 0)


def test_a_click_answers_and_shows_what_is_right_and_why(card: QuizCard, qtbot: QtBot) -> None:
    card.set_question(SIGN)
    assert [button.text() for button in card.buttons if button.isVisible()] == ["positive", "negative"]
    with qtbot.waitSignal(card.answered) as answered:
        qtbot.mouseClick(card.buttons[1], Qt.MouseButton.LeftButton)
    assert answered.args == [1]
    assert [button.text() for button in card.buttons[:2]] == ["✓ positive", "✗ negative"]
    assert card.buttons[0].isChecked() and not card.buttons[1].isChecked()
    assert "Not so" in card.why.text() and "as 1 &lt; 2" in card.why.text()
    assert card.score.text() == "0 of 1" and not card.waiting


def test_only_the_first_answer_counts(card: QuizCard, qtbot: QtBot) -> None:
    card.set_question(SIGN)
    qtbot.mouseClick(card.buttons[1], Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(card.answered):
        qtbot.mouseClick(card.buttons[0], Qt.MouseButton.LeftButton)
        card.choose(0)
    assert (card.right, card.asked) == (0, 1) and card.buttons[0].isChecked()


def test_the_score_goes_on_over_questions(card: QuizCard) -> None:
    for question, place in ((SIGN, 0), (SYMBOL, 0), (SYMBOL, 1)):
        card.set_question(question)
        card.choose(place)
    assert card.score.text() == "2 of 3"
    card.set_question(SIGN)
    assert card.score.text() == "2 of 3" and card.why.isHidden() and not card.buttons[0].isChecked()


def test_options_are_shown_as_they_are(card: QuizCard) -> None:
    card.set_question(SYMBOL)
    assert [button.text() for button in card.buttons] == ["a", "␣", "b && c"]
    assert card.text.text() == "Which symbol will ŷ⁽³⁾ favour?"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_alt_and_a_number_answers_from_anywhere(card: QuizCard, qtbot: QtBot, place: int) -> None:
    card.set_question(SYMBOL)
    with qtbot.waitSignal(card.answered) as answered:
        qtbot.keyClick(card.window(), Qt.Key(Qt.Key.Key_1 + place), Qt.KeyboardModifier.AltModifier)
    assert answered.args == [place]


def test_an_option_that_is_not_there_cannot_be_chosen(card: QuizCard, qtbot: QtBot) -> None:
    card.set_question(SYMBOL)
    card.set_question(SIGN)
    with qtbot.assertNotEmitted(card.answered):
        qtbot.keyClick(card.window(), Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
        card.choose(2)
    assert card.waiting


def test_space_steps_on_until_somebody_goes_to_an_answer(card: QuizCard, qtbot: QtBot) -> None:
    card.set_question(SIGN)
    assert not isinstance(QApplication.focusWidget(), type(card.buttons[0]))
    qtbot.keyClick(card.window(), Qt.Key.Key_Space)
    assert card.stepped == 1 and card.waiting  # type: ignore[attr-defined]
    card.buttons[1].setFocus()
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
    override.ignore()
    QApplication.sendEvent(card.buttons[1], override)
    assert override.isAccepted()
    qtbot.keyClick(card.buttons[1], Qt.Key.Key_Return)
    assert not card.waiting and card.asked == 1


def test_turning_it_off_takes_the_card_away_and_says_so(card: QuizCard, qtbot: QtBot) -> None:
    card.set_question(SIGN)
    with qtbot.waitSignal(card.closed):
        qtbot.mouseClick(card.off, Qt.MouseButton.LeftButton)
    assert not card.isVisible() and card.question is None


def height(card: QuizCard) -> int:
    QApplication.processEvents()
    return max(card.minimumHeight(), card.heightForWidth(card.width()))


def test_the_card_keeps_its_height_when_the_answer_comes_and_when_a_shorter_question_follows(
    card: QuizCard, theme: Theme
) -> None:
    card.set_question(SIGN)
    before = height(card)
    card.choose(0)
    assert height(card) == before <= 115
    card.set_question(replace(SIGN, text=SIGN.text * 8))
    higher = height(card)
    card.set_question(SIGN)
    assert height(card) == higher > before
    assert not blank(card)


def test_answers_for_which_a_row_has_no_room_go_on_in_the_next(card: QuizCard) -> None:
    """In a narrow window with large text they had been cut, and the graph had grown over the equations."""
    card.set_question(replace(SYMBOL, options=("no, it is cut", "yes", "no, there is no way from there")))
    card.window().resize(300, 300)
    QApplication.processEvents()
    assert card.width() == 300 and faults(card.window()) == []
    tops = [button.geometry().top() for button in card.buttons]
    assert tops[0] == tops[1] < tops[2]
