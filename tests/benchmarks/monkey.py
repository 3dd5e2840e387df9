"""Let a monkey use the window for 20,000 actions, and see if it stays whole, quick and slim:

python tests/benchmarks/monkey.py [--actions 20000] [--seed 1] [--large]

Needs: nothing beyond the project.
"""

import argparse
import faulthandler
import functools
import gc
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from tests.settings import a_document

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
REPORTS = 20
HANGING = 30.0
"""Seconds of one action after which the play ends, and it is said where the window hangs."""
LONGEST_PAUSE = 1.0
"""Seconds."""
GROWTH = 20.0, 40.0
"""Megabytes that C, and thousands of blocks that Python may hold for an empty window at the end beyond those at the
beginning: the least in the last quarter of the reports against the least in the first, for what Qt and C keep for
another time comes and goes by tens of megabytes."""


def main() -> int:
    """Play; 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--large", action="store_true", help="type large lengths and numbers of hidden units too")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        return play(options, Path(folder))


def play(options: argparse.Namespace, folder: Path) -> int:
    """Do all the actions, with files in `folder`, and report."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler
    from PySide6.QtTest import QTest

    from explorer.ui.app import application
    from explorer.ui.window.main_window import MainWindow
    from tests.ui.monkey import LARGE_NUMBERS, NUMBERS, Monkey

    application("light")
    window = MainWindow(look="light")
    window.show()
    QTest.qWait(300)
    monkey = Monkey(window, options.seed, folder, LARGE_NUMBERS if options.large else NUMBERS)
    faults = monkey.faults

    def uncaught(*what: object) -> None:
        faults.append("".join(traceback.format_exception(*what)))  # type: ignore[arg-type]

    def warned(kind: QtMsgType, context: object, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not message.startswith("This plugin does not support "):
            faults.append(f"Qt: {message}")

    usual, sys.excepthook = sys.excepthook, uncaught
    qInstallMessageHandler(warned)
    began, done = time.perf_counter(), 0
    reports: list[tuple[float, float]] = []
    for number in range(options.actions):
        faulthandler.dump_traceback_later(HANGING, exit=True)
        try:
            monkey.act(number)
        except Exception:
            faults.append(traceback.format_exc())
        if faults:
            break
        done += 1
        if done % max(1, options.actions // REPORTS) == 0:
            rate, full = done / (time.perf_counter() - began), resident()
            sys.excepthook = usual  # what goes wrong here is this script's
            reports.append(emptied(window))
            sys.excepthook = uncaught
            held, blocks = reports[-1]
            print(
                f"{done:7,} actions  {rate:5.0f}/s  {full:4.0f} MB, "
                f"emptied {resident():4.0f}: {held:4.0f} in C, {blocks:5.0f} k blocks  "
                f"longest pause {monkey.watch.longest * 1e3:5.0f} ms ({monkey.watch.longest_at})",
                flush=True,
            )
    faulthandler.cancel_dump_traceback_later()
    sys.excepthook = usual
    for fault in faults:
        print(f"FAULT after {monkey.log[-1]}\n{fault}\nThe last actions:", *monkey.log, sep="\n  ")
    if not faults:
        few = max(1, len(reports) // 4)
        first, last = (tuple(map(min, zip(*part, strict=True))) for part in (reports[:few], reports[-few:]))
        print(f"emptied: {last} towards the end, {first} towards the beginning (MB in C, thousand blocks)")
        if any(after - before > most for after, before, most in zip(last, first, GROWTH, strict=True)):
            faults.append("FAULT: the empty window has grown")
        if monkey.watch.longest > LONGEST_PAUSE:
            faults.append(f"FAULT: silent for {monkey.watch.longest:.1f} s, at {monkey.watch.longest_at}")
        if not trains(window):
            faults.append("FAULT: no training any more")
        print(*faults, sep="\n")
    never = sorted(monkey.offered - monkey.used)
    print(f"{done:,} actions, seed {options.seed}; of {len(monkey.offered)} kinds of control never used: {never}")
    print(f"dialogs: {sorted(monkey.watch.dialogs)}")
    window.setProperty("unasked", True)
    window.close()
    return int(bool(faults))


def trains(window: "MainWindow") -> bool:
    """Whether training works at one press of a button, however the window was left."""
    from PySide6.QtTest import QTest

    window.training.running.reset()
    window.training.running.step()
    for _ in range(400):
        if window.training.book.iteration:
            return window.training.trainer.worker.alive
        QTest.qWait(50)
    return False


def emptied(window: "MainWindow") -> tuple[float, float]:
    """What `live` finds once the window shows a small document and keeps no runs, no caches: what is left stays."""
    from PySide6.QtTest import QTest

    from explorer.session.files import Opened
    from tests.benchmarks.live_memory import live

    window.training.running.reset()
    window.training.book.records.clear()
    for length in (3, 4, 5, 6, 7, 6, 5):
        # What was worked out for the last few is kept for the next edit, and may be 100 MB each.
        window.do(lambda length=length: window.session.open(Opened(a_document(length=length))))
    QTest.qWait(1500)
    # Caches have a bound; typeset formulas fill them for many thousand actions.
    for cache in [thing for thing in gc.get_objects() if isinstance(thing, functools._lru_cache_wrapper)]:
        if cache.__module__.startswith("explorer.") and cache.cache_info().maxsize is not None:
            cache.cache_clear()
    return live()


def resident() -> float:
    """Megabytes of this process that are in memory; of its peak, where the system tells no more."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    raise SystemExit(main())
