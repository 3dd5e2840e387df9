"""How fluid the whole window stays while it plays and trains.

Run by hand: `python tests/benchmarks/frames.py [SECONDS]`. It prints the interval between frames while stepping plays
at 10 events a second: with nothing training, with two runs at full speed (K 16, H 32, T 25, B 32), and with loss
curves of a million points. A frame is a turn of the event loop, asked for every 16 ms, in which the window paints what
has changed; or, harder than life, graph and curves whole every time. Aims: 99 of 100 intervals are shorter than 20 ms
while two runs train, than 25 with a million points; and training, which is measured alone first, with nothing played
and the window out of sight, is slowed by no more than a tenth.

Needs: a screen, real or virtual (xvfb-run -a), or QT_QPA_PLATFORM=offscreen.
"""

import gc
import os
import sys
from pathlib import Path
from time import perf_counter, sleep

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from PySide6.QtWidgets import QApplication

from explorer.ui.app import application
from explorer.ui.stepping.player import EVENTS_A_SECOND
from explorer.ui.window.main_window import MainWindow
from tests.benchmarks.asked import asked
from tests.benchmarks.needs import need_screen
from tests.settings import a_document, a_plan

MILLION = 1_000_000
EVERY = 0.016
"""Seconds from frame to frame that are asked for."""
DOCUMENT = a_document(
    "output_to_hidden", "delayed_echo", task_options={"symbols": 16}, length=25, hidden=32, feedback="teacher_forcing"
)
PLAN = a_plan(iterations=10 * MILLION, evaluate_every=25, learning_rate=0.001)


def main(seconds: float) -> None:
    """Print a line for each situation."""
    application("light")
    window = MainWindow(DOCUMENT)
    window.show()
    window.training.build()
    window.training.trainer.warm_up()
    gc.freeze()  # as the application does once its window is there
    wait(1.5)
    window.player.set_speed(10 / EVENTS_A_SECOND)
    window.player.stepped.connect(lambda: None if window.player.playing else window.play(True))
    window.play(True)
    print(f"OPENBLAS_CORETYPE is {os.environ.get('OPENBLAS_CORETYPE', 'unset')}; ms between frames, playing")
    report("nothing trains", window, seconds)
    window.look(pace="full")
    window.do(lambda: window.session.change(plan=PLAN))
    begin = perf_counter()
    window.training.running.run()
    while not window.training.book.iteration:
        QApplication.processEvents()
    print(f"{'from Run to the first loss':28} {1000 * (perf_counter() - begin):5.1f}")
    alone = speed_alone(window, seconds / 2)
    report("two runs train", window, seconds, 20, alone)
    with_a_million(window)
    report("a million points each", window, seconds, 25, alone)
    window.training.losses.log_iterations.click()
    window.training.losses.log_loss.click()
    report("the same, logarithmic", window, seconds, 25, alone)
    begin, at = perf_counter(), window.training.book.iteration
    window.training.running.run()
    wait(0.1)
    print(f"pause: {window.training.book.iteration - at} iterations still came within 100 ms after it")
    window.setProperty("unasked", True)
    window.close()


def with_a_million(window: MainWindow) -> None:
    """Put a long past before the curves that grow."""
    rng = np.random.default_rng(1)
    for record in window.training.book.current:
        past = MILLION - len(record.training)
        record.training.extend(0.7 * np.exp(-np.arange(past) / 2e5) + 0.05 * rng.random(past))
        record.iteration = len(record.training)
        for iteration in range(record.iteration // 25 * 25 - 25 * 40_000, record.iteration, 25):
            if iteration > record.judged.iterations[-1]:
                record.judged.add(iteration, 0.7 * np.exp(-iteration / 2e5) + 0.02 * rng.random(6))


def speed_alone(window: MainWindow, seconds: float) -> float:
    """Iterations a second of each run while nothing plays and nothing is painted."""
    window.play(False)
    window.hide()
    wait(1.0)
    speed = float(np.mean(frames(window, seconds, False)[1]))
    print(f"{'training alone':28} {speed:,.0f} iterations a second of each", flush=True)
    window.show()
    window.play(True)
    return speed


def report(what: str, window: MainWindow, seconds: float, aim: int | None = None, alone: float = 0.0) -> None:
    """Watch the frames for a while, and print a line about each kind; beside how fast it trains how fast `alone`."""
    wait(0.5)
    for kind, whole in ((what, False), ("    repainted whole", True)):
        intervals, speeds = frames(window, seconds / 2, whole)
        p50, p99 = np.percentile(intervals, (50, 99))
        line = f"{kind:28} median {p50:5.1f}, 99 % {p99:5.1f}, longest {max(intervals):5.1f}"
        if aim is not None and not whole:
            line += f" (aim {aim})"
        if alone:
            speed = float(np.mean(speeds))
            line += f"; {speed:,.0f} iterations a second of each, {100 * (speed / alone - 1):+.0f} %"
        print(line, flush=True)


def frames(window: MainWindow, seconds: float, whole: bool) -> tuple[list[float], list[float]]:
    """The milliseconds from each frame to the next, and how fast it trained meanwhile, in iterations a second."""
    stop = perf_counter() + seconds
    last, intervals, speeds = perf_counter(), [], []
    while last < stop:
        if whole:
            window.canvas.update()
            window.training.losses.plot.viewport().update()
        QApplication.processEvents()
        sleep(max(0.0, EVERY - (perf_counter() - last)))
        now = perf_counter()
        intervals.append(1000 * (now - last))
        speeds.append(window.training.book.rate or 0.0)
        last = now
    return intervals, speeds


def wait(seconds: float) -> None:
    """Let the window run."""
    stop = perf_counter() + seconds
    while perf_counter() < stop:
        QApplication.processEvents()
        sleep(0.002)


if __name__ == "__main__":
    need_screen()
    main(asked("seconds", 10.0, __doc__))
