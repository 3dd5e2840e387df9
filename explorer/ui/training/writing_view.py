"""View of what a network writes on its own from a prompt, greedy or sampled, while it trains and after."""

from time import monotonic

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSlider, QWidget

from explorer.errors import ExplorerError
from explorer.language import tr
from explorer.session.runs.runs import RunRecord
from explorer.session.runs.writing import LONGEST_PROMPT, Generation, first_prompt
from explorer.session.viewing import View, Writing
from explorer.tasks.next_symbol import NextSymbol
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import scaled
from explorer.ui.parts.scroller import Scroller
from explorer.ui.parts.widgets import Segments, in_column, in_row
from explorer.ui.training.written_text import HINT, READY, WrittenText
from explorer.ui.typography.numbers import count

SLICE = 0.004
"""Seconds of writing at a time: the window must stay free to paint."""
_EVERY_MS = 25
_STALE = 1.0
"""Seconds after which a text is written anew if its run has newer weights: faster, nobody could read it."""
LEAST, FIRST, MOST = 1, 10, 20
"""Temperatures, in tenths: the slider goes from the least to the largest, and begins at the first."""


class WritingView(QWidget):
    """`set_run` and `set_iteration` say whose weights; `refresh` writes anew if there are new ones.

    `look_asked` carries the fields of the view that decide what is written.
    """

    look_asked = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self._run: RunRecord | None = None
        self._iteration: float | None = None
        self._shown = Writing()
        self._generation: Generation | None = None
        self._offered = ""
        self._hint = HINT
        self._draw = 0
        self._since = 0.0
        self._refused: int | None = None
        """The iteration of the weights with which it could not write, if so."""
        self.prompt, self.button = QLineEdit(), QPushButton(tr("Write"))
        self.how = Segments((tr("greedy"), tr("sampled")), tr("How a character is chosen"))
        self.temperature, self.degrees = QSlider(Qt.Orientation.Horizontal), QLabel()
        self.say, self.text = QLabel(), WrittenText()
        self._timer, self._later = QTimer(self), QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._later.setSingleShot(True)
        self._explain()
        self._arrange()
        self._connect()
        self._choose()

    def _explain(self) -> None:
        """Name each part, and say in its tool tip what it does."""
        self.prompt.setMaxLength(LONGEST_PROMPT)
        self.prompt.setPlaceholderText(tr("prompt"))
        self.prompt.setAccessibleName(tr("Prompt"))
        self.prompt.setToolTip(tr("What the network goes on from"))
        self.how.setToolTip(
            tr("Greedy: always the most probable character. Sampled: drawn by softmax(o / temperature).")
        )
        self.button.setToolTip(tr("Write on from the prompt; sampled, each time with other luck"))
        self.temperature.setRange(LEAST, MOST)
        self.temperature.setValue(FIRST)
        self.temperature.setAccessibleName(tr("Temperature"))
        self.temperature.setToolTip(tr("Below 1 the probable becomes more probable, above 1 less"))
        self.say.setToolTip(tr("The iteration whose weights write"))

    def _arrange(self) -> None:
        scaled(self.prompt.setMinimumWidth, 40)
        scaled(self.temperature.setFixedWidth, 80)
        scaled(self.say.setMinimumWidth, 1)
        for label in (self.say, self.degrees):
            label.setProperty("role", "muted")
            scaled(label.setFont, ui_font(11))
        scroll = Scroller()
        scroll.setAccessibleName(self.text.accessibleName())
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.text)
        head = in_row(6, (self.prompt, 1), self.how, self.button)
        foot = in_row(6, (self.say, 1), self.degrees, self.temperature)
        in_column(3, head, (scroll, 1), foot, on=self)

    def _connect(self) -> None:
        self.prompt.returnPressed.connect(self.write)
        self.button.clicked.connect(self.write)
        self.how.chosen.connect(lambda _: self._choose())
        self.temperature.valueChanged.connect(lambda _: self._begin())
        for changed in (self.how.chosen, self.temperature.valueChanged):
            changed.connect(lambda _: self._ask())
        self._timer.timeout.connect(self._write_on)
        self._later.timeout.connect(self.refresh)

    def set_task(self, task: str) -> None:
        """Say, while there is no run, what is still to be done: to choose another task than this, or to press Run."""
        self._hint = READY if task == NextSymbol.id else HINT
        if self._run is None:
            self.text.say(self._hint)

    def set_run(self, run: RunRecord | None) -> None:
        """Write with this run's weights."""
        if run is not self._run:
            self._run, self._generation, self._refused = run, None, None
            self._timer.stop()
            self.text.say(self._hint)
            self.say.clear()
        self.refresh()

    def set_iteration(self, iteration: float | None) -> None:
        """Write with the weights of an iteration, or with the newest."""
        if iteration != self._iteration:
            self._iteration = iteration
            self._since = 0.0
        self.refresh()

    def write(self) -> None:
        """Write anew from the prompt."""
        self._draw += 1
        self._begin()
        self._ask()

    def show_view(self, view: View) -> None:
        """Write from the prompt of the view, and as it says; unless that was so before."""
        writing = view.writing
        if writing == self._shown:
            return
        self._shown, self._draw, self._generation = writing, writing.luck, None
        self.prompt.setText(self._offered if writing.prompt is None else writing.prompt)
        with QSignalBlocker(self.temperature):
            self.temperature.setValue(round(10 * writing.temperature))
        self.how.choose(int(writing.sampled))
        self._show_temperature()
        self.refresh()

    def _ask(self) -> None:
        """Ask for what the view would say of this."""
        typed = self.prompt.text()
        prompt = None if typed == self._offered else typed
        self._shown = Writing(prompt, bool(self.how.choice), self.temperature.value() / 10, self._draw)
        self.look_asked.emit({"writing": self._shown})

    def refresh(self) -> None:
        """Write anew, if there are other weights now and the text has been there for a while."""
        run = self._run
        if run is None or not self.isVisible() or not run.kept:
            return
        if self._generation is None:
            if self._refused is None:
                self._begin()
        elif self._nearest(run) not in (self._generation.iteration, self._refused):
            rest = _STALE - (monotonic() - self._since)
            if rest <= 0:
                self._begin()
            elif not self._later.isActive():
                # Once the run has ended, nobody else would ask again.
                self._later.start(round(1000 * rest) + 1)

    def _nearest(self, run: RunRecord) -> int:
        wanted = run.iteration if self._iteration is None else self._iteration
        return min(run.kept, key=lambda kept: abs(kept - wanted))

    def _begin(self) -> None:
        self.degrees.setText(tr("temperature {value:.1f}", value=self.temperature.value() / 10))
        run = self._run
        if run is None or not run.kept:
            return
        at = self._nearest(run)
        try:
            if self._generation is None:
                self._generation = Generation(run)
                self._offer(first_prompt(run))
            self._generation.begin(self.prompt.text(), at, self._chosen_temperature, self._draw)
        except ExplorerError as error:
            self._timer.stop()
            self._refused = at
            self.text.say(str(error))
            self.say.clear()
            return
        self._since, self._refused = monotonic(), None
        self.say.setText(tr("iteration {count}", count=count(self._generation.iteration)))
        self._timer.start()
        self._write_on()

    @property
    def _chosen_temperature(self) -> float:
        return self.temperature.value() / 10 if self.how.choice else 0.0

    def _offer(self, prompt: str) -> None:
        """Put a prompt into the field, unless one was typed."""
        if self.prompt.text() == self._offered:
            self._offered = prompt
            self.prompt.setText(prompt)

    def _choose(self) -> None:
        self._show_temperature()
        self._begin()

    def _show_temperature(self) -> None:
        self.degrees.setVisible(self.how.choice == 1)
        self.temperature.setVisible(self.how.choice == 1)

    def _write_on(self) -> None:
        generation = self._generation
        if generation is None:
            return
        generation.write_on(SLICE)
        self.text.write(generation.prompt, generation.text)
        if generation.done:
            self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._generation = None
