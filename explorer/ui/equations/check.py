"""View of the finite-difference check: a badge for a whole parameter, and any one entry that a doubter aims at."""

import math
import time

from msgspec import Struct, field
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from explorer.graph.analyse.events import Kind
from explorer.graph.arrays import Index, has_entry
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.equations.check import Checked, GradientCheck, Nudge, entries_to_check
from explorer.session.stepping import not_yet
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.theme import TEXT_SIZE, RoleName
from explorer.ui.parts.widgets import Words, in_column, styled
from explorer.ui.typography.numbers import MINUS, figures
from explorer.wording import entry_place

SLICE = 0.004
"""Seconds of checking at a time, so that the window stays at every key's and click's command."""
PATIENCE = 250
"""Milliseconds of quiet before checking begins: whoever scrubs or plays is not checked on."""
NUDGES = (0.1, 0.01, 0.001)


class _Progress(Struct):
    """How far the check of one parameter is."""

    waiting: list[Index]
    total: int
    found: list[Checked] = field(default_factory=list)


class CheckView(QWidget):
    """A gradient is checked once it is computed.

    `checked` says that the whole parameter has been gone through; `answered`, that there is something to read about
    the entry that was just aimed at.
    """

    checked = Signal(str)
    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.entry = Words(role="")
        self.badge, self.detail = styled(Words(role="target"), font=ui_font(TEXT_SIZE, 600)), Words()
        # The badge comes later than the answer about an entry: below it, it moves nothing that is being read.
        in_column(4, self.entry, self.badge, self.detail, on=self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._work)
        self._shown: Shown | None = None
        self._check: GradientCheck | None = None
        self._name, self._cursor = "", 0
        self._ready: dict[str, int] = {}
        """From which cursor on the gradient of each parameter is known."""
        self._progress: dict[str, _Progress] = {}
        self._aim: tuple[str, Index] | None = None
        self.aimed: Checked | None = None
        """The entry that was aimed at, once it is checked."""
        self._nudges: list[Nudge] = []
        self._asked = False

    @property
    def results(self) -> tuple[Checked, ...]:
        """What has been checked of the parameter that is shown."""
        progress = self._progress.get(self._name)
        return tuple(progress.found) if progress else ()

    def set_parameter(self, shown: Shown, name: str, cursor: int) -> None:
        """Check the gradient of this parameter, if it is known at this cursor, when there is time."""
        if shown is self._shown and name == self._name and cursor == self._cursor:
            return
        self._cursor = cursor
        if shown is not self._shown:
            events = enumerate(shown.events, 1)
            self._ready = {e.name: i for i, e in events if e.kind is Kind.PARAMETER_GRADIENT}
            self._shown, self._check, self._progress, self.aimed = shown, None, {}, None
            if self._aim is not None:
                array = shown.trace.parameters.get(self._aim[0])
                if array is None or not has_entry(array, self._aim[1]):
                    self._aim = None
        self._name = name
        if name not in self._progress:
            entries = entries_to_check(shown.trace.parameter_gradients[name])
            self._progress[name] = _Progress(entries, len(entries))
        self._say()
        self._timer.start(PATIENCE)

    def aim(self, name: str, index: Index) -> None:
        """Check this entry, and show both gradients and what nudging it does."""
        self._aim, self.aimed, self._asked = (name, index), None, True
        self._say()
        self._timer.start(0)

    def _known(self, name: str) -> bool:
        """Whether the gradient of a parameter has been computed; it never is in a network without a loss."""
        return name in self._ready and self._ready[name] <= self._cursor

    def _work(self) -> None:
        """A slice of the work."""
        if self._shown is None or not self.isVisible():
            self._timer.stop()
            return
        self._timer.setInterval(0)
        aims = self._aim is not None and self._known(self._aim[0]) and self.aimed is None
        if not aims and not self._known(self._name):
            self._timer.stop()
            return
        if self._check is None:
            self._check = GradientCheck(self._shown)
            return
        until = time.perf_counter() + SLICE
        if aims and self._aim is not None:
            self.aimed = self._check.check(*self._aim)
            self._nudges = [self._check.nudge(*self._aim, by) for by in NUDGES]
            self._say()
            return
        progress = self._progress[self._name]
        while progress.waiting and time.perf_counter() < until:
            progress.found.append(self._check.check(self._name, progress.waiting.pop(0)))
        if not progress.waiting:
            self._timer.stop()
            self._say()
            self.checked.emit(self._name)

    def showEvent(self, event: object) -> None:
        if self._shown is not None:
            self._timer.start(PATIENCE)

    def _say(self) -> None:
        known = self._known(self._name)
        for label in (self.badge, self.detail):
            label.setVisible(known)
        if known:
            self._say_badge()
        self.entry.setVisible(self._aim is not None)
        if self._aim is None:
            return
        name, index = self._aim
        if not self._known(name):
            coming = tr("its gradient is {not_yet}, and then it is checked", not_yet=not_yet(self._ready[name]))
            self.entry.setText(f"<b>{name}, {entry_place(index)}</b>: {coming}.")
        elif self.aimed is not None:
            self.entry.setText(self._said_entry(self.aimed))
        else:
            self.entry.setVisible(False)
            return
        if self._asked:
            self._asked = False
            self.answered.emit()

    def _say_badge(self) -> None:
        progress = self._progress[self._name]
        if progress.waiting:
            self.badge.say(tr("Checking {name} by finite differences …", name=self._name), "muted")
            self.detail.setText("")
            return
        size = self._shown.trace.parameters[self._name].size if self._shown else 0
        said, role, detail = _outcome(self._name, progress, size)
        self.badge.say(said, role)
        self.detail.setText(detail)

    def _said_entry(self, found: Checked) -> str:
        rows = "".join(
            f"<tr><td>+{n.by:g}&nbsp;&nbsp;&nbsp;</td><td align='right'>{figures(n.change, 4)}&nbsp;&nbsp;&nbsp;</td>"
            f"<td align='right'>{figures(n.foretold, 4)}</td></tr>"
            for n in self._nudges
        )
        verdict = (
            tr("agree to {error}", error=figures(found.error, 1))
            if found.agrees
            else tr("disagree. {obstacle}", obstacle=found.obstacle)
        )
        return tr(
            "<b>{found}, {entry_place}</b>: {verdict}<table><tr><td>back-propagation&nbsp;&nbsp;&nbsp;</td><td "
            "align='right'>{gradient}</td></tr><tr><td>finite difference</td><td "
            "align='right'>{difference}</td></tr></table><table><tr><td>nudge&nbsp;&nbsp;&nbsp;</td><td "
            "align='right'>ΔL&nbsp;&nbsp;&nbsp;</td><td align='right'>gradient × nudge</td></tr>{rows}</table>",
            found=found.name,
            entry_place=entry_place(found.index),
            verdict=verdict,
            gradient=_ten(found.gradient),
            difference=_ten(found.difference),
            rows=rows,
        )


def _outcome(name: str, progress: _Progress, size: int) -> tuple[str, RoleName, str]:
    """What has come out of a parameter of so many entries: what the badge says, in which role, and the detail."""
    worst = max(progress.found, key=lambda c: c.error)
    where = entry_place(worst.index)
    if not math.isfinite(worst.error):
        detail = tr("{name} at {where}: {obstacle}", name=name, where=where, obstacle=worst.obstacle)
        return tr("No gradient to check"), "backward", detail
    if worst.agrees:
        largest = tr("the {total} largest of {size} entries", total=progress.total, size=size)
        which = tr("every entry") if progress.total == size else largest
        how = tr("agree to {error}", error=figures(worst.error, 1)) if worst.error else tr("agree exactly")
        detail = tr(
            "{name}: {which} checked, worst at {where}. Click an entry to aim.", name=name, which=which, where=where
        )
        return tr("✓ finite differences {how}", how=how), "target", detail
    off = sum(not c.agrees for c in progress.found)
    said = tr("✗ finite differences disagree at {off} of {total} entries", off=off, total=progress.total)
    detail = tr(
        "{name} at {where}: back-propagation {gradient}, finite difference {difference}. {obstacle}",
        name=name,
        where=where,
        gradient=figures(worst.gradient, 5),
        difference=figures(worst.difference, 5),
        obstacle=worst.obstacle,
    )
    return said, "backward", detail


def _ten(value: float) -> str:
    return f"{value:.11f}".replace("-", MINUS)
