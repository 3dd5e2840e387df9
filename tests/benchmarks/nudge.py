"""Measure a move of the nudge slider, from the key to the painted panel: `python -m tests.benchmarks.nudge`.

Needs: nothing beyond the project.
"""

import os
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from explorer.session.document import show
from explorer.ui.app import application
from explorer.ui.editing.nudge import NudgePanel
from tests.settings import a_document

BUDGET = 5.0
"""Milliseconds that a move may take at H = 32, T = 50."""
CASES = (
    a_document("hidden_to_hidden", feedback=None, hidden=32, length=50),
    a_document("output_to_hidden", hidden=32, length=50),
    a_document("hidden_and_output", feedback="mixed_yhat", hidden=32, length=50),
    a_document("hidden_to_hidden", feedback=None, hidden=128, length=200),
)


def main() -> None:
    """Print the median and the slowest of 100 moves for each case."""
    application("light")
    panel = NudgePanel()
    panel.resize(360, 520)
    panel.show()
    for document in CASES:
        panel.set_shown(show(document))
        QApplication.processEvents()
        moves = []
        for value in range(-50, 50):
            start = time.perf_counter()
            panel.slider.setValue(value)
            panel.repaint()
            moves.append((time.perf_counter() - start) * 1e3)
        moves.sort()
        what = (
            f"{document.network.architecture} {document.feedback} H = {document.network.hidden} T = {document.length}"
        )
        print(f"{what:60} median {moves[50]:.2f} ms, slowest {moves[-1]:.2f} ms (budget {BUDGET:g})")


if __name__ == "__main__":
    main()
