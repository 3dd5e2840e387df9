"""The schedule of scheduled sampling: each kind with its own fields, its curve, and what to beware of."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from explorer.training.schedules import INCONSISTENT, SCHEDULES, Schedule
from explorer.training.validation import validated
from explorer.ui.training.schedule_form import ScheduleForm
from tests.settings import some_settings
from tests.ui.painting import blank


@pytest.fixture
def form(qtbot: QtBot) -> ScheduleForm:
    form = ScheduleForm()
    qtbot.addWidget(form)
    form.set_schedule(Schedule(), 200)
    form.show()
    return form


def choose(form: ScheduleForm, kind: str) -> Schedule:
    form.kind.setCurrentIndex(form.kind.findData(kind))
    return form._schedule


@pytest.mark.parametrize("kind", SCHEDULES)
def test_every_kind_asks_for_what_it_depends_on_and_can_be_trained_at_once(form: ScheduleForm, kind: str) -> None:
    schedule = choose(form, kind)
    assert {name for name, field in form.fields.items() if field.isVisible()} == set(SCHEDULES[kind].parts)
    settings = some_settings(
        architecture="output_to_hidden", task="running_parity", feedback="mixed_yhat", schedule=schedule
    )
    assert validated(settings).training.schedule == schedule


def test_each_change_is_said_as_a_whole_schedule(form: ScheduleForm, qtbot: QtBot) -> None:
    said: list[Schedule] = []
    form.changed.connect(said.append)
    for name, text in (("start", "0.8"), ("end", "0.1"), ("over", "50")):
        form.fields[name].setText(text)
        form.fields[name].editingFinished.emit()
    form.coin.setCurrentIndex(form.coin.findData("sequence"))
    assert said[-1] == Schedule("linear", start=0.8, end=0.1, over=50, coin="sequence")
    assert len(said) == 4


def test_a_k_that_cannot_be_is_marked_and_changes_nothing(form: ScheduleForm) -> None:
    before = choose(form, "inverse_sigmoid")
    form.fields["k"].setText("0.5")
    form.fields["k"].editingFinished.emit()
    assert form.fields["k"].property("invalid") and form._schedule == before
    assert choose(form, "exponential").k == 0.99 and not form.fields["k"].property("invalid")


def test_the_curve_is_the_probability_over_the_run(form: ScheduleForm) -> None:
    form.set_schedule(Schedule("linear", over=100), 200)
    points = dict(form.curve._points)
    assert (points[0.0], points[0.25], points[0.5], points[1.0]) == (1.0, 0.5, 0.0, 0.0)
    assert form.curve.accessibleName() == "Probability of the target: 1 at first, 0 at the end"
    assert not blank(form.curve)


def test_what_to_beware_of_stands_where_it_is_chosen(form: ScheduleForm) -> None:
    assert INCONSISTENT in [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
