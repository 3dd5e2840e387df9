"""What cards beside the curves have in common that work long: they do while seen, when nothing else is to be done.

A picture stands on the left with all of the height, its controls and a few words on the right.
"""

from collections.abc import Iterator
from itertools import chain
from time import perf_counter

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from explorer.errors import ExplorerError
from explorer.graph.analyse.trace import Trace
from explorer.graph.plain import plain
from explorer.language import tr
from explorer.session.document import Document, Shown
from explorer.session.viewing import View
from explorer.training.threads import one_thread
from explorer.ui.look.fonts import number_font
from explorer.ui.look.text_size import px, scaled, sized
from explorer.ui.parts.fitting_words import FittingWords
from explorer.ui.parts.one_of import COMPACT, one_of
from explorer.ui.parts.widgets import Words, tight

SLICE = 0.004
"""Seconds of work between two looks at the event loop."""
PATIENT, PATIENCE = 50, 120
"""Beyond this T one slice takes longer than a frame: it waits so many ms, until the trace stops changing."""
END = object()
WIDE, BESIDE = 420, 190
"""Width, in px, from which the controls stand beside the picture, and the least of theirs."""
MARGIN = 2


class LazyCard(QFrame):
    """A subclass says in `wanted` what decides its picture, and works it out in `work`, a little at a time.

    `look_asked` carries fields of the view to change.
    """

    look_asked = Signal(object)
    least_height = 100
    """What the picture asks for, in px, where the controls ask for less."""
    finishes = False
    """Whether a picture is worked out to its end before that of newer weights is begun, as a network trains: one that
    takes longer than the time between two updates would never be whole otherwise."""

    def __init__(self, picture: QWidget) -> None:
        super().__init__()
        self.setProperty("wide", True)
        self.picture, self.words, self.message = picture, FittingWords(), Words()
        self.states = one_of(("h",), tr("State"))
        self.tools = tight(QVBoxLayout(), 3)
        self.shown: Shown | None = None
        self.view = View()
        self._wanted: Struct | None = None
        self._trace: Trace | None = None
        self._document: Document | None = None
        self._begun = False
        self._job: Iterator[None] | None = None
        self._names: tuple[str, ...] = ()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._slice)
        self._build()

    # For subclasses.

    def wanted(self, shown: Shown, view: View) -> Struct:
        """What decides the picture, beside the trace. Raises ExplorerError with the reason where there is none."""
        raise NotImplementedError

    def work(self, shown: Shown, wanted: Struct) -> Iterator[None]:
        """Work another picture out, in steps of a few milliseconds."""
        raise NotImplementedError

    def follow(self) -> None:
        """Show what there is of the picture, and where the cursor of `view` is in it."""

    # What is shown.

    def show_view(self, shown: Shown, view: View) -> None:
        """Show this network as soon as the card is seen and there is time."""
        self.shown, self.view = shown, view
        if self.isVisible():
            self._refresh()

    def offer(self, names: tuple[str, ...], chosen: str) -> None:
        """Let one of these states be chosen, where there are several."""
        assert self.shown is not None
        if names != self._names:
            self._names = names
            symbols = tuple(plain(self.shown.network.node(name).symbol) for name in names)
            offered = one_of(symbols, tr("State"))
            scaled(offered.setStyleSheet, COMPACT)
            offered.setToolTip(tr("Which state is followed"))
            offered.chosen.connect(lambda i: self.choose_state(self._names[i]))
            self._own_row.replaceWidget(self.states, offered)
            self.states.hide()
            self.states.deleteLater()
            self.states = offered
            offered.setVisible(len(names) > 1)
        self.states.choose(names.index(chosen))

    def choose_state(self, name: str) -> None:
        """Ask for another of the states that are offered."""
        self.ask(followed=name, path=None)

    def ask(self, **fields: object) -> None:
        """Ask for the view to be changed."""
        self.look_asked.emit(fields)

    @property
    def busy(self) -> bool:
        """Whether something is still to be worked out."""
        return self._timer.isActive()

    def _refresh(self) -> None:
        assert self.shown is not None
        try:
            wanted = self.wanted(self.shown, self.view)
        except ExplorerError as error:
            self._give_up(str(error))
            return
        self._pages.setCurrentIndex(0)
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
        with one_thread():
            while self._job is job and perf_counter() < until:
                if next(job, END) is END:
                    self._job = None if self._job is job else self._job
        if self._job is None:
            self._timer.stop()
        if self._job is job or self._job is None:  # else it has asked for what is another picture
            self._begun = True
            self.follow()
        if self._job is None and self._only_weights_differ:
            self._refresh()

    def also(self, work: Iterator[None]) -> None:
        """Do this once the picture is worked out."""
        self._job = work if self._job is None else chain(self._job, work)
        self._timer.start(0)

    def _give_up(self, sentence: str) -> None:
        self._timer.stop()
        self._wanted = self._trace = self._job = None
        self.message.setText(sentence)
        self._pages.setCurrentIndex(1)

    # How it is laid out.

    def add_row(self, *widgets: QWidget) -> None:
        """Put controls side by side, below those that are there."""
        row = tight(QHBoxLayout(), 5)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        self.tools.addLayout(row)

    def give_tools_room(self) -> None:
        """Let the controls take what room there is before the words do, as where a list is among them."""
        self._column.setStretchFactor(self.tools, 3)

    def _build(self) -> None:
        scaled(self.words.setFont, number_font(11))
        self.message.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._own_row = tight(QHBoxLayout(), 5)
        self._own_row.addWidget(self.states)
        self._own_row.addStretch(1)
        self.states.hide()
        self.tools.addLayout(self._own_row)
        self._side = QWidget()
        self._column = column = tight(QVBoxLayout(self._side), 3)
        column.addLayout(self.tools)
        column.addWidget(self.words, 1)
        column.addStrut(BESIDE)
        whole = QWidget()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, whole)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)
        self._box.addWidget(self.picture, 1)
        self._box.addWidget(self._side)
        self._pages = QStackedWidget()
        self._pages.addWidget(whole)
        self._pages.addWidget(self.message)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(4, MARGIN, 4, MARGIN)
        outer.addWidget(self._pages)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def minimumSizeHint(self) -> QSize:
        if self._pages.currentWidget() is self.message:
            return QSize(px(260), self.message.heightForWidth(self.width()))
        if self.width() < px(WIDE):
            return sized(260, 240)
        column = self._side.layout()
        assert column is not None
        return QSize(px(260), max(px(self.least_height), column.minimumHeightForWidth(px(BESIDE)) + 2 * MARGIN))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(WIDE)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        as_controls = QSizePolicy.Policy.Fixed if wide else QSizePolicy.Policy.Preferred
        self._side.setSizePolicy(as_controls, QSizePolicy.Policy.Preferred)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.shown is not None:
            self._refresh()
