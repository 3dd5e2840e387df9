"""What the curves are read at: legend, readout and views follow the pointer, else the line in time, else the newest."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from explorer.session.runs.bundles import bundles
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import Measure
from explorer.ui.look.fonts import number_font
from explorer.ui.training.loss_card import LossCard
from explorer.ui.training.run_list import WIDTHS
from explorer.ui.training.run_row import RunRow
from explorer.ui.training.run_views import RunViews
from explorer.ui.training.time_travel import TimeTravel
from explorer.ui.typography.numbers import figures


@pytest.fixture
def card(qtbot: QtBot, book: RunBook) -> Iterator[LossCard]:
    card = LossCard()
    qtbot.addWidget(card)
    card.resize(900, 260)
    card.build()
    together = bundles(book.records)
    card.set_bundles(together, (), together[0].id)
    card.show()
    yield card


def losses(book: RunBook, place: int) -> list[str]:
    """The losses of each run at a judgement."""
    curves = [[run.curve(m)[1] for m in (Measure.OPEN_LOSS, Measure.CLOSED_LOSS)] for run in book.records]
    return [" ┆ ".join(figures(float(curve[place]), 3) for curve in pair) for pair in curves]


def said(card: LossCard) -> list[str]:
    return [row.values() for row in card.runs.rows.values()]


def test_the_newest_losses_are_said_until_one_points_at_the_curves(card: LossCard, book: RunBook) -> None:
    assert said(card) == losses(book, -1) and card.readout.text() == ""
    assert card.plot is not None
    card.plot.read.emit(32.7)
    assert said(card) == losses(book, 3) and card.readout.text() == "iteration 30"
    card.plot.read.emit(None)
    assert said(card) == losses(book, -1) and card.readout.text() == ""


def test_all_follow_the_line_in_time_and_come_back_with_it(qtbot: QtBot, card: LossCard, book: RunBook) -> None:
    views = RunViews()
    qtbot.addWidget(views)
    travel, one = TimeTravel(card, views), bundles(book.records)[0]
    views.set_bundles((one,), one)
    assert card.plot is not None
    card.plot.read.emit(58.0)
    card.plot.line_moved.emit(20.0)  # as when the pointer drags the line away from where it read
    travel.go(one, 20.0)
    assert said(card) == losses(book, 2) and card.readout.text() == "", "the tag at the line says it"
    assert views.head.subject.text() == f"{one.name} · iteration 20"
    travel.end()
    assert said(card) == losses(book, -1) and card.readout.text() == ""
    assert views.head.subject.text() == one.name


def test_where_nothing_was_judged_it_says_where_the_losses_are_from(card: LossCard, book: RunBook) -> None:
    card.set_iteration(43)
    assert said(card) == losses(book, 4)
    assert card.readout.text() == "judged at 40", "the tag at the line says that it is at 43"


@pytest.mark.parametrize("width", [600, 660, 758, 900])
def test_while_it_is_read_nothing_in_its_head_is_cut(qtbot: QtBot, card: LossCard, width: int) -> None:
    card.resize(width, 260)
    card.set_iteration(60)
    qtbot.wait(1)
    assert not card.title.cut and not card.readout.cut


LOSSES = st.floats(1e-12, 1e12)


@given(LOSSES, LOSSES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_a_legend_of_any_width_has_room_for_any_losses(qapp: object, book: RunBook, one: float, other: float) -> None:
    metrics = QFontMetricsF(number_font(11))
    for width, digits in zip(WIDTHS, (3, 1), strict=True):
        row = RunRow(bundles(book.records)[0])
        row.resize(width, row.height())
        row._loss = lambda measure: one if measure is Measure.OPEN_LOSS else other  # type: ignore[method-assign]
        assert row.written() in [row.values(more) for more in range(digits, 4)]
        assert metrics.horizontalAdvance(row.written()) <= width - 46
