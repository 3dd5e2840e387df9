"""Train in this process, between polls: `AtOnce` stands for the crew where a test is not about processes.

What trains and answers is the worker itself, without the second that a process takes to be there.
"""

from explorer.training.commands import Command, GoOn, Start, StopRuns
from explorer.training.messages import Message
from explorer.training.worker_process import Worker

SLICES = 20
"""How often the worker may go on between two polls."""


class _Pipe:
    """What the worker is asked for, and what it has said, each time with the number of the start that it belongs to."""

    def __init__(self) -> None:
        self.asked: list[Command] = []
        self.said: list[tuple[int, list[Message]]] = []
        self.send, self.recv = self.said.append, lambda: self.asked.pop(0)

    def poll(self, _: float) -> bool:
        return bool(self.asked)


class AtOnce:
    """A crew of one."""

    alive = True

    def __init__(self) -> None:
        self._pipe, self._starts = _Pipe(), 0
        self._worker = Worker(self._pipe)  # type: ignore[arg-type]

    def start(self) -> None:
        """There is nothing to start."""

    def close(self) -> None:
        """There is nothing to end."""

    def send(self, command: Command) -> None:
        self._starts += isinstance(command, Start | GoOn | StopRuns)
        self._pipe.asked.append(command)

    def poll(self) -> list[Message]:
        for _ in range(SLICES):
            if self._pipe.asked or self._worker.rest() == 0:
                self._worker.turn()
        self._worker.send()
        said = [message for starts, messages in self._pipe.said if starts == self._starts for message in messages]
        self._pipe.said.clear()
        return said
