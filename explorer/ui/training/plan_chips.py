"""See the plan of training at a glance, as a row of words that open its settings."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolButton, QWidget

from explorer.graph.architecture import Architecture
from explorer.graph.feedback import get_feedback
from explorer.graph.optimizers import OPTIMIZERS
from explorer.graph.output import Output
from explorer.language import tr
from explorer.reading.bounds import declared
from explorer.session.training_plan import AT_ONCE, Plan, mode_name, modes_of, own_words
from explorer.training.meaning import why_not
from explorer.training.settings import Problem
from explorer.ui.look.text_size import px
from explorer.ui.parts.widgets import in_row, styled
from explorer.ui.typography.numbers import count
from explorer.wording import inner

GAP = 4
"""Pixels between the words of the plan."""
COMPARE = tr("Compare teacher forcing with free running"), tr("Compare ways to train"), tr("Compare …")
COMPARE_TIP = tr(
    "Nothing is fed back in this network. Show one of which the output is, and train it both ways (story 1)"
)


class PlanChips(QWidget):
    """The plan as a row of words; each opens the form at its field. What does not fit is left out.

    Of a network that feeds nothing back, there is no choice of what is fed: `compare_asked` asks for one with it.
    """

    asked = Signal(str)
    compare_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chips = {name: self._chip(name) for name in _WORDS}
        self._modes = "", ""
        """What is trained, and that in fewer words."""
        self._meaningless: set[str] = set()
        """Settings that change nothing beside what else is chosen."""
        self._more = self._chip("more")
        self._more.setText(tr("all settings …"))
        self.compare = QToolButton()
        self.compare.setToolTip(COMPARE_TIP)
        self.compare.clicked.connect(self.compare_asked)
        self._plain = self._arranging = False
        in_row(GAP, self.compare, *self._chips.values(), self._more, 1, on=self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._leave_out()

    def set_plan(self, plan: Plan, seed: int, architecture: Architecture) -> None:
        """Write the plan down."""
        training, modes = plan.training, plan.modes
        plain = why_not("modes", architecture, training, modes)
        at_once = training.ridge is not None and not why_not("ridge", architecture, training, modes)
        said = f"{inner(AT_ONCE)}, λ = {training.ridge:g}" if at_once else _modes(plan, architecture.fed_back)
        for name, chip in self._chips.items():
            chip.setText(said if name == "modes" else _WORDS[name](plan, seed))
        self._meaningless = {
            name for name in _WORDS if name != "modes" and why_not(name, architecture, training, modes)
        }
        self._plain = bool(plain) and not at_once
        few = said if plain or len(plan.modes) < 2 else tr("{modes} ways to feed back", modes=len(plan.modes))
        self._modes = said, few
        self._chips["modes"].setToolTip(f"{_TIPS['modes']}: {said}")
        self._leave_out()

    def _chip(self, name: str) -> QToolButton:
        chip = styled(QToolButton(), "flat")
        chip.setToolTip(_TIPS[name])
        chip.clicked.connect(lambda: self._ask(name, chip))
        return chip

    def _ask(self, name: str, chip: QToolButton) -> None:
        self.asked.emit(name)
        QApplication.sendEvent(chip, QEvent(QEvent.Type.Leave))
        chip.update()  # over a pop-up the pointer leaves it unseen, and it would stay lit

    def _leave_out(self) -> None:
        """Show what fits into the width, and into the one that it then has.

        Showing a word may have Qt resize the row in the middle of it; hidden then, it would be neither seen nor gone.
        """
        if self._arranging:
            return
        self._arranging, width = True, -1
        while width != self.width():
            width = self.width()
            self._show_what_fits(width)
        self._arranging = False

    def _show_what_fits(self, width: int) -> None:
        more = self._more.sizeHint().width()
        self.setMinimumWidth(more)
        room = width - more
        self.compare.setVisible(self._plain)
        for words in COMPARE if self._plain else ():
            self.compare.setText(words)
            if (taken := self.compare.sizeHint().width() + px(GAP)) <= room:
                room -= taken
                break
        else:
            self.compare.hide()
        modes = self._chips["modes"]
        for words in self._modes:  # what is trained is left out last
            modes.setText(words)
            if modes.sizeHint().width() + px(GAP) <= room:
                break
        for name, chip in self._chips.items():
            taken = chip.sizeHint().width() + px(GAP)
            fits = taken <= room and name not in self._meaningless and not (self._plain and name == "modes")
            chip.setVisible(fits)
            room -= taken if fits else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_out()


def _modes(plan: Plan, fed_back: Output | None) -> str:
    if fed_back is None:
        return inner(mode_name(None, None))
    planned = [mode for mode in modes_of(plan, fed_back) if mode is not None] if plan.modes else []
    free = [mode for mode in planned if not get_feedback(mode).target]
    mixed = [mode for mode in planned if get_feedback(mode).mixed]
    kinds = [tr("teacher forcing")] if "teacher_forcing" in planned else []
    for modes in filter(None, (free, mixed)):
        others = (own_words(str(get_feedback(mode).own), fed_back) for mode in modes[1:])
        kinds.append(", ".join((inner(mode_name(modes[0], fed_back)), *others)))
    return " + ".join(kinds) or tr("nothing chosen")


def _clipping(norm: float | None) -> str:
    return tr("no clipping") if norm is None else tr("clip {norm:g}", norm=norm)


def _iterations(plan: Plan) -> str:
    wanted = plan.training.stop_below
    until = "" if wanted is None else tr(" or loss < {wanted:g}", wanted=wanted)
    return tr("{count} iterations{until}", count=count(plan.training.iterations), until=until)


_WORDS: dict[str, Callable[[Plan, int], str]] = {
    "modes": lambda plan, seed: "",
    "optimizer": lambda plan, seed: OPTIMIZERS[plan.training.optimizer].title,
    "learning_rate": lambda plan, seed: tr("rate {learning_rate:g}", learning_rate=plan.training.learning_rate),
    "batch": lambda plan, seed: tr("batch {batch}", batch=plan.training.batch),
    "clip_norm": lambda plan, seed: _clipping(plan.training.clip_norm),
    "iterations": lambda plan, seed: _iterations(plan),
    "seed": lambda plan, seed: (
        tr("seed {seed}", seed=seed)
        if plan.seeds == 1
        else tr("{seeds} seeds from {seed}", seeds=plan.seeds, seed=seed)
    ),
}
_TIPS = {name: setting.help for kind in (Plan, Problem) for name, setting in declared(kind).items()} | {
    "modes": tr("What is fed back while training"),
    "more": tr("Every setting of the training"),
}
