"""A whole sequence is typed as one writes it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.tasks import Task, get_task, task_ids
from tests.each import each
from tests.refusals import refusal_of

TASKS = [get_task(id) for id in task_ids()]
every_task = each("task", TASKS)


@given(seed=st.integers(0, 2**32 - 1), extra=st.integers(0, 9))
@settings(max_examples=10)
@every_task
def test_a_drawn_sequence_that_is_written_and_typed_is_the_same(task: Task, seed: int, extra: int) -> None:
    T = task.shortest_length + extra
    drawn = task.draw(np.random.default_rng(seed), T, 1)
    y = task.encode(drawn).y
    typed = task.typed(task.written(drawn, y))
    assert typed.drawn is not None
    assert np.array_equal(typed.drawn, drawn[: len(typed.drawn)])
    assert np.array_equal(task.encode(typed.drawn).y if typed.targets is None else typed.targets, y)
    assert task.typed_length(typed, T) == T


@given(text=st.text(max_size=40) | st.text("01ab+-> →;,.e", max_size=20))
@every_task
def test_any_text_is_taken_or_refused_in_a_sentence(task: Task, text: str) -> None:
    try:
        typed = task.typed(text)
        assert task.typed_length(typed, 8) >= task.shortest_length
    except ExplorerError as error:
        assert str(error).endswith(".") and "\n" not in str(error)


@pytest.mark.parametrize(
    ("id", "text", "inputs", "targets"),
    [
        ("running_parity", "1 0 1 1", [1, 0, 1, 1], [1, 1, 0, 1]),
        ("running_parity", "1011 -> 1 1 1 1", [1, 0, 1, 1], [1, 1, 1, 1]),
        ("next_symbol", "hello", [1, 0, 2, 2], [0, 2, 2, 3]),
        ("damped_pendulum", "0.5 -1 2", [[0.5], [-1.0], [2.0]], None),
        ("adding_problem", "(0.5, 1), (0.25, 1) → 0.75", [[0.5, 1.0], [0.25, 1.0]], [[0.75]]),
        ("damped_pendulum", "0,5; −1; 2", [[0.5], [-1.0], [2.0]], None),
        ("adding_problem", "0.5 1; 0.25 1", [[0.5, 1.0], [0.25, 1.0]], [[0.75]]),
        ("temporal_xor", "1 0 1", [[1.0], [0.0]], [[0.0], [1.0]]),
        ("truth_value", "((0 1) 1)", [0, 1, 1], [0]),
        ("truth_value", "(0 (1 1))", [0, 1, 1], [1]),
        ("truth_value", "(1 0), 1 -> 1", [1, 0, 1], [1]),
    ],
)
def test_targets_follow_by_the_rule_or_after_an_arrow(id: str, text: str, inputs: list, targets: list | None) -> None:
    task = get_task(id)
    typed = task.typed(text)
    batch = task.encode(typed.drawn)
    x = batch.symbols["x"] if batch.symbols else batch.inputs["x"]
    assert x[:, 0].tolist() == inputs
    if targets is not None:
        assert (batch.y if typed.targets is None else typed.targets)[:, 0].tolist() == targets


@pytest.mark.parametrize(
    ("text", "inputs", "total", "said"),
    [
        ("100111 + 110010", "1+0 1+1 1+0 0+0 0+1 1+1 0+0", "1011001", "0100111 + 0110010 = 1011001 is read"),
        ("0101+0111", "1+1 0+1 1+1 0+0", "1100", "0101 + 0111 = 1100"),
        ("1 + 1", "1+1 0+0", "10", "step 1, its first bits are step 2."),
        ("1+1", "1+1", "0", ""),
        ("1+1 0+1", "1+1 0+1", "00", ""),
    ],
)
def test_a_sum_is_typed_as_one_writes_it(text: str, inputs: str, total: str, said: str) -> None:
    task = get_task("binary_addition")
    typed = task.typed(text)
    assert task.written(typed.drawn) == inputs
    assert "".join(map(str, task.encode(typed.drawn).y[::-1, 0])) == total
    assert said in typed.reading and bool(said) == bool(typed.reading)


@each(
    ("id", "text", "sentence"),
    [
        ("running_parity", "102", "“2” is no symbol of the inputs of 'Running parity'; write 0 or 1."),
        ("running_parity", "10 -> 1", "Here is 1 target after the arrow, and 'Running parity' asks for 2;"),
        ("binary_addition", "100111 110010", "“100111” is no symbol of the inputs of 'Binary addition'; write 0+0"),
        ("binary_addition", "1 + 2", "or a whole sum such as 100111 + 110010."),
        ("first_symbol_recall", "ab -> ab", "Here are 2 targets after the arrow"),
        ("adding_problem", "1; 2", "A step of the inputs of 'Adding problem' has 2 numbers, value and mark, and here"),
        ("adding_problem", "1 1", "'Adding problem' needs at least 2 steps, not 1"),
        ("damped_pendulum", "1 2e9", "cannot be a number of the inputs of 'Damped pendulum'"),
        ("temporal_xor", "1 0 0.5", "“.” is no bit of the inputs of 'Temporal XOR'; write 0 or 1."),
        ("tune", "joy mary", "'Tune from its name' takes one input for the whole sequence, not 2"),
        ("number_words", "1 and 20 1 and", "No sequence of 'Number words' has 5 inputs"),
        ("next_symbol", "h", "No sequence of 'Next symbol' has 1 input"),
        ("truth_value", "1", "'Truth value' needs at least 2 steps, not 1"),
        ("truth_value", "(1 0 1)", "A bracket joins two parts, and here are 3; write ((1 0) 1), say."),
        ("truth_value", "((1) 0)", "A bracket joins two parts, and here is 1; write ((1 0) 1), say."),
        ("truth_value", "((1 0) 1", "1 bracket would have to be closed at the end; write"),
        ("truth_value", "(1 0)) 1", "A bracket closes here that none has opened; write"),
        ("truth_value", "(1 2)", "“2” is no part of an expression of bits and brackets; write"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(id: str, text: str, sentence: str) -> None:
    task = get_task(id)
    assert sentence in refusal_of(lambda: task.typed_length(task.typed(text), 8))
