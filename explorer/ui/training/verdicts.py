"""Say under the curves what they tell, with what mends it, and in a notice that a run broke; lead to the weights."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from explorer.session.runs.bundles import Bundle, bundles
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import Stage
from explorer.session.runs.verdict import Verdict, verdict
from explorer.session.training_plan import remedied
from explorer.ui.look.fonts import ui_font
from explorer.ui.parts.notice_bar import NoticeBar
from explorer.ui.parts.widgets import Words
from explorer.ui.training.time_travel import TimeTravel
from explorer.ui.typography.numbers import count

BEFORE = "The graph shows the weights from before."
SHOW, BACK = "Show the trained weights in the graph", "Come back to the weights from before"
HEIGHT = 46
"""In px, for two lines, or for a line and a button below it."""


def travelling(iteration: int) -> str:
    """What is said while the weights of an iteration are looked at."""
    return f"The graph shows iteration {count(iteration)}: drag the line."


class VerdictLine(QWidget):
    """Two lines high whatever it says, so that nothing moves as it changes; hidden without runs to tell about.

    `asked` asks for the trained weights, `left` for those from before; `mended` carries settings to train with, and the
    Origin where to begin.
    """

    mended = Signal(object, object)
    asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._verdict: Verdict | None = None
        self._at: int | None = None
        self.sentence, self.invitation = Words(), Words()
        self.sentence.setFont(ui_font(12))
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.invitation.setFont(ui_font(11))
        self.invitation.setWordWrap(False)
        self.remedy, self.show_weights = QPushButton(), QPushButton(SHOW)
        self.remedy.setProperty("role", "primary")
        self.show_weights.setFont(ui_font(11))
        self.show_weights.setToolTip("Look at them step by step; the line in the plot leads to those of any iteration")
        self.remedy.clicked.connect(self._mend)
        self.show_weights.clicked.connect(lambda: (self.asked if self._at is None else self.left).emit())
        weights = QVBoxLayout()
        weights.setSpacing(1)
        weights.addWidget(self.invitation, 0, Qt.AlignmentFlag.AlignRight)
        weights.addWidget(self.show_weights)
        self.setMinimumHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.remedy)
        row.addLayout(weights)
        for widget in (self.invitation, self.show_weights):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        for widget in (self.remedy, self.invitation, self.show_weights):
            widget.hide()
        self.hide()

    def tell(self, verdict: Verdict | None) -> None:
        """Say what the curves tell: an alarm loudly, all else quietly."""
        self._verdict = verdict
        role = "backward" if verdict is not None and verdict.alarm else "text"
        sentence = verdict.sentence if verdict is not None else ""
        if (sentence, role) != (self.sentence.text(), self.sentence.property("role")):
            self.sentence.say(sentence, role)
        title = verdict.remedy.title if verdict is not None and verdict.remedy is not None else ""
        if title != self.remedy.text():
            self.remedy.setText(title)
        self.remedy.setVisible(bool(title))

    def invite(self, trained: bool, at: int | None) -> None:
        """Offer the weights of runs that are trained, if there are any, or the way back from those looked at."""
        self._at = at
        self.invitation.setText(BEFORE if at is None else travelling(at))
        self.show_weights.setText(SHOW if at is None else BACK)
        for widget in (self.invitation, self.show_weights):
            widget.setVisible(trained)

    def _mend(self) -> None:
        if self._verdict is not None and self._verdict.remedy is not None:
            self.mended.emit(self._verdict.remedy.settings, self._verdict.remedy.origin)


class Verdicts(QObject):
    """`refresh` tells anew. `wanted` carries settings that mend a run, and the Origin where to begin or None.

    The button under the curves travels to the newest weights of the chosen run.
    """

    wanted = Signal(object, object)

    def __init__(self, book: RunBook, travel: TimeTravel, notice: NoticeBar) -> None:
        super().__init__(notice)
        self._book, self._travel, self._notice = book, travel, notice
        self._chosen: Bundle | None = None
        self._told: set[int] = set()
        self.line = VerdictLine()
        self.line.asked.connect(self._show_weights)
        self.line.left.connect(travel.end)
        self.line.mended.connect(self.wanted)
        for moved in (travel.arrived, travel.ended):
            moved.connect(lambda *_: self._invite())

    def refresh(self, chosen: Bundle | None) -> None:
        """Tell about all runs in view, and offer the weights of the chosen one."""
        self._chosen = chosen
        shown = [bundle for bundle in bundles(self._book.records) if bundle.first.shown]
        self.line.tell(verdict(shown))
        self.line.setVisible(bool(shown))
        self._invite()

    def say_divergence(self) -> None:
        """Say of each run, once, that it diverged, how, and what to do about it."""
        for record in self._book.current:
            if record.divergence is not None and record.stage is Stage.DIVERGED and record.id not in self._told:
                self._told.add(record.id)
                title, settings = remedied(record.settings)
                sentence = f"{record.divergence.sentence} {record.divergence.remedy}"
                self._notice.say(sentence, (title, partial(self.wanted.emit, settings, record.origin)))

    def _invite(self) -> None:
        run = self._chosen.first if self._chosen else None
        trained = run is not None and run.iteration > run.start and bool(run.kept) and not self._book.training
        self.line.invite(trained, self._travel.at[1] if self._travel.at else None)

    def _show_weights(self) -> None:
        if self._chosen is not None:
            self._travel.go(self._chosen, self._chosen.first.iteration)
