"""Plots of runs: axes that are truly logarithmic, curves that stay cheap, names that cover nothing, figures on disk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPaintEvent, QRegion
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QVBoxLayout
from pytestqt.qtbot import QtBot

from explorer.session.runs.bundles import bundles
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import Measure
from explorer.session.training_plan import Plan, Problem, plan_runs
from explorer.training.messages import Diverged, Divergence, Evaluated, Evaluation, Judged, Points
from explorer.ui.look import theme as themes
from explorer.ui.parts.figure_export import ask_and_save, save_figure
from explorer.ui.parts.scales import bucketed, logarithm, nice_ceiling, nice_spacing
from explorer.ui.training.free_places import free_between
from explorer.ui.training.loss_plot import CurvePlot, _median
from explorer.ui.training.run_curves import CurveOptions
from explorer.ui.training.run_style import run_colour
from explorer.ui.training.time_travel import TravelTag
from tests.settings import a_plan, a_problem

LOSSES = (Measure.OPEN_LOSS, Measure.CLOSED_LOSS)


def judged(loss: float) -> Judged:
    return Judged(loss, 0.5, 0.25, np.full(3, loss), np.full(3, 0.5))


def told(judgements: int, open_loss: Callable[[int], float], closed_loss: Callable[[int], float]) -> RunBook:
    """A book of both ways of training, of which the first was judged every 10 iterations."""
    book = RunBook()
    book.start(plan_runs(a_problem(length=3), a_plan(iterations=10 * judgements)))
    for i in range(judgements):
        losses = judged(open_loss(10 * i)), judged(closed_loss(10 * i))
        book.take([Evaluated(0, 10 * i, Evaluation(*losses, np.zeros(3)))])
        book.take([Points(0, np.arange(10 * i + 1, 10 * i + 11), np.full(10, open_loss(10 * i)))])
    return book


@pytest.fixture
def plot(qtbot: QtBot) -> Iterator[CurvePlot]:
    # In a card, as in the window: pyqtgraph takes a plot that is itself closed to pieces.
    card = QFrame()
    qtbot.addWidget(card)
    row = QVBoxLayout(card)
    row.setContentsMargins(0, 0, 0, 0)
    plot = CurvePlot(LOSSES, CurveOptions(mini_batches=True))
    row.addWidget(plot)
    card.resize(500, 240)
    card.show()
    qtbot.waitExposed(card)
    yield plot


def show(plot: CurvePlot, book: RunBook) -> None:
    plot.set_bundles(bundles(book.records[:1]))
    plot.refresh()


def drawn(plot: CurvePlot, name: str) -> tuple[np.ndarray, np.ndarray]:
    (curves,) = plot._curves.values()
    x, y = curves._lines[name].getOriginalDataset()
    return (np.empty(0), np.empty(0)) if x is None else (x, y)


def test_a_linear_axis_shows_iterations_and_losses_as_they_are(plot: CurvePlot) -> None:
    show(plot, told(4, lambda i: 1.0 - i / 100, lambda i: 1.0))
    x, y = drawn(plot, "open")
    assert x.tolist() == [0, 10, 20, 30] and y.tolist() == [1.0, 0.9, 0.8, 0.7]
    assert plot.box.viewRange()[0][0] == 0


def test_logarithmic_axes_place_logarithms_and_drop_what_has_none(plot: CurvePlot) -> None:
    show(plot, told(4, lambda i: 0.0 if i == 20 else 10.0 ** (-i / 10), lambda i: 1.0))
    plot.set_log(True, True)
    x, y = drawn(plot, "open")
    assert x == pytest.approx(np.log10([10, 30])), "iteration 0 and a loss of 0 have no logarithm"
    assert y == pytest.approx([-1, -3])
    assert plot.bottom.tickStrings([0.0, 1.0, 3.0], 1, 1) == ["1", "10", "1,000"]
    assert plot.left.tickStrings([-3.0, 0.0], 1, 1) == ["10⁻³", "1"]
    plot.set_log(False, False)
    assert drawn(plot, "open")[0].tolist() == [0, 10, 20, 30]


def test_mini_batches_of_the_first_decades_are_seen_on_a_logarithmic_axis(plot: CurvePlot) -> None:
    book = told(1, lambda i: 1.0, lambda i: 1.0)
    book.take([Points(0, np.arange(11, 100_001), np.full(99_990, 0.5))])
    show(plot, book)
    plot.set_log(True, False)
    x, _ = drawn(plot, "raw")
    assert x[0] == 0 and (x < 2).sum() > 10 and len(x) < 4 * plot.width()


def test_what_is_infinite_is_not_drawn(plot: CurvePlot) -> None:
    show(plot, told(5, lambda i: 1.0, lambda i: np.inf if i == 20 else 2.0))
    assert drawn(plot, "closed")[0].tolist() == [0, 10, 30, 40]


def test_a_million_points_are_drawn_with_a_few_thousand(plot: CurvePlot) -> None:
    book = told(1, lambda i: 1.0, lambda i: 1.0)
    rng = np.random.default_rng(0)
    book.take([Points(0, np.arange(11, 1_000_001), rng.random(999_990))])
    book.records[0].judged._iterations.extend(np.arange(10, 400_000, 10))
    book.records[0].judged._rows.extend(rng.random((39_999, 6)))
    show(plot, book)
    for name in ("raw", "open", "closed", "rough open", "rough closed"):
        assert 0 < len(drawn(plot, name)[0]) <= 4 * plot.width()


def test_smoothing_draws_a_mean_over_the_rough_curve(plot: CurvePlot) -> None:
    show(plot, told(9, lambda i: float(i // 10 % 2), lambda i: 1.0))
    assert len(drawn(plot, "rough open")[0]) == 0
    plot.set_options(replace(plot.options, smoothing=3))
    assert drawn(plot, "rough open")[1].tolist() == [0, 1, 0, 1, 0, 1, 0, 1, 0]
    assert drawn(plot, "open")[1][1:-1] == pytest.approx([1 / 3, 2 / 3] * 3 + [1 / 3])


def test_chance_is_named_beside_the_plot_and_close_levels_do_not_cover_each_other(plot: CurvePlot) -> None:
    show(plot, told(4, lambda i: 1.0, lambda i: 1.0))
    plot.set_levels([(0.69, "chance"), (0.2, "floor")])
    assert [name for _, name in plot.levels._tickLevels[0]] == ["floor", "chance"]
    plot.set_levels([(0.69, "chance"), (0.68, "floor")])
    assert [name for _, name in plot.levels._tickLevels[0]] == ["chance"]


def test_divergence_is_marked_where_it_happened(plot: CurvePlot) -> None:
    book = told(4, lambda i: 1.0, lambda i: 1.0)
    book.take([Diverged(0, 37, Divergence(38, "W", "It diverged.", "Clip."))])
    show(plot, book)
    (x,), (y,) = plot._marks._crosses.getData()
    assert x == 38 and y == pytest.approx(1.0)


def test_the_pointer_finds_the_curve_beneath_it(plot: CurvePlot, qtbot: QtBot) -> None:
    book = told(4, lambda i: 1.0, lambda i: 0.2)
    show(plot, book)
    on_curve = plot.mapFromScene(plot.box.mapViewToScene(QPointF(15.0, 1.0)))
    between = plot.mapFromScene(plot.box.mapViewToScene(QPointF(15.0, 0.6)))
    assert plot.nearest(QPointF(on_curve)) == book.records[0].id
    assert plot.nearest(QPointF(between)) is None
    with qtbot.waitSignal(plot.hovered) as lit, qtbot.waitSignal(plot.read) as read:
        qtbot.mouseMove(plot.viewport(), on_curve + QPoint(1, 0))
    assert lit.args == [book.records[0].id] and read.args == [pytest.approx(15, abs=1)]
    with qtbot.waitSignal(plot.picked) as picked:
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=on_curve)
    assert picked.args == [book.records[0].id, pytest.approx(15, abs=0.5)]


def test_a_double_click_shows_everything_again(plot: CurvePlot, qtbot: QtBot) -> None:
    show(plot, told(10, lambda i: 1.0, lambda i: 1.0))
    whole = plot.box.viewRange()[0]
    plot.zoomed = True
    plot.box.setXRange(20, 30, padding=0)
    plot.refresh()
    assert plot.box.viewRange()[0] == [20, 30], "a part chosen by hand stays while curves grow"
    qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    assert plot.box.viewRange()[0] == whole


def test_a_huge_loss_does_not_flatten_the_others(plot: CurvePlot) -> None:
    plot.set_levels([(0.7, "chance")])
    show(plot, told(4, lambda i: 0.5, lambda i: 1e6))
    assert plot.box.viewRange()[1][1] < 10


def test_losses_that_are_all_huge_are_seen(plot: CurvePlot) -> None:
    plot.set_levels([(0.7, "chance")])
    show(plot, told(4, lambda i: 500.0, lambda i: 1e6))
    assert 500 < plot.box.viewRange()[1][1] < 1e5


def test_the_line_in_time_stays_at_its_iteration_on_every_axis(plot: CurvePlot) -> None:
    show(plot, told(10, lambda i: 1.0, lambda i: 1.0))
    plot.place_line(50)
    plot.set_log(True, False)
    assert plot.line.value() == pytest.approx(np.log10(50))
    assert plot.iteration_at(plot.line.value()) == pytest.approx(50)


def test_the_gap_is_named_for_runs_that_were_fed_targets_alone(plot: CurvePlot) -> None:
    book = told(40, lambda i: 0.1, lambda i: 2.0)
    for i in range(40):
        book.take([Evaluated(1, 10 * i, Evaluation(judged(1.0), judged(1.1), np.zeros(3)))])
    plot.set_bundles(bundles(book.records))
    forced, free = (record.id for record in book.records)
    shown = []
    for lit in (None, forced, free):
        plot.light(lit)
        shown.append(plot._marks._name.isVisible())
    assert shown == [True, True, False]
    plot.light(None)
    plot.set_options(CurveOptions(gap=False))
    assert not plot._marks._name.isVisible()


def test_no_gap_is_named_where_nothing_is_learned(plot: CurvePlot) -> None:
    show(plot, told(40, lambda i: 1.0 + i, lambda i: 50.0 + i))
    assert not plot._marks._name.isVisible()


ROOM = (88.0, 17.0)


def test_the_gap_is_named_where_the_own_output_is_worse_and_more_is_known_than_to_guess(plot: CurvePlot) -> None:
    show(plot, told(40, lambda i: 0.1 if i >= 200 else 0.9, lambda i: 3.0))
    assert plot._marks._name.isVisible() and plot._marks._name.pos().x() > 200
    show(plot, told(40, lambda i: 0.6, lambda i: 0.1))
    assert not plot._marks._name.isVisible(), "better on its own output is no exposure bias"


def test_the_hump_is_named_at_its_top(plot: CurvePlot) -> None:
    peak = {100: 0.9, 110: 1.1, 120: 0.9}
    show(plot, told(40, lambda i: 1.0 - i / 500, lambda i: peak.get(i, 1.5 if i == 0 else 0.7 - i / 1000)))
    assert plot._marks._hump.isVisible()
    assert (plot._marks._hump.pos().x(), plot._marks._hump.pos().y()) == pytest.approx((110, 1.1))
    show(plot, told(40, lambda i: 1.0 - i / 500, lambda i: 1.0 - i / 500))
    assert not plot._marks._hump.isVisible()


def test_nothing_is_half_covered_by_the_tag_at_the_line_in_time(plot: CurvePlot) -> None:
    tag, hump = TravelTag(plot), plot._marks._hump
    plot.set_levels([(0.7, "chance")])
    peak = {100: 0.9, 110: 1.1, 120: 0.9}
    show(plot, told(40, lambda i: 1.0 - i / 500, lambda i: peak.get(i, 1.5 if i == 0 else 0.7 - i / 1000)))
    named = QRectF(plot._marks._rooms[hump])
    for iteration in range(0, 401, 20):
        plot.place_line(iteration)
        tag.show_at(iteration)
        assert hump.isVisible() == (not named.intersects(QRectF(tag.geometry())))
    tag.show_at(None)
    assert hump.isVisible()
    show(plot, told(40, lambda i: 1e10 if i == 50 else 0.5, lambda i: 0.5))
    for iteration in range(0, 401, 20):
        plot.place_line(iteration)
        tag.show_at(iteration)
        assert plot.beyond.isVisible() and not tag.geometry().intersects(plot.beyond.geometry())


def test_an_axis_that_cannot_hold_a_curve_says_so_and_a_logarithmic_one_holds_it(qtbot: QtBot, plot: CurvePlot) -> None:
    plot.set_levels([(0.7, "chance")])
    show(plot, told(40, lambda i: 1e10 if i == 50 else 0.5, lambda i: 0.5))
    assert plot.beyond.isVisible() and "1.0×10¹⁰" in plot.beyond.text()
    frame = plot.box.sceneBoundingRect()
    assert plot.beyond.geometry().top() >= frame.top() and plot.beyond.geometry().bottom() <= frame.bottom()
    with qtbot.waitSignal(plot.log_asked):
        qtbot.mouseClick(plot.beyond, Qt.MouseButton.LeftButton)
    plot.set_log(False, True)
    assert not plot.beyond.isVisible() and plot.box.viewRange()[1][1] > 10
    plot.set_log(False, False)
    show(plot, told(40, lambda i: 0.5, lambda i: 0.6))
    assert not plot.beyond.isVisible()


# Names in gaps.


ROOM = (88.0, 17.0)


def test_the_gap_is_named_where_no_curve_is_covered() -> None:
    x = np.linspace(0, 100, 50)
    lower, upper = (x, np.zeros(50)), (x, np.full(50, 10.0))
    crossing = (x, np.full(50, 3.0))
    place = free_between(lower, upper, [lower, upper, crossing], [[0, 100], [0, 10]], (0.25, 0.05), ROOM)
    assert place is not None and place[1] == pytest.approx(6.5)
    half = ROOM[1] / 2 * 0.05
    assert abs(place[1] - 3) > half and abs(place[1] - 10) > half


@pytest.mark.parametrize("height", [0.5, 0.0])
def test_a_narrow_gap_is_not_named(height: float) -> None:
    x = np.linspace(0, 100, 50)
    lower, upper = (x, np.zeros(50)), (x, np.full(50, height))
    assert free_between(lower, upper, [lower, upper], [[0, 100], [0, 10]], (0.25, 0.05), ROOM) is None
    assert free_between((x[:0], x[:0]), upper, [], [[0, 100], [0, 10]], (0.25, 0.05), ROOM) is None


# Scales.


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=300), st.integers(1, 50))
def test_buckets_keep_ends_and_peaks(values: list[float], buckets: int) -> None:
    x, y = np.arange(float(len(values))), np.array(values)
    (centre, mean), (_, peaks) = bucketed(x, y, buckets)
    assert len(mean) <= buckets and len(peaks) <= 2 * buckets
    assert mean[-1] == y[-1] and centre[-1] == x[-1]
    assert peaks.min() == y.min() and peaks.max() == y.max()
    assert (np.diff(centre) > 0).all()


def test_buckets_pass_over_what_is_not_a_number() -> None:
    (_, mean), _ = bucketed(np.arange(4.0), np.array([1.0, np.nan, 3.0, 5.0]), 2)
    assert np.isfinite(mean).all()
    assert len(bucketed(np.arange(2.0), np.full(2, np.nan), 2)[0][0]) == 0


@given(st.floats(1e-6, 1e9), st.floats(1, 50))
def test_ticks_stand_at_round_numbers_and_not_too_close(span: float, ticks: float) -> None:
    spacing = nice_spacing(span, ticks)
    assert span / spacing <= ticks * 1.01
    assert float(f"{spacing:e}".split("e")[0]) in (1, 2, 5)


@pytest.mark.parametrize(("value", "ceiling"), [(0, 1), (1, 1), (3, 5), (10, 10), (11, 20), (600, 1000)])
def test_axes_grow_by_round_steps(value: float, ceiling: float) -> None:
    assert nice_ceiling(value) == ceiling


def test_what_has_no_logarithm_is_nan() -> None:
    assert np.isnan(logarithm(np.array([0.0, -1.0, np.inf, np.nan]))).all()


# Colours.


def test_a_run_has_the_colour_of_what_it_is_fed(theme: themes.Theme) -> None:
    modes = ("teacher_forcing", "free_running_yhat", "mixed_yhat", "free_running_argmax")
    book = RunBook()
    one, other, mixed, arg_max = book.start(plan_runs(Problem(), Plan(modes=modes)))
    assert run_colour(one, theme) == theme.target.line and run_colour(other, theme) == theme.forward.line
    assert len({run_colour(record, theme).name() for record in book.records}) == 4
    between = run_colour(mixed, theme)
    assert theme.target.line.hue() < between.hue() < theme.forward.line.hue()
    arg_max.colour = "#123456"
    assert run_colour(arg_max, theme).name() == "#123456"
    (plain,) = book.start(plan_runs(a_problem("hidden_to_hidden"), Plan()))
    assert run_colour(plain, theme) == theme.parameter.line


# Figures.


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_a_plot_becomes_a_figure(plot: CurvePlot, tmp_path: Path, suffix: str) -> None:
    show(plot, told(4, lambda i: 1.0, lambda i: 0.2))
    path = tmp_path / f"figure{suffix}"
    save_figure(plot.parentWidget(), path)
    if suffix == ".png":
        assert QImage(str(path)).size() == plot.size() * 2
    else:
        assert QSvgRenderer(str(path)).isValid() and "<image" not in path.read_text()
    assert plot.isVisible()


def test_a_figure_of_another_kind_is_refused(plot: CurvePlot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "figure.doc"), ""))
    said: list[str] = []
    ask_and_save(plot.parentWidget(), "figure", said.append)
    assert said == ["A figure is a .png or an .svg file, and figure.doc is neither; rename it."]
    assert not list(tmp_path.iterdir())


class Repainted(QObject):
    """All of a widget that is painted from now on."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.region = QRegion()
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_a_line_that_moves_leaves_nothing_though_its_new_place_is_painted_at_once(plot: CurvePlot) -> None:
    def place(iteration: float) -> QPoint:
        plot.place_line(iteration)
        return plot.mapFromScene(plot.box.mapViewToScene(QPointF(iteration, 0.5)))

    plot.line.setVisible(True)
    before = place(100)
    for _ in range(5):
        QApplication.processEvents()
    repainted = Repainted(plot.viewport())
    now = place(300)
    plot.cover(QRect())
    plot.viewport().repaint(QRect(now.x() - 5, now.y(), 10, 10))  # as where what lay there has gone
    for _ in range(5):
        QApplication.processEvents()
    assert repainted.region.contains(now) and repainted.region.contains(before)


def test_the_median_is_that_of_numpy() -> None:
    for numbers in ([3.0], [4.0, 1.0], [5.0, 1.0, 2.0], [2.0, 9.0, 4.0, 7.0]):
        assert _median(np.array(numbers)) == np.median(numbers)
