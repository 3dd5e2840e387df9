"""What holds for every task there is: a new file in explorer/tasks is tested here by itself."""

import json
import pickle
from collections.abc import Callable, Iterator
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.errors import ExplorerError
from explorer.graph.batch import Batch
from explorer.graph.declaration import EVERY, ONCE
from explorer.graph.output import Target
from explorer.tasks import NumberTask, SymbolTask, Task, get_task, task_ids, task_options
from tests.each import each
from tests.oracles.typed import typed


def variants() -> Iterator[Task]:
    """Each task with its defaults, and with each option at its least, a little more, and its examples."""
    for id in task_ids():
        yield get_task(id)
        for option in task_options(id):
            values: list[int | str] = [*option.examples] if option.kind == "text" else []
            if option.kind == "int":
                values += [option.minimum, min(option.minimum + 3, option.maximum)]
            for value in values:
                yield get_task(id, **{option.name: value})


def every(kind: type) -> Callable[..., Callable[..., None]]:
    """For each task of this kind, told by its id and its options."""
    tasks = [task for task in variants() if isinstance(task, kind)]
    names = ["-".join([task.id, *(repr(value)[:40] for value in task.settings().values())]) for task in tasks]
    return each("task", [pytest.param(task, id=name) for task, name in zip(tasks, names, strict=True)])


every_task, on_symbols, on_numbers = every(Task), every(SymbolTask), every(NumberTask)
seeds = st.integers(0, 2**32 - 1)


def drawn(task: Task, seed: int, T: int, B: int) -> Batch:
    return task.batch(np.random.default_rng(seed), T, B)


@every_task
def test_it_says_what_it_teaches_and_who_learns_it_in_one_sentence_each(task: Task) -> None:
    assert task.title
    for sentence in (task.teaches(False), task.teaches(True), task.networks):
        assert sentence.endswith(".")
        assert ". " not in sentence


@on_symbols
def test_symbols_are_distinct_and_counted(task: SymbolTask) -> None:
    assert len(set(task.input_symbols)) == task.n_x
    assert len(set(task.output_symbols)) == task.n_y
    assert task.input_vectors.shape == (len(task.input_steps), task.n_x)
    said = task.input_symbols + task.output_symbols + task.input_steps
    assert all(symbol.isprintable() and symbol.strip() == symbol != "" for symbol in said), "each can be seen"


@given(seed=seeds, extra=st.integers(0, 40), B=st.integers(1, 5))
@settings(max_examples=15)
@on_symbols
def test_a_batch_has_the_shapes_and_types_promised(task: SymbolTask, seed: int, extra: int, B: int) -> None:
    T = task.shortest_length + extra
    batch = drawn(task, seed, T, B)

    steps = task.input_span.count(T, task.lengths(T))
    assert batch.inputs["x"].shape == (steps, B, task.n_x)
    assert batch.inputs["x"].dtype == np.float64
    assert batch.y.shape == (1 if task.one_output else T, B)
    assert batch.y.dtype == np.intp
    assert batch.y.min() >= 0
    assert batch.y.max() < task.n_y
    if task.one_hot_inputs:
        symbols = batch.symbols["x"]
        assert symbols.shape == (steps, B)
        assert symbols.dtype == np.intp
        assert np.array_equal(batch.inputs["x"], np.eye(task.n_x)[symbols])
    else:
        assert not batch.symbols


@given(seed=seeds, extra=st.integers(0, 40), B=st.integers(1, 5))
@settings(max_examples=15)
@on_numbers
def test_a_batch_of_numbers_has_the_shapes_and_types_promised(task: NumberTask, seed: int, extra: int, B: int) -> None:
    T = task.shortest_length + extra
    batch = drawn(task, seed, T, B)
    x, y = batch.inputs["x"], batch.y
    assert (x.shape, y.shape) == ((T, B, task.n_x), (1 if task.one_output else T, B, task.n_y))
    assert (x.dtype, y.dtype) == (np.float64, np.float64)
    assert np.isfinite(x).all() and np.isfinite(y).all() and not batch.symbols
    for kind, values in ((task.input_kind, x), (task.target, y)):
        assert kind is not Target.SYMBOLS
        assert kind is Target.NUMBERS or np.isin(values, (0.0, 1.0)).all()


@every_task
def test_the_same_seed_gives_the_same_batch_and_another_seed_another(task: Task) -> None:
    T = task.shortest_length + 30
    one, again, other = drawn(task, 5, T, 20), drawn(task, 5, T, 20), drawn(task, 6, T, 20)
    assert np.array_equal(one.inputs["x"], again.inputs["x"])
    assert np.array_equal(one.y, again.y)
    assert not np.array_equal(one.inputs["x"], other.inputs["x"])


@every_task
def test_a_generator_moves_on_from_batch_to_batch(task: Task) -> None:
    rng = np.random.default_rng(7)
    T = task.shortest_length + 30
    assert not np.array_equal(task.batch(rng, T, 20).inputs["x"], task.batch(rng, T, 20).inputs["x"])


@given(seed=seeds, extra=st.integers(0, 12))
@settings(max_examples=15)
@on_symbols
def test_a_typed_sequence_has_the_targets_a_drawn_one_has(task: SymbolTask, seed: int, extra: int) -> None:
    symbols = task.draw(np.random.default_rng(seed), task.shortest_length + extra, 1)
    if task.encode(symbols).trees is not None:
        return  # its steps alone do not tell its brackets, see test_typed
    steps = [task.input_steps[index] for index in symbols[:, 0]]

    batch = drawn(task, seed, task.shortest_length + extra, 1)
    written = typed(task, steps)
    assert np.array_equal(written.inputs["x"], batch.inputs["x"])
    assert np.array_equal(written.y, batch.y)

    blank = " " if max(map(len, task.input_steps)) > 1 else ""
    assert np.array_equal(typed(task, blank.join(steps)).y, batch.y)


@on_symbols
def test_each_input_is_written_as_it_can_be_typed(task: SymbolTask) -> None:
    for step, vector in zip(task.input_steps, task.input_vectors, strict=True):
        assert task.describe_input(vector) == step
        assert task.input_steps[task.step_index(step)] == step


@every_task
def test_an_edited_input_that_stands_for_no_symbol_is_written_in_numbers(task: Task) -> None:
    assert task.describe_input(np.full(task.n_x, 0.25)) == ", ".join(["0.25"] * task.n_x)


@on_symbols
@each("extra", [0, 1, 6])
def test_targets_are_as_frequent_as_chance_supposes(task: SymbolTask, extra: int) -> None:
    # Targets of one sequence depend on each other, sequences do not: a frequency averaged over B of them has
    # a standard deviation of at most 0.5 / sqrt(B), and five of those are allowed.
    T, B = task.shortest_length + extra, 5000
    y = drawn(task, 11, T, B).y
    frequencies = np.bincount(y.ravel(), minlength=task.n_y) / y.size
    expected = task.target_distribution(T)

    assert expected.sum() == pytest.approx(1)
    np.testing.assert_allclose(frequencies, expected, rtol=0, atol=2.5 / np.sqrt(B))


@on_symbols
def test_chance_is_what_the_best_constant_guess_costs_on_real_batches(task: SymbolTask) -> None:
    T = task.shortest_length + 5
    y = drawn(task, 12, T, 5000).y
    counts = np.bincount(y.ravel(), minlength=task.n_y)
    best_guess = [log(count / y.size) for count in counts if count]
    cost = -sum(count * guess for count, guess in zip(counts[counts > 0], best_guess, strict=True)) / y.size
    assert task.chance_loss(T) == pytest.approx(cost, abs=0.05)


@on_numbers
def test_guessing_the_mean_costs_what_chance_says(task: NumberTask) -> None:
    T = task.shortest_length + 5
    y = drawn(task, 12, T, 20_000).y.reshape(-1, task.n_y)
    mean, variance = task.target_moments(T)
    np.testing.assert_allclose(mean, y.mean(0), atol=5 * y.std() / np.sqrt(20_000))
    np.testing.assert_allclose(variance, y.var(0), rtol=0.05)
    cost = np.square(y - mean).sum(1).mean() / 2 if task.target is Target.NUMBERS else -np.log(0.5)
    assert task.chance_loss(T) == pytest.approx(cost, rel=0.05)


@on_numbers
def test_numbers_are_written_as_they_are_read(task: NumberTask) -> None:
    assert task.describe_target(np.array([-0.12345] * task.n_y)) == ", ".join(["−0.123"] * task.n_y)


@every_task
def test_the_floor_lies_between_zero_and_chance(task: Task) -> None:
    for T in range(task.shortest_length, task.shortest_length + 12):
        floor, chance = task.entropy_floor(T), task.chance_loss(T)
        assert floor is None or 0 <= floor < chance, f"T = {T} asks for nothing: shortest_length should be longer"
        assert task.target is not Target.SYMBOLS or chance <= log(task.n_y) + 1e-12


@given(seed=seeds, extra=st.integers(1, 12), data=st.data())
@settings(max_examples=15)
@every_task
def test_no_target_depends_on_inputs_still_to_come(task: Task, seed: int, extra: int, data: st.DataObject) -> None:
    if task.one_output or not task.causal or task.input_span not in (EVERY, ONCE):
        return  # its target comes after the last input, or depends on what comes later by intention
    T = task.shortest_length + extra
    rng = np.random.default_rng(seed)
    symbols, changed = task.draw(rng, T, 3), task.draw(rng, T, 3)
    known = data.draw(st.integers(0, T - 1), label="steps that stay the same")
    changed[: known + task.lookahead] = symbols[: known + task.lookahead]
    assert np.array_equal(task.encode(symbols).y[:known], task.encode(changed).y[:known])


@every_task
def test_targets_do_not_share_memory_with_inputs(task: Task) -> None:
    rows = task.draw(np.random.default_rng(0), task.shortest_length, 2)
    assert not np.shares_memory(task.encode(rows).y, rows)


@every_task
def test_the_usual_length_is_allowed(task: Task) -> None:
    assert 1 <= task.shortest_length <= task.default_length
    drawn(task, 0, task.default_length, 1)


@every_task
def test_a_length_below_the_shortest_is_refused_in_one_sentence(task: Task) -> None:
    short = task.shortest_length - 1
    message = f"'{task.title}' needs at least .* not {short}; make the sequence longer"
    for ask in (task.chance_loss, task.entropy_floor, task.check_length):
        with pytest.raises(ExplorerError, match=message):
            ask(short)
    with pytest.raises(ExplorerError, match=message):
        drawn(task, 0, short, 1)


@on_symbols
def test_an_unknown_typed_symbol_is_named(task: SymbolTask) -> None:
    with pytest.raises(ExplorerError, match=f"no input symbol of '{task.title}' called 'ϟ'"):
        task.step_index("ϟ")


@every_task
@each("B", [0, -3])
def test_an_empty_batch_is_refused(task: Task, B: int) -> None:
    with pytest.raises(ExplorerError, match=f"at least 1 sequence, not {B}"):
        drawn(task, 0, task.default_length, B)


@every_task
def test_settings_survive_a_file_and_a_worker_process(task: Task) -> None:
    stored = json.loads(json.dumps({"id": task.id, "options": task.settings()}))
    assert get_task(stored["id"], **stored["options"]) == task

    sent = pickle.loads(pickle.dumps(task))
    assert sent == task
    assert np.array_equal(drawn(sent, 3, task.default_length, 4).y, drawn(task, 3, task.default_length, 4).y)
