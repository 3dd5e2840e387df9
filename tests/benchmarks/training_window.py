"""Measure how fluid the training panel stays: python tests/benchmarks/training_window.py [seconds]

Prints the time from the click on Run to the first loss, the interval between frames of the window while two runs
train at full speed (size S2 of the performance issue), and with curves of a million points. Without a screen set
QT_QPA_PLATFORM=offscreen. A frame is an event-loop turn that repaints the panel, asked for every 16 ms.
"""

import os
import sys
import time
from pathlib import Path

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

MILLION = 1_000_000


def main(seconds: float) -> None:
    from PySide6.QtWidgets import QApplication

    from explorer.session.training_plan import Plan, Problem
    from explorer.ui import theme as themes
    from explorer.ui.training_panel import TrainingPanel

    app = QApplication(sys.argv[:1])
    themes.apply(app, themes.LIGHT)
    begin = time.perf_counter()
    panel = TrainingPanel()
    panel.resize(1150, 290)
    panel.show()
    app.processEvents()
    print(f"panel painted after      {1000 * (time.perf_counter() - begin):7.1f} ms")
    begin = time.perf_counter()
    panel.build()
    app.processEvents()
    print(f"plots usable after       {1000 * (time.perf_counter() - begin):7.1f} ms more, pyqtgraph imported")
    print(f"OPENBLAS_CORETYPE is {os.environ.get('OPENBLAS_CORETYPE', 'unset')}")
    wait(app, 1.0)
    panel.set_problem(Problem("output_to_hidden", "running_parity", length=25, hidden=32))
    panel.set_plan(replace(Plan(), iterations=MILLION, evaluate_every=25, learning_rate=0.001))
    begin = time.perf_counter()
    panel.run()
    while not panel.book.iteration:
        app.processEvents()
        if panel.notice.isVisible():
            sys.exit(panel.notice.text.text())
    print(f"first loss after a click {1000 * (time.perf_counter() - begin):7.1f} ms")
    report("two runs training", panel, frames(app, panel, seconds))
    with_a_million(panel)
    report("a million points each", panel, frames(app, panel, seconds))
    panel.losses.log_iterations.click()
    panel.losses.log_loss.click()
    report("the same, logarithmic", panel, frames(app, panel, seconds))
    begin = time.perf_counter()
    panel.run()
    at = panel.book.iteration
    wait(app, 0.1)
    print(f"pause: {panel.book.iteration - at} iterations still came within 100 ms after it")
    panel.shutdown()


def with_a_million(panel: object) -> None:
    """Put a long past before the curves that grow."""
    rng = np.random.default_rng(1)
    for record in panel.book.current:
        past = MILLION - len(record.training)
        record.training.extend(0.7 * np.exp(-np.arange(past) / 2e5) + 0.05 * rng.random(past))
        record.iteration = len(record.training)
        for iteration in range(record.iteration // 25 * 25 - 25 * 40_000, record.iteration, 25):
            if iteration > record._judged.iterations[-1]:
                record._judged.add(iteration, 0.7 * np.exp(-iteration / 2e5) + 0.02 * rng.random(6))


def frames(app: object, panel: object, seconds: float) -> np.ndarray:
    """The intervals between repaints of the panel, in ms, and how long a turn took."""
    stop = time.perf_counter() + seconds
    intervals = []
    last = time.perf_counter()
    while last < stop:
        app.processEvents()
        panel.losses.plot.viewport().update()
        now = time.perf_counter()
        time.sleep(max(0.0, 0.016 - (now - last)))
        now = time.perf_counter()
        intervals.append(now - last)
        last = now
    return 1000 * np.array(intervals)


def report(what: str, panel: object, intervals: np.ndarray) -> None:
    """One line of the table."""
    p50, p99 = np.percentile(intervals, (50, 99))
    rate = panel.book.rate or 0.0
    print(
        f"{what:24} frames: median {p50:5.1f} ms, p99 {p99:5.1f} ms, worst {intervals.max():5.1f} ms;"
        f" {rate:,.0f} iterations a second of both runs"
    )


def wait(app: object, seconds: float) -> None:
    """Let the application run."""
    stop = time.perf_counter() + seconds
    while time.perf_counter() < stop:
        app.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)
