"""Take lessons: know the page one is on and what is done, set its state, lead back to what was there before."""

from collections.abc import Collection

from msgspec import Struct

from explorer.errors import ExplorerError
from explorer.lessons.library import lessons, pages
from explorer.lessons.numbers import NOT_YET, Number, number
from explorer.lessons.page import Lesson, Page
from explorer.lessons.state import document_of, done, shown_of, view_of
from explorer.session.files import Opened
from explorer.session.session import Session
from explorer.session.state import Aside, State
from explorer.session.viewing import lasting
from explorer.training.settings import problem_of


class _Place(Struct, frozen=True, eq=False):
    """Where a learner was: what was shown, and what goes with it."""

    state: State
    aside: Aside


class Course:
    """The learner's way through all pages. What a page sets is a document beside the learner's own, which is kept.

    `page` is where they are, or were when they left; `done` the ids of the pages that have ever been done,
    `answer_given` what was chosen, from 1, where the page has a question.
    """

    def __init__(self, session: Session, done: Collection[str] = (), at: str = "") -> None:
        self._session = session
        self.pages = pages()
        self.page = next((page for page in self.pages if page.id == at), self.pages[0])
        self.done = {page.id for page in self.pages} & {*done}
        self.finished = False
        """Whether what the page asks for has been done since it was entered."""
        self.answer_given: int | None = None
        self._ours: set[int] = set()
        """The documents that pages have opened, see `Session.opened`."""
        self._own: _Place | None = None
        self._left: _Place | None = None

    @property
    def lesson(self) -> Lesson:
        """The lesson of the page."""
        return next(lesson for lesson in lessons() if self.page in lesson.pages)

    @property
    def taken(self) -> bool:
        """Whether what is shown is what a page has set, or has grown from that."""
        return self._session.opened in self._ours

    @property
    def wandered(self) -> bool:
        """Whether another network, task, length or seed is shown than the page speaks of."""
        if self.finished and self.taken:
            return False
        return not self.taken or problem_of(self._session.document) != problem_of(document_of(self.page))

    @property
    def complete(self) -> bool:
        """Whether the page has ever been done."""
        return self.page.id in self.done

    # Going from page to page.

    def enter(self, page: Page) -> None:
        """Set the state of a page, as one step for undo; the runs of the page before stay where its problem does."""
        session, document = self._session, document_of(page)
        view = view_of(page, session.view)
        if not self.taken:
            self._own = self._here()
        if self.taken and problem_of(document) == problem_of(session.document):
            session.return_to(State(document, None, session.opened))
            session.look(**lasting(view))
        else:
            session.open(Opened(document, view=view))
            self._ours.add(session.opened)
        self._keep_own()
        self.page, self._left = page, None
        self.finished, self.answer_given = False, None

    def beside(self, by: int) -> Page | None:
        """The page so many after this one, or before it; None beyond the ends."""
        at = self.pages.index(self.page) + by
        return self.pages[at] if 0 <= at < len(self.pages) else None

    def first_open(self, lesson: Lesson) -> Page:
        """The first page of a lesson that has not been done, or its first."""
        return next((page for page in lesson.pages if page.id not in self.done), lesson.pages[0])

    def leave(self) -> None:
        """Show again what was there before the lessons, with its runs."""
        if self.taken and self._own is not None:
            left, own = self._here(), self._own
            self._go(own)
            self._left = left

    def come_back(self) -> None:
        """Go on with the page that was left, as it was left; or set its state, if none was."""
        if self._left is None or self.taken:
            self.enter(self.page)
            return
        self._own = self._here()
        self._go(self._left)
        self._keep_own()
        self._left = None

    def _go(self, place: _Place) -> None:
        session = self._session
        session.aside.setdefault(place.state.opened, place.aside)
        session.return_to(place.state)
        session.look(**lasting(place.aside.view))

    def _here(self) -> _Place:
        session = self._session
        return _Place(session.state, Aside(session.runs.records, session.runs.current, session.view))

    def _keep_own(self) -> None:
        """Keep the runs of the learner's own document, however many changes ago that was."""
        assert self._own is not None  # what a page sets stands beside something
        self._session.aside.setdefault(self._own.state.opened, self._own.aside)

    # What a page is about.

    def judge(self) -> bool:
        """Note whether what the page asks for has been done; tell whether that is new."""
        goal = self.page.goal
        if self.finished or goal is None or not self.taken or (self.wandered and not goal.document):
            return False
        self.finished = done(goal, self._session)
        if self.finished:
            self.done.add(self.page.id)
        return self.finished

    def answer(self, choice: int) -> bool:
        """Choose one, counted from 1; tell whether it is right. The page is done either way."""
        self.finished, self.answer_given = True, choice
        self.done.add(self.page.id)
        return choice == self.page.right

    def number(self, expression: str) -> Number:
        """A number of the page's text: from what is shown if that is the page's, else from what the page sets."""
        session = self._session
        try:
            return number(expression, session.shown if self.taken else shown_of(self.page), session.runs)
        except ExplorerError:
            return NOT_YET
