"""Print how long the card "How far gradients reach" keeps the event loop waiting: python tests/benchmarks/reach.py

Needs: nothing beyond the project.
"""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from PySide6.QtWidgets import QApplication

from explorer.session.document import Shown, show
from explorer.session.viewing import View
from explorer.ui.look import theme
from explorer.ui.reach.card import ReachCard
from explorer.ui.screen import qt_application
from tests.settings import a_document

SIZES = ((6, 8), (50, 8), (50, 32), (100, 32), (200, 32))
REPEATS = 15


def turns(app: QApplication, card: ReachCard) -> list[float]:
    """Milliseconds of each turn of the event loop until the card has nothing left to do."""
    took = []
    while card.busy or not card.equation.ready or not took:
        start = time.perf_counter()
        app.processEvents()
        took.append(1000 * (time.perf_counter() - start))
    return took


def edited(shown: Shown, rng: np.random.Generator) -> Shown:
    """The same with W nudged, as after an edit."""
    theta = {name: array + 1e-3 * rng.normal(size=array.shape) for name, array in shown.trace.parameters.items()}
    return show(shown.document, theta)


def main() -> None:
    """For each size: the longest turn when the card is first shown, after edits, and after clicks on a cell."""
    app = qt_application()
    theme.apply(app, theme.LIGHT)
    rng = np.random.default_rng(0)
    print("longest turn of the event loop in ms: first; after an edit (median, worst); after a click (median, worst)")
    print(f"{'T':>5} {'H':>4} {'first':>8} {'edit':>8} {'worst':>8} {'click':>8} {'worst':>8}")
    for length, hidden in SIZES:
        shown = show(
            a_document(architecture="hidden_and_output", feedback="free_running_yhat", length=length, hidden=hidden)
        )
        card = ReachCard()
        card.resize(420, 240)
        card.show()
        app.processEvents()
        card.show_view(shown, View())
        first = max(turns(app, card))
        card.choose(length, 1)
        turns(app, card)
        card.clear()
        edits, clicks = [], []
        for _ in range(REPEATS):
            another = edited(shown, rng)
            card.show_view(another, View())
            edits.append(max(turns(app, card)))
        for _ in range(REPEATS):
            start = time.perf_counter()
            card.choose(length, int(rng.integers(1, length // 2)))
            clicks.append(max(1000 * (time.perf_counter() - start), *turns(app, card)))
            card.clear()
        columns = (first, np.median(edits), max(edits), np.median(clicks), max(clicks))
        print(f"{length:5} {hidden:4} " + " ".join(f"{ms:8.2f}" for ms in columns))
        card.close()


if __name__ == "__main__":
    main()
