"""View of one example sequence, followed with the weights of a run: choose another, put a wrong output in its way."""

from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from explorer.session.runs.examples import Followed, follow_example
from explorer.session.runs.runs import RunRecord
from explorer.session.viewing import View
from explorer.ui.look.fonts import ui_font
from explorer.ui.parts.widgets import tight
from explorer.ui.training.example_rows import ExampleRows
from explorer.ui.typography.numbers import count

_SECONDS = 0.3
"""How often an example is followed again while its run trains: faster, nobody could read it."""


class ExampleView(QWidget):
    """`set_run` and `set_iteration` say whose weights; `refresh` follows again if there are new ones.

    `look_asked` carries the fields of the view that decide what is followed.
    """

    look_asked = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self._run: RunRecord | None = None
        self._iteration: float | None = None
        self._number = 0
        self._inject: int | None = None
        self._followed: tuple[object, ...] | None = None
        self._when = 0.0
        self.rows, self.say = ExampleRows(), QLabel()
        self.rows.injected.connect(self._set_injection)
        self.say.setProperty("role", "muted")
        self.say.setFont(ui_font(11))
        self.say.setMinimumWidth(1)
        back, on = _button("‹", "Another example"), _button("›", "Another example")
        back.clicked.connect(lambda: self._go(-1))
        on.clicked.connect(lambda: self._go(1))
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setStyleSheet("QAbstractScrollArea::corner { background: transparent; border: none }")
        scroll.setWidget(self.rows)
        self.rows.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        foot = QHBoxLayout()
        foot.setSpacing(2)
        foot.addWidget(back)
        foot.addWidget(on)
        foot.addWidget(self.say, 1)
        column = tight(QVBoxLayout(self), 2)
        column.addWidget(scroll, 1)
        column.addLayout(foot)

    def set_run(self, run: RunRecord | None) -> None:
        """Follow with this run's weights."""
        if run is not self._run:
            self._run, self._inject = run, None
        self.refresh(now=True)

    def set_iteration(self, iteration: float | None) -> None:
        """Follow with the weights of an iteration, or with the newest."""
        self._iteration = iteration
        self.refresh(now=True)

    def set_number(self, number: int) -> None:
        """Follow another example."""
        self._number = max(0, number)
        self.refresh(now=True)

    def show_view(self, view: View) -> None:
        """Follow the example that the view names."""
        if view.example != self._number:
            self.set_number(view.example)

    def _go(self, by: int) -> None:
        self.set_number(self._number + by)
        self.look_asked.emit({"example": self._number})

    def _set_injection(self, step: int | None) -> None:
        self._inject = step
        self.refresh(now=True)

    def refresh(self, now: bool = False) -> None:
        """Follow again, if anything has changed and it is time."""
        if not self.isVisible() or (not now and monotonic() - self._when < _SECONDS):
            return
        run = self._run
        wanted = round(self._iteration) if self._iteration is not None else run.iteration if run else 0
        kept = min(run.kept, key=lambda iteration: abs(iteration - wanted), default=None) if run else None
        asked = (run, kept, self._number, self._inject)
        if asked != self._followed:
            self._followed, self._when = asked, monotonic()
            example = follow_example(run, wanted, self._number, self._inject) if run else None
            self.rows.set_example(example)
            self.say.setText(_words(example))


def _words(example: Followed | None) -> str:
    if example is None:
        return ""
    text = f"example {example.number}, weights of iteration {count(example.iteration)}"
    if example.injected is None:
        return text
    step, recovered = example.injected
    then = "never recovers" if recovered is None else f"recovers at t = {recovered}"
    return f"wrong {example.one} after t = {step}: {then}"


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setProperty("role", "flat")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
