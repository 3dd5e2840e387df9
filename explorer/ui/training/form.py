"""Fill in how to train: a form over every field of a `Plan`."""

from collections.abc import Mapping

from msgspec.structs import asdict
from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFormLayout, QFrame, QWidget

from explorer.graph.architecture import Architecture
from explorer.graph.feedback import get_feedback
from explorer.graph.optimizers import OPTIMIZERS
from explorer.language import tr
from explorer.reading.bounds import Setting, declared
from explorer.session.training_plan import NAMES, OWN_OUTPUTS, WHY_SOFT_WINS, Plan, mode_name
from explorer.tasks import Task
from explorer.training.meaning import why_not
from explorer.training.problem import architecture_of
from explorer.training.schedules import INCONSISTENT
from explorer.training.settings import PRECISIONS, Problem, changed
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.explained import explained
from explorer.ui.parts.fields import Choice
from explorer.ui.parts.number_field import NumberField
from explorer.ui.parts.scroller import Scroller
from explorer.ui.parts.widgets import SectionHeader, Words, in_column, in_row
from explorer.ui.training.schedule_form import WIDTH, ScheduleForm

OFFERED = tuple(mode for mode in NAMES if mode is not None)
SETTINGS = {
    **declared(Plan),
    "seed": declared(Problem)["seed"],
    "k1": Setting(
        "k1", tr("BPTT every k₁ steps"), "", int, int, None, declared(Plan)["truncate"].bounds, optional=True
    ),
    "k2": Setting("k2", tr("… back k₂ steps"), "", int, int, None, declared(Plan)["truncate"].bounds, optional=True),
}
SETS = {"k1": "truncate", "k2": "truncate"}
"""The setting of those fields that are not called like theirs."""


class _Scrolled(Scroller):
    """Asks for the room of all that is in it, and scrolls it where there is less, as in large text."""

    def __init__(self, whole: QWidget) -> None:
        super().__init__()
        self.setAccessibleName(tr("Settings"))
        self.setWidget(whole)
        self._whole = whole

    def sizeHint(self) -> QSize:
        return self._whole.sizeHint()


class TrainingForm(QFrame):
    """A pop-up over a plan. `changed` carries the whole new one; `seed_changed` the seed, which the graph shares."""

    changed = Signal(Plan)
    seed_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self.plan = Plan()
        """What is filled in."""
        self.fields: dict[str, QWidget] = {}
        self.modes = {mode: QCheckBox(NAMES[mode]) for mode in OFFERED}
        self.schedule = ScheduleForm()
        self.schedule.changed.connect(lambda schedule: self._change(changed(self.plan, schedule=schedule)))
        columns = QWidget()
        row = in_row(18, on=columns)
        for column in (self._feedback(), self._scheduled(), self._steps(), self._extras()):
            row.addWidget(column, 0, Qt.AlignmentFlag.AlignTop)
        self._scrolled = _Scrolled(columns)
        self.column = in_column(10, self._scrolled, on=self, margins=(16, 12, 16, 14))
        about = {**self.fields, "schedule": self.schedule}
        self._about: dict[QWidget, tuple[str, str]] = {
            **{field: (SETS.get(name, name), field.toolTip()) for name, field in about.items()},
            **{check: ("modes", check.toolTip()) for check in self.modes.values()},
        }
        """Which setting a control changes, and its help."""
        self.set_plan(self.plan, 0, architecture_of(Problem()))

    def set_plan(self, plan: Plan, seed: int, architecture: Architecture, task: Task | None = None) -> None:
        """Show a plan for this network and task; no signal."""
        self.plan, self._architecture, self._task = plan, architecture, task
        for mode, check in self.modes.items():
            check.setText(mode_name(mode, architecture.fed_back))
            with QSignalBlocker(check):
                check.setChecked(mode in plan.modes)
        training = plan.training
        k1, k2 = training.truncate or (None, None)
        shown = asdict(training) | {"seed": seed, "seeds": plan.seeds, "k1": k1, "k2": k2, "l2": training.l2 or None}
        for name, field in self.fields.items():
            if isinstance(field, NumberField):
                field.set_value(shown[name])
        with QSignalBlocker(self.carry):
            self.carry.setChecked(training.carry_state)
        for name in ("optimizer", "precision", "own_output"):
            box = self.fields[name]
            assert isinstance(box, Choice)
            with QSignalBlocker(box):
                box.show_value(shown[name])
        self.schedule.set_schedule(training.schedule, training.iterations)
        self._enable()

    def _enable(self) -> None:
        """Let be changed what means something now; the tool tips of the others say why they do not.

        What the output never has, such as an arg max of numbers, is not offered.
        """
        for widget, (name, help) in self._about.items():
            why = why_not(name, self._architecture, self.plan.training, self.plan.modes, self._task)
            widget.setEnabled(not why)
            (widget.set_help if isinstance(widget, NumberField) else widget.setToolTip)(why or help)
        output = self._architecture.fed_back
        for mode, check in self.modes.items():
            own = get_feedback(mode).own
            missing = output is not None and own is not None and own not in output.kind.own
            check.setVisible(not missing or mode in self.plan.modes)
        self._why.setVisible(output is None or "argmax" in output.kind.own)

    def open_above(self, at: QPoint) -> None:
        """Open above a place of the screen, within the window as far as that is wide enough."""
        parent = self.parentWidget()
        room = parent.window().geometry() if parent is not None else self.geometry()
        self.show()  # before that it asks for too little room
        self._scrolled.updateGeometry()
        most, wanted = room.size() - QSize(16, 8), self.sizeHint()
        if wanted.width() > most.width():
            wanted += QSize(0, self._scrolled.horizontalScrollBar().sizeHint().height())
        self.resize(wanted.boundedTo(most))
        x = max(room.left(), min(at.x(), room.right() - self.width() - 8))
        self.move(x, max(room.top(), at.y() - self.height() - 4))

    def focus(self, name: str) -> None:
        """Put the keyboard on the field of this name, or on the first that takes it: else the graph would keep it."""
        fields = [self.fields.get(name), *self.modes.values(), *self.fields.values()]
        field = next(field for field in fields if field is not None and field.isEnabled())
        field.setFocus(Qt.FocusReason.PopupFocusReason)
        if isinstance(field, NumberField):
            field.selectAll()

    # The three columns.

    def _feedback(self) -> QWidget:
        column, layout = _column(tr("What is fed back"))
        for box in self.modes.values():
            box.toggled.connect(self._modes_toggled)
            layout.addWidget(box)
        for mode, box in self.modes.items():
            feedback = get_feedback(mode)
            box.setToolTip(
                tr("Fed back: {feedback}.", feedback=feedback.title) + (f" {INCONSISTENT}" if feedback.mixed else "")
            )
        self._why = Words(WHY_SOFT_WINS)
        scaled(self._why.setFixedWidth, WIDTH)
        layout.addWidget(self._why)
        return column

    def _scheduled(self) -> QWidget:
        column, layout = _column(tr("Scheduled sampling"))
        layout.addWidget(self.schedule)
        return column

    def _steps(self) -> QWidget:
        column, layout = _column(tr("Training"))
        form = _form(layout)
        optimizers = {id: optimizer.title for id, optimizer in OPTIMIZERS.items()}
        form.addRow(SETTINGS["optimizer"].title, self._choice("optimizer", optimizers))
        for name in ("learning_rate", "momentum", "batch", "iterations", "stop_below", "seed", "seeds"):
            form.addRow(SETTINGS[name].title, self._number(name))
        precisions: dict[str, str] = {precision: precision for precision in PRECISIONS}
        form.addRow(SETTINGS["precision"].title, self._choice("precision", precisions))
        return column

    def _extras(self) -> QWidget:
        column, layout = _column(tr("Gradient and judging"))
        form = _form(layout)
        for name in ("clip_norm", "clip_value", "l2", "ridge", "k1", "k2", "evaluate_every"):
            form.addRow(SETTINGS[name].title, self._number(name))
        self.carry = QCheckBox(SETTINGS["carry_state"].title)
        self.carry.setToolTip(SETTINGS["carry_state"].help)
        self.carry.toggled.connect(lambda on: self._change(changed(self.plan, carry_state=on)))
        self.fields["carry_state"] = self.carry
        form.addRow(self.carry)
        own_outputs = {"test": tr("as at test time"), **OWN_OUTPUTS}
        form.addRow(SETTINGS["own_output"].title, self._choice("own_output", own_outputs))
        form.addRow(SETTINGS["initial_scale"].title, self._number("initial_scale"))
        return column

    def _choice(self, name: str, titles: Mapping[str, str]) -> Choice:
        box = self.fields[name] = Choice(whole=True)
        box.setToolTip(SETTINGS[name].help)
        explained(box, name)
        box.fill((title, id) for id, title in titles.items())
        box.currentIndexChanged.connect(lambda _: self._change(changed(self.plan, **{name: box.currentData()})))
        return box

    def _number(self, name: str) -> NumberField:
        setting = SETTINGS[name]
        field = NumberField(setting.bounds, optional=setting.optional or name == "l2")
        field.set_help(setting.help)
        explained(field, SETS.get(name, name))
        field.changed.connect(lambda value: self._number_changed(name, value))
        self.fields[name] = field
        return field

    # Changes.

    def _modes_toggled(self) -> None:
        chosen = tuple(mode for mode, box in self.modes.items() if box.isChecked())
        self._change(changed(self.plan, modes=chosen))

    def _number_changed(self, name: str, value: float | int | None) -> None:
        if name == "seed":
            self.seed_changed.emit(value)
        elif name in ("k1", "k2"):
            self._change(changed(self.plan, truncate=self._windows(name, value)))
        else:
            self._change(changed(self.plan, **{name: (value or 0.0) if name == "l2" else value}))

    def _windows(self, name: str, value: float | int | None) -> tuple[int, int] | None:
        """Both window lengths after one was typed: k₂ is at least k₁, and one that is off turns both off."""
        k = None if value is None else (int(value), max(int(value), (self.plan.training.truncate or (0, 0))[1]))
        if k is not None and name == "k2":
            k = (min(k[0], (self.plan.training.truncate or k)[0]), int(value or 1))
        for field, number in zip(("k1", "k2"), k or (None, None), strict=True):
            widget = self.fields[field]
            assert isinstance(widget, NumberField)
            widget.set_value(number)
        return k

    def _change(self, plan: Plan) -> None:
        if plan != self.plan:
            self.plan = plan
            self.schedule.set_schedule(plan.training.schedule, plan.training.iterations)
            self._enable()
            self.changed.emit(plan)


def _column(title: str) -> tuple[QWidget, QBoxLayout]:
    column = QWidget()
    layout = in_column(4, SectionHeader(title), on=column)
    return column, layout


def _form(layout: QBoxLayout) -> QFormLayout:
    form = QFormLayout()
    scaled(form.setContentsMargins, 0, 2, 0, 0)
    scaled(form.setVerticalSpacing, 5)
    layout.addLayout(form)
    return form
