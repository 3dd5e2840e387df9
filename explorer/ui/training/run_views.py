"""The card beside the loss, one view at a time behind its tab: an example, what the net writes, errors by time step."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from explorer.graph.metric import Metric
from explorer.language import tr
from explorer.session.runs.bundles import Bundle
from explorer.session.runs.names import names_in_view
from explorer.session.runs.runs import RunRecord
from explorer.session.view.cards import CARDS
from explorer.session.viewing import View
from explorer.training.matching import untrainable
from explorer.training.problem import architecture_of, task_of
from explorer.training.settings import Problem, problem_of
from explorer.ui.parts.figure_export import ask_and_save
from explorer.ui.parts.widgets import Words, in_column, show_text
from explorer.ui.training.error_map import DRIFT, ERRORS, ErrorMap
from explorer.ui.training.pages import Pages, Scrolled
from explorer.ui.training.score_plots import SCORES, ScorePlots
from explorer.ui.training.view_head import ViewHead
from explorer.ui.typography.numbers import count

if TYPE_CHECKING:
    from explorer.ui.training.example_view import ExampleView
    from explorer.ui.training.writing_view import WritingView

NOTHING = tr("This network has nothing to train, so there is no run to look at.")


class RunView(Protocol):
    """A view of one run. It is told at any time, and works out what it shows while it is seen."""

    def set_run(self, run: RunRecord | None) -> None:
        """Be about this run."""

    def set_iteration(self, iteration: float | None) -> None:
        """Show the run as it was at an iteration that is travelled to; None: as it is."""

    def refresh(self) -> None:
        """Bring it up to date, as the run trains."""


OfOneRun = TypeVar("OfOneRun", bound=RunView)


class RunViews(QFrame):
    """A stack of views on the shown runs, or on the chosen one, each made when it is turned to.

    `turned` carries the id of the one on top.
    """

    turned = Signal(str)
    hovered = Signal(object)
    picked = Signal(int, float)
    look_asked = Signal(dict)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.head = ViewHead(tuple(CARDS.values()))
        self.tabs = self.head.tabs
        self.stack = Pages()
        self._of_one_run: list[RunView] = []
        """Those that are made; and of them those that the view says something of."""
        self._following: list[ExampleView | WritingView] = []
        self._view = View()
        self.scores = ScorePlots(self)
        self._problem = Problem()
        self._bundles: Sequence[Bundle] = ()
        self._chosen: Bundle | None = None
        self._iteration: float | None = None
        self._built = False
        self._pages: dict[str, QWidget] = {}
        self._makers: dict[str, Callable[[], QWidget]] = {}
        """What makes each view that was not looked at yet, and keeps an empty place until then."""
        self.why_not = Words()
        self.why_not.setAlignment(Qt.AlignmentFlag.AlignCenter)
        in_column(3, self.head, (self.stack, 1), (self.why_not, 1), on=self, margins=(8, 3, 8, 4))
        self.add("example", lambda: self.example)
        self.add("writing", lambda: self.writing)
        self.add("errors", lambda: self.errors)
        self.add("drift", lambda: self.drift)
        for id in SCORES:
            self.add(id, partial(self.scores.make, id))
        self.tabs.choose(self._view.card)
        self.tabs.turned.connect(self._turn)
        self.tabs.turned.connect(self.turned)
        self.head.export_asked.connect(self._export)
        self.scores.hovered.connect(self.hovered)
        self.scores.picked.connect(self.picked)
        self._turn()

    def set_problem(self, problem: Problem) -> None:
        """Offer the views that mean something for what is to be learned, as long as no run is looked at."""
        self._problem = problem
        self._turn()

    @cached_property
    def example(self) -> "ExampleView":
        """One example, followed through the net."""
        from explorer.ui.training.example_view import ExampleView

        view = ExampleView()
        view.turned.connect(self._name)
        self._follow(view)
        return self._take(view)

    @cached_property
    def writing(self) -> "WritingView":
        """What the net writes on its own."""
        from explorer.ui.training.writing_view import WritingView

        view = WritingView()
        self._follow(view)
        return self._take(view)

    @cached_property
    def errors(self) -> ErrorMap:
        """Errors by time step."""
        return self._take(ErrorMap(ERRORS))

    @cached_property
    def drift(self) -> ErrorMap:
        """How far states drift."""
        return self._take(ErrorMap(DRIFT))

    def _follow(self, view: "ExampleView | WritingView") -> None:
        view.look_asked.connect(self.look_asked)
        view.show_view(self._view)
        self._following.append(view)

    def _take(self, view: OfOneRun) -> OfOneRun:
        self._of_one_run.append(view)
        view.set_iteration(self._iteration)
        return view

    def add(self, id: str, make: Callable[[], QWidget], scrolls: bool = False) -> None:
        """Offer one more of the views, made when it is turned to; one with a method `refresh` is refreshed while seen.

        One that `scrolls` asks for less room than it needs to be seen whole.
        """
        self._makers[id] = (lambda: _scrolled(make(), CARDS[id].title)) if scrolls else make
        self._keep(id, QWidget())
        self._offer()

    def _keep(self, id: str, page: QWidget) -> None:
        """Have a view of this id, in the place of the one that there is."""
        before = self._pages.get(id)
        self._pages[id] = page
        self.stack.addWidget(page)
        if before is not None:
            self.stack.removeWidget(before)
            before.deleteLater()

    @property
    def _about(self) -> Problem:
        """What the chosen run learns, else what is to be learned."""
        return self._problem if self._chosen is None else problem_of(self._chosen.first.settings)

    def _offer(self) -> None:
        absent = {id: reason for id in self._pages if (reason := self._why_not(id))}
        self.tabs.offer([id for id in CARDS if id in self._pages and id not in absent], absent)

    def _why_not(self, id: str) -> str:
        """Why a view means nothing here."""
        problem = self._about
        if CARDS[id].of_runs and untrainable(architecture_of(problem), task_of(problem)):
            return NOTHING
        return CARDS[id].why_not(problem)

    def show_view(self, view: View) -> None:
        """Bring the card that the view names to the top, and follow and write what it says."""
        self._view = view
        self.turn_to(view.card)
        for following in self._following:
            following.show_view(view)

    def turn_to(self, id: str) -> None:
        """Bring the view of this id to the top."""
        self.tabs.choose(id)

    def build(self) -> None:
        """Allow plots, each of which is made once it is looked at; that imports pyqtgraph."""
        self._built = True
        self._turn()

    def set_bundles(self, bundles: Sequence[Bundle], chosen: Bundle | None) -> None:
        """Show these runs, and one of them where a view has room for one."""
        self._bundles, self._chosen = bundles, chosen
        self._turn()

    def set_iteration(self, iteration: float | None) -> None:
        """Mark the iteration that is travelled to."""
        for view in self._of_one_run:
            view.set_iteration(iteration)
        self._iteration = iteration
        self.scores.set_iteration(iteration)
        self._name()

    def refresh(self) -> None:
        """Bring the view that is seen up to date."""
        refresh = getattr(self.stack.currentWidget(), "refresh", None)
        if refresh is not None and self.isVisible():
            refresh()

    def _export(self) -> None:
        name = self.head.title.lower().replace(" ", "-")
        ask_and_save(self, name, self.failed.emit, without=(self.head,))

    def _turn(self) -> None:
        self.head.rename("score", self._metric)
        self._offer()
        id = self.tabs.chosen
        if id not in self._pages:
            return
        if id in self._makers and (self._built or id not in SCORES):
            self._keep(id, self._makers.pop(id)())
        reason = self._why_not(id)
        self.stack.setCurrentWidget(self._pages[id])
        self.stack.setHidden(bool(reason))
        show_text(self.why_not, reason)
        self.head.export.setEnabled(not reason)
        self._name()
        if id == "example":
            self.example.set_beside(self._bundles, self._chosen)
        elif id == "writing":
            self.writing.set_task(self._problem.task.id)
        if self._seen is not None:
            self._seen.set_run(self._chosen.first if self._chosen else None)
        elif id in self.scores.made:
            self.scores.show_bundles(id, self._bundles, self._metric, self.head.title)

    @property
    def _seen(self) -> RunView | None:
        """The view of one run that is on top, if one is."""
        top: object = self.stack.currentWidget()
        return next((view for view in self._of_one_run if view is top), None)

    @property
    def _metric(self) -> Metric:
        """That of the chosen run, else of the newest; as long as there is none, of what is to be learned."""
        about = self._chosen or next(reversed(self._bundles), None)
        return task_of(self._problem).kind.metric if about is None else about.first.kind.metric

    def _name(self) -> None:
        """Say of which run the view is, and of which iteration while that is travelled to."""
        about_one = self._seen is not None and not (self.tabs.chosen == "example" and self.example.several)
        run = _subject(self._chosen, self._bundles) if self._chosen and about_one else ""
        at = tr("iteration {count}", count=count(round(self._iteration))) if self._iteration is not None else ""
        subject = " · ".join(filter(None, (run, at if about_one else "")))
        self.head.say(subject, () if self._why_not(self.tabs.chosen) else CARDS[self.tabs.chosen].hint(self._about))


def _scrolled(view: QWidget, title: str) -> QWidget:
    page = Scrolled(view)
    page.setAccessibleName(title)
    return page


def _subject(bundle: Bundle, view: Sequence[Bundle]) -> str:
    """What a view of one run is about: of several seeds, the first."""
    if len(bundle.records) > 1:
        return tr("seed {seed} · {bundle}", seed=bundle.first.settings.seed, bundle=bundle.name)
    return names_in_view(view).get(bundle.id, bundle.name)
