"""How long the window takes to appear, beside a bare Qt window and one that has imported pyqtgraph first.

Run by hand: `python tests/benchmarks/startup.py [RUNS]`. Every start is a process of its own, the contestants taking
turns; times are from the start of the process, in ms: to the first paint, and until the plots are there too.
"""

import os
import statistics
import subprocess
import sys
from pathlib import Path

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
    from explorer.ui.app import application
    app = application("light")
    from PySide6.QtCore import QTimer
    from explorer.ui.main_window import MainWindow
    times = []
    class Window(MainWindow):
        def paintEvent(self, event):
            super().paintEvent(event)
            if not times:
                times.append(now())
                QTimer.singleShot(0, check)
    def check():
        if window.training.losses.plot is None or not painted():
            QTimer.singleShot(1, check)
            return
        print(times[0], now(), flush=True)
        window.close()
        os._exit(0)
    def painted():
        return window.canvas.view is not None
    window = Window()
    window.show()
    app.exec()
"""


def start(program: str) -> list[float]:
    """The times that one start prints."""
    path = ROOT / "tests" / "benchmarks" / ".startup_contestant.py"
    path.write_text(CLOCK + program)
    try:
        environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, str(path)], env=environment, capture_output=True, text=True, check=True)
    finally:
        path.unlink()
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    """Print medians and ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    contestants = {
        "bare Qt window": BARE.format(first=""),
        "the same, pyqtgraph imported first": BARE.format(first="import pyqtgraph"),
        "RNN Explorer": EXPLORER,
    }
    times: dict[str, list[list[float]]] = {name: [] for name in contestants}
    for run in range(runs + 1):
        for name, program in contestants.items():
            found = start(program)
            if run:  # the first round warms the disk's cache
                times[name].append(found)
    medians = {name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in times.items()}
    for name, values in medians.items():
        print(f"{name:36} {'  '.join(f'{value:7.0f} ms' for value in values)}")
    (bare,), (plotting,), (painted, usable) = medians.values()
    print(f"first paint / bare: {painted / bare:.2f}; usable / with pyqtgraph: {usable / plotting:.2f} (aim: 1.7)")


if __name__ == "__main__":
    main()
