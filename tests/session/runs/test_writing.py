"""A kept run writes on from a prompt, with the weights of any iteration, in small slices."""

import pytest

from explorer.errors import ExplorerError
from explorer.session.runs.runs import RunRecord
from explorer.session.runs.writing import LONGEST, LONGEST_PROMPT, Generation, first_prompt
from explorer.session.training_plan import plan_runs
from tests.settings import a_plan, a_problem
from tests.trained import trained


def kept(task: str, iterations: int, **options: str) -> RunRecord:
    plan = a_plan(modes=("teacher_forcing",), iterations=iterations)
    problem = a_problem("hidden_and_output", task, task_options=options, length=10, hidden=16)
    (record,) = trained(plan_runs(problem, plan)).records
    return record


@pytest.fixture(scope="module")
def run() -> RunRecord:
    return kept("next_symbol", 300, text="hello")


def written(generation: Generation) -> str:
    while not generation.done:
        generation.write_on(1.0)
    return generation.text


def test_a_trained_run_writes_its_text(run: RunRecord) -> None:
    generation = Generation(run)
    generation.begin("hel", run.iteration, 0.0, 0)
    assert written(generation).startswith("lohellohello") and len(generation.text) == LONGEST


def test_it_writes_as_it_did_at_an_earlier_iteration(run: RunRecord) -> None:
    generation = Generation(run)
    generation.begin("hel", 0, 0.0, 0)
    assert generation.iteration == 0 and not written(generation).startswith("lohello")


def test_the_same_draw_is_the_same_text_and_another_is_another(run: RunRecord) -> None:
    generation, texts = Generation(run), []
    for draw in (1, 1, 2):
        generation.begin("h", 0, 1.5, draw)
        texts.append(written(generation))
    assert texts[0] == texts[1] != texts[2]


def test_a_slice_without_time_is_one_time_step(run: RunRecord) -> None:
    generation = Generation(run)
    generation.begin("hel", run.iteration, 0.0, 0)
    seen = []
    for _ in range(5):
        generation.write_on(0.0)
        seen.append(generation.text)
    assert seen == ["", "", "l", "lo", "loh"]


def test_a_refused_prompt_leaves_what_was_written(run: RunRecord) -> None:
    generation = Generation(run)
    generation.begin("hel", run.iteration, 0.0, 0)
    text = written(generation)
    with pytest.raises(ExplorerError, match="'z'"):
        generation.begin("zebra", 0, 0.0, 0)
    with pytest.raises(ExplorerError, match=f"give at most {LONGEST_PROMPT}"):
        generation.begin("h" * (LONGEST_PROMPT + 1), 0, 0.0, 0)
    assert (generation.text, generation.prompt, generation.iteration) == (text, "hel", run.iteration)


def test_what_cannot_write_says_why(run: RunRecord) -> None:
    with pytest.raises(ExplorerError, match="cannot write"):
        Generation(kept("running_parity", 2))
    with pytest.raises(ExplorerError, match="no weights yet"):
        Generation(RunRecord(0, run.settings))


def test_the_first_prompt_is_the_beginning_of_the_text(run: RunRecord) -> None:
    assert first_prompt(run) == "hel"
    assert first_prompt(kept("running_parity", 1)) == ""
