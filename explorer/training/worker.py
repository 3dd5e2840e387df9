"""Train in a process of its own: `TrainingWorker` takes commands and hands out messages, and never blocks.

The process is spawned (as on Windows and macOS it must be), so it imports numpy and the engine but no window; it
imports the start file of the program too, which therefore must import nothing by itself.
"""

import multiprocessing
import signal
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from queue import Empty, Queue, SimpleQueue
from threading import Thread
from weakref import finalize

from explorer.language import tr
from explorer.training.commands import Command, GoOn, Shutdown, Start, StopRuns
from explorer.training.messages import Failed, Message
from explorer.training.worker_process import serve

_GRACE = 0.4
"""Seconds that a worker may take to end by itself, and again after it was killed."""
_UNREAD = 256
"""Messages, some 30 a second, that may wait to be polled; then training waits too, so that memory stays bounded."""


class TrainingWorker:
    """A worker process, started when first needed, and again after it died.

    Everything that could block is done by two small threads that only move messages, so a worker that is
    stopped, or killed in the middle of a message, costs the caller nothing.
    """

    def __init__(self) -> None:
        self._link: _Link | None = None

    @property
    def alive(self) -> bool:
        """Whether there is a worker process."""
        return self._link is not None and self._link.process.is_alive()

    def start(self) -> None:
        """Start the process, unless there is one; returns at once, before it is ready."""
        if not self.alive:
            self.close()
            self._link = _Link()

    def send(self, command: Command) -> None:
        """Hand over a command. A Start starts the process if need be; others are for runs that exist."""
        if isinstance(command, Start):
            self.start()
        if self._link is not None:
            self._link.send(command)

    def poll(self) -> list[Message]:
        """Return what has come since the last time, of the latest Start or GoOn, and nothing after StopRuns.

        A worker that died is reported once, as Failed.
        """
        link = self._link
        if link is None:
            return []
        messages, ended = link.received()
        if ended:
            link.kill()
            self._link = None
            messages.append(Failed(link.obituary()))
        return messages

    def close(self) -> None:
        """End the process, by force if it does not end by itself, within a second."""
        if self._link is not None:
            self._link.close()
            self._link = None


class _Link:
    """One process, its pipe, and the two threads at this end of it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        connection, others = context.Pipe()
        self.process = context.Process(target=serve, args=(others,), name="training", daemon=True)
        self.process.start()
        others.close()  # so that the process alone holds it, and its death is the end of the pipe
        self._starts = 0
        self._inbox: Queue[tuple[int, list[Message]] | None] = Queue(_UNREAD)
        self._outbox: SimpleQueue[Command | None] = SimpleQueue()
        receiver = Thread(target=_receive, args=(connection, self.process.sentinel, self._inbox), daemon=True)
        sender = Thread(target=_send, args=(connection, self._outbox), daemon=True)
        receiver.start()
        sender.start()
        # An interpreter that exits would wait for the process; it may be stopped and never end.
        self._end = finalize(self, _kill, self.process)

    def send(self, command: Command) -> None:
        self._starts += isinstance(command, Start | GoOn | StopRuns)
        self._outbox.put(command)

    def received(self) -> tuple[list[Message], bool]:
        """What has come, and whether that was the last."""
        messages: list[Message] = []
        while True:
            try:
                batch = self._inbox.get_nowait()
            except Empty:
                return messages, False
            if batch is None:
                return messages, True
            if batch[0] == self._starts:
                messages += batch[1]

    def obituary(self) -> str:
        """One sentence on a process that has ended unasked."""
        code = self.process.exitcode
        how = tr("exit status {code}", code=code)
        if code is not None and code < 0:
            how = tr("signal {number}, {name}", number=-code, name=signal.strsignal(-code))
        return tr(
            "The training process ended unexpectedly ({how}); what it had reported is kept, and training can "
            "be started again.",
            how=how,
        )

    def close(self) -> None:
        self._outbox.put(Shutdown())
        self.process.join(_GRACE)
        self.kill()

    def kill(self) -> None:
        self._outbox.put(None)
        self._end()
        self.received()  # makes room for a receiver that waits for some, to let it see the end


def _receive(connection: Connection, sentinel: int, inbox: "Queue[tuple[int, list[Message]] | None]") -> None:
    """Move messages to the inbox, and None after the last, however the pipe ends."""
    try:
        while True:
            inbox.put(connection.recv())
    except Exception:  # the end of the pipe, or of half a message, in whatever way that cannot be read
        wait([sentinel], _GRACE)  # the pipe ends a moment before the process has an exit status to report
        inbox.put(None)


def _send(connection: Connection, outbox: "SimpleQueue[Command | None]") -> None:
    """Move commands from the outbox to the process, as long as it takes any."""
    with suppress(OSError):
        while (command := outbox.get()) is not None:
            connection.send(command)


def _kill(process: SpawnProcess) -> None:
    process.kill()
    process.join(_GRACE)
