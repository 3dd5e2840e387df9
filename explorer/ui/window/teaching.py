"""Let lessons drive the window: a page is entered, watched until it is done, and left again."""

from collections.abc import Callable
from functools import cached_property, partial
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QStackedWidget, QWidget

from explorer.language import tr
from explorer.lessons.course import Course
from explorer.lessons.events import thing_named
from explorer.lessons.page import Lesson, Page
from explorer.session.commands import Command
from explorer.session.document import Shown
from explorer.session.session import Session
from explorer.session.viewing import View
from explorer.ui.kept import settings
from explorer.ui.learn.progress import Progress
from explorer.ui.learn.spotlight import AROUND, Spotlight

if TYPE_CHECKING:
    from explorer.ui.learn.panel import LearnPanel
    from explorer.ui.window.main_window import MainWindow

CONTROLS = {
    "stepper": "transport",
    "fold": "header.fold",
    "train or test time": "header.times",
    "equation": "inspector",
    "caption": "caption",
    "run": "training.controls.run_button",
    "curves": "training.losses",
    "card": "training.views",
}
"""Controls that pages point at, and which part of the window each is."""
PANELS = ("stepper", "equation", "caption", "curves", "card")
"""Those that lie side by side without a gap: a ring goes along their rim, or it would cut into what is beside them."""
OFFER = tr("New here? Short lessons: L")


class Teaching:
    """Holds the place at the left of the window, where lessons take turns with the settings.

    Panel and course are made when lessons are first asked for.
    """

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.progress = Progress(settings)
        self.place = QStackedWidget()
        self.place.addWidget(window.sidebar)
        self._begun = False
        window.documents.passing = lambda: self._begun and self.course.taken
        self._helped: Page | None = None
        """The page for which a remote control has done what it asks for."""
        self._kept: tuple[str, int] | None = None
        """The page and how many were done when progress was kept last: to write takes as long as many frames."""

    @cached_property
    def course(self) -> Course:
        """The learner's way through the lessons."""
        return Course(self._window.session, self.progress.done, self.progress.at)

    @cached_property
    def panel(self) -> "LearnPanel":
        """The view of it."""
        from explorer.ui.learn.panel import LearnPanel

        self._begun = True
        self._window.status.withdraw()
        panel = LearnPanel()
        self.place.addWidget(panel)
        panel.contents.chosen.connect(self._take)
        panel.contents.go_on.connect(self._go_on)
        panel.page_asked.connect(self.turn)
        panel.leave_asked.connect(self._leave)
        panel.close_asked.connect(lambda: self._window.perform("learn", on=False))
        panel.page.set_asked.connect(lambda: self.enter(self.course.page))
        panel.page.show_asked.connect(self._show_me)
        panel.page.answered.connect(self._answer)
        self._window.training.trainer.changed.connect(self._follow)
        panel.list.clicked.connect(self._window.offering.show)
        return panel

    @property
    def page(self) -> Page | None:
        """The page that is taken; None where a learner is at something else."""
        here = self._begun and self._window.session.view.learn and not self.panel.listed
        return self.course.page if here and self.course.taken else None

    @cached_property
    def spotlight(self) -> Spotlight:
        """What lights up in the window."""
        return Spotlight(self._window.dividing.whole)

    def offer(self) -> None:
        """Offer lessons at the first start of all."""
        if self.progress.may_offer():
            self._window.status.offer(OFFER, self._open)

    def _open(self) -> None:
        self._window.perform("learn", on=True)

    def put_away(self) -> None:
        """Show the learner's own work again, which is what is to be saved."""
        if self._begun and self.course.taken:
            self._leave()

    # What a remote control asks for.

    def advance(self) -> bool:
        """Do what the page asks for, and the next time turn to the next; tell whether lessons are open."""
        if not self._window.session.view.learn:
            return False
        page = self.page
        if page is None:
            self._go_on()
        elif self.course.finished or page is self._helped:
            self.turn(1)
        else:
            self._helped = page
            if page.ask:
                self._answer(page.right)
            else:
                self._show_me()
        return True

    def why_not_turn(self, by: int) -> str:
        """Why no page so many after this one, or before it, can be turned to; "" if it can."""
        if self.page is None:
            return tr("No page of a lesson is open; L opens the lessons.")
        return "" if self.course.beside(by) else tr("There is no page beyond this one.")

    # What the panel asks for.

    def enter(self, page: Page) -> None:
        """Set the state of a page, and turn to it."""
        self._change(lambda: self.course.enter(page))

    def _go_on(self) -> None:
        self._change(self.course.come_back)

    def _take(self, lesson: Lesson) -> None:
        self.enter(self.course.first_open(lesson))

    def turn(self, by: int) -> None:
        """Turn to the page so many after this one, or before it."""
        page = self.course.beside(by)
        if page is not None:
            self.enter(page)

    def _leave(self) -> None:
        self.panel.show_list(True)
        self._window.do(self.course.leave)

    def _change(self, change: Callable[[], object]) -> None:
        self._window.play(False)
        last = self._window.documents.last
        if last is not None:
            last.keep()  # what was there before is what the next start offers
        if self._window.do(change):
            self.panel.show_list(False)
            self._follow()
            self._window.canvas.setFocus()

    def _show_me(self) -> None:
        for call in self.course.page.show:
            self._window.perform(call.id, **call.arguments)
        self._window.canvas.setFocus()

    def _answer(self, choice: int) -> None:
        self.course.answer(choice)
        self._show_me()
        self._follow()

    # Showing.

    def show_view(self, shown: Shown, view: View) -> None:
        """Show lessons or settings, and how far what the page asks for is done."""
        self.place.setVisible(view.settings or view.learn)
        self._window.dividing.make_room(view.learn)
        panel = self.panel if view.learn else self._window.sidebar
        if panel is not self.place.currentWidget():
            self.place.setCurrentWidget(panel)
            # Return begins, and Tab leads to the lessons; on a page, after them, and from afar keys step as before.
            by_keys = view.learn and self.panel.listed and not self._window.presenting.on
            (self.panel.contents.start if by_keys else self._window.canvas).setFocus()
        if self._begun:
            self.panel.page.take_keys(not view.quiz)  # of a key for two answers neither would know
            self._follow()

    def _follow(self) -> None:
        course, page = self.course, self.page
        course.judge()
        reached = course.page.id, len(course.done)
        if page is not None and reached != self._kept:
            self._kept = reached
            self.progress.keep(course.done, course.page.id)
        self.panel.show_course(course)
        lit = page is not None and not course.wandered and bool(page.highlight)
        self.spotlight.point_at(self._places if lit else None)
        self._window.offering.show()

    def _places(self) -> list[QRectF]:
        """Where what the page speaks of stands in the window."""
        found: list[QRectF] = []
        for name in self.course.page.highlight:
            if name in CONTROLS:
                control: QWidget = attrgetter(CONTROLS[name])(self._window)
                inside = AROUND if name in PANELS else 0.0
                rect = QRectF(control.rect()).adjusted(inside, inside, -inside, -inside)
                found += [self._placed(rect, control)] if control.isVisible() else []
            else:
                canvas, thing = self._window.canvas, thing_named(name, self._window.session.shown.trace.T)
                found += [self._placed(rect, canvas) for rect in canvas.rects_in_sight(thing)]
        return found

    def _placed(self, rect: QRectF, widget: QWidget) -> QRectF:
        return rect.translated(widget.mapTo(self._window.dividing.whole, QPointF(0, 0)))


def lesson_commands(teaching: Teaching) -> tuple[Command, ...]:
    """Turn the pages of lessons."""

    def turn(by: int, session: Session) -> None:
        teaching.turn(by)

    def why_not(by: int, session: Session) -> str:
        return teaching.why_not_turn(by)

    return tuple(
        Command(id, title, partial(turn, by), (key,), partial(why_not, by))
        for id, title, key, by in (
            ("next_page", tr("&Next page of the lesson"), "Ctrl+PgDown", 1),
            ("previous_page", tr("P&revious page of the lesson"), "Ctrl+PgUp", -1),
        )
    )
