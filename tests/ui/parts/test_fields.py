"""A field for a whole number takes that number, and says why it takes nothing else; a choice shows all there is."""

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.reading.bounds import Bounds
from explorer.ui.parts.fields import Choice, WholeNumber
from explorer.ui.parts.named_choice import NamedChoice


@pytest.fixture
def field(qtbot: QtBot) -> WholeNumber:
    field = WholeNumber(Bounds(1, 5000))
    qtbot.addWidget(field)
    field.setValue(44)
    field.setLocale(QLocale("en_US"))
    return field


def retype(qtbot: QtBot, field: WholeNumber, text: str) -> None:
    field.selectAll()
    for character in text:
        qtbot.keyClick(field, character)
    qtbot.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize(("text", "value"), [("7", 7), (" 7 ", 7), ("+3", 3), ("1e2", 100), ("5000", 5000)])
def test_a_number_is_taken_on_enter(qtbot: QtBot, field: WholeNumber, text: str, value: int) -> None:
    retype(qtbot, field, text)
    assert field.value() == value and field.text() == str(value)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.value() == value - 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,2", "“1,2” cannot be used here; write a whole number from 1 to 5,000."),
        ("1.5", "“1.5” cannot be used here; write a whole number from 1 to 5,000."),
        ("70000", "“70000” cannot be used here; write a whole number from 1 to 5,000."),
        ("-5", "“-5” cannot be used here; write a whole number from 1 to 5,000."),
        ("1 2", "“1 2” is not one number; write one like −0.5 or 2e-3, without blanks or commas inside."),
        ("1,000", "“1,000” can be 1.000 or 1000; write it as one of them."),
        ("x", "“x” is not a number; write it like −0.5 or 2e-3."),
    ],
)
def test_anything_else_is_refused_and_the_number_before_it_comes_back(
    qtbot: QtBot, field: WholeNumber, text: str, sentence: str
) -> None:
    said: list[str] = []
    field.refused.connect(said.append)
    retype(qtbot, field, text)
    assert field.value() == 44 and field.text() == "44" and set(said) == {sentence}


def test_a_prefix_is_no_part_of_the_number(qtbot: QtBot, field: WholeNumber) -> None:
    field.setPrefix("# ")
    retype(qtbot, field, "12")
    assert field.value() == 12 and field.text() == "# 12"


@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_the_list_of_a_choice_shows_all_its_items(qtbot: QtBot, count: int) -> None:
    page, choice = QWidget(), Choice()
    qtbot.addWidget(page)
    choice.addItems([f"item {i}" for i in range(count)])
    QVBoxLayout(page).addWidget(choice)
    with qtbot.waitExposed(page):
        page.show()
    choice.showPopup()
    view, last = choice.view(), choice.model().index(count - 1, 0)
    QApplication.processEvents()
    assert view.visualRect(last).bottom() < view.viewport().height()
    choice.hidePopup()


def test_a_choice_says_what_the_chosen_text_stands_for_and_is_off_where_there_is_no_other(qtbot: QtBot) -> None:
    choice = NamedChoice("Node", "Whose units are seen")
    qtbot.addWidget(choice)
    choice.offer([("none", None), ("hidden", "h")], "h")
    assert choice.currentText() == "hidden" and choice.isEnabled()
    with qtbot.waitSignal(choice.asked) as asked:
        choice.activated.emit(1)
    assert asked.args == ["h"]
    choice.offer([("hidden", "h")], "h")
    assert not choice.isEnabled()
