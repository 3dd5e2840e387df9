"""A course leads from page to page and back to the learner's own work, of which nothing is lost."""

import pytest

from explorer.errors import ExplorerError
from explorer.lessons.course import Course
from explorer.lessons.events import cursor_of
from explorer.lessons.library import lessons, pages
from explorer.lessons.numbers import NOT_YET, number
from explorer.lessons.page import Goal, read_lesson
from explorer.lessons.state import document_of, done
from explorer.session import state as state_module
from explorer.session.document import Document, show
from explorer.session.edits import WeightEdit
from explorer.session.following import travel
from explorer.session.session import Session
from tests.lessons.taking import perform, train_here
from tests.settings import a_document, a_plan

ONE, TWO = pages()[0], pages()[1]
EDIT = WeightEdit("W", (0, 0), 2.0)


@pytest.fixture
def session() -> Session:
    """A learner's own work: an edit, and runs."""
    session = Session(a_document(length=4, hidden=3, plan=a_plan(iterations=4)))
    session.edit(EDIT)
    train_here(session)
    return session


def test_it_begins_where_it_was_left() -> None:
    assert Course(Session(), at=TWO.id).page is TWO
    assert Course(Session(), at="no longer there", done=("no longer there", ONE.id)).done == {ONE.id}
    assert Course(Session()).page is ONE


def test_pages_follow_one_another() -> None:
    course = Course(Session())
    assert course.beside(-1) is None and course.beside(1) is TWO and course.lesson is lessons()[0]
    assert course.first_open(lessons()[0]) is ONE
    course.done.add(ONE.id)
    assert course.first_open(lessons()[0]) is TWO
    course.done |= {page.id for page in pages()}
    assert course.first_open(lessons()[0]) is ONE


def test_nothing_is_set_before_a_page_is_entered(session: Session) -> None:
    before, course = session.state, Course(session)
    assert session.state is before and not course.taken and course.wandered
    assert not course.judge() and course.number("steps") == document_of(ONE).length


def test_a_page_that_is_entered_again_begins_again() -> None:
    session = Session()
    course = Course(session)
    course.enter(ONE)
    states = session.opened
    perform(session, ONE.show)
    assert course.judge() and not course.judge(), "that is news once"
    session.change(hidden=3)
    assert not course.wandered, "one may play once it is done"
    course.enter(ONE)
    assert session.document == document_of(ONE) and session.cursor == 0 and course.complete and not course.finished
    session.change(hidden=3)
    assert course.wandered and session.opened != states


def test_what_a_learner_changes_on_a_page_stays_undoable() -> None:
    session = Session()
    course = Course(session)
    course.enter(ONE)
    session.edit(EDIT)
    course.enter(TWO)
    assert not session.document.edits
    session.undo()
    assert session.document.edits == (EDIT,)


def test_own_work_is_kept_however_far_one_goes(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state_module, "MOST_UNDO", 4)
    own, runs = session.document, session.runs.records
    course = Course(session)
    for page in pages()[::5]:
        course.enter(page)
    course.leave()
    assert session.document == own and session.runs.records == runs and not course.taken
    course.leave()
    assert session.document == own, "there is nothing more to leave"


def test_one_comes_back_to_a_page_as_it_was_left(session: Session) -> None:
    own, course = session.document, Course(session)
    course.come_back()
    assert course.page is ONE and course.taken, "it was never left"
    session.edit(EDIT)
    session.move_to(3)
    course.leave()
    session.change(length=9)
    course.come_back()
    assert session.document.edits == (EDIT,) and session.cursor == 3 and course.taken
    course.leave()
    assert session.document.length == 9 != own.length


def test_undo_and_redo_bring_back_how_each_document_was_looked_at() -> None:
    session = Session(a_document(length=4, hidden=3))
    course = Course(session)
    session.move_to(5)
    session.look(selection="W", fold=0.5, learn=True)
    own = session.view
    course.enter(next(page for page in pages() if page.view.get("show_a")))
    session.move_to(2)
    of_page = session.view
    assert not course.page.view.get("selection") and of_page.show_a
    session.undo()
    assert session.view == own
    session.redo()
    assert session.view == of_page and course.taken


def test_answers_are_asked_for_again() -> None:
    course = Course(Session())
    asks = next(page for page in pages() if page.ask)
    course.enter(asks)
    assert not course.answer(asks.right % len(asks.choices) + 1) and course.complete
    assert course.finished and course.answer_given
    course.enter(asks)
    assert course.answer_given is None and course.complete and not course.finished and not course.judge()


def test_runs_stay_from_page_to_page_of_one_problem() -> None:
    session, course = Session(), Course(Session())
    course = Course(session)
    together = next(
        (one, two)
        for one, two in zip(pages(), pages()[1:], strict=False)
        if one.id[:2] == two.id[:2] and document_of(one) == document_of(two)
    )
    course.enter(together[0])
    opened = session.opened
    course.enter(together[1])
    assert session.opened == opened


GOALS = {
    "reached": (Goal(reached="total_loss"), lambda s: s.move_to(len(s.shown.events))),
    "selected": (Goal(selected="W"), lambda s: s.look(selection="W")),
    "edited": (Goal(edited="W"), lambda s: s.edit(EDIT)),
    "entries": (Goal(edited="W", entries=2), lambda s: s.edit_all((EDIT, WeightEdit("W", (0, 1), 2.0)))),
    "document": (Goal(document={"hidden": 5}), lambda s: s.change(hidden=5)),
    "view": (Goal(view={"fold": 1.0}), lambda s: s.look(fold=1.0)),
    "trained": (Goal(trained=True), train_here),
    "travelled": (Goal(travelled=True), lambda s: (train_here(s), travel(s, s.runs.ids[0], 0))),
}


@pytest.mark.parametrize("kind", GOALS)
def test_a_goal_is_met_once_it_is_so(kind: str) -> None:
    goal, act = GOALS[kind]
    session = Session(a_document(length=4, hidden=3, plan=a_plan(iterations=2)))
    assert not done(goal, session) and not done(Goal(reached="value h(99)"), session)
    act(session)
    assert done(goal, session)


def test_one_of_two_entries_is_not_both() -> None:
    session = Session(a_document(length=4, hidden=3))
    session.edit(EDIT)
    assert done(Goal(edited="W"), session) and not done(Goal(edited="W", entries=2), session)


def test_what_is_unknown_is_named() -> None:
    shown, session = show(Document()), Session()
    with pytest.raises(ExplorerError, match="no event called"):
        cursor_of(shown, "vlaue h(1)")
    with pytest.raises(ExplorerError, match="does not happen"):
        cursor_of(shown, "value h(99)")
    with pytest.raises(ExplorerError, match="no number of a lesson called"):
        number("sum h(1)", shown, session.runs)
    for nowhere in ("value h(99)", "value W", "gradient h(1) 99", "right teacher_forcing own", "arriving h(1) h(5)"):
        with pytest.raises(ExplorerError, match="There is no"):
            number(nowhere, shown, session.runs)
    with pytest.raises(ExplorerError, match="no setting called"):
        done(Goal(document={"hiden": 3}), session)
    assert Course(session).number("value h(99)") == NOT_YET


def test_a_page_that_cannot_be_read_says_why(tmp_path) -> None:
    (tmp_path / "lesson.toml").write_text('title = "One"\nsection = "10.1"')
    page = tmp_path / "01-one.md"
    for text, why in (
        ("Words.", "settings between"),
        ('+++\ntitel = "One"\n+++\n', "titel"),
        ("+++\ntitle = One\n+++\n", "cannot be read"),
    ):
        page.write_text(text)
        with pytest.raises(ExplorerError, match=why):
            read_lesson(tmp_path)
