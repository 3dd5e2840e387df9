"""Fill in how to train: a form over every field of a `Plan`, and fields that take a number or "off"."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from explorer.errors import ExplorerError
from explorer.session.training_plan import MOST_SEEDS, NAMES, Plan
from explorer.training.optimizers import OPTIMIZERS
from explorer.training.schedules import INCONSISTENT
from explorer.training.settings import Schedule
from explorer.ui.numbers import parse

OFFERED = tuple(mode for mode in NAMES if mode is not None)
SCHEDULES = {
    "linear": ("linear, 1 to 0", Schedule("linear")),
    "exponential": ("exponential, 0.99ⁱ", Schedule("exponential", k=0.99)),
    "inverse_sigmoid": ("inverse sigmoid, k = 50", Schedule("inverse_sigmoid", k=50.0)),
    "constant": ("constant, ½", Schedule("constant", start=0.5)),
}


class NumberField(QLineEdit):
    """A number, typed as people write it. `changed` carries a float, an int if `whole`, or None for "off"."""

    changed = Signal(object)

    def __init__(self, low: float, high: float, *, whole: bool = False, optional: bool = False) -> None:
        super().__init__()
        self._low, self._high, self._whole, self._optional = low, high, whole, optional
        self.setFixedWidth(84)
        self.editingFinished.connect(self._finish)
        self.textEdited.connect(lambda _: self._mark(True))

    def set_value(self, value: float | None) -> None:
        """Show a number; no signal."""
        with QSignalBlocker(self):
            self.setText("off" if value is None else f"{value:g}" if not self._whole else f"{round(value)}")
        self._mark(True)

    def value(self) -> float | int | None:
        """What is typed.

        Raises:
            ExplorerError: it is no number, or out of range.
        """
        text = self.text().strip()
        if self._optional and text.lower() in ("", "off", "–", "-"):
            return None
        number = parse(text)
        wrong = not self._low <= number <= self._high or (self._whole and number != round(number))
        if wrong:
            kind = "whole number" if self._whole else "number"
            raise ExplorerError(f"{text} cannot be used here; write a {kind} from {self._low:g} to {self._high:g}.")
        return round(number) if self._whole else number

    def _finish(self) -> None:
        try:
            value = self.value()
        except ExplorerError as error:
            self._mark(False, str(error))
            return
        self._mark(True)
        self.changed.emit(value)

    def _mark(self, good: bool, why: str = "") -> None:
        self.setToolTip(why)
        if self.property("invalid") != (not good):
            self.setProperty("invalid", not good)
            self.style().unpolish(self)
            self.style().polish(self)


class TrainingForm(QFrame):
    """A pop-up over a plan. `changed` carries the whole new one; `seed_changed` the seed, which the graph shares."""

    changed = Signal(Plan)
    seed_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self._plan = Plan()
        self.fields: dict[str, QWidget] = {}
        self.modes = {mode: QCheckBox(NAMES[mode]) for mode in OFFERED}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 14)
        row.setSpacing(28)
        for column in (self._feedback(), self._steps(), self._extras()):
            row.addWidget(column, 0, Qt.AlignmentFlag.AlignTop)
        self.set_plan(self._plan, seed=0, takes_feedback=True)

    def set_plan(self, plan: Plan, seed: int, takes_feedback: bool) -> None:
        """Show a plan; no signal."""
        self._plan = plan
        for mode, check in self.modes.items():
            with QSignalBlocker(check):
                check.setChecked(mode in plan.modes)
            check.setEnabled(takes_feedback)
        k1, k2 = plan.truncate or (None, None)
        shown = {"seed": seed, "k1": k1, "k2": k2, "l2": plan.l2 or None}
        for name, field in self.fields.items():
            if isinstance(field, NumberField):
                field.set_value(shown[name] if name in shown else getattr(plan, name))
        for name, id in (("optimizer", plan.optimizer), ("schedule", plan.schedule.kind)):
            box = self.fields[name]
            assert isinstance(box, QComboBox)
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(id))
        self.fields["momentum"].setEnabled(plan.optimizer == "momentum")
        self.fields["schedule"].setEnabled(takes_feedback and any(mode.startswith("mixed") for mode in plan.modes))

    def focus(self, name: str) -> None:
        """Put the keyboard on the field of this name."""
        field = self.fields.get(name) or next(iter(self.modes.values()))
        field.setFocus(Qt.FocusReason.PopupFocusReason)
        if isinstance(field, NumberField):
            field.selectAll()

    # The three columns.

    def _feedback(self) -> QWidget:
        column, layout = _column("What is fed back")
        for box in self.modes.values():
            box.toggled.connect(self._modes_toggled)
            layout.addWidget(box)
        self.modes["mixed_yhat"].setToolTip(INCONSISTENT)
        form = _form(layout)
        form.addRow("Schedule", self._choice("schedule", ((id, title) for id, (title, _) in SCHEDULES.items())))
        return column

    def _steps(self) -> QWidget:
        column, layout = _column("Training")
        form = _form(layout)
        titles = ((id, optimizer.title) for id, optimizer in OPTIMIZERS.items())
        form.addRow("Optimiser", self._choice("optimizer", titles))
        form.addRow("Learning rate", self._number("learning_rate", 1e-12, 1000))
        form.addRow("Momentum", self._number("momentum", 0, 0.999999))
        form.addRow("Batch", self._number("batch", 1, 4096, whole=True))
        form.addRow("Iterations", self._number("iterations", 1, 10_000_000, whole=True))
        form.addRow("Seed", self._number("seed", 0, 2**31 - 1, whole=True))
        form.addRow("Seeds at once", self._number("seeds", 1, MOST_SEEDS, whole=True))
        return column

    def _extras(self) -> QWidget:
        column, layout = _column("Gradient and judging")
        form = _form(layout)
        form.addRow("Clip to norm", self._number("clip_norm", 1e-12, 1e9, optional=True))
        form.addRow("L² penalty", self._number("l2", 0, 10, optional=True))
        form.addRow("BPTT every k₁ steps", self._number("k1", 1, 10_000, whole=True, optional=True))
        form.addRow("… back k₂ steps", self._number("k2", 1, 10_000, whole=True, optional=True))
        form.addRow("Judge every", self._number("evaluate_every", 1, 10_000_000, whole=True))
        form.addRow("Stop below", self._number("stop_below", 1e-12, 1e9, optional=True))
        for name, unit in (("evaluate_every", "iterations"), ("stop_below", "nats per predicted step")):
            self.fields[name].setToolTip(unit)
        return column

    def _number(
        self, name: str, low: float, high: float, *, whole: bool = False, optional: bool = False
    ) -> NumberField:
        field = NumberField(low, high, whole=whole, optional=optional)
        field.changed.connect(lambda value: self._number_changed(name, value))
        self.fields[name] = field
        return field

    def _choice(self, name: str, entries: Iterable[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        for id, title in entries:
            box.addItem(title, id)
        changed: Callable[[int], None] = lambda _: self._choice_changed(name, box.currentData())  # noqa: E731
        box.currentIndexChanged.connect(changed)
        self.fields[name] = box
        return box

    # Changes.

    def _modes_toggled(self) -> None:
        chosen = tuple(mode for mode, box in self.modes.items() if box.isChecked())
        self._change(replace(self._plan, modes=chosen))
        self.fields["schedule"].setEnabled(any(mode.startswith("mixed") for mode in chosen))

    def _choice_changed(self, name: str, id: str) -> None:
        fields: dict[str, Any] = {name: SCHEDULES[id][1] if name == "schedule" else id}
        self._change(replace(self._plan, **fields))
        self.fields["momentum"].setEnabled(self._plan.optimizer == "momentum")

    def _number_changed(self, name: str, value: float | int | None) -> None:
        if name == "seed":
            self.seed_changed.emit(value)
        elif name in ("k1", "k2"):
            self._change(replace(self._plan, truncate=self._windows(name, value)))
        else:
            fields: dict[str, Any] = {name: (value or 0.0) if name == "l2" else value}
            self._change(replace(self._plan, **fields))

    def _windows(self, name: str, value: float | int | None) -> tuple[int, int] | None:
        """Both window lengths after one was typed: k₂ is at least k₁, and one that is off turns both off."""
        k = None if value is None else (int(value), max(int(value), (self._plan.truncate or (0, 0))[1]))
        if k is not None and name == "k2":
            k = (min(k[0], (self._plan.truncate or k)[0]), int(value or 1))
        for field, number in zip(("k1", "k2"), k or (None, None), strict=True):
            widget = self.fields[field]
            assert isinstance(widget, NumberField)
            widget.set_value(number)
        return k

    def _change(self, plan: Plan) -> None:
        if plan != self._plan:
            self._plan = plan
            self.changed.emit(plan)


def _column(title: str) -> tuple[QWidget, QVBoxLayout]:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    header = QLabel(title.upper())
    header.setProperty("role", "section")
    layout.addWidget(header)
    return column, layout


def _form(layout: QVBoxLayout) -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 2, 0, 0)
    form.setVerticalSpacing(5)
    layout.addLayout(form)
    return form
