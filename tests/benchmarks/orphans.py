"""Start and stop training and the whole program 50 times each, at ever other moments, and count what stays behind:

python tests/benchmarks/orphans.py [--count 50]

Needs: Linux, whose /proc tells which processes are left.
"""

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.needs import need_proc
from tests.settings import some_settings

LATEST = 2.5
"""Seconds after its start at which the program is ended at the latest."""


def main() -> int:
    """Start and stop; 1 if anything stayed behind, or complained."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50)
    count = parser.parse_args().count
    need_proc()
    faults = workers(count)
    for trains in (False, True):
        faults += programs(count, trains)
    print(*faults or ["nothing stayed behind"], sep="\n")
    return int(bool(faults))


def workers(count: int) -> list[str]:
    """Start training, and end it in each of three ways in turn."""
    from explorer.training.commands import Start
    from explorer.training.worker import TrainingWorker
    from tests.ui.processes import MARK, command, marked, until

    mark = os.environ[MARK] = uuid4().hex
    settings = some_settings(architecture="hidden_to_hidden", task="running_parity", iterations=10**7)
    for turn in range(count):
        worker = TrainingWorker()
        worker.send(Start((settings,)))
        if turn % 3:
            assert until(lambda worker=worker: bool(worker.poll()), 30)
        if turn % 2:
            worker.close()
        del worker
    del os.environ[MARK]

    def left() -> list[int]:
        """The workers; Python's resource tracker, one for all of them, ends with this process."""
        return [pid for pid in marked(mark) if b"resource_tracker" not in command(pid)]

    gone = until(lambda: not left(), 5)
    print(f"{count} starts and stops of training: {len(left())} processes left", flush=True)
    return [] if gone else [f"training left {list(map(command, left()))}"]


def programs(count: int, trains: bool) -> list[str]:
    """Start the program, and end it by SIGTERM: at once, a little later, …; while it trains if it `trains`."""
    from tests.ui.processes import Program

    faults: list[str] = []
    statuses: dict[int, int] = {}
    left = 0
    for turn in range(count):
        program = Program(trains)
        if trains:
            program.until_training()
            time.sleep(0.01 * turn)
        else:
            time.sleep(LATEST * turn / count)
        program.process.terminate()
        try:
            status, said = program.ended()
        except Exception as error:
            program.process.kill()
            status, said = program.ended()[0], f"it did not end: {error}"
        statuses[status] = statuses.get(status, 0) + 1
        gone = program.gone()
        left += not gone
        if said or not gone or status not in (0, -signal.SIGTERM):
            faults.append(f"program {turn}, trains {trains}: status {status}, gone {gone}, said {said!r}")
    what = "while it trains" if trains else f"0 … {LATEST} s after its start"
    print(f"{count} programs ended by SIGTERM {what}: {left} left something; exit statuses {statuses}", flush=True)
    return faults


if __name__ == "__main__":
    raise SystemExit(main())
