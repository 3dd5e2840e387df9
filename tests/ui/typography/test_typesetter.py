"""Formulas wait while what typesets them is imported, and then come one by one."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from explorer.ui.typography.formula import prewarm
from explorer.ui.typography.formula_label import FormulaLabel
from explorer.ui.typography.typesetter import Typesetter, typesetter
from explorer.ui.typography.typesetting import typeset

FORMULA = r"\nabla_{W} L = \sum_t g^{(t)}"


@pytest.fixture
def away(qapp: object, qtbot: QtBot) -> Iterator[Typesetter]:
    """The application's typesetter, put off; afterwards nothing waits any more."""
    shared = typesetter()
    shared.put_off()
    yield shared
    if shared.away:
        shared.load()
    qtbot.waitUntil(lambda: not shared.away)


def test_a_label_keeps_its_place_free_and_then_shows_its_formula(away: Typesetter, qtbot: QtBot) -> None:
    label = FormulaLabel(FORMULA, size=20)
    qtbot.addWidget(label)
    assert label.latex == FORMULA
    assert 25 <= label.sizeHint().height() <= 50
    assert label.accessibleName() == ""
    label.resize(300, 40)
    empty = label.grab().toImage()
    away.load()
    qtbot.waitUntil(lambda: label.accessibleName() != "")
    assert label.accessibleName() == typeset(FORMULA).text
    assert label.sizeHint().width() > 60
    assert label.grab().toImage() != empty


def test_the_last_formula_set_is_the_one_shown(away: Typesetter, qtbot: QtBot) -> None:
    label = FormulaLabel("a = b")
    qtbot.addWidget(label)
    label.set_latex("c = d")
    away.load()
    qtbot.waitUntil(lambda: label.accessibleName() != "")
    assert label.accessibleName() == typeset("c = d").text


def test_calls_come_one_a_turn_and_not_to_what_is_gone(away: Typesetter, qtbot: QtBot) -> None:
    said: list[str] = []
    owner, gone = QObject(), QObject()
    away.when_here(owner, lambda: said.append("first"))
    away.when_here(gone, lambda: said.append("never"))
    away.when_here(owner, lambda: said.append("second"))
    delete(gone)
    qtbot.wait(20)
    assert said == []
    away.load()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said == ["first", "second"]
    away.when_here(owner, lambda: said.append("later"))
    qtbot.waitUntil(lambda: said[-1] == "later")


def test_typesetting_ahead_of_need_waits_too(away: Typesetter, qapp: QObject, qtbot: QtBot) -> None:
    before = typeset.cache_info().misses
    timer = prewarm([r"p_{1} + 4242", r"p_{2} + 4242"], qapp)
    qtbot.wait(20)
    assert typeset.cache_info().misses == before
    away.load()
    qtbot.waitUntil(lambda: typeset.cache_info().misses == before + 2 and not timer.isActive())
