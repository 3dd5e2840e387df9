"""Tell what the runs in view show, under their curves, while they train and after; say that one broke."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from explorer.session.runs.bundles import Bundle, bundles
from explorer.session.runs.run_book import RunBook
from explorer.session.runs.runs import Stage
from explorer.session.runs.verdict import verdict
from explorer.session.training_plan import remedied
from explorer.ui.parts.notice_bar import NoticeBar
from explorer.ui.training.time_travel import TimeTravel
from explorer.ui.training.verdict_line import VerdictLine


class Telling(QObject):
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
