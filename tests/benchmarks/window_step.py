"""How long one step and one edit take in the whole window, from the key to the painted screen.

Run by hand: `python tests/benchmarks/window_step.py`. Offscreen, 1440 × 900; times in ms, measured around the call and
the repaint that follows it. Aims, of 99 in 100: a step at T = 50 within 16 ms, a weight edit within 50 ms.

Needs: nothing beyond the project.
"""

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from PySide6.QtWidgets import QApplication

from explorer.session.edits import WeightEdit
from explorer.ui.app import application
from explorer.ui.window.main_window import MainWindow
from tests.settings import a_document

AIMS = {"a step": 16, "an edit": 50}
"""Milliseconds, of 99 in 100, at T = 50."""


def timed(action: Callable[[], object]) -> float:
    """One action and everything that it makes the window do."""
    start = perf_counter()
    action()
    QApplication.processEvents()
    return (perf_counter() - start) * 1000


def steps(window: MainWindow) -> list[float]:
    """Step forward by node, from the start."""
    count = min(400, len(window.session.shown.events))
    return [timed(lambda: window.perform("next")) for _ in range(count)]


def edits(window: MainWindow) -> list[float]:
    """Set one weight again and again, in the middle of the training step."""
    window.perform("go_to", cursor=len(window.session.shown.events) // 2)
    found = [WeightEdit("W", (0, 1), float(value)) for value in np.linspace(-1, 1, 40)]
    return [timed(lambda edit=edit: window.do(lambda: window.session.edit(edit))) for edit in found]


def main() -> None:
    """Print medians, 99th percentiles and the longest."""
    app = application("light")
    for T, H in ((6, 8), (50, 8), (50, 32), (200, 8)):
        document = a_document(architecture="hidden_and_output", feedback="free_running_yhat", length=T, hidden=H)
        window = MainWindow(document)
        window.show()
        for _ in range(1000):  # until the formulas to come are typeset, as they are before anybody steps
            app.processEvents()
        gc.collect()
        gc.freeze()  # as the application does once its window is there
        for name, times in (("a step", steps(window)), ("an edit", edits(window))):
            median, high = np.percentile(times, (50, 99))
            aim = f" (aim {AIMS[name]})" if T == 50 else ""
            print(
                f"T = {T:3}, H = {H:2}: {name:7} takes {median:5.1f}, 99 % {high:5.1f}{aim}, longest {max(times):5.1f}"
            )
        window.setProperty("unasked", True)
        window.close()
        window.deleteLater()
        app.processEvents()


if __name__ == "__main__":
    main()
