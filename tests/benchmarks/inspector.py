"""Print how long the inspector takes to show an event, without a screen: python tests/benchmarks/inspector.py

Needs: nothing beyond the project.
"""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from PySide6.QtTest import QTest

from explorer.session.document import show
from explorer.ui.equations.inspector import Inspector
from explorer.ui.look import theme
from explorer.ui.screen import qt_application
from tests.settings import a_document


def main() -> None:
    """Step through whole traces and print the milliseconds per event, formulas typeset beforehand."""
    app = qt_application()
    theme.apply(app, theme.LIGHT)
    print(f"{'T':>5} {'hidden':>6} {'events':>6} {'median':>7} {'99 %':>7} {'worst':>7}  ms per event, painted")
    for length, hidden in ((6, 4), (50, 8), (50, 32), (200, 32), (50, 128)):
        shown = show(
            a_document(architecture="hidden_and_output", feedback="free_running_yhat", length=length, hidden=hidden)
        )
        inspector = Inspector()
        inspector.resize(380, 860)
        inspector.show()
        inspector.set_event(shown, None)
        QTest.qWait(2500)  # formulas are typeset ahead while nothing else is to be done
        took = []
        for event in shown.events[:: max(1, len(shown.events) // 400)]:
            start = time.perf_counter()
            inspector.set_event(shown, event)
            app.processEvents()
            took.append(1000 * (time.perf_counter() - start))
        median, high, worst = np.percentile(took, [50, 99, 100])
        print(f"{length:5} {hidden:6} {len(shown.events):6} {median:7.2f} {high:7.2f} {worst:7.2f}")
        inspector.close()


if __name__ == "__main__":
    main()
