"""Chance: each use has a stream of its own, and batches are what the task draws."""

import numpy as np
import pytest

from explorer.tasks import get_task
from explorer.training.randomness import BATCHES, COINS, generator


def test_a_stream_depends_on_seed_use_and_branch_alone() -> None:
    def draw(*key: int) -> float:
        return generator(*key).random()

    assert draw(1, BATCHES) == draw(1, BATCHES)
    assert len({draw(1, BATCHES), draw(1, COINS), draw(2, BATCHES), draw(1, BATCHES, 100)}) == 4


def test_streams_are_the_spawned_children_of_the_seed() -> None:
    children = np.random.SeedSequence(7).spawn(5)
    assert generator(7, COINS).random() == np.random.default_rng(children[COINS]).random()


@pytest.mark.parametrize(("task", "T", "B"), [("running_parity", 8, 4), ("majority", 5, 3), ("next_symbol", 900, 90)])
def test_batches_are_cut_from_what_the_task_draws(task: str, T: int, B: int) -> None:
    sequences = get_task(task)
    stream = sequences.batches(np.random.default_rng(5), T, B)
    found = [next(stream) for _ in range(40)]
    for steps, batch in found:
        assert steps == T
        x, y = batch.inputs["x"], batch.y
        assert x.shape == (T, B, sequences.n_x)
        assert y.shape == ((1, B) if sequences.one_output else (T, B))
        symbols = x.argmax(2)
        assert np.array_equal(batch.symbols["x"], symbols)
        if sequences.lookahead:
            assert np.array_equal(symbols[1:], y[:-1])
        else:
            assert np.array_equal(sequences.encode(symbols).y, y)
    assert len({batch.inputs["x"].tobytes() for _, batch in found}) > 30
