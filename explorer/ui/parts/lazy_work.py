"""A card that works out what it shows while it is seen, when nothing else is to be done, a little at a time."""

from collections.abc import Iterator
from itertools import chain
from time import perf_counter

from msgspec import Struct
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from explorer.errors import ExplorerError
from explorer.graph.analyse.trace import Trace
from explorer.session.document import Document, Shown
from explorer.session.viewing import View
from explorer.training.threads import one_thread
from explorer.ui.parts.widgets import Words, in_column

SLICE = 0.004
"""Seconds of work between two looks at the event loop."""
PATIENT, PATIENCE = 50, 120
"""Beyond this T one slice takes longer than a frame: it waits so many ms, until the trace stops changing."""
END = object()
MARGIN = 2


class LazyWork(QFrame):
    """A subclass says in `wanted` what decides its picture, and works it out in `work`, a little at a time.

    Both may raise ExplorerError with the reason why there is none, which then stands in the place of `whole`.
    """

    finishes = False
    """Whether a picture is worked out to its end before that of newer weights is begun, as a network trains: one that
    takes longer than the time between two updates would never be whole otherwise."""

    def __init__(self, whole: QWidget) -> None:
        super().__init__()
        self.setProperty("wide", True)
        self.message = Words()
        self.shown: Shown | None = None
        self.view = View()
        self._wanted: Struct | None = None
        self._trace: Trace | None = None
        self._document: Document | None = None
        self._begun = False
        self._job: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._slice)
        self.message.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        self._pages.addWidget(whole)
        self._pages.addWidget(self.message)
        in_column(None, self._pages, on=self, margins=(4, MARGIN, 4, MARGIN))

    # For subclasses.

    def wanted(self, shown: Shown, view: View) -> Struct:
        """What decides the picture, beside the trace."""
        raise NotImplementedError

    def work(self, shown: Shown, wanted: Struct) -> Iterator[None]:
        """Work another picture out, in steps of a few milliseconds."""
        raise NotImplementedError

    def follow(self) -> None:
        """Show what there is of the picture, and where the cursor of `view` is in it."""

    # Working.

    def show_view(self, shown: Shown, view: View) -> None:
        """Show this network as soon as the card is seen and there is time."""
        self.shown, self.view = shown, view
        self.wake()

    def wake(self) -> None:
        """Work out what is wanted now, if anything is that is not there, as soon as the card is seen."""
        if self.shown is not None and self.isVisible():
            self._refresh()

    @property
    def busy(self) -> bool:
        """Whether something is still to be worked out."""
        return self._timer.isActive()

    def _refresh(self) -> None:
        assert self.shown is not None
        try:
            wanted = self.wanted(self.shown, self.view)
        except ExplorerError as error:
            self.give_up(str(error))
            return
        if wanted == self._wanted and self._only_weights_differ and self.finishes and self._job is not None:
            self._timer.start(0)
            return
        if wanted != self._wanted or self.shown.trace is not self._trace:
            late = self._trace is not None and self.shown.trace.T > PATIENT
            self._wanted, self._trace, self._document = wanted, self.shown.trace, self.shown.document
            self._job = self.work(self.shown, wanted)
            self._begun = False
            self._timer.start(PATIENCE if late else 0)
            return
        if self._job is not None:
            self._timer.start(0)  # it rests while the card is not seen
        if self._begun:
            self._follow()

    def _follow(self) -> None:
        self._pages.setCurrentIndex(0)
        self.follow()

    @property
    def _only_weights_differ(self) -> bool:
        """Whether what is worked on is of the same document as what is shown."""
        return self.shown is not None and self.shown.trace is not self._trace and self.shown.document == self._document

    def _slice(self) -> None:
        """Work on for a slice, and show what has come of it."""
        self._timer.setInterval(0)
        if not self.isVisible() or self._job is None:
            self._timer.stop()
            return
        job, until = self._job, perf_counter() + SLICE
        try:
            with one_thread():
                while True:
                    if next(job, END) is END:
                        self._job = None if self._job is job else self._job
                    # After a step at least, in which work takes away what was there, however late it is.
                    if self._job is not job or perf_counter() >= until:
                        break
        except ExplorerError as error:
            self.give_up(str(error))
            return
        if self._job is None:
            self._timer.stop()
        if self._job is job or self._job is None:  # else it has asked for what is another picture
            self._begun = True
            self._follow()
        if self._job is None and self._only_weights_differ:
            self._refresh()

    def also(self, work: Iterator[None]) -> None:
        """Do this once the picture is worked out."""
        self._job = work if self._job is None else chain(self._job, work)
        self._timer.start(0)

    def give_up(self, sentence: str) -> None:
        """Say why there is no picture."""
        self._timer.stop()
        self._wanted = self._trace = self._job = None
        self.message.setText(sentence)
        self._pages.setCurrentIndex(1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.wake()
