"""What curves tell: of invented curves exactly what was put into them, of real runs what their numbers say."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.runs.bundles import bundles
from explorer.session.runs.learning import LEARNED, learning
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import Measure
from explorer.session.runs.stories import STORIES
from explorer.session.runs.trend import FEWEST, LossTrend, chance, hump, trend
from explorer.session.runs.verdict import NEAR, Verdict, gap_of, number, percent, verdict
from explorer.session.training_plan import Plan, Problem, plan_runs
from explorer.training.messages import Diverged, Divergence, Evaluated, Evaluation, Judged, Points
from tests.settings import a_plan, a_problem, changed
from tests.trained import trained

EVERY = 10
CHANCE = float(np.log(2))
Shares = Sequence[tuple[float, float]]
"""Shares of right outputs at each judgement, fed the targets and on the own output."""
SHARES = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=8)


def judged(score: float, loss: float) -> Judged:
    return Judged(loss, score, 0.0, np.full(2, loss), np.full(2, 1 - score))


def told(
    *runs: Shares, modes: tuple[str, ...] = ("teacher_forcing", "free_running_yhat"), falling: bool = True
) -> RunBook:
    """Runs with these shares, whose losses fall from 1 to a tenth of a guess's, or stay where they are."""
    book = RunBook()
    book.start(plan_runs(a_problem(length=3), a_plan(modes=modes[: len(runs)], iterations=1000)))
    for run, shares in enumerate(runs):
        losses = np.linspace(1.0, 0.1 * CHANCE, len(shares)) if falling else np.ones(len(shares))
        for place, ((fed, own), loss) in enumerate(zip(shares, losses, strict=True)):
            evaluation = Evaluation(judged(fed, loss), judged(own, loss), np.zeros(2))
            book.take([Evaluated(run, EVERY * place, evaluation)])
            book.take([Points(run, np.arange(EVERY * place + 1, EVERY * place + EVERY + 1), np.full(EVERY, loss))])
    return book


def test_of_numbers_that_share_is_right_which_a_guess_leaves_and_the_run_does_not() -> None:
    book = RunBook()
    (record,) = book.start(plan_runs(a_problem("hidden_to_hidden", "damped_pendulum"), a_plan()))
    guess = chance(record.settings)
    book.take([Evaluated(0, 0, Evaluation(judged(0.0, 0.25 * guess), judged(0.0, 0.5 * guess), np.zeros(2)))])
    (bundle,) = bundles(book.records)
    found = learning(bundle)
    assert found is not None and found.own == pytest.approx(0.5) and found.learned is None
    book.take([Evaluated(0, 9, Evaluation(judged(0.0, 0.04 * guess), judged(0.0, 0.5 * guess), np.zeros(2)))])
    found = learning(bundle)
    assert found is not None and found.learned == 9


def say(book: RunBook) -> Verdict:
    found = verdict(bundles(book.records))
    assert found is not None and found.sentence.endswith(".") and "nan" not in found.sentence
    return found


@given(SHARES, SHARES)
def test_it_names_the_run_that_learned_first_fed_as_in_training_and_when(one: Shares, other: Shares) -> None:
    book = told(one, other)
    found = say(book)
    trained = [[fed for fed, _ in one], [own for _, own in other]]
    expected = [next((EVERY * i for i, share in enumerate(run) if share >= LEARNED), None) for run in trained]
    assert list(found.learned.values()) == expected
    names = [record.name for record in book.records]
    reached = [(at, name) for at, name in zip(expected, names, strict=True) if at is not None]
    if len({at for at, _ in reached}) == 2 or len(reached) == 1:
        at, name = min(reached)
        assert found.sentence.startswith(f"{name} learned first, by iteration {at}; ")
    elif reached:
        alike = ": no difference is seen" if found.gap is None else ". "
        assert f"by the same iteration, {reached[0][0]}{alike}" in found.sentence
    else:
        assert " first" not in found.sentence


@given(SHARES)
def test_the_gap_of_a_run_fed_targets_is_the_last_one_or_the_widest_since_it_learned(shares: Shares) -> None:
    gap = say(told(shares)).gap
    losses = np.linspace(1.0, 0.1 * CHANCE, len(shares))
    apart = [fed - own if loss < CHANCE else 0.0 for (fed, own), loss in zip(shares, losses, strict=True)]
    expected = apart[-1] if apart[-1] > NEAR else max(apart)
    assert (gap is None) == (expected <= NEAR)
    if gap is not None:
        assert gap.fed - gap.own == pytest.approx(expected) and apart[gap.iteration // EVERY] == pytest.approx(expected)
        assert gap.until == next((EVERY * i for i in range(len(apart)) if max(apart[i:]) <= NEAR and i), None)


@given(SHARES, st.booleans())
def test_exposure_bias_is_said_only_of_what_was_fed_targets_and_learned(shares: Shares, falling: bool) -> None:
    free = say(told(shares, modes=("free_running_yhat",), falling=falling))
    forced = say(told(shares, falling=falling))
    assert free.gap is None and "exposure bias" not in free.sentence
    assert ("exposure bias" in forced.sentence) == (forced.gap is not None)
    learned = falling and any(fed >= LEARNED for fed, _ in shares)
    assert ("lost nothing on its own output" in forced.sentence) == (learned and forced.gap is None)
    assert falling or forced.gap is None


@given(st.floats(0, 0.94), st.floats(0, NEAR))
def test_no_difference_is_said_where_there_is_none(share: float, more: float) -> None:
    found = say(told([(share, share)] * 3, [(share + more / 2, share + more / 2)] * 3))
    assert found.sentence.startswith("No difference is seen after 20 iterations: ")


def test_of_two_that_learned_by_the_same_iteration_the_one_with_a_gap_differs_and_is_named() -> None:
    first, second = say(told([(0.5, 0.5), (1.0, 0.6)], [(0.5, 0.5), (1.0, 1.0)])).sentence.split(". ")
    assert first.endswith("learned by the same iteration, 10")
    assert second.startswith("Teacher forcing is 100 % right fed targets")


def test_what_is_not_yet_right_is_not_called_so() -> None:
    assert [percent(share) for share in (0.0, 0.504, 0.9499, LEARNED, 0.999, 1.0)] == [
        "0 %",
        "50 %",
        "94 %",
        "95 %",
        "99 %",
        "100 %",
    ]


def test_other_tasks_and_lengths_are_not_compared() -> None:
    book = told([(1.0, 1.0)] * 3)
    book.start(plan_runs(a_problem(length=9), Plan(modes=("free_running_yhat",))), keep_in_view=True)
    for i in range(3):
        book.take([Evaluated(0, EVERY * i, Evaluation(judged(0.5, 1.0), judged(0.5, 1.0), None))])
    assert list(say(book).learned) == [book.records[1].id]


def test_what_learns_and_is_never_judged_has_no_gap() -> None:
    book = RunBook()
    book.start(plan_runs(a_problem(length=3), a_plan(modes=("teacher_forcing",), iterations=1000, evaluate_every=0)))
    book.take([Points(0, np.arange(1, 61), np.linspace(1.0, 0.1 * CHANCE, 60))])
    assert gap_of(bundles(book.records)[0]) is None


def test_before_the_second_judgement_nothing_is_said() -> None:
    assert verdict([]) is None and verdict(bundles(told([(0.5, 0.5)]).records)) is None


def test_seeds_count_by_their_median_which_is_said_once() -> None:
    book = RunBook()
    book.start(plan_runs(a_problem(length=3), Plan(modes=("free_running_yhat",), seeds=3)))
    for run, solved_at in enumerate((10, 20, 40)):
        for i in range(0, 50, 10):
            now = judged(float(i >= solved_at), 1.0)
            book.take([Evaluated(run, i, Evaluation(now, now, None))])
    told = "Free running on soft ŷ learned by iteration 20 (medians of 3 seeds)."
    assert say(book).sentence == told


# Losses out of hand.


@given(st.floats(2.1, 1e200), st.integers(FEWEST, 60))
def test_a_loss_that_rises_is_an_alarm_with_its_remedy_and_never_exposure_bias(factor: float, updates: int) -> None:
    book = told([(0.9, 0.1)] * 2)
    record = book.records[0]
    book.take([Points(0, np.arange(21, 21 + 20 * updates), np.full(20 * updates, factor))])
    found = say(book)
    assert found.alarm and found.remedy is not None and "exposure bias" not in found.sentence
    assert found.sentence.startswith(f"{record.name} does not learn: its loss rose from 1 to ")
    assert "the learning rate 0.02 is too high" in found.sentence
    (mended,) = found.remedy.settings
    assert mended == changed(record.settings, learning_rate=0.002)


def test_runs_that_need_the_same_are_mended_together() -> None:
    book = RunBook()
    book.start(plan_runs(Problem(), a_plan(learning_rate=1000.0)))
    for run in (0, 1):
        book.take([Points(run, np.arange(1, 31), np.linspace(1, 300, 30))])
    found = say(book)
    assert found.remedy is not None and {run.training.learning_rate for run in found.remedy.settings} == {0.02}
    assert [run.feedback for run in found.remedy.settings] == [record.settings.feedback for record in book.records]


def test_a_run_that_broke_is_named_and_takes_no_part() -> None:
    book = told([(1.0, 1.0)] * 3, [(0.5, 0.5)] * 3)
    book.take([Diverged(0, 20, Divergence(25, "W", "It diverged.", "Clip."))])
    found = say(book)
    assert found.alarm and found.sentence.startswith("Teacher forcing diverged; ")
    assert list(found.learned) == [book.records[1].id]


@given(st.lists(st.floats(0, 1e300), min_size=FEWEST, max_size=200))
def test_a_trend_is_either_fallen_or_out_of_hand_or_neither(losses: list[float]) -> None:
    book = RunBook()
    (record,) = book.start(plan_runs(Problem(), Plan(modes=("teacher_forcing",))))
    book.take([Points(0, np.arange(1, len(losses) + 1), np.array(losses))])
    found = trend(record)
    assert found is not None and not (found.fallen and found.out_of_hand)
    assert found.highest == max(losses) == losses[found.at - 1] and found.first == losses[0]


@pytest.mark.parametrize(
    ("first", "now", "highest", "out"),
    [
        *((1.0, 3.9, 3.9, False), (1.0, 4.1, 4.1, True), (3.0, 5.9, 5.9, False), (3.0, 6.1, 6.1, True)),
        *((1.0, 2.5, 19.0, False), (1.0, 2.5, 21.0, True), (1.0, 1.9, 21.0, False)),
    ],
)
def test_a_loss_is_out_of_hand_at_twice_or_after_ten_times_of_where_it_was(
    first: float, now: float, highest: float, out: bool
) -> None:
    assert LossTrend(first, now, highest, at=7, guess=2.0).out_of_hand is out


# The hump.


@given(st.floats(0.2, 5.0), st.integers(1, 8), st.integers(2, 8))
def test_a_hump_is_where_the_dashed_line_turns(height: float, rise: int, fall: int) -> None:
    own = np.concatenate([[1.0, 0.5], 0.5 + height * np.arange(1, rise + 1) / rise, np.linspace(0.4, 0.1, fall)])
    book = told([(1.0, 1.0)] * len(own))
    x = EVERY * np.arange(len(own), dtype=float)
    assert hump(book.records[0], x, own) == (x[1 + rise], own[1 + rise])


@given(st.lists(st.floats(0, 5), min_size=3, max_size=20))
def test_what_only_falls_or_only_rises_has_no_hump(losses: list[float]) -> None:
    book = told([(1.0, 1.0)] * len(losses))
    x = np.arange(len(losses), dtype=float)
    for own in (np.sort(losses), np.sort(losses)[::-1]):
        assert hump(book.records[0], x, own) is None


# Real runs.


def test_of_parity_it_tells_that_teacher_forcing_is_first_and_was_exposed_on_the_way() -> None:
    book = trained(plan_runs(a_problem(length=8), a_plan(iterations=200)))
    found = say(book)
    curves = (r.curve(m) for r, m in zip(book.records, (Measure.OPEN_SCORE, Measure.CLOSED_SCORE), strict=True))
    at = [float(x[y >= LEARNED][0]) for x, y in curves]
    assert list(found.learned.values()) == at and at[0] < at[1]
    first = f"Teacher forcing learned first, by iteration {at[0]:.0f}; "
    assert found.sentence.startswith(first)


def test_of_echo_it_tells_how_much_less_is_right_on_the_own_output() -> None:
    book = trained(plan_runs(a_problem(task="delayed_echo"), a_plan(modes=("teacher_forcing",), iterations=300)))
    (record,) = book.records
    found = say(book)
    points = 100 * (record.latest(Measure.OPEN_SCORE) - record.latest(Measure.CLOSED_SCORE))
    assert found.gap is not None and found.gap.final and 100 * (found.gap.fed - found.gap.own) == points
    assert f"{percent(found.gap.own)} on its own output: exposure bias" in found.sentence


def test_of_an_explosion_it_tells_how_high_and_that_clipping_mends_it() -> None:
    story = STORIES[-1]
    problem = Problem(**{name: value for name, value in story.document.items() if name != "example"})
    found = say(trained(plan_runs(problem, changed(story.plan, iterations=100))))
    assert found.alarm and found.remedy is not None and found.remedy.title == "Clip to norm 1"
    clipped = changed(story.plan, iterations=100, clip_norm=found.remedy.settings[0].training.clip_norm)
    mended = say(trained(plan_runs(problem, clipped)))
    assert "the gradient explodes" in found.sentence and "the gradient explodes" not in mended.sentence


@pytest.mark.parametrize(
    ("task", "architecture", "begins", "words"),
    [
        (
            *("damped_pendulum", "output_to_hidden", "Not learned after 200 iterations: "),
            "of the variance explained on their own output",
        ),
        (
            *("temporal_xor", "hidden_to_hidden", "Plain training "),  # two bits of three are chance
            "of the bits right after 200 iterations; part of what comes next is chance",
        ),
    ],
)
def test_bits_and_numbers_have_words_of_their_own(task: str, architecture: str, begins: str, words: str) -> None:
    book = trained(plan_runs(a_problem(architecture, task, length=6), a_plan(iterations=200, evaluate_every=50)))
    said = say(book).sentence
    assert words in said and said.startswith(begins)
    record = book.records[0]
    if task == "damped_pendulum":
        explained = 1 - record.latest(Measure.CLOSED_LOSS) / chance(record.settings)
        assert f"{record.name} {percent(explained)}" in said


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((0.0, "0"), (9.96e-5, "1.0×10⁻⁴"), (9.96e-4, "1.0×10⁻³"), (0.001, "0.001"), (0.1, "0.1"), (999.4, "999")),
        *((999.6, "1,000"), (123_456.0, "123,456"), (2.34e6, "2.3×10⁶"), (float("inf"), "∞")),
    ],
)
def test_a_number_in_a_verdict_is_rounded_into_the_next_power_of_ten(value: float, text: str) -> None:
    assert number(value) == text
