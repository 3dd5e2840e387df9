"""How long after the click on Run the first loss is painted, in the real window.

Run by hand: `python tests/benchmarks/first_loss.py [RUNS]`. Each time in a process of its own: once the moment the
plots are there, when the worker is still starting, once a second later, and once more after Reset. Times in ms.

Needs: nothing beyond the project; without a screen it paints offscreen.
"""

import statistics
import subprocess
import sys
import time
from tempfile import TemporaryDirectory

from asked import asked
from startup import warm

AIM = 150.0
CLICKS = ("as soon as the plots are there", "a second later", "again, after Reset")


def one_start() -> None:
    """Open the window, click, and print the time of the first loss."""
    from explorer.ui.plain_imports import import_plainly

    import_plainly()  # as it begins by itself, before anything of Qt is imported
    from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
    from PySide6.QtTest import QTest

    from explorer.session.runs.runs import Measure
    from explorer.ui import app as application

    class Frame(application.Frame):
        def hold(self, window: object) -> None:
            super().hold(window)
            application.one_by_one(self, (lambda: None, lambda: measure(self, window)))

    def events(until) -> None:
        while not until():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def click(panel) -> float:
        begin = time.perf_counter()
        QTest.mouseClick(panel.controls.run_button, Qt.MouseButton.LeftButton)
        events(lambda: any(len(record.curve(Measure.OPEN_LOSS)[0]) for record in panel.book.current))
        QCoreApplication.sendPostedEvents()  # paints it
        return (time.perf_counter() - begin) * 1000

    def measure(frame, window) -> None:
        panel = window.training
        events(lambda: panel.losses.plot is not None)
        if sys.argv[2] != CLICKS[0]:
            later = time.perf_counter() + 1
            events(lambda: time.perf_counter() > later)
        taken = click(panel)
        if sys.argv[2] == CLICKS[2]:
            QTest.mouseClick(panel.controls.reset_button, Qt.MouseButton.LeftButton)
            taken = click(panel)
        print(taken, flush=True)
        frame.end()

    application.Frame = Frame
    raise SystemExit(application.run("light"))


def main() -> None:
    """Print medians and the worst of each kind of click."""
    runs = asked("runs", 5, __doc__)
    times: dict[str, list[float]] = {kind: [] for kind in CLICKS}
    with TemporaryDirectory() as compiled:
        for run in range(runs + 1):
            for kind, taken in times.items():
                command = [sys.executable, __file__, "--one", kind]
                done = subprocess.run(command, env=warm(compiled), capture_output=True, text=True, check=True)
                if run:  # the first compiles, and warms the disk's cache
                    taken.append(float(done.stdout))
    for kind, taken in times.items():
        print(f"{kind:34} median {statistics.median(taken):5.0f} ms   worst {max(taken):5.0f} ms   (aim {AIM:.0f})")


if __name__ == "__main__":
    one_start() if sys.argv[1:2] == ["--one"] else main()
