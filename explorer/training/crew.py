"""Train several seeds on all cores: `TrainingCrew` deals runs out among several workers.

Runs of one seed stay together, in lock-step as they are compared; other seeds share nothing with them, and may be some
iterations ahead, also after a pause: to bring them level would take a round of messages and a wait, and medians and
bands end where all have been judged. It takes the commands of one worker and hands out the messages of one.

No core is kept for the window: workers are of lower priority and each computes in its own process, so that they give
way to it. Only threads of BLAS, which wait for one another, leave it one (`threads.spare_cores`).
"""

from collections.abc import Sequence

from msgspec.structs import replace

from explorer.graph.compute.lanes import cores
from explorer.training.commands import Command, GoOn, Shutdown, Start, StopRuns
from explorer.training.messages import Diverged, Failed, Finished, Message, Rate
from explorer.training.settings import RunSettings
from explorer.training.threads import many_pay
from explorer.training.worker import TrainingWorker

Places = tuple[int, ...]
"""Which runs of a Start, counted from 0, a worker has, in its own order."""


class TrainingCrew:
    """One worker, and further ones as soon as there are runs for them."""

    def __init__(self, most: int | None = None) -> None:
        """`most`: how many workers there may be; None for as many as there are cores."""
        self._most = cores() if most is None else most
        self.workers = [TrainingWorker()]
        self._dealt: list[Places] = [()]
        self._rates: dict[int, Rate] = {}
        self._ended: set[int] = set()
        self._failed = False

    @property
    def alive(self) -> bool:
        """Whether all runs of the latest Start or GoOn are still in the hands of a process."""
        busy = [worker for worker, places in zip(self.workers, self._dealt, strict=True) if places]
        return not self._failed and all(worker.alive for worker in busy or self.workers[:1])

    def start(self) -> None:
        """Start the first process, unless there is one; returns at once, before it is ready."""
        self.workers[0].start()

    def send(self, command: Command) -> None:
        """Hand over a command: to each worker what is about its runs."""
        match command:
            case Start():
                self._deal(dealt(command.settings, self._most))
                for worker, places in zip(self.workers, self._dealt, strict=True):
                    worker.send(_part(command, places) if places or worker is self.workers[0] else StopRuns())
            case GoOn():
                self._go_on(command)
            case _:
                for worker in self.workers:
                    worker.send(command)

    def poll(self) -> list[Message]:
        """Return what has come since the last time, see `TrainingWorker.poll`; where some fail, the others go on."""
        found: list[Message] = []
        for number, (worker, places) in enumerate(zip(self.workers, self._dealt, strict=True)):
            for message in worker.poll():
                match message:
                    case Rate():
                        self._rates[number] = message
                        found.append(self._rate())
                    case Failed():
                        self._failed = True
                        self._ended.update(places)
                        found.append(Failed(message.sentence, places))
                    case _:
                        found.append(replace(message, run=places[message.run]))
                        if isinstance(message, Finished | Diverged):
                            self._ended.add(places[message.run])
        return found

    def close(self) -> None:
        """End the processes, by force those that do not end by themselves."""
        for worker in self.workers:
            worker.send(Shutdown())  # to all before any is waited for
        for worker in self.workers:
            worker.close()

    def _deal(self, shares: Sequence[Places]) -> None:
        while len(self.workers) < len(shares):
            self.workers.append(TrainingWorker())
        self._dealt = [*shares, *[()] * (len(self.workers) - len(shares))]
        self._rates.clear()
        self._ended.clear()
        self._failed = False

    def _go_on(self, command: GoOn) -> None:
        """Those that go on are counted anew, by all workers together as by each of them."""
        kept = [place for place, to in enumerate(command.iterations) if to is not None]
        before, number = self._dealt, {place: new for new, place in enumerate(kept)}
        self._deal([tuple(number[place] for place in places if place in number) for places in before])
        for worker, places, own in zip(self.workers, before, self._dealt, strict=True):
            part = replace(command, iterations=tuple(command.iterations[place] for place in places))
            worker.send(part if own or not kept else StopRuns())

    def _rate(self) -> Rate:
        """Of all workers, the lock-step being that of the slowest of those that still train."""
        by_run = [0.0] * sum(map(len, self._dealt))
        for number, rate in self._rates.items():
            for place, own in zip(self._dealt[number], rate.by_run, strict=True):
                by_run[place] = own
        training = [rate for number, rate in self._rates.items() if not self._ended.issuperset(self._dealt[number])]
        rates = training or self._rates.values()
        return Rate(min(rate.iterations_per_second for rate in rates), tuple(by_run))


def dealt(settings: Sequence[RunSettings], most: int) -> list[Places]:
    """Deal runs out among at most so many workers, seed by seed; networks so large that BLAS shares them out to one."""
    if any(many_pay(one.training.batch, one.network.hidden) for one in settings):
        most = 1
    seeds = list(dict.fromkeys(one.seed for one in settings))
    workers = max(1, min(most, len(seeds)))
    worker_of = {seed: number * workers // len(seeds) for number, seed in enumerate(seeds)}
    shares: list[list[int]] = [[] for _ in range(workers)]
    for place, one in enumerate(settings):
        shares[worker_of[one.seed]].append(place)
    return [*map(tuple, shares)]


def _part(start: Start, places: Places) -> Start:
    """The Start of these runs alone; origins that do not match are for the worker to complain of."""
    origins = start.origins
    if len(origins) == len(start.settings):
        origins = tuple(origins[place] for place in places)
    return replace(start, settings=tuple(start.settings[place] for place in places), origins=origins)
