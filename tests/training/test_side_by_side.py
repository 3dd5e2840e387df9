"""Runs that compute side by side learn what each learns alone: at these sizes to the last bit, at others nearly."""

import gc

import numpy as np
import pytest

from explorer.data.data_set import encoded
from explorer.data.reading import read_data
from explorer.training import shared
from explorer.training.loop import train
from explorer.training.run import Run
from explorer.training.settings import RunSettings, changed
from explorer.training.side_by_side import SideBySide, going_together
from tests.training.small import last_weights, settings
from tests.training.test_run import EXPLODING

DATA = "a b -> b a\nb b -> a a\nb a a -> a b b\na b b -> b a a\nb a -> a b\na a b b -> b b a a\n"
OWN = {"task": "own_data", "task_options": {"data": encoded(read_data(DATA).data), "share": 50}}
TEXT = {"task": "next_symbol", "task_options": {"text": "hello, hello, world! " * 9}, "carry_state": True}


def learned(chosen: list[RunSettings]) -> list[np.ndarray]:
    runs = [Run(one) for one in chosen]
    messages = [message for batch in train(runs) for message in batch]
    return [last_weights(messages, place) for place in range(len(runs))]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"precision": "float32"},
        {"feedback": "free_running"},
        {"feedback": "mixed_sample"},
        {"architecture": "lstm", "feedback": None},
        {"architecture": "hidden_to_hidden", "feedback": None, "task": "damped_pendulum"},
        TEXT,
        OWN | {"architecture": "hidden_to_hidden", "feedback": None, "batch": 2},
        {"truncate": (2, 3)},
    ],
    ids=lambda more: ", ".join(map(str, more.values()))[:40],
)
def test_runs_side_by_side_learn_what_each_learns_alone(more: dict[str, object]) -> None:
    first = settings(**{"optimizer": "adam", "l2": 0.1, "clip_norm": 0.5, "iterations": 30} | more)
    chosen = [first, changed(first, seed=7), changed(first, seed=8, iterations=12)]
    assert len(going_together([Run(one) for one in chosen])) == (3 if "truncate" in more else 1)
    for found, one in zip(learned(chosen), chosen, strict=True):
        np.testing.assert_array_equal(found, learned([one])[0])


def test_runs_that_are_moved_otherwise_go_apart() -> None:
    first = Run(settings(seed=1))
    with np.errstate(all="ignore"):
        first.step()
    later = Run(settings(seed=2), first.theta, 1, moments=first.updates.moments)
    others = [Run(settings(seed=3)), Run(settings(seed=3, learning_rate=0.3)), Run(settings(seed=3, optimizer="sgd"))]
    assert going_together([first, later, *others]) == [[0, 1], [2], [3], [4]]


def test_those_that_diverge_leave_the_others_as_they_are() -> None:
    mild = settings(**EXPLODING | {"initial_scale": 0.7, "learning_rate": 0.1})
    chosen = [changed(mild, seed=seed) for seed in (0, 4, 2, 1)]
    runs, alone = [Run(one) for one in chosen], [Run(one) for one in chosen]
    assert going_together(runs) == [[0, 1, 2, 3]]
    for _ in train(runs):
        pass
    assert [run.diverged is None for run in runs] == [True, False, False, True]
    for run, other in zip(runs, alone, strict=True):
        for _ in train([other]):
            pass
        np.testing.assert_array_equal(run.weights, other.weights)
        assert (run.iteration, run.diverged) == (other.iteration, other.diverged)


def test_of_runs_that_end_one_after_another_no_program_for_more_is_kept() -> None:
    side_by_side, runs = SideBySide(), [Run(settings(seed=seed, length=11)) for seed in range(4)]
    for left in (4, 3, 2, 1):
        with np.errstate(all="ignore"):
            side_by_side.step(runs[:left])
        gc.collect()
        assert [key[-1] for key in shared._PROGRAMS if key[2] == 11 and key[-1] > 1] == [left] * (left > 1)


def test_what_is_told_of_one_is_its_own_update() -> None:
    chosen = [settings(seed=seed) for seed in (1, 2)]
    together, alone = [Run(one) for one in chosen], Run(chosen[1])
    for run in (*together, alone):
        run.tell_next()
    with np.errstate(all="ignore"):
        SideBySide().step(together)
        alone.step()
    assert together[1].told is not None and alone.told is not None
    np.testing.assert_array_equal(together[1].told.gradient, alone.told.gradient)
    np.testing.assert_array_equal(together[1].told.sequence.y, alone.told.sequence.y)


def test_no_more_go_together_than_a_cache_holds_nor_than_are_small() -> None:
    many = [Run(settings(seed=seed, hidden=32, batch=32, length=4)) for seed in range(4)]
    assert going_together(many) == [[0, 1, 2], [3]]
    large = [Run(settings(seed=seed, hidden=64, batch=64, length=4)) for seed in range(2)]
    assert going_together(large) == [[0], [1]]
