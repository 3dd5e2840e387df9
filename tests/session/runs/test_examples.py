"""One example at the weights of a run: the same sequence for every run, mistakes where they are, symbols put in."""

import numpy as np
import pytest

from explorer.session.runs.examples import follow_example
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import RunRecord
from explorer.session.training_plan import Plan, Problem, plan_runs
from tests.settings import a_plan, a_problem
from tests.trained import trained


def a_book(problem: Problem, iterations: int = 5) -> RunBook:
    return trained(plan_runs(problem, a_plan(iterations=iterations)))


def test_runs_are_followed_on_the_same_sequence():
    one, other = (follow_example(record, 5, 3) for record in a_book(a_problem(length=6)).records)
    assert one.inputs == other.inputs and len(one.inputs) == 6 and one.iteration == 5
    assert one.rows[0].title == "target" and one.rows[0].symbols == other.rows[0].symbols
    assert [row.title for row in one.rows] == ["target", "fed targets", "fed its own output"]
    assert one.drift.shape == (6,) and one.drift[0] == 0, "before the first output nothing can differ"


def test_another_number_is_another_sequence():
    record = a_book(a_problem(length=12)).records[0]
    assert follow_example(record, 5, 0).inputs != follow_example(record, 5, 1).inputs


def test_mistakes_are_where_outputs_differ_from_targets():
    followed = follow_example(a_book(a_problem(length=10), 1).records[0], 0, 0)
    target = followed.rows[0]
    assert not any(target.wrong) and target.first is None
    for row in followed.rows[1:]:
        assert list(row.wrong) == [a != b for a, b in zip(row.symbols, target.symbols, strict=True)]
        assert row.first == next((t for t, wrong in enumerate(row.wrong) if wrong), None)


def test_a_solved_task_has_no_mistake():
    followed = follow_example(a_book(a_problem(length=6), 200).records[0], 200, 0)
    assert [row.first for row in followed.rows] == [None, None, None]
    assert np.all(followed.drift < 1e-9), "right outputs are the targets that teacher forcing feeds"


def test_a_wrong_symbol_put_in_is_followed_too():
    record = a_book(a_problem(length=6), 200).records[0]
    followed = follow_example(record, 200, 0, inject=2)
    assert followed.injected[0] == 2 and followed.rows[-1].title == "after a wrong symbol"
    assert followed.rows[-1].symbols[:2] == followed.rows[-2].symbols[:2], "nothing has changed up to there"
    assert followed.rows[-1].symbols[2] != followed.rows[-2].symbols[2], "parity turns over at once"


@pytest.mark.parametrize("inject", [0, 6, 99])
def test_a_wrong_symbol_that_reaches_no_step_is_passed_over(inject):
    assert follow_example(a_book(a_problem(length=6)).records[0], 5, 0, inject).injected is None


def test_a_net_without_output_feedback_has_one_row_of_outputs_and_no_drift():
    followed = follow_example(a_book(a_problem("hidden_to_hidden", length=6)).records[0], 5, 0, inject=2)
    assert [row.title for row in followed.rows] == ["target", "output"]
    assert followed.drift is None and followed.injected is None


def test_a_net_with_one_output_predicts_at_its_last_step():
    followed = follow_example(a_book(a_problem("sequence_to_one", "majority", length=5)).records[0], 5, 0)
    assert followed.first_step == 5 and len(followed.inputs) == 5 and len(followed.rows[0].symbols) == 1


def test_what_is_read_along_a_tree_is_written_in_brackets():
    followed = follow_example(a_book(a_problem("recursive_tree", "truth_value", length=5)).records[0], 5, 0)
    assert [bit for bit in followed.brackets if bit in "01"] == list(followed.inputs)[:5]
    assert followed.brackets.count("(") == 4
    assert follow_example(a_book(a_problem(length=6)).records[0], 5, 0).brackets == ""


def test_without_weights_there_is_nothing_to_follow():
    record = RunRecord(0, plan_runs(a_problem(length=6), Plan())[0])
    assert follow_example(record, 0, 0) is None
