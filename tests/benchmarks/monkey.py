"""Let a monkey use the window for 20,000 actions, and see if it stays whole, quick and slim:

python tests/benchmarks/monkey.py [--actions 20000] [--seed 1] [--large]
"""

import argparse
import faulthandler
import os
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORTS = 20
HANGING = 30.0
"""Seconds of one action after which the play ends, and it is said where the window hangs."""


def main() -> int:
    """Play; 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--large", action="store_true", help="type large lengths and numbers of hidden units too")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler
    from PySide6.QtTest import QTest

    from explorer.ui.app import application
    from explorer.ui.main_window import MainWindow
    from tests.ui.monkey import LARGE_NUMBERS, NUMBERS, Monkey

    application("light")
    window = MainWindow(look="light")
    window.show()
    QTest.qWait(300)
    monkey = Monkey(window, options.seed, LARGE_NUMBERS if options.large else NUMBERS)
    faults: list[str] = []

    def uncaught(*what: object) -> None:
        faults.append("".join(traceback.format_exception(*what)))  # type: ignore[arg-type]

    def warned(kind: QtMsgType, context: object, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not message.startswith("This plugin does not support "):
            faults.append(f"Qt: {message}")

    sys.excepthook = uncaught
    qInstallMessageHandler(warned)
    monkey.watch.note = lambda: monkey.log[-1] if monkey.log else ""
    began, first = time.perf_counter(), 0.0
    for number in range(options.actions):
        faulthandler.dump_traceback_later(HANGING, exit=True)
        try:
            monkey.act(number)
        except Exception:
            faults.append(traceback.format_exc())
        if faults:
            break
        if number == min(1000, options.actions // 2):
            first = resident()
        if number % max(1, options.actions // REPORTS) == 0:
            rate = (number + 1) / (time.perf_counter() - began)
            print(
                f"{number:7,} actions  {rate:5.0f}/s  {resident():6.0f} MB resident  "
                f"longest pause {monkey.watch.longest * 1e3:5.0f} ms ({monkey.watch.longest_at})",
                flush=True,
            )
    faulthandler.cancel_dump_traceback_later()
    print(f"memory after the first thousand {first:.0f} MB, at the end {resident():.0f} MB")
    for fault in faults:
        print(f"FAULT after {monkey.log[-1]}\n{fault}\nThe last actions:", *monkey.log, sep="\n  ")
    stalled = monkey.watch.longest > 1.0
    if stalled:
        print(f"FAULT: the window did not answer for {monkey.watch.longest:.1f} s, at {monkey.watch.longest_at}")
    window.close()
    return int(bool(faults) or stalled)


def resident() -> float:
    """Megabytes of this process that are in memory; of its peak, where the system tells no more."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    raise SystemExit(main())
