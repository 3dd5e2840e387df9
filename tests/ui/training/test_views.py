"""The parts around the plots: the plan and its form, the legend, heat maps, one example, notes."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QScrollArea, QWidget
from pytest import MonkeyPatch
from pytestqt.qtbot import QtBot

from explorer.architectures import get_architecture
from explorer.graph.optimizers import OPTIMIZERS
from explorer.reading.bounds import Bounds
from explorer.session.runs.bundles import bundles
from explorer.session.runs.examples import follow_example
from explorer.session.runs.run_book import RunBook
from explorer.session.training_plan import WHY_SOFT_WINS, Plan, Problem, plan_runs
from explorer.tasks import get_task
from explorer.training.messages import Diverged, Divergence
from explorer.training.problem import architecture_of, task_of
from explorer.ui.look import theme as themes
from explorer.ui.parts.notice_bar import NoticeBar
from explorer.ui.parts.number_field import NumberField
from explorer.ui.training.controls import TrainingControls, duration
from explorer.ui.training.error_map import DRIFT, ERRORS, ErrorMap
from explorer.ui.training.example_rows import LABELS, ROW, ExampleRows, spoken
from explorer.ui.training.example_view import ExampleView
from explorer.ui.training.form import TrainingForm
from explorer.ui.training.run_list import RunList
from explorer.ui.training.run_row import description
from tests.settings import a_plan, a_problem
from tests.ui.painting import blank
from tests.ui.showing import on_screen

# The plan.


def test_the_form_says_each_change_as_a_whole_plan(qtbot: QtBot) -> None:
    form = TrainingForm()
    qtbot.addWidget(form)
    plans: list[Plan] = []
    form.changed.connect(plans.append)
    form.modes["mixed_yhat"].click()
    optimizer = form.fields["optimizer"]
    assert isinstance(optimizer, QComboBox) and optimizer.count() == len(OPTIMIZERS)
    optimizer.setCurrentIndex(optimizer.findData("momentum"))
    retype(form, "learning_rate", "5e-3")
    retype(form, "clip_norm", "1")
    retype(form, "clip_norm", "off")
    assert plans[-1] == a_plan(
        modes=("teacher_forcing", "free_running_yhat", "mixed_yhat"), optimizer="momentum", learning_rate=0.005
    )
    assert [plan.training.clip_norm for plan in plans] == [None, None, None, 1.0, None]
    assert form.fields["momentum"].isEnabled() and form.schedule.isEnabled()


def test_what_runs_are_judged_on_is_one_choice_for_all_of_them(qtbot: QtBot) -> None:
    form = TrainingForm()
    qtbot.addWidget(form)
    plans: list[Plan] = []
    form.changed.connect(plans.append)
    choice = form.fields["own_output"]
    assert isinstance(choice, QComboBox) and choice.currentText() == "as at test time"
    choice.setCurrentText("soft ŷ")
    assert {run.training.own_output for run in plan_runs(Problem(), plans[-1])} == {"yhat"}
    form.set_plan(plans[-1], 0, get_architecture("hidden_to_hidden"))
    assert choice.currentText() == "soft ŷ" and not choice.isEnabled()


def test_what_is_fed_back_is_named_where_it_is_chosen(qtbot: QtBot) -> None:
    form = TrainingForm()
    qtbot.addWidget(form)
    for mode, signal in (("free_running_yhat", "ŷ(t)"), ("mixed_argmax", "arg max"), ("free_running_o", "logits")):
        assert signal in form.modes[mode].toolTip()
    said = next(label for label in form.findChildren(QLabel) if label.text() == WHY_SOFT_WINS)
    assert not said.isHidden()
    numbers = a_problem("output_to_hidden", "damped_pendulum")
    form.set_plan(Plan(), 0, architecture_of(numbers), task_of(numbers))
    offered = [box.text() for box in form.modes.values() if not box.isHidden()]
    assert offered == ["Teacher forcing", "Free running on o", "Scheduled sampling with o"], "numbers have no arg max"
    assert said.isHidden()


@pytest.mark.parametrize(
    ("typed", "window"),
    [
        ([("k1", "2"), ("k2", "5")], (2, 5)),
        ([("k2", "3")], (3, 3)),
        ([("k2", "4"), ("k1", "6")], (6, 6)),
        ([("k1", "4"), ("k2", "off")], None),
    ],
)
def test_the_windows_of_truncation_always_fit_together(qtbot: QtBot, typed, window) -> None:
    form = TrainingForm()
    qtbot.addWidget(form)
    plans: list[Plan] = [Plan()]
    form.changed.connect(plans.append)
    for name, text in typed:
        retype(form, name, text)
    assert plans[-1].training.truncate == window


def test_the_seed_is_shared_with_the_graph(qtbot: QtBot) -> None:
    form = TrainingForm()
    qtbot.addWidget(form)
    with qtbot.waitSignal(form.seed_changed) as seed:
        retype(form, "seed", "12")
    assert seed.args == [12]


@pytest.mark.parametrize("text", ["", "many", "0", "-3", "nan", "1e400", "2,500", "2 5"])
def test_what_is_no_rate_is_marked_and_changes_nothing(qtbot: QtBot, text: str) -> None:
    field = NumberField(Bounds(0, 1000, above=True))
    qtbot.addWidget(field)
    field.set_value(0.02)
    changes: list[object] = []
    field.changed.connect(changes.append)
    field.setText(text)
    field.editingFinished.emit()
    assert changes == [] and field.property("invalid") and field.toolTip()
    field.set_value(0.5)
    assert not field.property("invalid") and field.text() == "0.5"


@pytest.mark.parametrize("value", [0.1 + 0.2, 1e-12, 0.0123456789, 1e9, 2**31 - 1])
def test_a_number_that_is_only_looked_at_stays_as_it_is(qtbot: QtBot, value: float) -> None:
    field = NumberField(Bounds(0, 1e10, whole=isinstance(value, int)))
    qtbot.addWidget(field)
    field.set_value(value)
    with qtbot.waitSignal(field.changed) as changed:
        field.editingFinished.emit()
    assert changed.args == [value]


def test_a_decimal_comma_is_understood(qtbot: QtBot) -> None:
    field = NumberField(Bounds(0, 1))
    qtbot.addWidget(field)
    field.setText("0,05")
    assert field.value() == 0.05


def test_a_whole_number_is_no_fraction(qtbot: QtBot) -> None:
    field = NumberField(Bounds(1, 10, whole=True))
    qtbot.addWidget(field)
    field.setText("2.5")
    field.editingFinished.emit()
    assert "whole number" in field.toolTip()
    field.setText("7")
    with qtbot.waitSignal(field.changed) as changed:
        field.editingFinished.emit()
    assert changed.args == [7] and isinstance(changed.args[0], int)


def controls_with(
    qtbot: QtBot, plan: Plan, architecture: str = "output_to_hidden", width: int = 1400
) -> TrainingControls:
    controls = TrainingControls()
    controls.set_plan(plan, seed=7, architecture=get_architecture(architecture))
    return on_screen(qtbot, controls, width, 40)


def test_the_plan_can_be_read_at_a_glance_and_each_word_opens_the_form(qtbot: QtBot) -> None:
    controls = controls_with(qtbot, a_plan(clip_norm=1.0, seeds=3))
    words = [chip.text() for chip in controls.chips._chips.values() if chip.isVisible()]
    assert words == [
        "teacher forcing + free running on soft ŷ",
        "Adam",
        "rate 0.02",
        "batch 32",
        "clip 1",
        "500 iterations",
        "3 seeds from 7",
    ]
    qtbot.mouseClick(controls.chips._chips["batch"], Qt.MouseButton.LeftButton)
    assert controls.form.isVisible()
    controls.form.hide()


def test_all_settings_open_with_the_keys_on_one_that_can_be_set_and_leave_the_button_unlit(qtbot: QtBot) -> None:
    controls = controls_with(qtbot, a_plan(), "hidden_to_hidden")
    more = controls.chips._more
    QApplication.sendEvent(more, QEnterEvent(QPointF(), QPointF(), QPointF()))
    assert more.underMouse()
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    focused = QApplication.focusWidget()
    assert focused is not None and focused.isEnabled() and controls.form.isAncestorOf(focused)
    assert not more.underMouse()
    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert not controls.form.isVisible()


def test_words_that_do_not_fit_are_left_out_but_the_way_to_all_settings_never(qtbot: QtBot) -> None:
    controls = controls_with(qtbot, Plan(), width=560)
    assert controls.chips._more.isVisible()
    assert controls.chips._more.geometry().right() <= controls.chips.width()
    assert not all(chip.isVisible() for chip in controls.chips._chips.values())


def test_what_is_trained_is_said_in_fewer_words_before_it_is_left_out(qtbot: QtBot) -> None:
    controls = controls_with(qtbot, Plan())
    modes = controls.chips._chips["modes"]
    said = []
    for width in (1400, 680, 1400):
        controls.resize(width, 40)
        assert modes.isVisible() and "free running on soft ŷ" in modes.toolTip()
        said.append(modes.text())
    assert said == ["teacher forcing + free running on soft ŷ", "2 ways to feed back", said[0]]


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "under 1 s"), (42, "42 s"), (600, "10 min"), (9000, "2.5 h")])
def test_durations_are_coarse(seconds: float, words: str) -> None:
    assert duration(seconds) == words


# The legend.


def test_the_legend_lists_the_newest_comparison_first(qtbot: QtBot, book: RunBook) -> None:
    legend = RunList()
    qtbot.addWidget(legend)
    one, other = bundles(book.records)
    legend.set_bundles([other], [one], other.id)
    legend.show()
    assert legend.rows[other.id].y() < legend.earlier.y() < legend.rows[one.id].y()
    assert legend.rows[other.id].chosen and not legend.rows[one.id].chosen
    legend.set_bundles([one], [], one.id)
    assert list(legend.rows) == [one.id] and not legend.earlier.isVisible()


def test_earlier_runs_that_are_not_drawn_are_one_line_that_opens(qtbot: QtBot, book: RunBook) -> None:
    legend = on_screen(qtbot, RunList())
    legend.set_bundles([], bundles(book.records), None)
    settings = book.records[0].settings
    problem = get_task(settings.task.id).title, get_architecture(settings.network.architecture).title
    assert legend.earlier.isVisible() and ", ".join(problem) in legend.earlier.toolTip()
    assert len(legend.rows) == 2, "those that are drawn stay"
    for record in book.records:
        record.shown = False
    try:
        legend.set_bundles([], bundles(book.records), None)
        assert legend.rows == {} and legend.earlier.text() == "2 earlier runs"
        legend.earlier.click()
        assert len(legend.rows) == 2
    finally:
        for record in book.records:
            record.shown = True


def test_earlier_runs_are_counted_one_by_one_also_where_seeds_are_one_row(qtbot: QtBot) -> None:
    legend, book = RunList(), RunBook()
    qtbot.addWidget(legend)
    for record in book.start(plan_runs(a_problem(), a_plan(seeds=5))):
        record.shown = False
    legend.set_bundles([], bundles(book.records), None)
    assert legend.earlier.text() == "10 earlier runs"


def test_a_row_says_its_newest_losses_and_how_it_was_trained(qtbot: QtBot, book: RunBook) -> None:
    legend = RunList()
    qtbot.addWidget(legend)
    bundle = bundles(book.records)[0]
    legend.set_bundles([bundle], [], None)
    row = legend.rows[bundle.id]
    assert "┆" in row.values() and row.accessibleName().startswith("Teacher forcing: ")
    for word in ("Output → hidden", "Delayed echo", "Adam", "60 iterations", "iteration 60, finished"):
        assert word in description(bundle)
    assert "_" not in description(bundle), "no ids"


def test_a_row_that_diverged_says_so(qtbot: QtBot) -> None:
    other = RunBook()
    other.start(plan_runs(Problem(), Plan()))
    legend = RunList()
    qtbot.addWidget(legend)
    legend.set_bundles(bundles(other.records), [], None)
    row = next(iter(legend.rows.values()))
    assert row.values() == "not judged yet"
    other.take([Diverged(0, 3, Divergence(4, "W", "It diverged.", "Clip."))])
    assert row.values() == "diverged"


def test_a_row_is_used_with_mouse_and_keyboard(qtbot: QtBot, book: RunBook) -> None:
    legend = RunList()
    qtbot.addWidget(legend)
    bundle = bundles(book.records)[0]
    legend.set_bundles([bundle], [], None)
    legend.show()
    legend.activateWindow()
    row = legend.rows[bundle.id]
    row.setFocus()
    qtbot.waitUntil(row.hasFocus)
    said: list[tuple[str, object]] = []
    for name in ("toggled", "selected", "renamed", "menu_asked"):
        getattr(legend, name).connect(lambda *args, name=name: said.append((name, args[0])))
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(12, 20))
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(90, 20))
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Menu):
        qtbot.keyClick(row, key)
    qtbot.mouseDClick(row, Qt.MouseButton.LeftButton, pos=QPoint(90, 20))
    assert row._editor is not None
    row._editor.setText("mine")
    qtbot.keyClick(row._editor, Qt.Key.Key_Return)
    names = [name for name, _ in said]
    assert names == ["toggled", "selected", "toggled", "selected", "menu_asked", "renamed"]
    assert {id for _, id in said} == {bundle.id}
    row.rename()
    row._editor.setText("no, not that")
    qtbot.keyClick(row._editor, Qt.Key.Key_Escape)
    assert row._editor is None and len(said) == 6


# Heat maps.


def test_the_map_shows_errors_of_both_ways_of_judging(qtbot: QtBot, book: RunBook, theme: themes.Theme) -> None:
    view = ErrorMap(ERRORS)
    qtbot.addWidget(view)
    view.resize(360, 220)
    view.set_run(book.records[0])
    one, other = view._images
    assert one.height() == other.height() == 6
    # The first two steps of a delay of 2 are blanks: easy, so right at the end of training, unlike the last step.
    bottom, top = other.pixelColor(other.width() - 1, 5), other.pixelColor(other.width() - 1, 0)
    assert bottom == theme.surface and top != theme.surface
    frame = view._frames()[1]
    assert (
        view.told(QPointF(frame.right() - 0.5, frame.bottom() - 2))
        == "fed its own output, iteration 60, t = 1: 0.0 % wrong"
    )
    assert view.told(QPointF(1, 1)) == ""
    assert not blank(view)


def test_the_map_of_drift_goes_up_to_the_largest(qtbot: QtBot, book: RunBook) -> None:
    view = ErrorMap(DRIFT)
    qtbot.addWidget(view)
    view.set_run(book.records[0])
    (image,) = view._images
    assert image.height() == 6 and view._largest > 0
    view.set_iteration(30)
    assert not blank(view)


@pytest.mark.parametrize("kind", [ERRORS, DRIFT])
def test_a_map_without_a_run_says_what_will_be_there(qtbot: QtBot, kind) -> None:
    view = ErrorMap(kind)
    qtbot.addWidget(view)
    view.set_run(None)
    assert not blank(view) and view.told(QPointF(100, 50)) == ""


# One example.


def test_the_example_marks_the_first_mistake_and_takes_a_wrong_symbol(qtbot: QtBot, book: RunBook) -> None:
    rows = ExampleRows()
    qtbot.addWidget(rows)
    rows.resize(400, 180)
    rows.set_example(follow_example(book.records[0], 60, 1))
    rows.show()
    assert not blank(rows)
    with qtbot.waitSignal(rows.injected) as injected:
        qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(round(LABELS + 2.5 * rows.pitch), round(ROW)))
    assert injected.args == [3]
    rows.set_example(follow_example(book.records[0], 60, 1, inject=3))
    with qtbot.waitSignal(rows.injected) as injected:
        qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(round(LABELS + 2.5 * rows.pitch), round(ROW)))
    assert injected.args == [None], "a second click takes it back"
    assert "t = 3" in rows.tip(3) and "‖h(teacher) − h(free)‖" in rows.tip(3)


def test_the_example_is_told_in_words(book: RunBook) -> None:
    words = spoken(follow_example(book.records[0], 60, 1))
    assert words.startswith("Example 1 at iteration 60. fed targets: ") and "of 6 wrong" in words
    assert spoken(None) == "No example yet"


def test_the_example_follows_the_iteration_and_the_number_that_are_chosen(qtbot: QtBot, book: RunBook) -> None:
    view = on_screen(qtbot, ExampleView(), 400, 200)
    view.set_run(book.records[0])
    assert view.say.text() == "example 0, weights of iteration 60"
    view.set_iteration(12.0)
    view.set_number(4)
    assert view.say.text() == "example 4, weights of iteration 12"
    view._set_injection(2)
    assert view.say.text().startswith("wrong symbol after t = 2: ")
    view.hide()
    view.set_run(None)
    view.show()
    assert view.say.text() == "", "what came while it was hidden"


def test_the_last_weights_of_a_run_are_followed_though_nothing_comes_after_them(
    qtbot: QtBot, book: RunBook, monkeypatch: MonkeyPatch
) -> None:
    view, run = ExampleView(), book.records[0]
    qtbot.addWidget(view)
    view.show()
    with monkeypatch.context() as earlier:
        earlier.setattr(run, "iteration", 12)
        view.set_run(run)
    view.refresh()
    assert view.say.text() == "example 0, weights of iteration 12", "it rests"
    qtbot.waitUntil(lambda: view.say.text() == "example 0, weights of iteration 60", timeout=5000)


def test_an_example_is_not_followed_anew_without_need(qtbot: QtBot, book: RunBook) -> None:
    view = on_screen(qtbot, ExampleView())
    view.set_run(book.records[0])
    shown = view.rows._shown
    for _ in range(3):
        view.refresh()
    assert view.rows._shown is shown


# Notes.


def test_a_note_can_be_mended_or_closed(qtbot: QtBot) -> None:
    note = NoticeBar()
    qtbot.addWidget(note)
    mended: list[bool] = []
    note.say("It diverged.", ("Clip", lambda: mended.append(True)))
    assert note.isVisible() and note.remedy.isVisible()
    qtbot.mouseClick(note.remedy, Qt.MouseButton.LeftButton)
    assert mended == [True] and not note.isVisible()
    note.say("Something else.")
    assert not note.remedy.isVisible()
    qtbot.mouseClick(note.closer, Qt.MouseButton.LeftButton)
    assert not note.isVisible()


def test_a_note_stays_for_as_long_as_it_takes_to_read_it(qtbot: QtBot) -> None:
    note = NoticeBar()
    qtbot.addWidget(note)
    gone: list[str] = []
    note.gone.connect(gone.append)
    note.say("Short.")
    short = note._leaving.interval()
    note.say("A sentence that takes longer to be read.", ("Undo", lambda: None))
    assert note._leaving.isActive() and note._leaving.interval() > short + 1000
    note._leaving.timeout.emit()
    assert note.isHidden() and gone == ["A sentence that takes longer to be read."]
    note.say("Until it is closed.", closing=("End it", lambda: None))
    assert note.isVisible() and not note._leaving.isActive()


def test_a_note_with_a_remedy_is_covered_by_another_and_comes_back(qtbot: QtBot) -> None:
    note = NoticeBar()
    qtbot.addWidget(note)
    mended: list[bool] = []
    note.say("It diverged.", ("Clip", lambda: mended.append(True)))
    note.say("Only said.")
    note.say("That file cannot be written.")
    qtbot.mouseClick(note.closer, Qt.MouseButton.LeftButton)
    assert note.text.text() == "It diverged." and note.remedy.isVisible(), "what has no remedy is not kept"
    qtbot.mouseClick(note.remedy, Qt.MouseButton.LeftButton)
    assert mended == [True] and not note.isVisible()
    note.say("It diverged.", ("Clip", lambda: None))
    note.hide()
    note.say("Said anew.")
    qtbot.mouseClick(note.closer, Qt.MouseButton.LeftButton)
    assert not note.isVisible(), "what was hidden is over"


def retype(form: TrainingForm, name: str, text: str) -> None:
    """Type into a field of the form."""
    field = form.fields[name]
    assert isinstance(field, NumberField)
    field.setText(text)
    field.editingFinished.emit()


def test_a_form_that_is_wider_than_its_window_is_scrolled_within_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    form = TrainingForm(window)
    for width, scrolls in ((1400, False), (700, True)):
        window.resize(width, 700)
        window.show()
        form.open_above(QPoint(0, 690))
        (area,) = form.findChildren(QScrollArea)
        qtbot.waitUntil(lambda area=area, scrolls=scrolls: (area.horizontalScrollBar().maximum() > 0) is scrolls)
        assert form.width() <= width and area.verticalScrollBar().maximum() == 0
        form.close()
