"""Say under the curves what they tell, with what mends it, and in a notice that a run broke; lead to the weights."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from explorer.language import tr
from explorer.session.runs.bundles import Bundle, bundles
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import Stage
from explorer.session.runs.verdict import Verdict, verdict
from explorer.session.variations import remedied
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import px, scaled
from explorer.ui.parts.notice_bar import NoticeBar
from explorer.ui.parts.short_words import ShortWords
from explorer.ui.parts.widgets import Words, in_row, styled

INVITATION = tr("Drag the line to see any iteration.")
LINES, HEIGHT = 2, 32
"""The height in lines, and in px, which is as much as a line and a button below it need."""
ROOMY = 700
"""Below this width, in px, the sentence needs all of it."""


class VerdictLine(QWidget):
    """Two lines high whatever it says, so that nothing moves as it changes; hidden without runs to tell about.

    `mended` carries settings to train with, and the Origin where to begin.
    """

    mended = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._verdict: Verdict | None = None
        self._invites = False
        self.sentence = styled(ShortWords(), font=ui_font(12))
        self.invitation = styled(Words(INVITATION), font=ui_font(11))
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.invitation.setWordWrap(False)
        self.remedy = styled(QPushButton(), "primary")
        self.remedy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.remedy.clicked.connect(self._mend)
        scaled(self.setMinimumHeight, HEIGHT)
        in_row(12, (self.sentence, 1), self.remedy, self.invitation, on=self, margins=(8, 0, 0, 0))
        for widget in (self.remedy, self.invitation):
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

    def invite(self, on: bool) -> None:
        """Say how to look at the weights along a run, if there are any, and what is told has room beside that."""
        self._invites = on
        beside = self.width() - self.invitation.sizeHint().width() - px(2 * 12)
        whole = len(self.sentence.lines(beside)) <= LINES
        self.invitation.setVisible(on and whole and self.width() >= px(ROOMY))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.invite(self._invites)

    def _mend(self) -> None:
        if self._verdict is not None and self._verdict.remedy is not None:
            self.mended.emit(self._verdict.remedy.settings, self._verdict.remedy.origin)


class Verdicts(QObject):
    """`refresh` tells anew. `wanted` carries settings that mend a run, and the Origin where to begin or None."""

    wanted = Signal(object, object)

    def __init__(self, book: RunBook, notice: NoticeBar) -> None:
        super().__init__(notice)
        self._book, self._notice = book, notice
        self._told: set[int] = set()
        self.line = VerdictLine()
        self.line.mended.connect(self.wanted)

    def refresh(self, chosen: Bundle | None) -> None:
        """Tell about all runs in view, and how to look at the weights along the chosen one."""
        shown = [bundle for bundle in bundles(self._book.records) if bundle.first.shown]
        self.line.tell(verdict(shown))
        self.line.setVisible(bool(shown))
        run = chosen.first if chosen else None
        trained = run is not None and run.iteration > run.start and bool(run.kept) and not self._book.training
        self.line.invite(trained)

    def say_divergence(self) -> None:
        """Say of each run, once, that it diverged, how, and what to do about it."""
        for record in self._book.current:
            if record.divergence is not None and record.stage is Stage.DIVERGED and record.id not in self._told:
                self._told.add(record.id)
                title, settings = remedied(record.settings)
                sentence = f"{record.divergence.sentence} {record.divergence.remedy}"
                mend = title, partial(self.wanted.emit, settings, record.origin)
                # Where the first weights are to blame no setting helps: there is no gradient yet.
                self._notice.say(sentence, mend if record.divergence.parameter else None)
