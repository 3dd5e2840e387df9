"""View above the graph: whose weights it shows, fold ↔ unfold, the time, initial | now, what else to draw, fit."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QSlider, QWidget

from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.view.view_state import has_cells, shows_both
from explorer.session.viewing import View
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import px, scaled
from explorer.ui.look.widths import LEAST_GRAPH
from explorer.ui.parts.explained import explained
from explorer.ui.parts.fitting_label import FittingLabel
from explorer.ui.parts.widgets import Segments, in_column, in_row, styled, tool_button

EVERYTHING, NO_ENDS, NARROW, SHORT, NO_FOLD, NO_A, NO_TITLE, NO_FIT = range(8)
"""How little the row says, step by step: the slider's ends go without words, the title narrows, words become short, the
slider goes, the switch of a, the title, and the button that shows the whole graph."""
TITLE, NARROW_TITLE, LEAST_TITLE = 150, 106, 102
"""Widths, in px, of the title: they do not depend on what it says, so that nothing moves as a run goes on."""
SNAP = 6
"""So close to an end, of 100, the slider of the fold is at it."""
WHOSE = tr("initial"), tr("now")
TIMES, SHORT_TIMES = (tr("train time"), tr("test time")), (tr("train"), tr("test"))


class CanvasHeader(QWidget):
    """One row of controls. Signals: `fold_changed` (0 unfolded … 1 folded), `test_time_changed`, and so on."""

    fold_changed = Signal(float)
    test_time_changed = Signal(bool)
    follow_asked = Signal(bool)
    activations_toggled = Signal(bool)
    cells_toggled = Signal(bool)
    both_toggled = Signal(bool)
    fit_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fitted: tuple[object, ...] = ()
        self.title = styled(FittingLabel(), font=ui_font(12, QFont.Weight.DemiBold))
        self.weights = styled(FittingLabel(), "muted", ui_font(11))
        self._run = ""
        self._titles = QWidget()
        in_column(0, self.title, self.weights, on=self._titles)
        self.fold = self._slider()
        tip = tr("Draw the folded graph beside the unfolded one, as in fig. 10.2 (B)")
        self.both = _switch(tr("both"), tip, "both", self.both_toggled)
        self.both.setAccessibleName(tr("folded and unfolded"))
        self.times = Segments(TIMES, tr("train time or test time"))
        self.times.setToolTip(
            tr(
                "Train time: what is fed back while training (fig. 10.6, left). Test time: there are no targets any "
                "more, and the network lives on its own output (right)."
            )
        )
        explained(self.times, "test_time")
        self.times.chosen.connect(lambda index: self.test_time_changed.emit(index == 1))
        self.whose = Segments(WHOSE, tr("initial weights or those of the run now"))
        self.whose.setToolTip(
            tr("Initial: the weights that were there before the run. Now: those of the run, also while it trains (I)")
        )
        self.whose.chosen.connect(lambda index: self.follow_asked.emit(index == 1))
        self.whose.hide()
        tip = tr("Draw the pre-activations a(t) as nodes of their own (A)")
        self.activations = _switch(tr("show a"), tip, "show_a", self.activations_toggled)
        tip = tr("Draw what is inside the cells: their gates and their own state (O)")
        self.cells = _switch(tr("open cells"), tip, "open_cells", self.cells_toggled)
        self._all = tool_button(tr("Fit"), tr("Show the whole graph (0)"), "", self.fit_requested)
        self._ends = QLabel(tr("unfolded")), QLabel(tr("folded"))
        for label in self._ends:
            label.setProperty("role", "muted")
        folding = self._ends[0], self.fold, self._ends[1], self.both
        drawing = self.cells, self.activations, self._all
        self._row = in_row(None, self._titles, *folding, self.times, self.whose, 100, *drawing, on=self, margins=None)

    def _slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 100)
        scaled(slider.setMinimumWidth, 44)
        scaled(slider.setMaximumWidth, 84)
        slider.setAccessibleName(tr("fold the graph"))
        slider.setToolTip(tr("Fold the steps into one, and unfold them again (F)"))
        explained(slider, "fold")
        slider.setSingleStep(2 * SNAP)  # a key leads away from an end
        slider.valueChanged.connect(lambda value: self.fold_changed.emit(_snapped(value) / 100))
        slider.sliderReleased.connect(lambda: slider.setValue(_snapped(slider.value())))
        return slider

    def minimumSizeHint(self) -> QSize:
        return QSize(px(LEAST_GRAPH), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():  # how high it is follows from what it says
            self._fit()

    def _fit(self) -> None:
        """Say as much as there is room for, if anything is different that this depends on."""
        if self._given() == self._fitted:
            return
        for step in range(NO_FIT + 1):
            self._say(step)
            if self._row.minimumSize().width() <= self.width():
                break
        # Qt has laid out everything that was tried, and would leave it so until something else changes.
        self._row.invalidate()
        self._row.activate()
        self._fitted = self._given()

    def _given(self) -> tuple[object, ...]:
        """What it depends on how much is said."""
        hidden = tuple(widget.isHidden() for widget in (self.times, self.whose, self.cells))
        return self.width(), self._row.minimumSize().width(), self._run, self.fold.value() > 50, hidden

    def _say(self, step: int) -> None:
        # What the slider says by itself gives way to what nothing else says.
        for label in self._ends:
            label.setVisible(step < NO_ENDS)
        graph = (tr("Folded graph"), tr("Folded")) if self.fold.value() > 50 else (tr("Unfolded graph"), tr("Unfolded"))
        self.title.say(*((self._run,) if self._run else graph))
        title = TITLE if step < NARROW else NARROW_TITLE if step < NO_FOLD else LEAST_TITLE
        scaled(self._titles.setFixedWidth, title)
        self._titles.setVisible(step < NO_TITLE)
        # What goes has its key and its place in the menus still.
        self.fold.setHidden(step >= NO_FOLD)
        scaled(self._row.setSpacing, 8 if step < NO_FOLD else 4)
        side = 14 if step < NO_TITLE else 6
        scaled(self._row.setContentsMargins, side, 1, side, 1)
        short = step >= SHORT
        self.both.setHidden(short)
        self.times.rename(SHORT_TIMES if short else TIMES)
        self.activations.setText("a" if short else tr("show a"))
        self.activations.setVisible(step < NO_A)
        self._all.setHidden(step >= NO_FIT)
        self.cells.setText(tr("cells") if short else tr("open cells"))

    def set_fold(self, fraction: float) -> None:
        """Show how far the graph is folded."""
        with QSignalBlocker(self.fold):
            self.fold.setValue(round(fraction * 100))
        self._fit()

    def show_view(self, shown: Shown, view: View) -> None:
        """Show which of the two times is drawn, and whether the pre-activations and the insides of cells are."""
        self.set_times(shown.architecture.takes_feedback, shown.document.test_time)
        self.cells.setVisible(has_cells(shown, view))
        self.both.setEnabled(view.companion is None)
        switches = (self.activations, view.show_a), (self.cells, view.open_cells), (self.both, shows_both(shown, view))
        for box, on in switches:
            with QSignalBlocker(box):
                box.setChecked(on)
        self._fit()

    def say_weights(self, run: str, when: Sequence[str]) -> None:
        """Name the run whose weights are shown in place of the graph, "" for none, and below it which of them."""
        self._run = run
        self.weights.say(*when)
        self._fit()

    def set_whose(self, now: bool | None, either: bool) -> None:
        """Show whose weights are shown: those of the run, those before, or others (None). `either`: offer both."""
        self.whose.choose(None if now is None else int(now))
        if self.whose.isHidden() == either:
            self.whose.setVisible(either)
            self._fit()

    def set_times(self, applies: bool, test_time: bool) -> None:
        """Show which of the two times is drawn; without feedback there is no difference."""
        self.times.setVisible(applies)
        self.times.choose(int(test_time))


def _snapped(value: int) -> int:
    return 0 if value <= SNAP else 100 if value >= 100 - SNAP else value


def _switch(text: str, tip: str, id: str, toggled: SignalInstance) -> QCheckBox:
    box = QCheckBox(text)
    box.setAccessibleName(text)
    box.setToolTip(tip)
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    explained(box, id)
    box.toggled.connect(toggled)
    return box
