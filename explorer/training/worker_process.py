"""Be the worker: `serve` takes commands from a pipe, trains in slices between them, and sends what happened."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.training.commands import (
    Command,
    Continued,
    GoOn,
    Origin,
    Pause,
    Resume,
    SetPace,
    Shutdown,
    Start,
    StepOnce,
    StopRuns,
)
from explorer.training.loop import LockStep
from explorer.training.messages import Failed, Message
from explorer.training.priority import give_way
from explorer.training.run import Run
from explorer.training.settings import RunSettings
from explorer.training.threads import blas_threads
from explorer.training.validation import check_together

_MESSAGE_SECONDS = 1 / 30
_WEIGHTS_SECONDS = 1 / 10
"""How often the weights are sent, beside those that are kept along the way."""
_STANDING_SECONDS = 1.0
"""How often is sent what there is to go on with, for a file that is saved, or kept, while runs train."""


def serve(connection: Connection) -> None:
    """Answer until Shutdown, or until the other end is gone: a worker whose parent dies ends by itself."""
    # A Ctrl-C in the terminal reaches this process too; the parent decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    give_way()
    ForkingPickler.register(np.ndarray, packed)
    worker = Worker(connection)
    try:
        while worker.turn():
            pass
    except (EOFError, ConnectionError):
        pass


class Worker:
    """The runs, how far they may go, and what has not been sent yet."""

    def __init__(self, connection: Connection):
        self._connection = connection
        self._starts = 0
        self._lockstep: LockStep | None = None
        self._until: int | None = None
        self._told: int | None = None
        """The round before the next one whose updates are told."""
        self._threads = ExitStack()
        self._pending: list[Message] = []
        self._sent = self._sent_weights = self._sent_standing = 0.0
        self._pace: float | None = None
        self._due = 0.0
        """When the next rounds may begin, at a pace."""

    def turn(self) -> bool:
        """Train for one slice, or obey one command if there is one or nothing else to do; False after Shutdown."""
        lockstep, rest = self._lockstep, self.rest()
        if rest is None:
            if lockstep is not None:
                self._pending += [*lockstep.newest(), *lockstep.standing()]
            self.send()
        else:
            if rest:
                self.send()
            if not self._connection.poll(rest):
                with self._failing():
                    self._advance()
                if monotonic() - self._sent >= _MESSAGE_SECONDS:
                    self.send()
                return True
        command = self._connection.recv()
        with self._failing():
            self._obey(command)
        return not isinstance(command, Shutdown)

    def rest(self) -> float | None:
        """For how many seconds nothing is to be trained, at a pace; None: until a command comes."""
        lockstep = self._lockstep
        if lockstep is None or not lockstep.training or lockstep.rounds == self._until:
            return None
        return 0.0 if self._pace is None else max(0.0, self._due - monotonic())

    def _advance(self) -> None:
        """Train for one slice; at a pace, for as many rounds as it allows between two messages."""
        lockstep = self._lockstep
        assert lockstep is not None
        until, before, begin = self._until, lockstep.rounds, monotonic()
        if self._told is not None and before < self._told:
            until = self._told if until is None else min(until, self._told)
        elif self._told is not None:
            self._told = None
            lockstep.tell_next()
        if self._pace is not None:
            allowed = before + max(1, round(self._pace * _MESSAGE_SECONDS))
            until = allowed if until is None else min(until, allowed)
        self._pending += lockstep.advance(until_round=until)
        if self._pace is not None:
            # Training that was late may catch up with one message, and no more.
            self._due = max(self._due, begin - _MESSAGE_SECONDS) + (lockstep.rounds - before) / self._pace
        if begin - self._sent_weights >= _WEIGHTS_SECONDS:
            self._sent_weights = begin
            self._pending += lockstep.newest()
        if begin - self._sent_standing >= _STANDING_SECONDS:
            self._sent_standing = begin
            self._pending += lockstep.standing()

    def _obey(self, command: Command) -> None:
        match command:
            case Start():
                self._starts += 1
                self._stop()
                self._pace = command.pace
                self._start(command)
            case GoOn():
                self._starts += 1
                self._pace = command.pace
                self._go_on(command)
            case SetPace(per_second):
                self._pace, self._due = per_second, 0.0
            case StopRuns():
                self._starts += 1
                self._stop()
        lockstep = self._lockstep
        if lockstep is None:
            return
        match command:
            case Pause():
                self._until = lockstep.whole_rounds
            case Resume():
                self._until = None
            case StepOnce(n, told):
                # Steps asked for while others are under way come on top of them.
                self._until = max(self._until or 0, lockstep.whole_rounds) + n
                self._told = self._until - 1 if told else None

    def _start(self, start: Start) -> None:
        origins = start.origins or (None,) * len(start.settings)
        if len(origins) != len(start.settings):
            raise ExplorerError(
                "There are {runs} runs, but {origins} origin(s); give one, or None, for each run.",
                runs=len(start.settings),
                origins=len(origins),
            )
        check_together(start.settings)
        self._train([*map(_begun, start.settings, origins)], start.paused)

    def _go_on(self, command: GoOn) -> None:
        runs = [] if self._lockstep is None else self._lockstep.runs
        self._stop()
        if len(runs) != len(command.iterations):
            raise ExplorerError("The runs that were to go on are not there any more; run them again.")
        on = [(run, to) for run, to in zip(runs, command.iterations, strict=True) if to is not None]
        for run, to in on:
            run.go_on(to)
        self._train([run for run, _ in on], command.paused)

    def _train(self, runs: Sequence[Run], paused: bool) -> None:
        self._threads.enter_context(blas_threads(run.settings for run in runs))
        self._lockstep = LockStep(runs)
        self._until, self._due, self._told = 0 if paused else None, 0.0, None
        self._pending += self._lockstep.advance(until_round=0)  # what there is to say before the first update

    def _stop(self) -> None:
        self._lockstep = None
        self._threads.close()
        self._pending.clear()

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Turn whatever goes wrong into a sentence for the parent; the worker itself goes on."""
        try:
            yield
        except MemoryError:
            self._fail(tr("There is not enough memory for these runs; choose shorter sequences or smaller batches."))
        except ExplorerError as error:
            self._fail(str(error))
        except Exception as error:
            self._fail(
                tr(
                    "Training stopped at a fault of its own ({kind}: {error}); start it again.",
                    kind=type(error).__name__,
                    error=error,
                )
            )

    def _fail(self, sentence: str) -> None:
        if self._lockstep is not None:
            self._pending += self._lockstep.flush()
        self._lockstep = None
        self._threads.close()
        self._pending.append(Failed(sentence))

    def send(self) -> None:
        """Send what is pending, as one message, labelled with the number of the command that it belongs to."""
        if self._lockstep is not None:
            self._pending += self._lockstep.flush()
        if self._pending:
            self._connection.send((self._starts, self._pending))
            self._pending = []
            self._sent = monotonic()


def _begun(settings: RunSettings, origin: Origin | None) -> Run:
    if origin is None:
        return Run(settings)
    if isinstance(origin, Continued):
        return Run(settings, origin.theta, origin.iteration, origin.since, origin.moments)
    return Run(settings, origin.theta, origin.iteration)


def packed(array: NDArray[Any]) -> tuple[Any, ...]:
    """How to pickle an array, as bytes: numpy's own way takes three times as long for the few numbers of a message."""
    return _unpacked, (array.shape, array.dtype.str, array.tobytes())


def _unpacked(shape: tuple[int, ...], dtype: str, content: bytes) -> NDArray[Any]:
    return np.ndarray(shape, dtype, bytearray(content))  # which may be written to, as bytes may not
