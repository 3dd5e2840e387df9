"""Names of runs: each says what tells it from the others in the list, and no more."""

import hypothesis
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.data.data_set import encoded
from explorer.data.reading import read_data
from explorer.session.runs.bundles import bundles
from explorer.session.runs.names import names_in_view
from explorer.session.runs.run_book import RunBook
from explorer.session.training_plan import Plan, Problem, plan_runs
from explorer.training.schedules import Schedule
from explorer.training.settings import RunSettings
from tests.settings import a_problem, changed

RUN = plan_runs(Problem(), Plan(modes=("teacher_forcing",)))[0]
MIXED = plan_runs(Problem(), Plan(modes=("mixed_yhat",)))[0]
CHANGES = {
    "activation": st.sampled_from(["tanh", "relu"]),
    "hidden": st.integers(1, 64),
    "length": st.integers(4, 40),
    "batch": st.integers(1, 64),
    "iterations": st.integers(1, 10_000),
    "optimizer": st.sampled_from(["sgd", "adam", "momentum", "adagrad", "rmsprop"]),
    "learning_rate": st.floats(1e-9, 1000),
    "clip_norm": st.none() | st.floats(1e-9, 1e9),
    "l2": st.floats(0, 10),
    "truncate": st.none() | st.just((2, 5)),
    "initial_scale": st.floats(0, 100),
    "seed": st.integers(0, 1000),
    "evaluate_every": st.integers(1, 100),
    "stop_below": st.none() | st.floats(1e-9, 10),
    "schedule": st.builds(Schedule, start=st.floats(0, 1), over=st.none() | st.integers(1, 500)),
}
FED = st.sampled_from([RUN, MIXED])
FEW = hypothesis.settings(max_examples=40)


@st.composite
def settings(draw: st.DrawFn) -> RunSettings:
    """A run with one or two settings other than usual."""
    run = draw(FED)
    names = draw(st.lists(st.sampled_from(sorted(set(CHANGES) - ({"schedule"} if run is RUN else set()))), max_size=2))
    return changed(run, **{name: draw(CHANGES[name]) for name in names})


def begun(*settings: RunSettings) -> RunBook:
    book = RunBook()
    for one in settings:
        (record,) = book.start((one,), keep_in_view=True)
        record.iteration = 1
    return book


def names(book: RunBook) -> list[str]:
    return [bundle.name for bundle in bundles(book.records)]


@FEW
@given(st.lists(settings(), min_size=1, max_size=6))
def test_no_two_runs_of_a_list_are_called_the_same(runs: list[RunSettings]) -> None:
    book = begun(*runs)
    assert len(set(names(book))) == len(runs) == len({record.name for record in book.records})


@FEW
@given(st.lists(settings(), min_size=2, max_size=6))
def test_what_all_runs_have_in_common_is_in_no_name(runs: list[RunSettings]) -> None:
    alike = [changed(run, learning_rate=0.125) for run in runs]
    assert not any("rate 0.125" in name for name in names(begun(*alike)))


def test_runs_of_one_comparison_are_called_by_what_they_are_fed() -> None:
    assert names(begun(RUN, MIXED)) == [RUN.name, MIXED.name]


def test_every_run_says_each_setting_in_which_any_differ() -> None:
    longer, faster = replace(RUN, length=32), changed(MIXED, learning_rate=1000.0)
    assert names(begun(RUN, longer, faster)) == [
        "Teacher forcing, T = 8, rate 0.02",
        "Teacher forcing, T = 32, rate 0.02",
        f"{MIXED.name}, T = 8, rate 1000",
    ]


def test_own_data_are_called_by_their_file() -> None:
    data = [encoded(read_data("101 -> 110", name=name).data) for name in ("one.csv", "other.csv", "")]
    runs = [changed(RUN, task="own_data", length=3, task_options={"data": text}) for text in data]
    assert [name.partition(", ")[2] for name in names(begun(*runs))] == ["“one.csv”", "“other.csv”", "“pasted”"]


def test_results_of_another_task_are_labelled_and_options_only_within_one_task() -> None:
    echo = changed(RUN, task="delayed_echo", task_options={"k": 3})
    assert names(begun(RUN, echo)) == ["Teacher forcing, Running parity", "Teacher forcing, Delayed echo"]
    slower = changed(echo, task_options={"k": 4})
    assert [name.partition(", ")[2] for name in names(begun(RUN, echo, slower))] == [
        "Running parity",
        "Delayed echo, delay k = 3",
        "Delayed echo, delay k = 4",
    ]


@FEW
@given(settings(), settings())
def test_a_name_says_no_other_setting_where_task_or_network_tell_runs_apart(
    one: RunSettings, other: RunSettings
) -> None:
    echo = changed(other, task="delayed_echo", task_options={"k": 3}, architecture="hidden_and_output")
    assert [name.partition(", ")[2] for name in names(begun(one, echo))] == [
        "Running parity, Output → hidden",
        "Delayed echo, Hidden + output",
    ]


@FEW
@given(st.lists(settings(), min_size=1, max_size=5))
def test_a_name_among_runs_in_view_is_short_where_the_title_says_which_and_unique_always(
    runs: list[RunSettings],
) -> None:
    together = bundles(begun(*runs).records)
    said = names_in_view(together)
    assert len(set(said.values())) == len(runs)
    assert all(
        said[bundle.id] == bundle.title for bundle in together if [b.title for b in together].count(bundle.title) == 1
    )


def test_the_schedule_is_said_of_mixed_runs_only() -> None:
    other = changed(MIXED, schedule=Schedule(kind="constant", start=0.5))
    assert names(begun(RUN, MIXED, other)) == [
        "Teacher forcing",
        f"{MIXED.name}, P(target) 1 to 0",
        f"{MIXED.name}, P(target) 0.5",
    ]


def test_several_seeds_have_one_name_and_each_of_them_its_own() -> None:
    book = RunBook()
    book.start(plan_runs(a_problem(seed=7), Plan(modes=("teacher_forcing",), seeds=3)))
    assert names(book) == ["Teacher forcing · 3 seeds"]
    assert [record.name for record in book.records] == [f"Teacher forcing, seed {seed}" for seed in (7, 8, 9)]
    book.alter(book.records[0].id, given="mine")
    assert [record.name for record in book.records] == [f"mine, seed {seed}" for seed in (7, 8, 9)]


def test_a_given_name_stays_as_it_is() -> None:
    book = begun(RUN, replace(RUN, length=32))
    book.records[0].given = "mine"
    book.name()
    assert names(book) == ["mine", "Teacher forcing, T = 32"]


def test_names_grow_shorter_once_there_is_less_to_tell_apart_and_come_back() -> None:
    book = begun(RUN, replace(RUN, length=32))
    before = names(book)
    bring_back = book.delete(book.records[0])
    assert names(book) == ["Teacher forcing"]
    bring_back()
    assert names(book) == before
