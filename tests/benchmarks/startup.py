"""How long the window takes to appear, beside a bare Qt window and one that has imported pyqtgraph first.

Run by hand: `python tests/benchmarks/startup.py [RUNS]`. Every start is a process of its own, the contestants taking
turns; times are from the start of the process, in ms. Of RNN Explorer, started as by somebody new:

- first paint: its frame is painted, in the colours of the theme, with nothing in it. Beside the bare Qt window.
- controls: the graph and all controls are painted, and answer: one can step, edit, choose, open. Beside the window
  that has imported pyqtgraph, which the controls do without.
- plots: the empty plot of the loss is painted as well, for which pyqtgraph is imported. Beside the same.
- formulas: the first one is typeset, in the place that was kept for it.

Starts are warm: compiled modules are kept for all contestants in a folder of the benchmark's own, whatever the
environment says of them, and so are settings and the last session.

Needs: Linux, whose /proc tells when a process began; without a screen it paints offscreen.
"""

import os
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from asked import asked
from needs import need_proc

ROOT = Path(__file__).parents[2]

CLOCK = """
import os, sys, time
def since_start():
    ticks = float(open("/proc/self/stat").read().rsplit(")", 1)[1].split()[19])
    return (float(open("/proc/uptime").read().split()[0]) - ticks / os.sysconf("SC_CLK_TCK")) * 1000
born = since_start()
begin = time.perf_counter()
def now():
    return born + (time.perf_counter() - begin) * 1000
"""
BARE = """
{first}
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        print(now(), flush=True)
        os._exit(0)
app = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
EXPLORER = """
if __name__ == "__main__":
    from explorer.ui.plain_imports import import_plainly
    import_plainly()  # as it begins by itself, before anything of Qt is imported
    from explorer.ui import app
    from explorer.ui.typography.idle import ROUNDS
    from PySide6.QtCore import QCoreApplication, QTimer
    times = []
    class Frame(app.Frame):
        def paintEvent(self, event):
            super().paintEvent(event)
            if not times:
                times.append(now())
        def hold(self, window):
            super().hold(window)
            QTimer.singleShot(0, lambda: watch(self, window))
    def watch(frame, window):
        for _ in range(ROUNDS):
            QCoreApplication.sendPostedEvents()  # all that waits to be laid out and painted is now
        if len(times) == 1 and window.canvas.view is not None:
            times.append(now())
        if len(times) == 2 and window.training.losses.plot is not None:
            times.append(now())
        if len(times) == 3 and window.inspector.ledger.formula.accessibleName():
            print(*times, now(), flush=True)
            window.training.shutdown()
            os._exit(0)
        QTimer.singleShot(0, lambda: watch(frame, window))
    app.Frame = Frame
    from explorer.cli import main
    main([])
"""


def start(program: str, compiled: str) -> list[float]:
    """The times that one start prints; `compiled` is the folder of compiled modules."""
    path = ROOT / "tests" / "benchmarks" / ".startup_contestant.py"
    path.write_text(CLOCK + program)
    try:
        command = [sys.executable, str(path)]
        done = subprocess.run(command, env=warm(compiled), capture_output=True, text=True, check=True)
    finally:
        path.unlink()
    return [float(word) for word in done.stdout.split()]


def warm(compiled: str) -> dict[str, str]:
    """The environment of a start that keeps in this folder what it keeps: compiled modules, settings, the session."""
    chosen = {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    own = {name: str(Path(compiled, name)) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    return {"QT_QPA_PLATFORM": "offscreen"} | os.environ | chosen | own


def main() -> None:
    """Print medians, the best times and their ratios."""
    need_proc()
    runs = asked("runs", 9, __doc__)
    contestants = {
        "bare Qt window": BARE.format(first=""),
        "the same, pyqtgraph imported first": BARE.format(first="import pyqtgraph"),
        "RNN Explorer": EXPLORER,
    }
    times: dict[str, list[list[float]]] = {name: [] for name in contestants}
    with TemporaryDirectory() as compiled:
        for run in range(runs + 1):
            for name, program in contestants.items():
                found = start(program, compiled)
                if run:  # the first round compiles, and warms the disk's cache
                    times[name].append(found)
    print("of RNN Explorer: first paint, controls, plots, formulas")
    for title, of in (("median", statistics.median), ("best", min)):
        rows = {name: [of(column) for column in zip(*found, strict=True)] for name, found in times.items()}
        for name, values in rows.items():
            print(f"{title:6} {name:36} {'  '.join(f'{value:7.0f} ms' for value in values)}")
        (bare,), (plotting,), (painted, controls, plots, _) = rows.values()
        print(f"{title:6} first paint / bare: {painted / bare:.2f}")
        print(f"{title:6} controls / with pyqtgraph: {controls / plotting:.2f}; plots: {plots / plotting:.2f}")
    print("aim: 1.4 for each; of the plots it is out of reach, for importing pyqtgraph alone is most of that")


if __name__ == "__main__":
    main()
