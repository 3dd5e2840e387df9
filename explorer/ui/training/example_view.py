"""View of one example sequence, followed with the weights of runs: choose another, put a wrong output in its way."""

from collections.abc import Sequence
from math import ceil
from time import monotonic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from explorer.language import tr
from explorer.session.runs.bundles import Bundle
from explorer.session.runs.examples import Followed, follow_example
from explorer.session.runs.names import names_in_view
from explorer.session.runs.runs import RunRecord
from explorer.session.viewing import View
from explorer.training.settings import problem_of
from explorer.ui.look import theme as themes
from explorer.ui.look.fonts import ui_font
from explorer.ui.look.text_size import px, scaled
from explorer.ui.parts.scroller import Scroller
from explorer.ui.parts.widgets import in_column, in_row, styled, tool_button
from explorer.ui.training.example_rows import ExampleRows
from explorer.ui.training.fed_rows import FedRows, FollowedRun
from explorer.ui.training.run_style import run_colour
from explorer.ui.typography.numbers import count

_SECONDS = 0.3
"""How often an example is followed again while its run trains: faster, nobody could read it."""
MOST_BESIDE = 3
"""Runs that are seen side by side at most."""


class ExampleView(QWidget):
    """`set_run` and `set_iteration` say whose weights; `refresh` follows again if there are new ones.

    Where other runs in view learn the same from their own output, they are seen beside it (`set_beside`).
    `look_asked` carries the fields of the view that decide what is followed.
    """

    look_asked = Signal(dict)
    turned = Signal()
    """Several runs are seen instead of one, or the other way round."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("needs", True)
        self._run: RunRecord | None = None
        self._beside: Sequence[tuple[str, RunRecord]] = ()
        self._iteration: float | None = None
        self._number = 0
        self._inject: int | None = None
        self._followed: tuple[object, ...] | None = None
        self._when = 0.0
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.refresh)
        self.rows, self.together, self.say = ExampleRows(), FedRows(), styled(QLabel(), "muted", ui_font(11))
        for rows in (self.rows, self.together):
            rows.injected.connect(self._set_injection)
        scaled(self.say.setMinimumWidth, 1)
        back = tool_button("‹", tr("Another example"), clicked=lambda: self._go(-1))
        on = tool_button("›", tr("Another example"), clicked=lambda: self._go(1))
        self._pages = QStackedWidget()
        for rows in (self.rows, self.together):
            self._pages.addWidget(_scrolled(rows))
        self.together.another.connect(self._go)
        self._alone, self._foot = (back, on), in_row(2, back, on, (self.say, 1))
        in_column(2, (self._pages, 1), self._foot, on=self)

    def set_beside(self, bundles: Sequence[Bundle], chosen: Bundle | None) -> None:
        """Take on which runs are in view, to see beside the chosen one those that learn the same."""
        self._beside = ()
        if chosen is None or not chosen.first.takes_feedback:
            return
        problem, names = problem_of(chosen.first.settings), names_in_view(bundles)
        alike = [bundle for bundle in bundles if problem_of(bundle.first.settings) == problem]
        alike = [bundle for bundle in alike if bundle.first.takes_feedback][-MOST_BESIDE:]
        if len(alike) > 1 and chosen.id in [bundle.id for bundle in alike]:
            self._beside = [(names[bundle.id], bundle.first) for bundle in alike]

    def set_run(self, run: RunRecord | None) -> None:
        """Follow with this run's weights."""
        if run is not self._run:
            self._run = run
            if run not in [record for _, record in self._beside]:
                self._inject = None
        self.refresh(now=True)

    def set_iteration(self, iteration: float | None) -> None:
        """Follow with the weights of an iteration, or with the newest."""
        self._iteration = iteration
        self.refresh(now=True)

    def set_number(self, number: int) -> None:
        """Follow another example."""
        self._number = max(0, number)
        self.refresh(now=True)

    def show_view(self, view: View) -> None:
        """Follow the example that the view names."""
        if view.example != self._number:
            self.set_number(view.example)

    def _go(self, by: int) -> None:
        self.set_number(self._number + by)
        self.look_asked.emit({"example": self._number})

    def _set_injection(self, step: int | None) -> None:
        self._inject = step
        self.refresh(now=True)

    def refresh(self, now: bool = False) -> None:
        """Follow again, if anything has changed and it is time."""
        rest = self._when + _SECONDS - monotonic()
        if not self.isVisible():
            return
        if not now and rest > 0:
            if not self._later.isActive():
                # Of the last update before a pause nobody else would tell again.
                self._later.start(ceil(1000 * rest))
            return
        run = self._run
        wanted = round(self._iteration) if self._iteration is not None else run.iteration if run else 0
        runs = [record for _, record in self._beside] or ([run] if run is not None else [])
        kept = [min(one.kept, key=lambda iteration: abs(iteration - wanted), default=None) for one in runs]
        asked = (run, tuple(runs), tuple(kept), self._number, self._inject)
        if asked != self._followed:
            self._followed, self._when = asked, monotonic()
            self._show(run, wanted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh(now=True)

    def _show(self, run: RunRecord | None, iteration: int) -> None:
        """Show the run alone with how far its states drift apart; or, where there are symbols, beside the others."""
        example = follow_example(run, iteration, self._number, self._inject) if run is not None else None
        found: list[FollowedRun] = []
        for name, record in self._beside if example is not None and not example.curves else ():
            followed = example if record is run else follow_example(record, iteration, self._number, self._inject)
            if followed is not None:
                found.append(FollowedRun(name, run_colour(record, themes.current()), followed))
        together = len(found) > 1
        self.together.set_runs(found if together else ())
        self.rows.set_example(None if together else example)
        turned = together != self.several
        self._pages.setCurrentIndex(int(together))
        self.say.setText(_words(example))
        for widget in self._alone:
            widget.setHidden(together)
        self.say.setHidden(together and self._inject is None)
        alone = self.rows.minimumHeight() + self._foot.sizeHint().height() + px(2) if example is not None else 0
        self.setMinimumHeight(self.together.height_for(self.window().height()) if together else alone)
        if turned:
            self.turned.emit()

    @property
    def several(self) -> bool:
        """Whether several runs are seen, and not the chosen one alone."""
        return self._pages.currentIndex() == 1


def _words(example: Followed | None) -> str:
    if example is None:
        return ""
    brackets = f": {example.brackets}" if example.brackets else ""
    text = tr(
        "example {number}{brackets}, weights of iteration {count}",
        number=example.number,
        brackets=brackets,
        count=count(example.iteration),
    )
    if example.injected is None:
        return text
    step, recovered = example.injected
    then = tr("never recovers") if recovered is None else tr("recovers at t = {recovered}", recovered=recovered)
    return tr("wrong {one} after t = {step}: {then}", one=example.one, step=step, then=then)


def _scrolled(rows: QWidget) -> Scroller:
    scroll = Scroller()
    scroll.setAccessibleName(tr("One example, fed the truth and fed its own"))
    scroll.setWidget(rows)
    return scroll
