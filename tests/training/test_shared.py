"""Runs that take turns with one program learn what each learns alone."""

import numpy as np
import pytest

from explorer.training.run import Run
from explorer.training.settings import changed
from tests.training.small import settings, steps


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"precision": "float32"},
        {"truncate": (2, 3)},
        {"feedback": "mixed_sample"},
        {"task": "next_symbol", "task_options": {"text": "hello, hello, world! " * 9}, "carry_state": True},
    ],
)
def test_runs_that_take_turns_with_one_program_learn_what_each_learns_alone(more: dict[str, object]) -> None:
    chosen = [settings(**{"optimizer": "adam", "l2": 0.1, "clip_norm": 0.5} | more)]
    chosen += [changed(chosen[0], seed=7), changed(chosen[0], optimizer="sgd")]
    alone = []
    for one in chosen:
        run = Run(one)
        alone.append((steps(run, 12), run.theta.copy(), run.evaluate().open_loop.loss))
        del run
    together = [Run(one) for one in chosen]
    assert len({id(run.program) for run in together}) == 1
    losses: list[list[float]] = [[] for _ in together]
    for _ in range(12):
        for run, found in zip(together, losses, strict=True):
            found += steps(run, 1)
    for run, found, (wanted, theta, judged) in zip(together, losses, alone, strict=True):
        assert found == wanted and run.evaluate().open_loop.loss == judged
        np.testing.assert_array_equal(run.theta, theta)


def test_runs_of_another_network_or_size_or_precision_have_a_program_of_their_own() -> None:
    one = settings()
    others = [changed(one, hidden=5), changed(one, batch=3), changed(one, precision="float32"), changed(one, length=4)]
    runs = [Run(each) for each in (one, *others)]
    assert len({id(run.program) for run in runs}) == len(runs)
