"""The worker process: same numbers as here, obedient, and nothing that happens to it makes the caller wait."""

import os
import re
import signal
import struct
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import numpy as np
import pytest

from explorer.training import worker_process
from explorer.training.commands import Continued, GoOn, Origin, Pause, Resume, SetPace, Start, StepOnce, StopRuns
from explorer.training.loop import train
from explorer.training.messages import Diverged, Evaluated, Failed, Finished, Message, Points, Snapshots, Standing, Told
from explorer.training.priority import NICENESS
from explorer.training.run import Run
from explorer.training.settings import RunSettings
from explorer.training.worker import TrainingWorker
from tests.training.small import kept_weights, last_weights, settings
from tests.training.test_run import EXPLODING

PATIENCE = 30.0
"""Seconds after which a test fails, on however slow a machine; all that is waited for takes a fraction of one."""

needs_signals = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system cannot stop a process")
LONG = settings(iterations=10_000_000, evaluate_every=1000)


@pytest.fixture
def own() -> Iterator[TrainingWorker]:
    """A worker whose process a test may end."""
    made = TrainingWorker()
    yield made
    made.close()
    assert not made.alive


@pytest.fixture(scope="module")
def shared() -> Iterator[TrainingWorker]:
    made = TrainingWorker()
    yield made
    made.close()
    assert not made.alive


@pytest.fixture
def worker(shared: TrainingWorker) -> Iterator[TrainingWorker]:
    """A worker without runs, in the process of the tests before: to start one costs more than most of them."""
    shared.send(StopRuns())
    yield shared
    assert shared.alive


def messages_until(worker: TrainingWorker, enough: Callable[[list[Message]], bool]) -> list[Message]:
    """Poll until what has come is enough."""
    found: list[Message] = []
    end = monotonic() + PATIENCE
    while not enough(found):
        assert monotonic() < end, f"nothing but {found[-5:]}"
        found += worker.poll()
        sleep(0.002)
    return found


def some(kind: type, count: int = 1) -> Callable[[list[Message]], bool]:
    return lambda messages: sum(isinstance(m, kind) for m in messages) >= count


def iterations(messages: list[Message], run: int = 0) -> list[int]:
    parts = [m.iterations for m in messages if isinstance(m, Points) and m.run == run]
    return np.concatenate(parts).tolist() if parts else []


def losses(messages: list[Message], run: int = 0) -> list[float]:
    parts = [m.training_loss for m in messages if isinstance(m, Points) and m.run == run]
    return np.concatenate(parts).tolist() if parts else []


def quiet(worker: TrainingWorker) -> list[Message]:
    """What comes until nothing has come for a while."""
    found: list[Message] = []
    last = monotonic()
    while monotonic() - last < 0.3:
        batch = worker.poll()
        found += batch
        last = monotonic() if batch else last
        sleep(0.005)
    return found


def pid(worker: TrainingWorker) -> int:
    link = worker._link
    assert link is not None and link.process.pid is not None
    return link.process.pid


def running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def gone(process: int) -> bool:
    end = monotonic() + PATIENCE
    while running(process) and monotonic() < end:
        sleep(0.01)
    return not running(process)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="this system gives threads no priorities")
def test_every_thread_gives_way_to_the_window_those_of_blas_too(worker: TrainingWorker) -> None:
    worker.send(Start((settings(),)))
    messages_until(worker, some(Finished))
    threads = [int(task.name) for task in Path(f"/proc/{pid(worker)}/task").iterdir()]
    assert {os.getpriority(os.PRIO_PROCESS, thread) for thread in threads} == {min(os.nice(0) + NICENESS, 19)}


def test_the_worker_finds_the_same_numbers_as_this_process(worker: TrainingWorker) -> None:
    chosen = tuple(settings(feedback=f) for f in ("teacher_forcing", "free_running", "mixed_sample"))
    worker.send(Start(chosen))
    there = messages_until(worker, some(Finished, 3))
    here = [m for messages in train([Run(s) for s in chosen]) for m in messages]
    for run in range(3):
        assert losses(there, run) == losses(here, run)
        assert np.array_equal(*(last_weights(messages, run) for messages in (there, here)))
        judged = [
            [(m.iteration, m.evaluation.closed_loop.loss) for m in ms if isinstance(m, Evaluated) and m.run == run]
            for ms in (there, here)
        ]
        assert judged[0] == judged[1]


def test_impossible_settings_are_answered_and_the_worker_lives(worker: TrainingWorker) -> None:
    worker.send(Start((settings(hidden=0),)))
    (failed,) = messages_until(worker, some(Failed))
    assert isinstance(failed, Failed) and failed.sentence.startswith("'Hidden units' is 0;")
    assert worker.alive
    worker.send(Start((settings(),)))
    assert iterations(messages_until(worker, some(Finished))) == list(range(1, 61))


def test_a_diverging_run_is_reported(worker: TrainingWorker) -> None:
    worker.send(Start((settings(**EXPLODING), settings())))
    found = messages_until(worker, some(Finished))
    assert [m.run for m in found if isinstance(m, Diverged)] == [0]
    assert [m.run for m in found if isinstance(m, Finished)] == [1]


def test_pause_resume_and_steps(worker: TrainingWorker) -> None:
    worker.send(Start((LONG, LONG), paused=True))
    begin = messages_until(worker, some(Evaluated, 2)) + quiet(worker)
    assert [m.iteration for m in begin if isinstance(m, Evaluated)] == [0, 0]
    assert all([*kept_weights(begin, run)] == [0] for run in (0, 1))
    assert iterations(begin) == []
    worker.send(StepOnce())
    worker.send(StepOnce(3))
    stepped = messages_until(worker, lambda ms: 4 in iterations(ms, 1)) + quiet(worker)
    assert iterations(stepped, 0) == iterations(stepped, 1) == [1, 2, 3, 4]
    worker.send(Resume())
    going = messages_until(worker, lambda ms: len(iterations(ms)) > 100)
    worker.send(Pause())
    going += quiet(worker)
    assert iterations(going, 0) == iterations(going, 1)
    assert iterations(going) == list(range(5, 5 + len(iterations(going))))
    assert worker.poll() == []


def test_a_pace_changes_how_fast_training_goes_on_and_no_number(worker: TrainingWorker) -> None:
    chosen = settings(iterations=40, evaluate_every=10)
    here = [m for messages in train([Run(chosen)]) for m in messages]
    begin = monotonic()
    worker.send(Start((chosen,), pace=100.0))
    there = messages_until(worker, lambda ms: 10 in iterations(ms))
    assert monotonic() - begin >= 0.06 and 40 not in iterations(there)
    worker.send(SetPace(None))
    there += messages_until(worker, some(Finished))
    assert losses(there) == losses(here)
    assert np.array_equal(last_weights(there), last_weights(here))


def test_whoever_waits_is_sent_the_weights_that_a_run_has_now(worker: TrainingWorker) -> None:
    worker.send(Start((LONG,)))
    going = messages_until(worker, lambda ms: len(iterations(ms)) > 1500)
    worker.send(Pause())
    going += quiet(worker)
    assert [*kept_weights(going)][-1] == iterations(going)[-1]


def test_stopping_forgets_the_runs_and_starting_again_starts_afresh(worker: TrainingWorker) -> None:
    worker.send(Start((LONG,)))
    messages_until(worker, some(Points))
    worker.send(StopRuns())
    quiet(worker)
    worker.send(Resume())
    assert quiet(worker) == []
    worker.send(Start((settings(),)))
    assert iterations(messages_until(worker, some(Finished))) == list(range(1, 61))


def test_messages_of_an_earlier_start_are_not_handed_out(worker: TrainingWorker) -> None:
    worker.send(Start((LONG,)))
    messages_until(worker, some(Points))
    link, end = worker._link, monotonic() + PATIENCE
    assert link is not None
    while link._inbox.empty():  # until there is something that nobody has polled
        assert monotonic() < end
        sleep(0.002)
    worker.send(StopRuns())
    assert quiet(worker) == [], "who stopped them may hold other runs by now"
    worker.send(Start((settings(seed=5),)))
    found = messages_until(worker, some(Finished))
    assert iterations(found) == list(range(1, 61))


def test_a_branch_starts_from_what_it_is_given(worker: TrainingWorker) -> None:
    theta = np.full(Run(settings()).theta.size, 0.1)
    worker.send(Start((settings(), settings()), (Origin(theta, 40), None)))
    found = messages_until(worker, some(Finished, 2))
    assert iterations(found, 0) == list(range(41, 61))
    assert iterations(found, 1) == list(range(1, 61))
    first, *_ = kept_weights(found).items()
    assert first[0] == 40 and np.array_equal(first[1], theta)


def test_another_worker_goes_on_as_if_the_first_had_never_been_left(worker: TrainingWorker) -> None:
    worker.send(Start((settings(),), paused=True))
    worker.send(StepOnce(20))
    found = messages_until(worker, lambda found: any(isinstance(m, Standing) and m.iteration == 20 for m in found))
    standing = next(m for m in found if isinstance(m, Standing) and m.iteration == 20)
    left = Continued(standing.theta, 20, standing.since, standing.moments)
    worker.send(Start((settings(),), (left,)))
    later = messages_until(worker, some(Finished))
    whole = [message for batch in train([Run(settings())]) for message in batch]
    np.testing.assert_array_equal(last_weights(later), last_weights(whole))


def test_of_several_steps_the_last_is_told(worker: TrainingWorker) -> None:
    worker.send(Start((settings(),), paused=True))
    worker.send(StepOnce(5, told=True))
    found = messages_until(worker, some(Told))
    assert [message.iteration for message in found if isinstance(message, Told)] == [5]


def test_a_pause_in_the_middle_of_a_round_is_obeyed_on_the_way_to_what_is_told() -> None:
    worker = worker_process.Worker(None)  # type: ignore[arg-type]
    worker._obey(Start((settings(), settings(truncate=(2, 2))), paused=True))
    worker._obey(StepOnce(50, told=True))
    lockstep = worker._lockstep
    assert lockstep is not None
    lockstep.advance(0.0)
    assert (lockstep.rounds, lockstep.whole_rounds) == (0, 1), "one of two runs has made its update"
    worker._obey(Pause())
    worker._advance()
    assert worker.rest() is None and lockstep.rounds == 1


def test_training_on_is_as_if_it_had_been_meant_from_the_beginning(worker: TrainingWorker) -> None:
    worker.send(Start((settings(iterations=120), settings(iterations=120, seed=1))))
    whole = messages_until(worker, some(Finished, 2))
    worker.send(Start((settings(), settings(learning_rate=900.0, optimizer="sgd"), settings(seed=1))))
    half = messages_until(worker, some(Finished, 3))
    worker.send(GoOn((120, None, 120)))
    rest = messages_until(worker, some(Finished, 2))
    for place, before in ((0, 0), (1, 2)):
        assert iterations(rest, place) == list(range(61, 121))
        assert losses(half, before) + losses(rest, place) == losses(whole, place)
        assert np.array_equal(last_weights(rest, place), last_weights(whole, place))


def test_a_worker_that_has_no_runs_cannot_train_them_on(worker: TrainingWorker) -> None:
    worker.send(Start((settings(iterations=1),)))
    messages_until(worker, some(Finished))
    worker.send(StopRuns())
    worker.send(GoOn((120,)))
    (failed,) = messages_until(worker, some(Failed))
    assert isinstance(failed, Failed) and "run them again" in failed.sentence


def test_large_settings_get_through(worker: TrainingWorker) -> None:
    text = "hello " * 500_000
    worker.send(Start((settings(task="next_symbol", task_options={"text": text}, iterations=2),)))
    assert iterations(messages_until(worker, some(Finished))) == [1, 2]


@needs_signals
def test_a_killed_worker_is_reported_once_and_can_be_started_again(own: TrainingWorker) -> None:
    own.send(Start((LONG,)))
    messages_until(own, some(Points))
    os.kill(pid(own), signal.SIGKILL)
    found = messages_until(own, some(Failed))
    assert isinstance(found[-1], Failed)
    assert "ended unexpectedly (signal 9, Killed)" in found[-1].sentence
    assert not own.alive
    assert own.poll() == []
    own.send(Start((settings(),)))
    assert iterations(messages_until(own, some(Finished))) == list(range(1, 61))


class Fatal:
    """What ends the process that receives it."""

    def __reduce__(self) -> tuple[Callable[[int], object], tuple[int]]:
        return os._exit, (3,)


def test_a_worker_that_ends_unasked_is_reported_with_its_exit_status(own: TrainingWorker) -> None:
    own.start()
    own.send(Fatal())  # type: ignore[arg-type]
    (failed,) = messages_until(own, some(Failed))
    assert isinstance(failed, Failed) and "ended unexpectedly (exit status 3)" in failed.sentence


@needs_signals
def test_a_stopped_worker_makes_nobody_wait(own: TrainingWorker) -> None:
    own.send(Start((LONG,)))
    messages_until(own, some(Points))
    process = pid(own)
    os.kill(process, signal.SIGSTOP)
    sleep(0.1)

    def caller() -> None:
        own.poll()
        assert own.poll() == []
        own.send(Start((settings(task="next_symbol", task_options={"text": "ab" * 1_000_000}),)))
        assert own.poll() == []  # although that text alone is more than a pipe holds
        own.close()

    waiting = Thread(target=caller, daemon=True)
    waiting.start()
    waiting.join(PATIENCE)
    assert not waiting.is_alive()
    assert gone(process)


@needs_signals
def test_a_worker_killed_in_the_middle_of_a_message_is_reported(own: TrainingWorker) -> None:
    """Messages so large that a worker stopped at random is most likely within one."""
    big = settings(architecture="hidden_to_hidden", feedback=None, hidden=300, length=2, iterations=10_000)
    own.send(Start((big,)))
    messages_until(own, some(Snapshots, 5))
    os.kill(pid(own), signal.SIGKILL)
    found = messages_until(own, some(Failed))
    assert isinstance(found[-1], Failed)
    assert len({theta.shape for theta in kept_weights(found).values()}) <= 1


def cut_off(connection: Connection) -> None:
    """A worker that dies after 10 of the 1,000 bytes of a message."""
    connection.recv()
    os.write(connection.fileno(), struct.pack("!i", 1000) + b"x" * 10)
    os._exit(3)


@pytest.mark.skipif(os.name == "nt", reason="there, a pipe carries whole messages")
def test_a_pipe_that_is_cut_in_the_middle_of_a_message_is_reported(
    own: TrainingWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.training.worker.serve", cut_off)
    own.send(Start((LONG,)))
    found = messages_until(own, some(Failed))
    assert [m.sentence for m in found if isinstance(m, Failed)] == [
        "The training process ended unexpectedly (exit status 3); what it had reported is kept, "
        "and training can be started again."
    ]
    monkeypatch.undo()
    own.send(Start((settings(),)))
    assert iterations(messages_until(own, some(Finished))) == list(range(1, 61))


def test_closing_twice_or_without_a_start_is_no_matter() -> None:
    worker = TrainingWorker()
    worker.close()
    worker.start()
    worker.start()
    process = pid(worker)
    worker.close()
    worker.close()
    assert gone(process)
    assert worker.poll() == []
    worker.send(Pause())
    assert not worker.alive


def test_a_worker_that_nobody_refers_to_any_more_ends() -> None:
    worker = TrainingWorker()
    worker.start()
    process = pid(worker)
    del worker
    assert gone(process)


SCRIPT = """
    import sys, time
    from explorer.training.commands import Start
    from explorer.training.settings import NetworkSettings, RunSettings, TrainingSettings
    from explorer.training.worker import TrainingWorker

    if __name__ == "__main__":
        worker = TrainingWorker()
        training = TrainingSettings(iterations=10**7)
        worker.send(Start((RunSettings(network=NetworkSettings("hidden_to_hidden"), training=training),)))
        while not worker.poll():
            time.sleep(0.01)
        print(worker._link.process.pid, flush=True)
        {then}
"""


def script(folder: Path, then: str) -> subprocess.Popen[str]:
    path = folder / "parent.py"
    path.write_text(textwrap.dedent(SCRIPT.format(then=then)))
    root = Path(__file__).resolve().parents[2]
    variables = os.environ | {"PYTHONPATH": str(root)}
    return subprocess.Popen([sys.executable, path], env=variables, stdout=subprocess.PIPE, text=True)


@needs_signals
@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM"])
def test_a_worker_whose_parent_is_killed_ends_by_itself(tmp_path: Path, how: str) -> None:
    with script(tmp_path, "time.sleep(1000)") as parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        parent.send_signal(getattr(signal, how))
    assert gone(process)


@needs_signals
def test_a_program_can_end_although_its_worker_is_stopped(tmp_path: Path) -> None:
    then = "import os, signal; os.kill(worker._link.process.pid, signal.SIGSTOP); time.sleep(0.1)"
    with script(tmp_path, then) as parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        assert parent.wait(PATIENCE) == 0
    assert gone(process)


def test_the_worker_imports_no_window(tmp_path: Path) -> None:
    code = "import explorer.training.worker_process, sys; print(*sys.modules)"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"PySide6", "shiboken6", "pyqtgraph", "ziamath", "tqdm"}
    assert "explorer.ui" not in done.stdout.split()


@pytest.mark.parametrize(
    "array", [np.arange(6.0).reshape(2, 3).T, np.zeros((0, 4), np.float32), np.array(7), np.eye(2) > 0]
)
def test_arrays_arrive_as_they_were_and_can_be_written_to(array: np.ndarray) -> None:
    make, parts = worker_process.packed(array)
    found = make(*parts)
    np.testing.assert_array_equal(found, array, strict=True)
    assert found.flags.writeable


def test_run_settings_travel() -> None:
    import pickle

    chosen = settings(feedback="mixed", truncate=(1, 2))
    assert pickle.loads(pickle.dumps(chosen)) == chosen
    assert isinstance(chosen, RunSettings)


class Jammed:
    """A pipe that holds these commands, and keeps what is sent."""

    def __init__(self, *commands: object) -> None:
        self.commands, self.sent = list(commands), []

    def poll(self) -> bool:
        return bool(self.commands)

    def recv(self) -> object:
        if not self.commands:
            raise EOFError
        return self.commands.pop(0)

    def send(self, message: object) -> None:
        self.sent.append(message)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (MemoryError(), "There is not enough memory for these runs"),
        (ZeroDivisionError("by nothing"), r"a fault of its own \(ZeroDivisionError: by nothing\)"),
    ],
)
def test_whatever_goes_wrong_in_training_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, sentence: str
) -> None:
    def faulty(settings: RunSettings) -> Run:
        raise fault

    monkeypatch.setattr(worker_process, "Run", faulty)
    pipe = Jammed(Start((settings(),)), Resume())
    worker = worker_process.Worker(pipe)
    assert worker.turn() and worker.turn()
    with pytest.raises(EOFError):
        worker.turn()
    ((start, (failed,)),) = pipe.sent
    assert start == 1
    assert re.search(sentence, failed.sentence)


def test_origins_that_do_not_match_the_runs_are_a_sentence(worker: TrainingWorker) -> None:
    worker.send(Start((settings(), settings()), (None,)))
    (failed,) = messages_until(worker, some(Failed))
    assert isinstance(failed, Failed) and "2 runs, but 1 origin" in failed.sentence


def test_runs_that_do_not_fit_into_memory_together_are_a_sentence(worker: TrainingWorker) -> None:
    worker.send(Start(tuple(settings(length=10_000, hidden=32, batch=5 + more) for more in range(12))))
    (failed,) = messages_until(worker, some(Failed))
    assert isinstance(failed, Failed) and "12 runs together" in failed.sentence
