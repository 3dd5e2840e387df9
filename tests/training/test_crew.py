"""Several workers: runs of one seed stay together, the numbers are those of one, and one that dies takes none along."""

import os
import signal
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.training import crew as crews
from explorer.training.commands import Command, GoOn, Start, StopRuns
from explorer.training.crew import TrainingCrew, dealt
from explorer.training.loop import train
from explorer.training.messages import Failed, Finished, Message, Points, Rate, Snapshots
from explorer.training.run import Run
from tests.training.small import last_weights, settings
from tests.training.test_worker import iterations, losses, messages_until, needs_signals, pid, running, some

MODES = ("teacher_forcing", "free_running")
COMPARED = tuple(settings(feedback=mode, seed=seed) for mode in MODES for seed in (5, 6, 7))
LONG = tuple(settings(seed=seed, iterations=10_000_000, evaluate_every=1000) for seed in (1, 2))


@pytest.fixture
def crew() -> Iterator[TrainingCrew]:
    made = TrainingCrew(most=2)
    yield made
    made.close()
    assert not any(worker.alive for worker in made.workers)


@given(st.lists(st.integers(0, 6), min_size=1), st.integers(1, 8))
def test_seeds_are_dealt_out_whole_and_evenly(seeds: list[int], most: int) -> None:
    shares = dealt([settings(seed=seed) for seed in seeds], most)
    assert sorted(place for places in shares for place in places) == list(range(len(seeds)))
    held = [{seeds[place] for place in places} for places in shares]
    assert sum(map(len, held)) == len(set(seeds)), "twins are compared in lock-step, so they share a worker"
    assert len(held) == min(most, len(set(seeds)))
    assert max(map(len, held)) - min(map(len, held)) <= 1


def test_networks_that_blas_shares_out_itself_stay_in_one_process() -> None:
    large = settings(hidden=128, batch=32)
    assert dealt([large, settings(hidden=128, batch=32, seed=1)], 4) == [(0, 1)]


def test_the_numbers_are_those_of_one_process_also_of_those_that_go_on(crew: TrainingCrew) -> None:
    crew.send(Start(COMPARED))
    there = messages_until(crew, some(Finished, 6))
    assert [worker.alive for worker in crew.workers] == [True, True] and crew.alive
    here = [m for messages in train([Run(s) for s in COMPARED]) for m in messages]
    for run in range(6):
        assert losses(there, run) == losses(here, run)
        assert np.array_equal(*(last_weights(messages, run) for messages in (there, here)))
    assert all(len(message.by_run) == 6 for message in there if isinstance(message, Rate))

    crew.send(GoOn((None, None, 80, None, 70, None)))
    rest = messages_until(crew, some(Finished, 2))
    assert {m.run for m in rest if isinstance(m, Points | Snapshots | Finished)} == {0, 1}
    assert iterations(rest, 0) == list(range(61, 81))
    assert iterations(rest, 1) == list(range(61, 71))


@needs_signals
def test_of_a_worker_that_dies_the_runs_are_named_and_the_others_go_on(crew: TrainingCrew) -> None:
    crew.send(Start(LONG))
    messages_until(crew, lambda messages: {m.run for m in messages if isinstance(m, Points)} == {0, 1})
    os.kill(pid(crew.workers[1]), signal.SIGKILL)
    found = messages_until(crew, some(Failed))
    (failed,) = (message for message in found if isinstance(message, Failed))
    assert failed.runs == (1,) and "ended unexpectedly" in failed.sentence
    assert running(pid(crew.workers[0])) and not crew.alive
    messages_until(crew, some(Points, 3))


class _Said:
    """A worker that reports what it is told to."""

    alive = True

    def __init__(self) -> None:
        self.sent: list[Command] = []
        self.says: list[Message] = []

    def send(self, command: Command) -> None:
        self.sent.append(command)

    def poll(self) -> list[Message]:
        said, self.says = self.says, []
        return said


def test_runs_that_ended_slow_nothing_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "TrainingWorker", _Said)
    crew = TrainingCrew(most=2)
    crew.send(Start(LONG))
    first, second = crew.workers
    assert isinstance(first, _Said) and isinstance(second, _Said)
    first.says = [Finished(0, 5, True), Rate(20.0, (20.0,))]
    second.says = [Rate(500.0, (500.0,))]
    assert crew.poll()[-1] == Rate(500.0, (20.0, 500.0))
    crew.send(GoOn((None, 99)))
    assert isinstance(first.sent[-1], StopRuns) and isinstance(second.sent[-1], GoOn)
