"""How long the graph takes to paint, to pan, to zoom and to step, at several lengths.

Run by hand: `python tests/benchmarks/canvas.py [REPEATS]`. It paints without a screen, on a canvas of 1000 × 520
pixels. Times are ms from the call until the window system has the picture: the least, the median and the 95th
percentile. A frame at 60 Hz lasts 16.7 ms.

Needs: nothing beyond the project.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from explorer.session.document import Shown, show
from explorer.session.view.view_state import view_state
from explorer.session.viewing import View
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.look import theme as themes
from explorer.ui.screen import qt_application
from tests.benchmarks.asked import asked
from tests.settings import a_document

LENGTHS = (6, 12, 50, 200, 1000)
HIDDEN = 8


class Bench:
    """A canvas, and what is measured on it."""

    def __init__(self, application: QApplication, repeats: int) -> None:
        self.application, self.repeats = application, repeats
        self.canvas = Canvas()
        self.canvas.resize(1000, 520)
        self.canvas.set_motion(False)
        self.canvas.show()

    def measure(self, what: str, act: Callable[[int], object]) -> None:
        """Print the times of act(0), act(1), …, each with the painting that it asks for."""
        times = []
        for i in range(self.repeats):
            begin = time.perf_counter()
            act(i)
            self.application.processEvents()
            times.append((time.perf_counter() - begin) * 1000)
        least, median, late = np.percentile(times, [0, 50, 95])
        print(f"  {what:<34}{least:8.2f}{median:8.2f}{late:8.2f}")

    def run(self, shown: Shown) -> None:
        """Everything, for one document."""
        canvas, middle = self.canvas, len(shown.events) // 2
        walk = min(40, len(shown.events) - middle)
        begin = time.perf_counter()
        canvas.set_view(view_state(shown, View(middle)))
        canvas.fit()
        self.application.processEvents()
        print(f"T = {shown.graph.T}: first picture {(time.perf_counter() - begin) * 1000:.1f}")
        self.measure("paint again, all in view", lambda _: canvas.update())
        # A pan at this zoom would move nothing, so the columns are painted anew instead.
        self.measure("paint anew, all in view", lambda _: (canvas._tiles.forget(), canvas.update()))
        self.measure("step, all in view", lambda i: canvas.set_view(view_state(shown, View(middle + i % walk))))
        self.measure("zoom by the wheel", lambda i: self.wheel(1 if i % 20 < 10 else -1))
        canvas.fit()
        canvas.zoom(1.0 / canvas._camera.sx)
        canvas.ensure_visible(shown.graph.T // 2)
        self.measure("pan by 10 pixels, readable", lambda i: self.pan(-10.0 if i % 40 < 20 else 10.0))
        self.measure("step, readable", lambda i: self.step(shown, middle + i % walk))
        canvas.fit()
        self.measure("fold by a hundredth", lambda i: canvas.set_fold((i % 100 + 1) / 100))
        canvas.set_fold(0.0)

    def pan(self, distance: float) -> None:
        """As dragging does."""
        self.canvas._look(self.canvas._camera.panned(distance, 0.0))

    def wheel(self, notches: int) -> None:
        """A notch of the wheel, in or out."""
        at, turned = QPointF(500, 200), QPoint(0, notches * 60)
        event = QWheelEvent(
            at, at, QPoint(), turned, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        self.application.sendEvent(self.canvas, event)

    def step(self, shown: Shown, cursor: int) -> None:
        """As the window does: the current column is kept in sight."""
        view = view_state(shown, View(cursor))
        self.canvas.set_view(view)
        if view.column is not None:
            self.canvas.ensure_visible(view.column)


def main() -> None:
    repeats = asked("repeats", 60, __doc__)
    application = qt_application()
    themes.apply(application, themes.LIGHT)
    print(f"{'':<36}{'least':>8}{'median':>8}{'95 %':>8}   ms")
    bench = Bench(application, repeats)
    for T in LENGTHS:
        bench.run(show(a_document("hidden_and_output", length=T, hidden=HIDDEN, feedback="free_running_yhat")))
    bench.canvas.close()


if __name__ == "__main__":
    main()
